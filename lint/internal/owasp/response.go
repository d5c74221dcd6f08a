package owasp

import (
	"fmt"

	"github.com/plumbapi/plumb/openapi"
)

// responsesTo reports every operation that says nothing of a status, and every
// response to it that says nothing of its body: where it is written, once, however
// many refer to it.
func responsesTo(p *pass, status string) {
	seen := map[*openapi.Node]bool{}
	requests(p, func(op *openapi.Operation) {
		all := op.Node.Get("responses")
		r := all.Get(status)
		answer := p.Subject.Resolve(r)
		switch {
		case all == nil:
			p.Reportf(at(op.Node), "%s has no responses", op)
		case r == nil:
			p.Reportf(at(all), "%s has no response %s", op, status)
		case answer == nil || seen[answer]: // a reference to nothing is another rule's
		case !described(answer):
			p.Reportf(at(answer), "%s has no body", answerName(r, answer, op))
		}
		seen[answer] = true
	})
}

// described reports whether a response says what its body is.
func described(n *openapi.Node) bool { return hasAny(n, "content", "schema") }

// answerName names a response: by its own name where it is one of the components,
// else by its status and the operation.
func answerName(r, answer *openapi.Node, op *openapi.Operation) string {
	if answer != r {
		return fmt.Sprintf("response %q", answer.Key())
	}
	return fmt.Sprintf("response %s of %s", r.Key(), op)
}
