package snapshot

// Metric is one number that an API is followed by over time.
type Metric struct {
	// ID is permanent: "parity.breadth".
	ID string
	// Title names it in a table: "Breadth, REST to GraphQL".
	Title string
	// Short names it in a sentence: "parity".
	Short string
	// Percent says that it is a share, 0 to 1; else it is a count.
	Percent bool
	// Up says that more is better; else less is.
	Up bool
	// Topic is the part of the API that it is about.
	Topic string

	value func(s *Snapshot, a *API) (float64, bool)
}

// Value returns the metric of an API of a snapshot; ok is false where it was not
// measured.
func (m *Metric) Value(s *Snapshot, a *API) (v float64, ok bool) { return m.value(s, a) }

// Better returns 1 where b is better than a, -1 where it is worse, 0 where they
// are equal.
func (m *Metric) Better(a, b float64) int {
	switch {
	case a == b:
		return 0
	case b > a == m.Up:
		return 1
	}
	return -1
}

// FindMetric returns the metric with an ID, nil where there is none.
func FindMetric(id string) *Metric {
	for _, m := range Metrics() {
		if m.ID == id {
			return &m
		}
	}
	return nil
}

// MetricIDs returns the IDs of all metrics, in their order.
func MetricIDs() []string {
	list := Metrics()
	ids := make([]string, len(list))
	for i := range list {
		ids[i] = list[i].ID
	}
	return ids
}

// The topics of metrics, in their order.
const (
	parityTopic    = "Parity"
	sloTopic       = "Service levels"
	lintTopic      = "Lint debt"
	docsTopic      = "Documentation"
	webhookTopic   = "Webhooks"
	lifecycleTopic = "Lifecycle"
	waiverTopic    = "Waivers"
	gateTopic      = "Gates"
)

// Metrics returns all metrics, in the order in which they are shown.
func Metrics() []Metric {
	return []Metric{
		{ID: "parity.breadth", Title: "REST operations with a whole counterpart in GraphQL", Short: "parity", Percent: true, Up: true, Topic: parityTopic, value: inParity(func(p *Parity) Share { return p.RESTToGraphQL.Share() })},
		{ID: "parity.breadth_back", Title: "GraphQL root fields with a whole counterpart in REST", Short: "parity back", Percent: true, Up: true, Topic: parityTopic, value: inParity(func(p *Parity) Share { return p.GraphQLToREST.Share() })},
		{ID: "parity.depth", Title: "Fields of matched types that both have", Short: "depth", Percent: true, Up: true, Topic: parityTopic, value: inParity(func(p *Parity) Share { return p.Depth })},
		{ID: "parity.fidelity", Title: "Matched fields that are alike", Short: "fidelity", Percent: true, Up: true, Topic: parityTopic, value: inParity(func(p *Parity) Share { return p.Fidelity })},
		{ID: "parity.lifecycle", Title: "Pairs that agree on what is deprecated", Short: "agreement on lifecycle", Percent: true, Up: true, Topic: parityTopic, value: inParity(func(p *Parity) Share { return p.Lifecycle })},
		{ID: "slo.kept", Title: "Operations that keep their budget", Short: "budgets kept", Percent: true, Up: true, Topic: sloTopic, value: keptBudgets},
		{ID: "slo.broken", Title: "Operations that broke their budget", Short: "broken budgets", Topic: sloTopic, value: inSLO("fail")},
		{ID: "slo.unproved", Title: "Operations whose budget was not proved", Short: "unproved budgets", Topic: sloTopic, value: inSLO("inconclusive", "invalid")},
		{ID: "lint.errors", Title: "Lint errors that count", Short: "lint errors", Topic: lintTopic, value: inLint(func(d *Debt) int { return d.Errors })},
		{ID: "lint.warnings", Title: "Lint warnings that count", Short: "lint warnings", Topic: lintTopic, value: inLint(func(d *Debt) int { return d.Warnings })},
		{ID: "lint.debt", Title: "All lint findings, known and waived ones too", Short: "lint debt", Topic: lintTopic, value: inLint((*Debt).Total)},
		{ID: "docs.described", Title: "Elements with a description", Short: "documentation", Percent: true, Up: true, Topic: docsTopic, value: inDocs(Coverage.Described)},
		{ID: "docs.operations", Title: "Operations with a description", Short: "described operations", Percent: true, Up: true, Topic: docsTopic, value: inDocs(func(c Coverage) Share { return c.Operations })},
		{ID: "docs.types", Title: "Types with a description", Short: "described types", Percent: true, Up: true, Topic: docsTopic, value: inDocs(func(c Coverage) Share { return c.Types })},
		{ID: "docs.fields", Title: "Fields with a description", Short: "described fields", Percent: true, Up: true, Topic: docsTopic, value: inDocs(func(c Coverage) Share { return c.Fields })},
		{ID: "docs.examples", Title: "Operations with an example", Short: "examples", Percent: true, Up: true, Topic: docsTopic, value: inDocs(func(c Coverage) Share { return c.Examples })},
		{ID: "webhooks.matching", Title: "Payloads that match their description", Short: "matching payloads", Percent: true, Up: true, Topic: webhookTopic, value: matchingPayloads},
		{ID: "webhooks.places", Title: "Places where payloads and description differ", Short: "webhook drift", Topic: webhookTopic, value: func(_ *Snapshot, a *API) (float64, bool) {
			if a.Webhooks == nil {
				return 0, false
			}
			return float64(a.Webhooks.Places), true
		}},
		{ID: "lifecycle.deprecated", Title: "Deprecated elements", Short: "deprecations", Topic: lifecycleTopic, value: deprecations(func(*Snapshot, *Deprecation) bool { return true })},
		{ID: "lifecycle.overdue", Title: "Deprecations past their day", Short: "overdue deprecations", Topic: lifecycleTopic, value: deprecations(func(_ *Snapshot, d *Deprecation) bool { return d.Status == "overdue" })},
		{ID: "lifecycle.due_30", Title: "Deprecations due within 30 days", Short: "due in 30 days", Topic: lifecycleTopic, value: deprecations(within(30))},
		{ID: "lifecycle.due_90", Title: "Deprecations due within 90 days", Short: "due in 90 days", Topic: lifecycleTopic, value: deprecations(within(90))},
		{ID: "lifecycle.due_180", Title: "Deprecations due within 180 days", Short: "due in 180 days", Topic: lifecycleTopic, value: deprecations(within(180))},
		{ID: "lifecycle.undated", Title: "Deprecations without a day", Short: "undated deprecations", Topic: lifecycleTopic, value: deprecations(func(_ *Snapshot, d *Deprecation) bool { return d.Status == "undated" })},
		{ID: "lifecycle.breaking", Title: "Breaking changes since the version before", Short: "breaking changes", Topic: lifecycleTopic, value: func(_ *Snapshot, a *API) (float64, bool) {
			if a.Lifecycle == nil || !a.Lifecycle.Compared {
				return 0, false
			}
			return float64(a.Lifecycle.Breaking), true
		}},
		{ID: "waivers.expired", Title: "Waivers past their day", Short: "expired waivers", Topic: waiverTopic, value: waivers(func(days int) bool { return days < 0 })},
		{ID: "waivers.due_30", Title: "Waivers that end within 30 days", Short: "waivers that end soon", Topic: waiverTopic, value: waivers(func(days int) bool { return days >= 0 && days <= 30 })},
		{ID: "gates.incomplete", Title: "Gates that could not be finished", Short: "unfinished gates", Topic: gateTopic, value: func(_ *Snapshot, a *API) (float64, bool) {
			n := 0
			for i := range a.Gates {
				if len(a.Gates[i].Incomplete) > 0 {
					n++
				}
			}
			return float64(n), true
		}},
	}
}

// Due reports whether a deprecation of the snapshot is due within some days
// from its day on, overdue ones not.
func (s *Snapshot) Due(d *Deprecation, days int) bool {
	n, ok := Days(s.At, d.Due)
	return ok && d.Status != "overdue" && n >= 0 && n <= days
}

func within(days int) func(*Snapshot, *Deprecation) bool {
	return func(s *Snapshot, d *Deprecation) bool { return s.Due(d, days) }
}

// share is the value of a share, and whether there is anything to share.
func share(s Share) (float64, bool) { return s.Value(), s.Whole > 0 }

func inParity(of func(*Parity) Share) func(*Snapshot, *API) (float64, bool) {
	return func(_ *Snapshot, a *API) (float64, bool) {
		if a.Parity == nil {
			return 0, false
		}
		return share(of(a.Parity))
	}
}

func keptBudgets(_ *Snapshot, a *API) (float64, bool) {
	if a.SLO == nil {
		return 0, false
	}
	return share(Share{a.SLO.Count("pass"), len(a.SLO.Operations)})
}

func inSLO(verdicts ...string) func(*Snapshot, *API) (float64, bool) {
	return func(_ *Snapshot, a *API) (float64, bool) {
		if a.SLO == nil {
			return 0, false
		}
		n := 0
		for _, v := range verdicts {
			n += a.SLO.Count(v)
		}
		return float64(n), true
	}
}

func inLint(of func(*Debt) int) func(*Snapshot, *API) (float64, bool) {
	return func(_ *Snapshot, a *API) (float64, bool) {
		if a.Lint == nil {
			return 0, false
		}
		return float64(of(a.Lint)), true
	}
}

func inDocs(of func(Coverage) Share) func(*Snapshot, *API) (float64, bool) {
	return func(_ *Snapshot, a *API) (float64, bool) {
		if a.Docs == nil {
			return 0, false
		}
		return share(of(a.Docs.Total()))
	}
}

func matchingPayloads(_ *Snapshot, a *API) (float64, bool) {
	if a.Webhooks == nil {
		return 0, false
	}
	return share(Share{a.Webhooks.Matching, a.Webhooks.Payloads})
}

func deprecations(counts func(*Snapshot, *Deprecation) bool) func(*Snapshot, *API) (float64, bool) {
	return func(s *Snapshot, a *API) (float64, bool) {
		if a.Lifecycle == nil {
			return 0, false
		}
		n := 0
		for i := range a.Lifecycle.Deprecations {
			if counts(s, &a.Lifecycle.Deprecations[i]) {
				n++
			}
		}
		return float64(n), true
	}
}

// waivers counts those of the API's product: they are about files, and an API
// has several.
func waivers(counts func(days int) bool) func(*Snapshot, *API) (float64, bool) {
	return func(s *Snapshot, a *API) (float64, bool) {
		n := 0
		for i := range s.Waivers {
			if days, ok := Days(s.At, s.Waivers[i].Until); ok && s.Waivers[i].Product == a.Product && counts(days) {
				n++
			}
		}
		return float64(n), true
	}
}
