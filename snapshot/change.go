package snapshot

import (
	"cmp"
	"slices"
)

// Change is what became of an API between two snapshots. Its lists are in the
// order of the later snapshot, what is gone in that of the earlier one.
type Change struct {
	Metrics []Delta `json:"metrics"`
	// Opened are operations and root fields that have no counterpart now and
	// had one, or were not there; Closed had none and have one now, or need none.
	Opened []string `json:"opened_gaps"`
	Closed []string `json:"closed_gaps"`
	// Broke are the operations whose budget is broken now and was not, Mended
	// those that keep it again.
	Broke  []string `json:"broke"`
	Mended []string `json:"mended"`
	// Deprecated are newly deprecated, Removed were deprecated and are no more.
	Deprecated []string `json:"deprecated"`
	Removed    []string `json:"removed"`
}

// Delta is a metric whose value differs.
type Delta struct {
	Metric string  `json:"metric"`
	Was    float64 `json:"was"`
	Now    float64 `json:"now"`
}

// Empty reports whether nothing has changed.
func (c *Change) Empty() bool {
	return len(c.Metrics)+len(c.Opened)+len(c.Closed)+len(c.Broke)+len(c.Mended)+len(c.Deprecated)+len(c.Removed) == 0
}

// Delta returns the change of a metric, nil where it has not changed.
func (c *Change) Delta(metric string) *Delta {
	for i := range c.Metrics {
		if c.Metrics[i].Metric == metric {
			return &c.Metrics[i]
		}
	}
	return nil
}

// Compare says what became of an API: a, of the earlier snapshot s, and b, of
// the later snapshot t.
func Compare(s *Snapshot, a *API, t *Snapshot, b *API) *Change {
	c := &Change{}
	for _, m := range Metrics() {
		was, before := m.Value(s, a)
		now, after := m.Value(t, b)
		if before && after && was != now {
			c.Metrics = append(c.Metrics, Delta{m.ID, was, now})
		}
	}
	if a.Parity != nil && b.Parity != nil {
		c.Opened = without(gapsOf(b), gapsOf(a))
		gone := without(gapsOf(a), gapsOf(b))
		c.Closed = without(gone, without(gone, namesOf(b)))
	}
	if a.SLO != nil && b.SLO != nil {
		c.Broke = without(verdicts(b, "fail"), verdicts(a, "fail"))
		kept := verdicts(b, "pass")
		for _, op := range verdicts(a, "fail") {
			if slices.Contains(kept, op) {
				c.Mended = append(c.Mended, op)
			}
		}
	}
	if a.Lifecycle != nil && b.Lifecycle != nil {
		c.Deprecated = without(deprecated(b), deprecated(a))
		c.Removed = without(deprecated(a), deprecated(b))
	}
	return c
}

// gapsOf lists what has no counterpart and is to have one.
func gapsOf(a *API) (list []string) {
	for i := range a.Resources {
		if r := &a.Resources[i]; r.Parity == "none" && r.Exempt == "" {
			list = append(list, cmp.Or(r.REST, r.GraphQL))
		}
	}
	return list
}

// namesOf lists all operations and root fields.
func namesOf(a *API) (list []string) {
	for i := range a.Resources {
		list = append(list, a.Resources[i].REST, a.Resources[i].GraphQL)
	}
	return list
}

func verdicts(a *API, verdict string) (list []string) {
	for i := range a.SLO.Operations {
		if a.SLO.Operations[i].Verdict == verdict {
			list = append(list, a.SLO.Operations[i].Operation)
		}
	}
	return list
}

// deprecated lists the names of what is deprecated, each once.
func deprecated(a *API) (list []string) {
	seen := map[string]bool{}
	for i := range a.Lifecycle.Deprecations {
		if name := a.Lifecycle.Deprecations[i].Name; !seen[name] {
			seen[name] = true
			list = append(list, name)
		}
	}
	return list
}

// without returns those of a list that are not in another.
func without(list, others []string) (rest []string) {
	has := make(map[string]bool, len(others))
	for _, s := range others {
		has[s] = true
	}
	for _, s := range list {
		if !has[s] {
			rest = append(rest, s)
		}
	}
	return rest
}
