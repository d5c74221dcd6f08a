package gql

import (
	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

// deprecation is what the changes of the deprecation of a kind of element are
// called. Added and removed are empty for enum values, of which Inspector
// tells the reason only.
type deprecation struct {
	added, removed                            string
	reasonAdded, reasonRemoved, reasonChanged string
	// also says that the reason that comes or goes with the deprecation is a
	// change of its own, as Inspector has it for fields.
	also bool
}

func (d *differ) deprecations(names deprecation, old, new graphql.Element) {
	o, n := old.Base().Deprecated, new.Base().Deprecated
	if o == nil && n == nil || o != nil && n != nil && o.Reason == n.Reason {
		return
	}
	base, revision := useOf(old, "deprecated"), useOf(new, "deprecated")
	subject := coordinate(new)
	switch {
	case o == nil:
		if names.added != "" {
			d.changed(names.added, check.Info, new, base, revision, "%s was deprecated%s", subject, forReason(n))
		}
		if names.also {
			d.changed(names.reasonAdded, check.Info, new, base, revision, "%s was deprecated for the reason %s", subject, quote(n.Reason))
		}
	case n == nil:
		if names.removed != "" {
			d.changed(names.removed, check.Warning, new, base, revision, "%s is no longer deprecated%s", subject, butWas(o))
		}
		if names.also {
			d.changed(names.reasonRemoved, check.Info, new, base, revision, "the reason to deprecate %s was removed; it was %s", subject, quote(o.Reason))
		}
	default:
		id := names.reasonChanged
		if !names.also {
			switch {
			case !o.HasReason():
				id = names.reasonAdded
			case !n.HasReason():
				id = names.reasonRemoved
			}
		}
		d.changed(id, check.Info, new, base, revision, "the reason to deprecate %s %s", subject, texts(o.Reason, n.Reason))
	}
}

// useOf returns the place of the use of a directive, that of the element where
// the source does not show any.
func useOf(e graphql.Element, directive string) check.Location {
	if u := e.Base().Directive(directive); u != nil {
		return u.Location()
	}
	return e.Location()
}
