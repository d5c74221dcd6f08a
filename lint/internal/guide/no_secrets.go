package guide

import (
	"context"
	"fmt"
	"sort"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var noSecrets = &rule{
	Meta: check.Meta{
		ID:      "no-secrets",
		Summary: "A description must not hold tokens or private keys.",
		Rationale: "Examples are copied from terminals, and a description is published. Reported is what has the form of a known secret (access keys of clouds, tokens of forges and chats, JSON Web Tokens, private keys), anywhere in the text of the document, comments too. " +
			"Revoke what was real, and write a placeholder that says so, such as `glpat-EXAMPLE`.",
		Severity: check.Error, Tags: []string{"openapi", "security", "examples", "plumb:recommended", "plumb:gitlab"}, Since: "0.1.0",
	},
	Check: checkNoSecrets,
}

func checkNoSecrets(_ context.Context, p *pass) error {
	shapes := indexShapes()
	var last *openapi.Source
	var seen map[string]bool
	for _, span := range p.Subject.Spans() {
		src, text := span.Source, span.Text()
		if src != last {
			last, seen = src, map[string]bool{}
		}
		for _, s := range shapes.find(text) {
			value := text[s.start:s.end]
			if seen[value] && s.what != aPrivateKey {
				continue
			}
			seen[value] = true
			start, end := span.Start+s.start, span.Start+s.end
			n := nodeAt(src.Root(), start)
			p.Report(check.Finding{
				Location: place(src, n, start, end), Key: s.what,
				Message: fmt.Sprintf("%q has the form of %s", masked(value), s.what),
			})
		}
	}
	return nil
}

// masked shows the beginning of a secret, so that a report does not spread
// it.
func masked(secret string) string {
	return secret[:min(len(secret)/3, 8)] + "…"
}

// nodeAt returns the innermost value at an offset of its source. Where YAML
// aliases put the children of a value out of order it may be an outer one.
func nodeAt(n *openapi.Node, offset int) *openapi.Node {
	for {
		children := n.Children()
		i := sort.Search(len(children), func(i int) bool {
			_, end := children[i].Offsets()
			return offset < end
		})
		if i == len(children) {
			return n
		}
		start, end := children[i].Offsets()
		if keyStart, keyEnd := children[i].KeyOffsets(); keyEnd > 0 {
			start = min(start, keyStart)
		}
		if offset < start || offset >= end {
			return n
		}
		n = children[i]
	}
}

// place is the location of a part of a value.
func place(src *openapi.Source, n *openapi.Node, start, end int) check.Location {
	at := check.Location{File: src.Name(), Element: n.Pointer()}
	at.Line, at.Column = src.Position(start)
	at.EndLine, at.EndColumn = src.Position(end)
	return at
}
