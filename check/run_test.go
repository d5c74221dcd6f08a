package check_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
)

// manyPlaces makes places for the rules, in no particular order, some of
// them alike.
func manyPlaces(rules set, n int) []place {
	random := rand.New(rand.NewPCG(1, 2))
	places := make([]place, 0, n*len(rules))
	for _, r := range rules {
		for range n {
			line := 1 + random.IntN(n)
			places = append(places, place{
				line: line, column: random.IntN(4), element: fmt.Sprintf("/paths/%d", line/2),
				message: fmt.Sprintf("%s: fault %d", r.ID, random.IntN(3)),
			})
		}
	}
	return places
}

func someRules(n int) set {
	var s set
	for i := range n {
		s = append(s, reporter(fmt.Sprintf("rule-%02d", i)))
	}
	return s
}

// The order in which rules are given, and end, must not be seen.
func TestRunDoesNotDependOnOrder(t *testing.T) {
	t.Parallel()
	rules := someRules(20)
	subject := manyPlaces(rules, 50)
	policy := check.Policy{
		Ignores: []check.Ignore{{Rule: "rule-03", Element: "/paths/1*"}},
		Waivers: []check.Waiver{{Element: "/paths/2", Reason: "r", Owner: "o", Until: day(2030, 1, 1)}},
	}
	want := mustRun(t, rules, subject, policy)
	if len(want.Findings) == 0 || len(want.Suppressed) == 0 {
		t.Fatalf("%d findings and %d set aside; want some of both", len(want.Findings), len(want.Suppressed))
	}
	if !slices.IsSortedFunc(want.Findings, func(a, b check.Finding) int { return a.Compare(&b) }) {
		t.Error("the findings are not in order")
	}
	for seed := range uint64(10) {
		shuffled := slices.Clone(rules)
		rand.New(rand.NewPCG(seed, 0)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		got := mustRun(t, shuffled, subject, policy)
		got.Rules, want.Rules = nil, nil
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("shuffled with seed %d (-want +got):\n%s", seed, diff)
		}
	}
}

func TestRunMakesFingerprintsUnique(t *testing.T) {
	t.Parallel()
	rules := someRules(3)
	rep := mustRun(t, rules, manyPlaces(rules, 200), check.Policy{})
	seen := make(map[string]string)
	for _, f := range rep.Findings {
		if first, ok := seen[f.Fingerprint]; ok {
			t.Fatalf("%q and %q have the same fingerprint", first, f.Message)
		}
		seen[f.Fingerprint] = f.Message
	}
	if len(seen) != 600 {
		t.Errorf("%d findings, want 600", len(seen))
	}
}

func TestRunNumbersKeys(t *testing.T) {
	t.Parallel()
	subject := []place{
		{line: 9, element: "/a", message: "r: third"},
		{line: 3, element: "/a", message: "r: first"},
		{line: 5, element: "/a", message: "r: second"},
		{line: 7, element: "/a", key: "#2", message: "r: with a key of its own"},
		{line: 8, element: "/a", key: "k", message: "r: k"},
		{line: 8, element: "/a", key: "k", message: "r: k"},
		{line: 1, element: "/b", message: "r: elsewhere"},
	}
	rep := mustRun(t, set{reporter("r")}, subject, check.Policy{})
	var got []string
	for _, f := range rep.Findings {
		got = append(got, f.Message+" "+f.Key)
		if want := check.Fingerprint(f.Rule, file, f.Location.Element, f.Key); f.Fingerprint != want {
			t.Errorf("%s: fingerprint %s, want %s", f.Message, f.Fingerprint, want)
		}
	}
	want := []string{
		"r: elsewhere ", "r: first ", "r: second #2", "r: with a key of its own #2#2",
		"r: k k", "r: k k#2", "r: third #3",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("keys (-want +got):\n%s", diff)
	}
}

// Findings alike at one place stay in order after the tenth, though #10
// comes before #2 as a text.
func TestRunKeepsOrderAfterNumbering(t *testing.T) {
	t.Parallel()
	subject := slices.Repeat([]place{{line: 1, element: "/a", message: "r: x"}}, 12)
	rep := mustRun(t, set{reporter("r")}, subject, check.Policy{})
	if !slices.IsSortedFunc(rep.Findings, func(a, b check.Finding) int { return a.Compare(&b) }) {
		t.Error("the findings are not in the order of Compare")
	}
}

// What identifies a finding survives lines that move and messages that are
// reworded.
func TestFingerprintsSurviveReformatting(t *testing.T) {
	t.Parallel()
	before := mustRun(t, set{reporter("r")}, []place{{line: 3, column: 5, element: "/a", message: "r: old words"}}, check.Policy{})
	after := mustRun(t, set{reporter("r")}, []place{{line: 40, column: 1, element: "/a", message: "r: new words"}}, check.Policy{})
	if got, want := after.Findings[0].Fingerprint, before.Findings[0].Fingerprint; got != want {
		t.Errorf("fingerprint %s, want %s", got, want)
	}
	other := mustRun(t, set{reporter("r")}, []place{{line: 3, column: 5, element: "/b", message: "r: old words"}}, check.Policy{})
	if other.Findings[0].Fingerprint == before.Findings[0].Fingerprint {
		t.Error("another element has the same fingerprint")
	}
}

// Baselines are kept for years, so the way to a fingerprint must not change.
func TestFingerprintIsPinned(t *testing.T) {
	t.Parallel()
	got := check.Fingerprint("operation-tags", "api.yaml", "/paths/~1users/get", "")
	if want := "b74ff016c3ae2cc18f70d9026a042f42"; got != want {
		t.Errorf("Fingerprint = %s, want %s", got, want)
	}
	if check.Fingerprint("a", "b", "", "") == check.Fingerprint("a", "", "b", "") {
		t.Error("the parts run into one another")
	}
}

func TestRunEndsRulesThatReportTooMuch(t *testing.T) {
	t.Parallel()
	name := strings.Repeat("x", 1<<20)
	reported := 0
	rules := set{reporter("floods", does(func(p *pass) error {
		for reported = range 1000 {
			p.Report(check.Finding{Location: check.Location{File: file, Line: 1, Element: name}, Key: strconv.Itoa(reported)})
		}
		return nil
	}))}
	rep := mustRun(t, rules, nil, check.Policy{})
	if want := 31; len(rep.Findings) != want || reported != want {
		t.Errorf("%d findings after %d reports, want %d", len(rep.Findings), reported, want)
	}
	want := []check.Incomplete{{Rule: "floods", Message: "the rule reported more than 32 MiB and was ended"}}
	if diff := cmp.Diff(want, rep.Incomplete); diff != "" {
		t.Errorf("Incomplete (-want +got):\n%s", diff)
	}
}

func TestRunContainsRulesThatFail(t *testing.T) {
	t.Parallel()
	report := func(p *pass) { p.Reportf(check.Location{File: file, Line: 1}, "found before") }
	rules := set{
		reporter("z-panics", does(func(p *pass) error {
			report(p)
			var none map[string]int
			none["x"] = 1 //nolint:govet,staticcheck // it is meant to panic
			return nil
		})),
		reporter("panics-long", does(func(*pass) error { panic(strings.Repeat("x", 5000) + "\nsecond line") })),
		reporter("panics-badly", does(func(*pass) error { panic(errors.New("\n")) })), //nolint:revive // a message that nobody could read
		reporter("fails", does(func(p *pass) error { report(p); return errors.New("no route to host") })),
		reporter("ends", does(func(*pass) error { runtime.Goexit(); return nil })),
		reporter("works"),
	}
	rep := mustRun(t, rules, []place{{line: 2, message: "works: yes"}}, check.Policy{})
	want := []check.Incomplete{
		{Rule: "ends", Message: "the rule ended its goroutine"},
		{Rule: "fails", Message: "no route to host"},
		{Rule: "panics-badly", Message: "the rule panicked: no reason given"},
		{Rule: "panics-long", Message: "the rule panicked: " + strings.Repeat("x", 300) + " …"},
		{Rule: "z-panics", Message: "the rule panicked: assignment to entry in nil map"},
	}
	if diff := cmp.Diff(want, rep.Incomplete); diff != "" {
		t.Errorf("Incomplete (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"found before", "found before", "works: yes"}, messages(rep.Findings)); diff != "" {
		t.Errorf("Findings (-want +got):\n%s", diff)
	}
	if rep.Complete() {
		t.Error("the report says that it is complete")
	}
	if len(rep.Rules) != len(rules) {
		t.Errorf("%d rules ran, want %d", len(rep.Rules), len(rules))
	}
}

func TestRunStopsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancelCause(t.Context())
	defer cancel(nil)
	cause := errors.New("enough")
	var started atomic.Int32
	var rules set
	for i := range 200 {
		rules = append(rules, reporter(fmt.Sprintf("rule-%d", i), func(r *rule) {
			r.Check = func(ctx context.Context, _ *pass) error {
				if started.Add(1) == 1 {
					cancel(cause)
				}
				<-ctx.Done()
				return ctx.Err()
			}
		}))
	}
	rep, err := check.Run(ctx, rules, nil, check.Policy{})
	if rep != nil || !errors.Is(err, cause) {
		t.Errorf("Run = %v, %v; want no report and the cause", rep, err)
	}
	if n := started.Load(); n == 200 {
		t.Error("all rules were started after the context had ended")
	}
}

func TestRunRefusesWhatItCannotUse(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		rules  set
		policy check.Policy
		want   string
	}{
		{"nil rule", set{nil}, check.Policy{}, "nil"},
		{"no ID", set{reporter("")}, check.Policy{}, "no ID"},
		{"ID twice", set{reporter("a"), reporter("a")}, check.Policy{}, `"a" is in the set twice`},
		{"no function", set{reporter("a", func(r *rule) { r.Check = nil })}, check.Policy{}, "no Check"},
		{"no severity", set{reporter("a", func(r *rule) { r.Severity = 0 })}, check.Policy{}, "severity(0)"},
		{"policy", set{}, check.Policy{Ignores: []check.Ignore{{}}}, "ignore 1 names no rule"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if _, err := check.Run(t.Context(), tt.rules, nil, tt.policy); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Run: %v, want %q in it", err, tt.want)
			}
		})
	}
}

// A rule is bound to its pass: what it says of its ID, severity and
// fingerprint does not count.
func TestPassIsBoundToItsRule(t *testing.T) {
	t.Parallel()
	liar := reporter("liar", asError, does(func(p *pass) error {
		p.Report(check.Finding{Rule: "other", Severity: check.Info, Fingerprint: "f", Message: "m", Location: check.Location{File: file, Line: 1}})
		return nil
	}))
	rep := mustRun(t, set{liar}, nil, check.Policy{})
	want := []check.Finding{{
		Rule: "liar", Severity: check.Error, Message: "m", Location: check.Location{File: file, Line: 1},
		Fingerprint: check.Fingerprint("liar", file, "", ""), Related: []check.Related{}, Properties: map[string]any{},
	}}
	if diff := cmp.Diff(want, rep.Findings); diff != "" {
		t.Errorf("Findings (-want +got):\n%s", diff)
	}
}

func TestReportsHaveNoNil(t *testing.T) {
	t.Parallel()
	empty := mustRun(t, nil, nil, check.Policy{})
	for _, rep := range []*check.Report{empty, check.Merge(check.Policy{}, empty), check.Merge(check.Policy{})} {
		if rep.Subjects == nil || rep.Rules == nil || rep.Findings == nil || rep.Suppressed == nil || rep.Incomplete == nil {
			t.Errorf("the report has nil slices: %#v", rep)
		}
	}
	rep := mustRun(t, set{reporter("r")}, []place{{line: 1, message: "r: x"}}, check.Policy{})
	text, err := json.Marshal(struct {
		Rules    []check.Meta
		Findings []check.Finding
	}{rep.Rules, rep.Findings})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), "null") {
		t.Errorf("null in %s", text)
	}
}

func TestReportCounts(t *testing.T) {
	t.Parallel()
	rules := set{reporter("e", asError), reporter("w"), reporter("i", func(r *rule) { r.Severity = check.Info })}
	subject := []place{{line: 1, message: "e: 1"}, {line: 2, message: "w: 1"}, {line: 3, message: "w: 2"}, {line: 4, message: "i: 1"}, {line: 5, message: "i: 2"}, {line: 6, message: "i: 3"}}
	rep := mustRun(t, rules, subject, check.Policy{})
	if e, w, i := rep.Count(); e != 1 || w != 2 || i != 3 {
		t.Errorf("Count = %d, %d, %d; want 1, 2, 3", e, w, i)
	}
	if got := rep.Worst(); got != check.Error {
		t.Errorf("Worst = %v, want error", got)
	}
	if got := new(check.Report).Worst(); got != 0 {
		t.Errorf("Worst of nothing = %v, want 0", got)
	}
}

func TestCompareIsTotal(t *testing.T) {
	t.Parallel()
	base := check.Finding{Location: check.Location{File: "f", Line: 1, Column: 1, Element: "/e"}, Rule: "r", Key: "k", Message: "m"}
	later := []func(*check.Finding){
		func(f *check.Finding) { f.Location.EndColumn = 9 },
		func(f *check.Finding) { f.Location.EndLine = 9 },
		func(f *check.Finding) { f.Message = "n" },
		func(f *check.Finding) { f.Key = "l" },
		func(f *check.Finding) { f.Location.Element = "/f" },
		func(f *check.Finding) { f.Rule = "s" },
		func(f *check.Finding) { f.Location.Column = 10 },
		func(f *check.Finding) { f.Location.Line = 10 },
		func(f *check.Finding) { f.Location.File = "g" },
	}
	last := base
	for i, edit := range later {
		next := base
		edit(&next)
		if last.Compare(&next) >= 0 || next.Compare(&last) <= 0 {
			t.Errorf("change %d does not come after change %d", i, i-1)
		}
		last = next
	}
	if base.Compare(&base) != 0 {
		t.Error("a finding differs from itself")
	}
}
