package history_test

import (
	"context"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/check/checktest"
	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/lifecycle"
	"github.com/plumbapi/plumb/lifecycle/history"
	"github.com/plumbapi/plumb/openapi"
)

// TestRules runs every rule over the cases of its own: folders with a
// description for each version, and tags.txt with the versions and their days.
func TestRules(t *testing.T) {
	t.Parallel()
	checktest.RunFS(t, history.Rules(), "testdata/rules", func(fsys fs.FS, root string) (*history.Case, error) {
		return replayCase(t.Context(), fsys, path.Dir(root))
	})
}

// replayCase replays the versions of a folder.
func replayCase(ctx context.Context, fsys fs.FS, dir string) (*history.Case, error) {
	data, err := fs.ReadFile(fsys, dir+"/tags.txt")
	if err != nil {
		return nil, err
	}
	var versions []history.Version
	for line := range strings.Lines(string(data)) {
		name, date, _ := strings.Cut(strings.TrimSpace(line), " ")
		when, err := time.Parse(time.DateOnly, date)
		if err != nil {
			return nil, fmt.Errorf("tags.txt: %w", err)
		}
		versions = append(versions, history.Version{Name: name, Time: when})
	}
	history.Sort(versions)
	tracks := []history.Track{{Name: "description", Read: func(ctx context.Context, v history.Version) (*lifecycle.Inventory, error) {
		if name := dir + "/" + v.Name + ".graphql"; exists(fsys, name) {
			s, err := graphql.Load(ctx, fsys, name)
			if err != nil {
				return nil, err
			}
			return lifecycle.InspectGraphQL(s), nil
		}
		doc, err := openapi.Load(ctx, fsys, dir+"/"+v.Name+".yaml")
		if err != nil {
			return nil, err
		}
		return lifecycle.Inspect(doc), nil
	}}}
	res, err := history.Replay(ctx, versions, tracks, history.Options{})
	if err != nil {
		return nil, err
	}
	for _, v := range res.Versions {
		if v.Readings[0].Err != nil {
			return nil, v.Readings[0].Err
		}
	}
	c := &history.Case{Result: res}
	if data, err := fs.ReadFile(fsys, dir+"/policy.yaml"); err == nil {
		if c.Policy, err = lifecycle.ParsePolicy(dir+"/policy.yaml", data); err != nil {
			return nil, err
		}
	}
	return c, nil
}

func exists(fsys fs.FS, name string) bool {
	_, err := fs.Stat(fsys, name)
	return err == nil
}

// TestRulesSince judges what happened after a version by what happened before
// it.
func TestRulesSince(t *testing.T) {
	t.Parallel()
	deprecated, gone := lifecycle.State{Deprecated: true}, []lifecycle.Element{element("Query.other", 9, lifecycle.State{})}
	with := func(s lifecycle.State) []lifecycle.Element {
		return append([]lifecycle.Element{element("Query.thing", 3, s)}, gone...)
	}
	var (
		flaps = []any{with(deprecated), with(lifecycle.State{}), with(lifecycle.State{}), with(deprecated)}
		back  = []any{with(deprecated), gone, gone, with(lifecycle.State{})}
		early = []any{with(lifecycle.State{}), with(deprecated), with(deprecated), gone}
	)
	tests := []struct {
		name  string
		steps []any
		since int
		want  []string
	}{
		{"flaps after it", flaps, 2, []string{"lifecycle-deprecation-flapping"}},
		{"flapped before it", flaps, 3, nil},
		{"comes back after it", back, 2, []string{"lifecycle-reintroduced-after-removal"}},
		{"went before it", back, 3, nil},
		{"too early, by a deprecation before it", early, 2, []string{"lifecycle-removed-too-early"}},
		{"not without a deprecation", early, 1, []string{"lifecycle-removed-too-early"}},
	}
	policy, err := lifecycle.ParsePolicy("policy.yaml", []byte("stable: {days: 180}"))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := &history.Case{Result: replay(t, tt.steps...).Since(tt.since), Policy: policy}
			rep, err := history.Check(t.Context(), c, check.Policy{})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range rep.Findings {
				got = append(got, f.Rule)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}
