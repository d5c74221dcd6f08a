package view_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/golden"
	"github.com/plumbapi/plumb/lifecycle"
	"github.com/plumbapi/plumb/lifecycle/usage"
	"github.com/plumbapi/plumb/lifecycle/usage/view"
)

// result has every field set, every verdict, and texts that would do harm.
func result() *usage.Result {
	from, to := time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 3, 28, 17, 0, 0, 0, time.UTC)
	element := func(name string, calls int64, v usage.Verdict, why string) usage.Element {
		e := usage.Element{
			Surface: lifecycle.REST, Kind: lifecycle.Operation, Name: name, Deprecated: true, Verdict: v, Why: why, Exact: true,
			Location: check.Location{File: "api/openapi.yaml", Line: 12, Column: 5},
			Statuses: usage.Statuses{Calls: calls}, Share: float64(calls) / 1_200_000,
		}
		if calls > 0 {
			e.First, e.Last = &from, &to
			e.Consumers, e.ConsumerShare = 2, 0.01
			e.Top = []usage.Caller{{Consumer: "a1b2c3d4e5f6", Calls: calls - 1, First: &from, Last: &to}, {Consumer: "0f0f0f0f0f0f", Calls: 1, First: &from, Last: &to}}
		}
		return e
	}
	worst := element("GET /projects/{project_id}/repositories/{repository_id}/commits/{sha}/statuses query with_a_long_name", 30_000, usage.Used, "it is called")
	worst.ClientErrors, worst.ServerErrors, worst.AfterSunset, worst.Sunset = 20, 3, 1500, "2026-03-01"
	worst.Replacement, worst.Consumers, worst.Exact = "GET /statuses", 70_000, false
	evil := element("GET /<script>|`x`\x1b[31m", 5, usage.Little, "no more than 1 % of calls and of consumers")
	evil.Top[0].Consumer = "=cmd|'</td>\x1b]0;x\x07@all"
	field := element("Issue.votes", 0, usage.Unclear, "the logs have no call of its API")
	field.Surface, field.Kind = lifecycle.GraphQL, lifecycle.Field
	return &usage.Result{
		From: &from, To: &to, Limits: usage.Limits{Gate: true, MaxShare: 0.01},
		REST: usage.Total{
			Statuses: usage.Statuses{Calls: 1_200_000, ClientErrors: 4000, ServerErrors: 17}, Consumers: 90_000, Unnamed: 12, WithQuery: 5,
		},
		GraphQL:  usage.Total{Statuses: usage.Statuses{ClientErrors: 1}, Exact: true, Unread: 2, Persisted: 3, Strange: 4},
		Elements: []usage.Element{evil, worst, element("GET /boards", 0, usage.Unused, "no call in 55 days"), field, element("Issue.votes", 0, usage.Unseen, "no log has it")},
		Logs: []usage.LogRead{
			{
				Name: "logs/access.log", Format: "combined", Lines: 1_300_000, Requests: 1_299_990, Foreign: 95_000, Unreadable: 10,
				Samples: []usage.Sample{{Line: 7, Shape: "xxxx 99"}, {Line: 1204, Shape: "?[99x"}},
			},
			{Name: "logs/graphql.log", Format: "json", Lines: 8, TooLong: 1},
		},
	}
}

func TestViews(t *testing.T) {
	t.Parallel()
	for name, write := range map[string]func(w io.Writer, res *usage.Result, o view.Options) error{
		"text": view.Text, "csv": view.CSV, "markdown": view.Markdown,
		"html": func(w io.Writer, res *usage.Result, o view.Options) error {
			facts := view.Facts(res, o)
			body, err := facts.HTML()
			fmt.Fprintf(w, "%s\n%s\n%s\n%v\n", facts.Lead, facts.Verdict, body, facts.Numbers)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got, empty bytes.Buffer
			if err := write(&got, result(), view.Options{Width: 110}); err != nil {
				t.Fatal(err)
			}
			golden.Compare(t, "testdata/"+name+".golden", got.Bytes())
			if strings.ContainsAny(got.String(), "\x1b\x07") {
				t.Errorf("an escape sequence is in %q", got.String())
			}
			if err := write(&empty, &usage.Result{}, view.Options{}); err != nil {
				t.Fatal(err)
			}
			golden.Compare(t, "testdata/"+name+"-empty.golden", empty.Bytes())
		})
	}
}

func TestColor(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := view.Text(&b, result(), view.Options{Color: true, All: true}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), "\x1b[31mused\x1b[0m") {
		t.Errorf("the verdict has no colour:\n%s", b.String())
	}
}

func TestWriteErrors(t *testing.T) {
	t.Parallel()
	full := errors.New("disk full")
	for name, write := range map[string]func(w io.Writer, res *usage.Result, o view.Options) error{
		"text": view.Text, "csv": view.CSV, "markdown": view.Markdown,
	} {
		if err := write(failing{full}, result(), view.Options{}); !errors.Is(err, full) {
			t.Errorf("%s: error %v, want %v", name, err, full)
		}
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }
