package lifecycle

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/form"
	"github.com/plumbapi/plumb/openapi"
)

// parsePolicies reads a file of policies, or of one that may extend the known
// ones.
func parsePolicies(name string, data []byte, known []*Policy) ([]*Policy, error) {
	root, err := parseFile(name, data)
	if err != nil || root == nil {
		return nil, err
	}
	r := &policyReader{name: name, known: slices.Clone(known), calendars: map[string]*Releases{}}
	for _, p := range known {
		if p.Releases != nil && p.Releases.ID != "" {
			r.calendars[p.Releases.ID] = p.Releases
		}
	}
	many := root.Has("policies") || root.Has("calendars")
	shape := policyShape(false)
	if many {
		shape = policiesShape()
	}
	if problems := form.Check(root, shape); len(problems) > 0 {
		return nil, form.Failed(name, problems)
	}
	for _, n := range root.Get("calendars").Children() {
		rel := r.releases(n)
		r.calendars[rel.ID] = rel
	}
	var nodes []*openapi.Node
	if many {
		nodes = root.Get("policies").Children()
	} else {
		nodes = []*openapi.Node{root}
	}
	var list []*Policy
	for _, n := range nodes {
		p := r.policy(n)
		list, r.known = append(list, p), append(r.known, p)
	}
	for i, n := range nodes {
		r.surfaces(list[i], n.Get("surfaces"))
	}
	if r.err != nil {
		return nil, r.err
	}
	return list, nil
}

// ParseReleases reads a file with one release calendar, YAML or JSON. The name
// is used for messages. The error is a *[FileError].
func ParseReleases(name string, data []byte) (*Releases, error) {
	root, err := parseFile(name, data)
	if err != nil {
		return nil, err
	}
	if root == nil {
		return nil, form.Errorf(name, check.Location{}, "the file has no release calendar")
	}
	if problems := form.Check(root, releasesShape()); len(problems) > 0 {
		return nil, form.Failed(name, problems)
	}
	r := &policyReader{name: name}
	rel := r.releases(root)
	return rel, r.err
}

// policyReader keeps the first error.
type policyReader struct {
	name      string
	known     []*Policy
	calendars map[string]*Releases
	err       error
}

func (r *policyReader) fail(at check.Location, format string, args ...any) {
	if r.err == nil {
		r.err = form.Errorf(r.name, at, format, args...)
	}
}

func (r *policyReader) policy(n *openapi.Node) *Policy {
	p := &Policy{}
	if base := n.Get("extends"); base != nil {
		if b := r.find(base); b != nil {
			copied := *b
			p = &copied
		}
	}
	setString(&p.ID, n.Get("id"))
	setString(&p.Title, n.Get("title"))
	setString(&p.Source, n.Get("source"))
	if p.ID == "" {
		p.ID = r.name
	}
	r.levels(p, n)
	if c := n.Get("calendar"); c != nil {
		r.calendar(p, c)
	}
	if c := n.Get("releases"); c != nil {
		p.Releases = r.releases(c)
	}
	if v := n.Get("no_deprecated_arrivals"); v != nil {
		p.NoDeprecatedArrivals = v.IsTrue()
	}
	if v := n.Get("replacement_as_stable"); v != nil {
		p.ReplacementAsStable = v.IsTrue()
	}
	if v := n.Get("unless"); v != nil {
		p.Unless = texts(v)
	}
	if v := n.Get("notes"); v != nil {
		p.Notes = texts(v)
	}
	var own []Exception
	for _, e := range n.Get("exceptions").Children() {
		until, _ := time.Parse(time.DateOnly, e.Get("until").Text())
		own = append(own, Exception{Element: e.Get("element").Text(), Reason: e.Get("reason").Text(), Owner: e.Get("owner").Text(), Until: until, At: e.Location()})
	}
	p.Exceptions = slices.Concat(own, p.Exceptions)
	return p
}

// levels reads what holds at each level; beta is held to what is said of
// stable where nothing is said of it.
func (r *policyReader) levels(p *Policy, n *openapi.Node) {
	if v := n.Get("stable"); v != nil {
		p.Stable = notice(v)
		if n.Get("extends") == nil {
			p.Beta = p.Stable
		}
	}
	if v := n.Get("beta"); v != nil {
		p.Beta = notice(v)
	}
	if v := n.Get("experimental"); v != nil {
		p.Experimental = notice(v)
	}
	if v := n.Get("internal"); v != nil {
		p.Internal = notice(v)
	}
}

// surfaces resolves the policies of the surfaces. Exceptions of the whole
// hold for each.
func (r *policyReader) surfaces(p *Policy, n *openapi.Node) {
	part := func(key string) *Policy {
		at := n.Get(key)
		if at == nil {
			return nil
		}
		found := r.find(at)
		if found == nil {
			return nil
		}
		if found.REST != nil || found.GraphQL != nil || found.Webhooks != nil || found == p {
			r.fail(at.Location(), "policy %q is one of several surfaces itself", at.Text())
			return nil
		}
		return found
	}
	if n != nil {
		p.REST, p.GraphQL, p.Webhooks = part("rest"), part("graphql"), part("webhooks")
	}
	for _, to := range []**Policy{&p.REST, &p.GraphQL, &p.Webhooks} {
		if *to == nil || len(p.Exceptions) == 0 {
			continue
		}
		with := **to
		with.Exceptions = slices.Concat(p.Exceptions, with.Exceptions)
		*to = &with
	}
}

func (r *policyReader) find(n *openapi.Node) *Policy {
	var ids []string
	for _, p := range r.known {
		if p.ID == n.Text() {
			return p
		}
		ids = append(ids, p.ID)
	}
	r.fail(n.Location(), "%v", &UnknownPolicyError{Name: n.Text(), Closest: check.Closest(n.Text(), ids)})
	return nil
}

func (r *policyReader) calendar(p *Policy, n *openapi.Node) {
	rel := r.calendars[n.Text()]
	if rel == nil {
		ids := slices.Sorted(maps.Keys(r.calendars))
		r.fail(n.Location(), "%v", &UnknownPolicyError{Noun: "release calendar", Name: n.Text(), Closest: check.Closest(n.Text(), ids)})
		return
	}
	p.Releases = rel
}

func notice(n *openapi.Node) Notice {
	return Notice{
		Days: number(n, "days"), Releases: number(n, "releases"), MajorOnly: n.Get("at").Text() == "major",
		Never: n.Get("never").Text(), Conditions: texts(n.Get("conditions")),
		TimeboxDays: number(n, "timebox_days"), TimeboxReleases: number(n, "timebox_releases"),
	}
}

// releases reads a release calendar.
func (r *policyReader) releases(n *openapi.Node) *Releases {
	rel := &Releases{ID: n.Get("id").Text(), Source: n.Get("source").Text(), every: max(number(n, "every_months"), 1)}
	if items := n.Get("list").Children(); len(items) > 0 {
		for _, m := range items {
			at, _ := time.Parse(time.DateOnly, m.Get("date").Text())
			if k := len(rel.list); k > 0 && at.Before(rel.list[k-1].Date) {
				r.fail(m.Location(), "release %s comes before the one above it", m.Get("release").Text())
			}
			rel.list = append(rel.list, Moment{Release: m.Get("release").Text(), Date: at})
		}
		if !n.Has("first") {
			return rel
		}
	}
	major, minor, ok := majorMinor(n.Get("first").Text())
	month, err := time.Parse("2006-01", n.Get("month").Text())
	if !ok || err != nil {
		r.fail(n.Location(), "a release calendar has a list, or a first release and its month, or all three")
		return rel
	}
	rel.first, rel.minor, rel.month, rel.rule = major, minor, month, true
	if k := len(rel.list); k > 0 && !rel.list[k-1].Date.Before(month) {
		r.fail(n.Get("month").Location(), "the list reaches into %s, where the rule starts", n.Get("month").Text())
	}
	if in := n.Get("major_in").Text(); in != "" {
		rel.majorIn = time.Month(slices.Index(monthNames, in) + 1)
		rel.start(r, n)
	}
	for _, d := range n.Get("days").Children() {
		from, _ := time.Parse("2006-01", d.Get("from").Text())
		rel.days = append(rel.days, dayRule{
			from: from, day: number(d, "day"), week: max(number(d, "week"), 1),
			weekday: time.Weekday(max(slices.Index(weekdayNames, d.Get("weekday").Text()), 0)),
		})
	}
	slices.SortStableFunc(rel.days, func(a, b dayRule) int { return a.from.Compare(b.from) })
	if len(rel.days) == 0 {
		rel.days = []dayRule{{day: 1}}
	}
	return rel
}

// start checks that the first release and the month of X.0 fit together.
func (rel *Releases) start(r *policyReader, n *openapi.Node) {
	if 12%rel.every != 0 {
		r.fail(n.Location(), "every_months is %d, which does not divide a year, so X.0 cannot come in one month", rel.every)
		return
	}
	since := (int(rel.month.Month()) - int(rel.majorIn) + 12) % 12
	if since != rel.minor*rel.every {
		r.fail(n.Get("first").Location(), "release %s in %s does not fit to X.0 in %s", n.Get("first").Text(), rel.month.Month(), rel.majorIn)
	}
}

func number(n *openapi.Node, key string) int {
	v, _ := n.Get(key).Int()
	return int(v)
}

func texts(n *openapi.Node) []string {
	var out []string
	for _, c := range n.Children() {
		out = append(out, c.Text())
	}
	return out
}

func setString(to *string, n *openapi.Node) {
	if n != nil {
		*to = strings.TrimSpace(n.Text())
	}
}

// String names the policy with its title.
func (p *Policy) String() string {
	if p.Title == "" {
		return p.ID
	}
	return fmt.Sprintf("%s (%s)", p.ID, p.Title)
}
