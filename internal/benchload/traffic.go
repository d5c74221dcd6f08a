package main

import (
	"fmt"
	"net/http"
	"strconv"

	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/traffic"
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

// description is what the answers are held against.
const description = `openapi: 3.1.0
info: {title: Tracker, version: "1.0"}
paths:
  /issues:
    get:
      parameters: [{name: per_page, in: query, required: true, schema: {type: integer}, example: 10}]
      responses:
        "200":
          description: Issues.
          content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Issue"}}}}
components:
  schemas:
    User:
      type: object
      required: [id, name]
      properties: {id: {type: integer}, name: {type: string, minLength: 1}}
    Issue:
      type: object
      required: [id, title, state, labels, author, created_at]
      properties:
        id: {type: integer, minimum: 0}
        title: {type: string, maxLength: 255}
        state: {type: string, enum: [open, closed]}
        labels: {type: array, items: {type: string}, uniqueItems: true}
        author: {$ref: "#/components/schemas/User"}
        created_at: {type: string, format: date-time}
        comments: {type: integer, minimum: 0}
        description: {type: [string, "null"]}
`

// static asks for the same each time: what vegeta's own targeter does.
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

// trafficOf makes the requests of a variant: plain ones are the same each
// time, the others are made from the description.
func trafficOf(kind string, plan *perf.Plan, url string) (perf.Traffic, error) {
	if kind == "plain" {
		return static{url + "/issues?per_page=10"}, nil
	}
	doc, err := openapi.Parse("api.yaml", []byte(description))
	if err != nil {
		return nil, fmt.Errorf("the description: %w", err)
	}
	if kind == "validated" {
		plan.Validate = 1
	}
	return traffic.New(plan, traffic.Options{OpenAPI: []*openapi.Document{doc}})
}
