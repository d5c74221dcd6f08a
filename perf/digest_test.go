package perf_test

import (
	"testing"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/perf"
)

func TestDigest(t *testing.T) {
	t.Parallel()
	want := mixed().Digest()
	for _, tt := range []struct {
		name   string
		change func(p *perf.Plan)
		same   bool
	}{
		{"another server", func(p *perf.Plan) { p.Targets = []perf.Target{{URL: "http://127.0.0.1:1"}} }, true},
		{"another line", func(p *perf.Plan) { p.Operations[0].Location = check.Location{Line: 3} }, true},
		{"another cap", func(p *perf.Plan) { p.MaxWorkers = 10 }, true},
		{"another seed", func(p *perf.Plan) { p.Seed++ }, false},
		{"another budget", func(p *perf.Plan) { p.Operations[0].Budget.Errors = 0.1 }, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := mixed()
			tt.change(p)
			if got := p.Digest(); (got == want) != tt.same {
				t.Errorf("digest %s after %s of %s", got, tt.name, want)
			}
		})
	}
}
