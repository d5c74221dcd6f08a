package snapshot

import (
	"cmp"
	"fmt"
	"slices"
)

// Merge puts the APIs of several snapshots into one, by product and name: those
// of several repositories, or of several runs over parts of one. Of one API that
// several have, the newest stays. Waivers are those of the newest snapshot of
// each product. The error says that two snapshots disagree on one API at one
// moment.
//
// Revision and Tool of the result are those that all agree on.
func Merge(product string, list ...*Snapshot) (*Snapshot, error) {
	out := &Snapshot{Version: Version, Product: product}
	at := map[key]int{}
	waivers := map[string]*Snapshot{}
	for i, s := range list {
		if i == 0 {
			out.Revision, out.Tool = s.Revision, s.Tool
		}
		if out.Revision != s.Revision {
			out.Revision = ""
		}
		if out.Tool != s.Tool {
			out.Tool = ""
		}
		if s.At.After(out.At) {
			out.At = s.At
		}
		if w := waivers[s.Product]; w == nil || s.At.After(w.At) {
			waivers[s.Product] = s
		}
		for _, a := range s.APIs {
			k, known := at[a.key()]
			switch {
			case !known:
				at[a.key()] = len(out.APIs)
				out.APIs = append(out.APIs, a)
			case a.At.After(out.APIs[k].At):
				out.APIs[k] = a
			case a.At.Equal(out.APIs[k].At) && a.Revision != out.APIs[k].Revision:
				return nil, fmt.Errorf("two snapshots have API %q of product %q at %s, one of revision %q and one of %q", a.Name, a.Product, a.At.Format("2006-01-02 15:04:05"), out.APIs[k].Revision, a.Revision)
			}
		}
	}
	slices.SortStableFunc(out.APIs, func(a, b API) int {
		return cmp.Or(cmp.Compare(a.Product, b.Product), cmp.Compare(a.Name, b.Name))
	})
	for _, s := range list {
		if waivers[s.Product] == s {
			out.Waivers = append(out.Waivers, s.Waivers...)
		}
	}
	slices.SortStableFunc(out.Waivers, func(a, b Waiver) int {
		return cmp.Or(cmp.Compare(a.Until, b.Until), cmp.Compare(a.Product, b.Product), cmp.Compare(a.Owner, b.Owner))
	})
	return out, nil
}
