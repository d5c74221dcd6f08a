package lifecycle_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/lifecycle"
)

func policy(t testing.TB, id string) *lifecycle.Policy {
	t.Helper()
	p, err := lifecycle.FindPolicy(id)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func custom(t testing.TB, text string) *lifecycle.Policy {
	t.Helper()
	p, err := lifecycle.ParsePolicy("policy.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestPolicies(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, p := range lifecycle.Policies() {
		if seen[p.ID] {
			t.Errorf("%s is there twice", p.ID)
		}
		seen[p.ID] = true
		if !strings.HasPrefix(p.Source, "https://") || p.Title == "" {
			t.Errorf("%s has no source or no title", p.ID)
		}
	}
	for _, id := range []string{
		"gitlab", "gitlab-graphql", "gitlab-rest-v4", "gitlab-feature", "gitlab-webhook", "kubernetes", "kubernetes-old", "google-aip", "github-rest",
		"shopify", "stripe", "atlassian", "zalando", "snyk-vervet", "procore", "sigstore", "gusto", "oasdiff-legacy", "astronomer-beta",
	} {
		if !seen[id] {
			t.Errorf("%s is missing", id)
		}
	}
	var unknown *lifecycle.UnknownPolicyError
	if _, err := lifecycle.FindPolicy("gitlab-grapql"); !errors.As(err, &unknown) || unknown.Closest != "gitlab-graphql" {
		t.Errorf("a name that is nearly right: %v", err)
	}
}

// GitLab removes at X.0 only, and not before six releases have passed.
func TestRemovalByReleases(t *testing.T) {
	t.Parallel()
	tests := []struct{ since, want string }{
		{"15.6", "16.0 (2023-05-22)"},
		{"15.7", "17.0 (2024-05-16)"},
		{"15.11", "17.0 (2024-05-16)"},
		{"16.0", "17.0 (2024-05-16)"},
		{"16.6", "17.0 (2024-05-16)"},
		{"16.7", "18.0 (2025-05-15)"},
		{"16.7.3", "18.0 (2025-05-15)"},
		{"13.12", "15.0 (2022-05-22)"}, {"13.11", "15.0 (2022-05-22)"}, {"13.7", "14.0 (2021-06-22)"},
		{"14.4", "15.0 (2022-05-22)"},
		{"9.4", "11.0 (2018-06-22)"},
	}
	p := policy(t, "gitlab-graphql")
	for _, tt := range tests {
		e := &lifecycle.Element{Surface: lifecycle.GraphQL, Name: "A.b", State: lifecycle.State{Deprecated: true, Since: lifecycle.Moment{Release: tt.since}}}
		if r := p.Removal(e, today); r.Earliest.String() != tt.want || r.Unknown != "" {
			t.Errorf("deprecated in %s: removable %s %s; want %s", tt.since, r.Earliest, r.Unknown, tt.want)
		}
	}
	// A day counts as the first release from then on.
	e := &lifecycle.Element{Surface: lifecycle.GraphQL, State: lifecycle.State{Deprecated: true, Since: lifecycle.Moment{Date: date("2022-12-01")}}}
	if r := p.Removal(e, today); r.Earliest.Release != "17.0" {
		t.Errorf("deprecated on 2022-12-01: removable %s", r.Earliest)
	}
}

func TestRemoval(t *testing.T) {
	t.Parallel()
	deprecated := func(since lifecycle.Moment, level lifecycle.Stability) lifecycle.State {
		return lifecycle.State{Deprecated: true, Since: since, Stability: level}
	}
	day := func(s string) lifecycle.Moment { return lifecycle.Moment{Date: date(s)} }
	tests := []struct {
		name, policy string
		surface      lifecycle.Surface
		state        lifecycle.State
		want, why    string
	}{
		{"days", "atlassian", lifecycle.REST, deprecated(day("2026-01-01"), 0), "2026-06-30", "deprecated on 2026-01-01; atlassian asks for 180 days of notice of what is stable"},
		{"days of beta", "snyk-vervet", lifecycle.REST, deprecated(day("2026-01-01"), lifecycle.Beta), "2026-04-02", "deprecated on 2026-01-01; snyk-vervet asks for 91 days of notice of what is beta"},
		{"beta as stable", "atlassian", lifecycle.REST, deprecated(day("2026-01-01"), lifecycle.Beta), "2026-06-30", "deprecated on 2026-01-01; atlassian asks for 180 days of notice of what is beta"},
		{"free", "atlassian", lifecycle.REST, lifecycle.State{Stability: lifecycle.Experimental}, "any time", "atlassian asks for no notice of what is experimental"},
		{"never", "gitlab", lifecycle.REST, deprecated(day("2026-01-01"), 0), "never", "gitlab-rest-v4 removes nothing stable within v4"},
		{"by surface", "gitlab", lifecycle.GraphQL, deprecated(lifecycle.Moment{Release: "18.1"}, 0), "19.0 (2026-05-21)", "deprecated in 18.1; gitlab-graphql asks for 6 releases of notice and removal at X.0 only of what is stable"},
		{"webhooks", "gitlab", lifecycle.Webhooks, deprecated(day("2026-01-01"), 0), "never", "gitlab-webhook removes nothing stable within a version of the payload"},
		{"both", "gitlab-feature", lifecycle.REST, deprecated(lifecycle.Moment{Release: "18.7"}, 0), "20.0 (2027-05-20)", "deprecated in 18.7; gitlab-feature asks for 180 days of notice and removal at X.0 only of what is stable"},
		{"not deprecated", "atlassian", lifecycle.REST, lifecycle.State{}, "unknown: it is not deprecated", "atlassian asks for 180 days of notice of what is stable"},
		{"no day", "atlassian", lifecycle.REST, lifecycle.State{Deprecated: true}, "unknown: the description does not say since when it is deprecated", "atlassian asks for 180 days of notice of what is stable"},
		{"release of no calendar", "atlassian", lifecycle.REST, deprecated(lifecycle.Moment{Release: "3.2"}, 0), "unknown: the day of release 3.2 is not known", "deprecated in 3.2; atlassian asks for 180 days of notice of what is stable"},
		{"releases by number", "kubernetes-old", lifecycle.REST, deprecated(lifecycle.Moment{Release: "1.25"}, 0), "1.28", "deprecated in 1.25; kubernetes-old asks for the longer of 365 days and 3 releases of what is stable"},
		{"condition", "zalando", lifecycle.REST, deprecated(day("2026-01-01"), 0), "if", "zalando asks that all clients have agreed, the agreed time has passed for external partners, usage is monitored until nobody calls it"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := policy(t, tt.policy).Removal(&lifecycle.Element{Surface: tt.surface, Name: "x", State: tt.state}, today)
			got := r.Earliest.String()
			switch {
			case r.Never:
				got = "never"
			case r.Unknown != "":
				got = "unknown: " + r.Unknown
			case r.AnyTime():
				got = "any time"
			case len(r.Conditions) > 0:
				got = "if"
			}
			if diff := cmp.Diff([]string{tt.want, tt.why}, []string{got, r.Why}); diff != "" {
				t.Errorf("removal (-want +got):\n%s", diff)
			}
		})
	}
}

func TestExceptions(t *testing.T) {
	t.Parallel()
	p := custom(t, `extends: gitlab
exceptions:
  - {element: "Query.*", reason: it leaks addresses, owner: security, until: "2026-12-31"}
`)
	e := &lifecycle.Element{Surface: lifecycle.GraphQL, Name: "Query.users", State: lifecycle.State{Deprecated: true, Since: lifecycle.Moment{Release: "18.7"}}}
	r := p.Removal(e, today)
	if r.Exception == nil || !r.AnyTime() || !strings.Contains(r.Why, "security answers for an exception until 2026-12-31: it leaks addresses") {
		t.Errorf("with an exception: %+v", r)
	}
	if r := p.Removal(e, date("2027-01-01")); r.Exception != nil || r.Earliest.Release != "20.0" {
		t.Errorf("after its last day: %+v", r)
	}
	if r := p.Removal(&lifecycle.Element{Surface: lifecycle.GraphQL, Name: "User.name", State: e.State}, today); r.Exception != nil {
		t.Errorf("another element: %+v", r)
	}
}

func TestReleases(t *testing.T) {
	t.Parallel()
	rel, err := lifecycle.FindReleases("gitlab")
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"10.0": "2017-09-22", "13.12": "2021-05-22", "14.0": "2021-06-22", "14.10": "2022-04-22", "15.0": "2022-05-22", "15.7": "2022-12-22", "16.5": "2023-10-22", "16.6": "2023-11-16", "17.0": "2024-05-16", "18.0": "2025-05-15", "19.6": "2026-11-19",
	} {
		i, ok := rel.Find(name)
		if got := rel.At(i); !ok || got.Date != date(want) || got.Release != name {
			t.Errorf("%s: %v; want %s", name, got, want)
		}
	}
	for _, name := range []string{"15.12", "9.9", "", "next"} {
		if i, ok := rel.Find(name); ok {
			t.Errorf("%q is found at %d", name, i)
		}
	}
	if i, ok := rel.Current(today); !ok || rel.At(i).Release != "19.6" {
		t.Errorf("current on %s: %v", today, rel.At(i))
	}
	if i, _ := rel.From(date("2024-05-16")); rel.At(i).Release != "17.0" {
		t.Errorf("from the day of a release on: %v", rel.At(i))
	}
	list, err := lifecycle.ParseReleases("releases.yaml", []byte(`list:
  - {release: "2.9", date: "2025-03-01"}
  - {release: "3.0", date: "2025-06-15"}
  - {release: "3.1", date: "2025-09-01"}
`))
	if err != nil {
		t.Fatal(err)
	}
	i, _ := list.Find("2.9")
	if major, ok := list.NextMajor(i); !ok || list.At(major).Release != "3.0" {
		t.Errorf("the major release after 2.9: %v", list.At(major))
	}
	if _, ok := list.NextMajor(2); ok {
		t.Error("a list has a major release after its end")
	}
	if i, ok := list.Current(date("2030-01-01")); !ok || list.At(i).Release != "3.1" {
		t.Errorf("current after the end: %v", list.At(i))
	}
}

func TestPolicyFileErrors(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text, want string }{
		{"empty", "# nothing\n", "policy.yaml:1:1: the file has no policy"},
		{"unknown key", "stabel: {days: 1}\n", `policy.yaml:1:1: unknown key "stabel"; did you mean "stable"?`},
		{"unknown base", "extends: gitlab-grafql\n", `policy.yaml:1:10: unknown policy "gitlab-grafql"; did you mean "gitlab-graphql"?`},
		{"days", "stable: {days: many}\n", `policy.yaml:1:16: stable.days is "many"; expected a number`},
		{"no owner", "exceptions:\n  - {element: a, reason: b, until: \"2026-01-01\"}\n", "policy.yaml:2:5: exceptions[0] has no owner"},
		{"no date", "exceptions:\n  - {element: a, reason: b, owner: c, until: soon}\n", `policy.yaml:2:46: exceptions[0].until "soon" is no date such as 2026-11-27`},
		{"calendar", "calendar: gitlub\n", `policy.yaml:1:11: unknown release calendar "gitlub"; did you mean "gitlab"?`},
		{"broken calendar", "releases: {first: \"1.3\", month: 2020-05, major_in: may}\n", "policy.yaml:1:19: release 1.3 in May does not fit to X.0 in May"},
		{"of several surfaces", "surfaces: {rest: gitlab}\n", `policy.yaml:1:18: policy "gitlab" is one of several surfaces itself`},
		{"not YAML", "a: [\n", "policy.yaml:"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := lifecycle.ParsePolicy("policy.yaml", []byte(tt.text))
			var file *lifecycle.FileError
			if !errors.As(err, &file) || !strings.HasPrefix(err.Error(), tt.want) {
				t.Errorf("error is %v; want %s", err, tt.want)
			}
		})
	}
}

func TestCarriersOfAProject(t *testing.T) {
	t.Parallel()
	own, err := lifecycle.ParseCarriers("carriers.yaml", []byte(`
openapi:
  - {at: x-acme/life, sets: stability, as: level, words: {beta: [tasting], stable: [served]}}
  - {at: x-acme/end, sets: sunset, as: date, layouts: [DD.MM.YYYY]}
graphql:
  - {at: "@acme(life:)", sets: stability, as: level}
phrases:
  - {in: [reason], has: until, match: '\s*Until (?P<sunset>\d{4}-\d{2}-\d{2})\.$'}
`))
	if err != nil {
		t.Fatal(err)
	}
	c := lifecycle.DefaultCarriers().With(own)
	doc := parse(t, "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get: {x-acme: {life: tasting, end: 30.06.2027}, deprecated: true, responses: {}}\n")
	got := c.Inspect(doc).Elements[0].State
	want := lifecycle.State{Stability: lifecycle.Beta, Deprecated: true, Sunset: lifecycle.Moment{Date: date("2027-06-30")}, Carriers: []string{"x-acme", "deprecated"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("state (-want +got):\n%s", diff)
	}
	s := schema(t, `directive @acme(life: String) on FIELD_DEFINITION
type Query { a: Int @acme(life: "alpha") b: Int @deprecated(reason: "Slow. Until 2027-01-31.") }`)
	elements := c.InspectGraphQL(s).Elements
	if elements[1].State.Stability != lifecycle.Experimental || elements[2].State.Sunset.Date != date("2027-01-31") || elements[2].State.Reason != "Slow." {
		t.Errorf("states: %+v, %+v", elements[1].State, elements[2].State)
	}
	for text, want := range map[string]string{
		"openapi: [{at: x-a, as: date}]\n":                  "carriers.yaml:1:11: openapi[0] has no sets",
		"openapi: [{at: x-a, sets: sunset, as: time}]\n":    `carriers.yaml:1:39: openapi[0].as "time" is unknown; it is one of flag`,
		"phrases: [{in: [reason], match: '('}]\n":           "carriers.yaml:1:33: match is no regular expression",
		"phrases: [{in: [reason], match: '(?P<when>x)'}]\n": `carriers.yaml:1:33: match has the group "when"; groups are reason, replacement, since, sunset`,
	} {
		if _, err := lifecycle.ParseCarriers("carriers.yaml", []byte(text)); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("error is %v; want %s", err, want)
		}
	}
}

func TestTimebox(t *testing.T) {
	t.Parallel()
	p := policy(t, "snyk-vervet")
	e := &lifecycle.Element{Surface: lifecycle.REST, State: lifecycle.State{Stability: lifecycle.Experimental, Since: lifecycle.Moment{Date: date("2026-01-01")}}}
	if until, ok := p.Timebox(e); !ok || until.Date != date("2026-04-01") {
		t.Errorf("an experiment from 2026-01-01: until %v", until)
	}
	e.State.Deprecated = true
	if until, ok := p.Timebox(e); ok {
		t.Errorf("a deprecated experiment: until %v", until)
	}
}

func TestCompareReleases(t *testing.T) {
	t.Parallel()
	order := []string{"9.9", "15.2", "15.10", "15.10.1", "16.0"}
	for i := range order {
		for j := range order {
			if got, want := lifecycle.CompareReleases(order[i], order[j]), compareInts(i, j); got != want {
				t.Errorf("CompareReleases(%s, %s) = %d", order[i], order[j], got)
			}
		}
	}
	if lifecycle.CompareReleases("v16", "16.0") != 0 {
		t.Error("v16 is not 16.0")
	}
}

func compareInts(a, b int) int {
	return time.Time{}.AddDate(0, 0, a).Compare(time.Time{}.AddDate(0, 0, b))
}
