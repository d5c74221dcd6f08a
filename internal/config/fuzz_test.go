package config_test

import (
	"errors"
	"testing"

	"github.com/plumbapi/plumb/internal/config"
)

func FuzzConfig(f *testing.F) {
	f.Add([]byte(whole))
	f.Add([]byte("apis: &a [*a]\n"))
	f.Add([]byte("lint: {rules: {operation-tags: {severity: off}, contact: on}}\n"))
	f.Add([]byte("? [a]\n: b\n"))
	f.Add([]byte("waivers: [{<<: *x}]\n\xff"))
	n := names()
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := config.Parse("p.yaml", data, n)
		if err == nil {
			if c == nil {
				t.Fatal("no configuration and no error")
			}
			return
		}
		var e *config.Error
		if !errors.As(err, &e) {
			t.Fatalf("Parse returned %v, want a *config.Error", err)
		}
		for _, p := range e.Problems {
			if p.Line < 1 || p.Column < 1 || p.Message == "" {
				t.Errorf("problem %+v has no place or no message", p)
			}
		}
	})
}
