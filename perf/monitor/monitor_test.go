package monitor_test

import (
	"time"

	"github.com/plumbapi/plumb/perf"
)

// plan has every kind of objective.
func plan() *perf.Plan {
	return &perf.Plan{
		Service: "tracker",
		Operations: []perf.Operation{
			{
				Name: "GET /issues", Weight: 6,
				Budget: perf.Budget{Latency: []perf.Objective{{Within: 300 * time.Millisecond, Share: 0.99}, {Within: 2 * time.Second, Share: 0.999}}, Errors: 0.001, HasErrors: true, Rate: 20},
			},
			{
				Name: "POST /issues/{number}", Weight: 1, Write: true,
				Budget: perf.Budget{Errors: 0, HasErrors: true},
			},
			{
				Name: "query Issues", Weight: 3,
				Budget: perf.Budget{Latency: []perf.Objective{{Within: time.Second, Share: 0.9}}},
			},
		},
		Window: 28 * 24 * time.Hour,
		Metrics: perf.Metrics{
			Histogram: "http_request_duration_seconds", Operation: "operation", Errors: `code=~"5.."`,
			Names:  map[string]string{"query Issues": "Issues"},
			Labels: map[string]string{"team": "api"},
		},
	}
}

const day = 24 * time.Hour

// hostile gives a plan names that want to be more than names.
func hostile(p *perf.Plan) {
	p.Service = "a: b # {{ .Labels }} \"q\" '%s' \\ \n- x"
	p.Operations[0].Name = "GET /{{ $value }}/\"},le=\"0.3\"}[5m])) or vector(1) #"
	p.Operations[1].Name = "---\n\u2028\u0000key: |\n  text\t"
	p.Metrics.Names["query Issues"] = "{{{{ range query \"up\" }}"
	p.Metrics.Labels = map[string]string{"team": "{{ template }} \"\\", "_x": "on"}
}
