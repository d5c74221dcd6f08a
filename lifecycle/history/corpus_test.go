package history_test

import (
	"bufio"
	"context"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/lifecycle"
	"github.com/plumbapi/plumb/lifecycle/history"
)

// TestCorpus replays the three versions of GitLab's schema and compares what
// happened with a count by lines that knows nothing of GraphQL's grammar.
func TestCorpus(t *testing.T) {
	t.Parallel()
	corpus := os.Getenv("PLUMB_CORPUS")
	if corpus == "" {
		corpus = "../../../shared/corpus"
	}
	dir := filepath.Join(corpus, "gitlab", "graphql")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("the corpus is not here; PLUMB_CORPUS names it")
	}
	versions := []history.Version{{Name: "16.3"}, {Name: "15.7"}, {Name: "15.8"}}
	history.Sort(versions)
	file := func(version string) string { return filepath.Join(dir, "schema."+version+".graphql") }
	track := history.Track{Name: "graphql", Read: func(_ context.Context, v history.Version) (*lifecycle.Inventory, error) {
		data, err := os.ReadFile(file(v.Name))
		if err != nil {
			return nil, err
		}
		s, err := graphql.Parse(graphql.File{Name: v.Name, Data: data})
		if err != nil {
			return nil, err
		}
		return lifecycle.InspectGraphQL(s), nil
	}}
	res, err := history.Replay(t.Context(), versions, []history.Track{track}, history.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if !res.Complete() {
		t.Fatal("a version could not be read")
	}
	scanned := make([]map[string]bool, len(versions))
	for i, v := range versions {
		scanned[i] = scan(t, file(v.Name))
	}
	for i := 1; i < len(versions); i++ {
		got := map[string][]string{}
		for _, l := range res.Lives {
			if l.Kind == lifecycle.Directive || strings.HasPrefix(l.Name, "@") {
				continue
			}
			for _, e := range l.Events {
				if e.Version == i {
					kind := string(e.Kind)
					if e.Kind == history.Returned {
						kind = string(history.Appeared)
					}
					got[kind] = append(got[kind], l.Name)
				}
			}
		}
		want := compareScans(scanned[i-1], scanned[i])
		for _, kind := range []history.EventKind{history.Appeared, history.Removed, history.Deprecated, history.Reactivated} {
			slices.Sort(got[string(kind)])
			if diff := cmp.Diff(want[kind], got[string(kind)]); diff != "" {
				t.Errorf("%s in %s (-lines +history):\n%s", kind, versions[i].Name, diff)
			}
			t.Logf("%s: %d %s", versions[i].Name, len(want[kind]), kind)
		}
	}
}

// compareScans returns what happened between two scans, by the names.
func compareScans(before, now map[string]bool) map[history.EventKind][]string {
	out := map[history.EventKind][]string{}
	for _, name := range slices.Sorted(maps.Keys(now)) {
		was, known := before[name]
		switch is := now[name]; {
		case !known:
			out[history.Appeared] = append(out[history.Appeared], name)
		case !was && is:
			out[history.Deprecated] = append(out[history.Deprecated], name)
		case was && !is:
			out[history.Reactivated] = append(out[history.Reactivated], name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(before)) {
		if _, ok := now[name]; !ok {
			out[history.Removed] = append(out[history.Removed], name)
		}
	}
	return out
}

var (
	typeLine   = regexp.MustCompile(`^(type|interface|input|enum|union|scalar|directive) (@?\w+)`)
	memberLine = regexp.MustCompile(`^(  |    )(\w+)(.?)`)
	notice     = regexp.MustCompile(`@deprecated\(reason: "(.*)"\)`)
)

// scan reads the elements of a schema off the lines of its dump, and whether
// each is deprecated: types begin a line, members are indented by two spaces,
// arguments by four.
func scan(t *testing.T, file string) map[string]bool {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	found := map[string]bool{}
	inText, owner, member := false, "", ""
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line := lines.Text()
		trimmed := strings.TrimSpace(line)
		switch {
		case inText:
			inText = !strings.HasSuffix(trimmed, `"""`)
			continue
		case strings.HasPrefix(trimmed, `"""`):
			inText = len(trimmed) < 6 || !strings.HasSuffix(trimmed, `"""`)
			continue
		}
		deprecated := false
		if m := notice.FindStringSubmatch(line); m != nil {
			deprecated = !strings.Contains(m[1], "Experiment") && !strings.Contains(m[1], "can be changed or removed at any time")
		}
		if m := typeLine.FindStringSubmatch(line); m != nil {
			if owner = m[2]; m[1] != "directive" {
				found[owner] = false
			}
			continue
		}
		if m := memberLine.FindStringSubmatch(line); m != nil && !strings.HasPrefix(owner, "@") {
			switch {
			case m[1] == "  ":
				member = owner + "." + m[2]
				found[member] = deprecated
			case m[3] == ":":
				found[member+"("+m[2]+":)"] = deprecated
			}
		} else if strings.HasPrefix(line, "  )") && deprecated {
			found[member] = true
		} else if line == "}" {
			owner = "@"
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return found
}
