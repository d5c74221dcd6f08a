package lifecycle

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var stableUsesUnstable = &rule{
	Meta: meta("stable-uses-unstable", "What is stable must not be made of what is less stable.",
		"The promise for the whole is no better than that for its parts: when the experimental schema changes, the stable "+
			"operation changes with it. Bring the part to the level of the whole, or mark the whole.",
		check.Warning, "openapi", "stability"),
	Check: checkStableUsesUnstable,
}

func checkStableUsesUnstable(_ context.Context, p *pass) error {
	for _, doc := range p.Subject.Documents {
		for _, ref := range doc.Refs() {
			to := p.Subject.at(doc.Resolve(ref.Node))
			if to == nil || to.State.Stability.Rank() == Stable {
				continue
			}
			user := p.Subject.owner(ref.Node)
			if user == nil || user.State.Stability.Rank() <= to.State.Stability {
				continue
			}
			p.Report(check.Finding{
				Location: ref.Node.Location(), Key: user.Name,
				Message: user.String() + " is " + user.State.Stability.Rank().String() + " and uses " + to.String() + ", which is " + to.State.Stability.String(),
				Related: []check.Related{{Message: to.String(), Location: to.Location}},
			})
		}
	}
	return nil
}

// at returns the element that is written at a node, nil where there is none.
func (s *Subject) at(n *openapi.Node) *Element {
	if n == nil {
		return nil
	}
	return s.lookup().at[at{n.Source().Name(), n.Pointer()}]
}

// owner returns the element within which a node is written, nil where that is
// something that has no life of its own, such as a shared response.
func (s *Subject) owner(n *openapi.Node) *Element {
	for up := n; up != nil; up = up.Parent() {
		if up.Role() == openapi.NoRole {
			continue
		}
		if e := s.at(up); e != nil {
			return e
		}
	}
	return nil
}
