package headers_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/lifecycle/headers"
	"github.com/plumbapi/plumb/openapi"
)

// resource is one operation of a generated description, and what a server that
// keeps its promises says about it.
type resource struct {
	path             string
	since, sunset    time.Time // zero where the description gives no day
	deprecated       bool
	successor        string // a path; "" for none
	releases         bool   // the days are releases that nobody can date
	successorHasSlot bool
}

var epoch = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// resources makes every combination of what a description may say.
func resources() []resource {
	var list []resource
	for i := range 48 {
		r := resource{path: fmt.Sprintf("/things%d", i), deprecated: i%4 != 0}
		if i%2 == 1 {
			r.path += "/{id}"
		}
		if r.deprecated {
			r.since = epoch.AddDate(0, 0, -i)
			switch i % 12 {
			case 5:
				r.since = time.Time{}
			case 7:
				r.since, r.releases = time.Time{}, true
			}
			if i%3 != 0 {
				r.sunset = epoch.AddDate(1, i%12, i)
			}
			if i%5 != 0 {
				r.successor = fmt.Sprintf("/fresh%d", i)
				if r.successorHasSlot = i%2 == 1; r.successorHasSlot {
					r.successor += "/{id}"
				}
			}
		}
		list = append(list, r)
	}
	return list
}

// description writes them down.
func description(list []resource) string {
	b := &strings.Builder{}
	b.WriteString("openapi: 3.1.0\ninfo: {title: Generated, version: '1'}\nservers: [{url: 'https://api.example.com/v1'}]\npaths:\n")
	for _, r := range list {
		fmt.Fprintf(b, "  %s:\n    get:\n      responses: {}\n", r.path)
		if r.deprecated {
			b.WriteString("      deprecated: true\n")
		}
		if !r.since.IsZero() {
			fmt.Fprintf(b, "      x-deprecated-at: %s\n", r.since.Format(time.DateOnly))
		}
		if r.releases {
			b.WriteString("      x-deprecated-at: '15.7'\n")
		}
		if !r.sunset.IsZero() {
			fmt.Fprintf(b, "      x-sunset: %s\n", r.sunset.Format(time.DateOnly))
		}
		if r.successor != "" {
			fmt.Fprintf(b, "      x-replaced-by: GET %s\n  %s:\n    get: {responses: {}}\n", r.successor, r.successor)
		}
	}
	return b.String()
}

// clean makes an exchange with a server that keeps its promises, in one of the
// many forms that are right.
func (r resource) clean(rnd *rand.Rand) headers.Exchange {
	pick := func(list ...string) string { return list[rnd.IntN(len(list))] }
	id := pick("1", "octo", "a%2Fb", "caf%C3%A9")
	e := headers.Exchange{
		Method: pick("GET", "GET", "HEAD"), Status: 200, Header: http.Header{}, At: epoch.Add(time.Duration(rnd.IntN(300*24)) * time.Hour),
		URL: pick("https://api.example.com", "http://localhost:8080", "") + "/v1" + strings.ReplaceAll(r.path, "{id}", id) + pick("", "/", "?page=2", "?q=/x"),
	}
	switch rnd.IntN(12) { // what is not the operation's own need not say anything
	case 0:
		e.Status = []int{304, 400, 401, 404, 429, 500, 503, 0}[rnd.IntN(8)]
		return e
	case 1:
		if !r.sunset.IsZero() {
			e.At, e.Status = r.sunset.AddDate(0, 0, rnd.IntN(100)), 410
			return e
		}
	case 2:
		e.Status = []int{201, 202, 204, 206, 301, 302, 307}[rnd.IntN(7)]
	}
	within := time.Duration(rnd.IntN(24*3600)) * time.Second
	if r.deprecated {
		at := epoch.AddDate(0, -2, rnd.IntN(20)).Add(within)
		if !r.since.IsZero() {
			at = r.since.Add(within)
		}
		e.Header.Set("Deprecation", headers.FormatDeprecation(at)+pick("", "", ";v=1", `;by="team"`))
	}
	if !r.sunset.IsZero() {
		e.Header.Set("Sunset", headers.FormatSunset(r.sunset.Add(within)))
	}
	links := []string{`<https://example.com/p?x=1,2>; rel="next"`}
	if r.successor != "" {
		target := "/v1" + strings.ReplaceAll(r.successor, "{id}", id)
		links = append(links, pick(
			"<"+target+`>; rel="successor-version"`, "<https://api.example.com"+target+`>;rel=successor-version`, `</v0>; rel="up", <`+target+`>; title="x, y"; rel="latest Successor-Version"`,
		))
	}
	rnd.Shuffle(len(links), func(i, k int) { links[i], links[k] = links[k], links[i] })
	if rnd.IntN(2) == 0 {
		e.Header["Link"] = links
	} else {
		e.Header["Link"] = []string{strings.Join(links, ", ")}
	}
	return e
}

func judge(t *testing.T, doc *openapi.Document, exchanges ...headers.Exchange) (*headers.Result, []string) {
	t.Helper()
	j := headers.NewJudge(doc, headers.JudgeOptions{})
	for i := range exchanges {
		j.Add(&exchanges[i])
	}
	res := j.Result()
	report, err := headers.Check(t.Context(), res, check.Policy{})
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, f := range report.Findings {
		found = append(found, f.Rule+" "+fmt.Sprint(f.Properties["operation"]))
		if f.Rule != "lifecycle-served-after-sunset" {
			found[len(found)-1] += " " + fmt.Sprint(f.Properties["field"])
		}
	}
	slices.Sort(found)
	return res, slices.Compact(found)
}

// TestCleanExchanges: 10,000 exchanges with a server that keeps its promises
// make no finding.
func TestCleanExchanges(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(1, 2))
	list := resources()
	doc := parse(t, description(list))
	var exchanges []headers.Exchange
	for range 10_000 {
		exchanges = append(exchanges, list[rnd.IntN(len(list))].clean(rnd))
	}
	res, found := judge(t, doc, exchanges...)
	if len(found) > 0 || !res.Complete {
		t.Errorf("findings %q, incomplete %q; want none", found, res.Incomplete)
	}
	if c := res.Counts; c.Exchanges != 10_000 || c.Judged < 8_000 || c.NotJudged < 500 || c.Seen != c.Promising || c.Unknown != 0 {
		t.Errorf("counts %+v", c)
	}
}

// TestSeededFaults puts one fault into one exchange and looks for exactly that
// one finding, for every operation that can have the fault.
func TestSeededFaults(t *testing.T) {
	t.Parallel()
	day := 24 * time.Hour
	set := func(name, value string) func(r resource, e *headers.Exchange) bool {
		return func(r resource, e *headers.Exchange) bool {
			if e.Header.Get(name) == "" {
				return false
			}
			e.Header.Set(name, value)
			return true
		}
	}
	faults := []struct {
		name, rule, field string
		seed              func(r resource, e *headers.Exchange) bool // whether it can be put in
	}{
		{"no Deprecation", "lifecycle-header-missing", "Deprecation", func(r resource, e *headers.Exchange) bool { e.Header.Del("Deprecation"); return r.deprecated }},
		{"no Sunset", "lifecycle-header-missing", "Sunset", func(r resource, e *headers.Exchange) bool { e.Header.Del("Sunset"); return !r.sunset.IsZero() }},
		{"no successor", "lifecycle-header-missing", "Link", func(r resource, e *headers.Exchange) bool {
			e.Header.Del("Link")
			return r.successor != "" && !r.successorHasSlot
		}},
		{"Deprecation", "lifecycle-header-unexpected", "Deprecation", func(r resource, e *headers.Exchange) bool {
			e.Header.Set("Deprecation", "@1700000000")
			return !r.deprecated
		}},
		{"Sunset", "lifecycle-header-unexpected", "Sunset", func(r resource, e *headers.Exchange) bool {
			e.Header.Set("Sunset", headers.FormatSunset(epoch.AddDate(3, 0, 0)))
			return r.sunset.IsZero()
		}},
		{"true", "lifecycle-header-value-invalid", "Deprecation", set("Deprecation", "true")},
		{"boolean", "lifecycle-header-value-invalid", "Deprecation", set("Deprecation", "?1")},
		{"HTTP date", "lifecycle-header-value-invalid", "Deprecation", set("Deprecation", "Thu, 01 Jan 2026 00:00:00 GMT")},
		{"ISO date", "lifecycle-header-value-invalid", "Deprecation", set("Deprecation", "2026-01-01")},
		{"bare number", "lifecycle-header-value-invalid", "Deprecation", set("Deprecation", "1767225600")},
		{"empty", "lifecycle-header-value-invalid", "Deprecation", func(r resource, e *headers.Exchange) bool {
			e.Header["Deprecation"] = []string{""}
			return r.deprecated
		}},
		{"twice", "lifecycle-header-value-invalid", "Deprecation", func(r resource, e *headers.Exchange) bool {
			if r.deprecated {
				e.Header.Add("Deprecation", e.Header.Get("Deprecation"))
			}
			return r.deprecated
		}},
		{"ISO Sunset", "lifecycle-header-value-invalid", "Sunset", set("Sunset", "2027-01-01T00:00:00Z")},
		{"old Sunset", "lifecycle-header-value-invalid", "Sunset", set("Sunset", "Friday, 01-Jan-27 00:00:00 GMT")},
		{"wrong weekday", "lifecycle-header-value-invalid", "Sunset", set("Sunset", "Mon, 01 Jan 2027 00:00:00 GMT")},
		{"stamp as Sunset", "lifecycle-header-value-invalid", "Sunset", set("Sunset", "@1800000000")},
		{"Sunset before Deprecation", "lifecycle-header-value-invalid", "Sunset", func(r resource, e *headers.Exchange) bool {
			e.Header.Set("Sunset", headers.FormatSunset(epoch.AddDate(-5, 0, 0)))
			return r.deprecated && !r.sunset.IsZero()
		}},
		{"a day later", "lifecycle-header-disagrees", "Deprecation", func(r resource, e *headers.Exchange) bool {
			e.Header.Set("Deprecation", headers.FormatDeprecation(r.since.Add(day)))
			return !r.since.IsZero()
		}},
		{"a day earlier", "lifecycle-header-disagrees", "Deprecation", func(r resource, e *headers.Exchange) bool {
			e.Header.Set("Deprecation", headers.FormatDeprecation(r.since.Add(-time.Second)))
			return !r.since.IsZero()
		}},
		{"another Sunset", "lifecycle-header-disagrees", "Sunset", func(r resource, e *headers.Exchange) bool {
			e.Header.Set("Sunset", headers.FormatSunset(r.sunset.Add(day)))
			return !r.sunset.IsZero()
		}},
		{"another successor", "lifecycle-header-disagrees", "Link", func(r resource, e *headers.Exchange) bool {
			e.Header["Link"] = []string{`</v1/elsewhere>; rel="successor-version"`}
			return r.successor != ""
		}},
		{"served", "lifecycle-served-after-sunset", "", func(r resource, e *headers.Exchange) bool {
			e.At, e.Status = r.sunset.AddDate(0, 0, 3), 200
			return !r.sunset.IsZero()
		}},
	}
	list := resources()
	doc := parse(t, description(list))
	for _, f := range faults {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			rnd := rand.New(rand.NewPCG(3, 4))
			seeded := 0
			for _, r := range list {
				e := r.clean(rnd)
				for e.Status != 200 {
					e = r.clean(rnd)
				}
				if !f.seed(r, &e) {
					continue
				}
				seeded++
				want := []string{strings.TrimSuffix(f.rule+" GET "+r.path+" "+f.field, " ")}
				_, found := judge(t, doc, r.clean(rnd), e, r.clean(rnd))
				if diff := cmp.Diff(want, found); diff != "" {
					t.Errorf("%s with %v (-want +got):\n%s", e.URL, e.Header, diff)
				}
			}
			if seeded < 8 {
				t.Errorf("the fault was put in %d times only", seeded)
			}
		})
	}
}
