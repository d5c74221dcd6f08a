package main

import (
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/plumbapi/plumb/perf"
)

// issues is what the server answers.
func issues() []map[string]any {
	var list []map[string]any
	for i := range 12 {
		list = append(list, map[string]any{
			"id": i, "title": "An issue that somebody filed, number " + strconv.Itoa(i), "state": "open",
			"labels": []string{"bug", "needs triage"}, "author": map[string]any{"id": 7, "name": "Sam Reyes"},
			"created_at": "2026-11-27T10:00:00Z", "comments": 3,
			"description": "The page stays empty when the filter has no match; a sentence that says so would help. Seen with the current version.",
		})
	}
	return list
}

// static asks for the same each time.
type static struct{ url string }

func (s static) Request(r *perf.Request) error {
	r.Method, r.URL = http.MethodGet, s.url
	return nil
}

func (static) NeedsBody(*perf.Request) bool { return false }

func (static) Answer(_ *perf.Request, a *perf.Answer) (perf.Cause, string, int) {
	if a.Status >= 400 {
		return perf.BadStatus, "status: " + strconv.Itoa(a.Status), -1
	}
	return perf.Good, "", -1
}

// checked looks at every answer.
type checked struct{ static }

func (checked) NeedsBody(*perf.Request) bool { return true }

func (c checked) Answer(r *perf.Request, a *perf.Answer) (perf.Cause, string, int) {
	var list []map[string]any
	if err := json.Unmarshal(a.Body, &list); err != nil || len(list) == 0 {
		return perf.BadContract, "contract: no list", -1
	}
	return c.static.Answer(r, a)
}

func trafficOf(kind string, _ *perf.Plan, url string) (perf.Traffic, error) {
	s := static{url + "/issues?per_page=10"}
	if kind == "validated" {
		return checked{s}, nil
	}
	return s, nil
}
