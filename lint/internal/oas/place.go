package oas

import (
	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

// Place returns where a finding about a value points: at a scalar itself; at
// the key of an array or object, which would be too much to underline; at
// the first character of one that has no key.
func Place(n *openapi.Node) check.Location {
	if !container(n) {
		return n.Location()
	}
	if _, end := n.KeyOffsets(); end > 0 {
		return n.KeyLocation()
	}
	at := n.Location()
	at.EndLine, at.EndColumn = at.Line, at.Column+1
	return at
}

// once reports findings that are new. Where references lead to one place on
// several ways, Spectral finds the same thing on each and reports it once.
type once struct {
	p    *pass
	seen map[onceKey]bool
}

type onceKey struct {
	at      *openapi.Node
	key     string
	message string
}

// Report reports a finding at a node, unless one with the same key and
// message was reported there. The key tells findings at one node apart
// whatever their messages say.
func (o *once) Report(at *openapi.Node, key, message string, related ...check.Related) {
	o.Mend(at, key, message, nil, related...)
}

// Mend is Report with a fix, which is made where the finding is new.
func (o *once) Mend(at *openapi.Node, key, message string, fix func() *check.Fix, related ...check.Related) {
	k := onceKey{at, key, message}
	if o.seen[k] {
		return
	}
	if o.seen == nil {
		o.seen = map[onceKey]bool{}
	}
	o.seen[k] = true
	f := check.Finding{Location: Place(at), Key: key, Message: message, Related: related}
	if fix != nil {
		f.Fix = fix()
	}
	o.p.Report(f)
}
