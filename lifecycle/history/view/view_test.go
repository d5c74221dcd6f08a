package view_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/golden"
	"github.com/plumbapi/plumb/lifecycle"
	"github.com/plumbapi/plumb/lifecycle/history"
	"github.com/plumbapi/plumb/lifecycle/history/view"
	"github.com/plumbapi/plumb/report"
)

func day(m time.Month, d int) time.Time { return time.Date(2026, m, d, 0, 0, 0, 0, time.UTC) }

// library is the history of a small product over five versions, the third of
// which cannot be read.
func library(t *testing.T) *history.Result {
	t.Helper()
	var (
		plain      = lifecycle.State{}
		beta       = lifecycle.State{Stability: lifecycle.Beta}
		deprecated = lifecycle.State{
			Deprecated: true, Since: lifecycle.Moment{Release: "1.1"}, Sunset: lifecycle.Moment{Date: day(9, 1)}, Replacement: "GET /shelves",
		}
		later = lifecycle.State{Deprecated: true, Since: deprecated.Since, Sunset: lifecycle.Moment{Date: day(12, 1)}, Replacement: "GET /rooms"}
	)
	element := func(kind lifecycle.Kind, operation, name string, line int, s lifecycle.State) lifecycle.Element {
		return lifecycle.Element{
			Surface: lifecycle.REST, Kind: kind, Operation: operation, Name: name, State: s,
			Location: check.Location{File: "openapi.yaml", Line: line, Column: 5},
		}
	}
	op := func(name string, line int, s lifecycle.State) lifecycle.Element {
		return element(lifecycle.Operation, name, name, line, s)
	}
	sort := element(lifecycle.Parameter, "GET /loans", "GET /loans query sort", 14, plain)
	hostile := element(lifecycle.Schema, "", "=cmd|' \x1b[31m<b>*", 40, deprecated)
	steps := []any{
		[]lifecycle.Element{op("GET /books", 5, plain), op("GET /loans", 12, plain), sort},
		[]lifecycle.Element{op("GET /books", 5, deprecated), op("GET /loans", 13, plain), sort, op("GET /rooms", 20, beta), op("GET /shelves", 25, plain)},
		errors.New("broken"),
		[]lifecycle.Element{op("GET /books", 5, later), op("GET /rooms", 20, plain), op("GET /shelves", 25, plain), hostile},
		[]lifecycle.Element{op("GET /loans", 13, plain), sort, op("GET /rooms", 20, plain), op("GET /shelves", 25, plain), hostile},
	}
	versions := make([]history.Version, len(steps))
	for i := range steps {
		versions[i] = history.Version{Name: fmt.Sprintf("v1.%d.0", i), Time: day(time.Month(2*i+1), 10)}
	}
	track := history.Track{Name: "openapi", Read: func(_ context.Context, v history.Version) (*lifecycle.Inventory, error) {
		if list, ok := steps[v.Release.Numbers[1]].([]lifecycle.Element); ok {
			return &lifecycle.Inventory{Elements: list}, nil
		}
		return nil, steps[v.Release.Numbers[1]].(error)
	}}
	res, err := history.Replay(t.Context(), versions, []history.Track{track}, history.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return res
}

func TestViews(t *testing.T) {
	t.Parallel()
	res := library(t)
	one := *res
	one.Lives = res.Named("GET /books")
	tests := []struct {
		name  string
		write func(io.Writer) error
	}{
		{"text", func(w io.Writer) error { return view.Text(w, res, view.Options{}) }},
		{"text-narrow-colour", func(w io.Writer) error { return view.Text(w, res, view.Options{Width: 60, Color: true, All: true}) }},
		{"text-limit", func(w io.Writer) error { return view.Text(w, res, view.Options{Limit: 1}) }},
		{"text-element", func(w io.Writer) error { return view.Text(w, &one, view.Options{Element: true}) }},
		{"markdown", func(w io.Writer) error { return view.Markdown(w, res, view.Options{}) }},
		{"csv", func(w io.Writer) error {
			return view.CSV(w, res, view.Options{Shown: func(file string) string { return "api/" + file }})
		}},
		{"html", func(w io.Writer) error {
			body, err := view.Facts(res, view.Options{}).HTML()
			if err == nil {
				_, err = io.WriteString(w, string(body))
			}
			return err
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var b, again bytes.Buffer
			if err := errors.Join(tt.write(&b), tt.write(&again)); err != nil {
				t.Fatal(err)
			}
			golden.Compare(t, "testdata/"+tt.name+".golden", b.Bytes())
			if diff := cmp.Diff(b.String(), again.String()); diff != "" {
				t.Errorf("another call writes something else:\n%s", diff)
			}
			if tt.name != "text-narrow-colour" && strings.Contains(b.String(), "\x1b") {
				t.Error("an escape sequence of a description is written")
			}
		})
	}
}

func TestFacts(t *testing.T) {
	t.Parallel()
	f := view.Facts(library(t), view.Options{})
	want := "Over 5 versions, from v1.0.0 to v1.4.0: 3 appeared, 2 returned, 1 promoted, 1 deprecated, 1 sunset set, 1 sunset moved, 1 replacement changed, 3 removed"
	if diff := cmp.Diff(want, f.Lead); diff != "" {
		t.Errorf("lead (-want +got):\n%s", diff)
	}
	var names []string
	for _, format := range f.Formats {
		names = append(names, format.Name)
	}
	if diff := cmp.Diff([]string{"csv"}, names); diff != "" {
		t.Errorf("formats (-want +got):\n%s", diff)
	}
	empty, err := history.Replay(t.Context(), nil, nil, history.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff("There are no versions", view.Facts(empty, view.Options{}).Lead); diff != "" {
		t.Errorf("lead without versions (-want +got):\n%s", diff)
	}
}

// TestJSON keeps the form that programs read.
func TestJSON(t *testing.T) {
	t.Parallel()
	res := library(t)
	var b bytes.Buffer
	if err := report.Value(&b, history.Report{Result: res, Lives: res.Changed()}); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), "null") {
		t.Error("a list is null")
	}
	golden.Compare(t, "testdata/json.golden", b.Bytes())
}
