package webhook

import (
	"fmt"

	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/webhook/signature"
)

// Signing returns how a description says that its webhooks are signed, and
// where it says so: in x-speakeasy-webhooks or x-fern-webhook-signature at its
// root, or the latter in one of its webhooks. It returns nil where the
// description says nothing, and an error where what it says cannot be verified.
//
// Where webhooks say different things the first one counts.
func Signing(doc *openapi.Document) (*signature.Scheme, *openapi.Node, error) {
	const fern = "x-fern-webhook-signature"
	root := doc.Root()
	if n := root.Get("x-speakeasy-webhooks"); n.Get("security") != nil {
		return scheme(n, signature.FromSpeakeasy)
	}
	if n := root.Get(fern); n.Is(openapi.Object) {
		return scheme(n, signature.FromFern)
	}
	for _, o := range doc.Operations() {
		if n := o.Node.Get(fern); n.Is(openapi.Object) {
			return scheme(n, signature.FromFern)
		}
	}
	return nil, nil, nil
}

func scheme(n *openapi.Node, read func([]byte) (*signature.Scheme, error)) (*signature.Scheme, *openapi.Node, error) {
	s, err := read(appendJSON(nil, n))
	if err != nil {
		at := n.Location()
		return nil, n, fmt.Errorf("%s:%d: %w", at.File, at.Line, err)
	}
	return s, n, nil
}
