// Package drift finds what payloads of webhooks carry that their description
// does not say: members that are missing, null or of another type, values that
// an enum does not have, members that nobody described. [Compare] gathers that
// by the place of the description that would have to be another, [Rules] judge
// it, and [Mend] writes an OpenAPI Overlay under which the payloads match.
//
// The package judges descriptions by payloads, not the other way round: what
// was sent was sent. Generated code decodes such payloads without an error and
// tells of each what did not fit; that is for package hook. Nothing here reads
// files or listens.
package drift

import (
	"context"
	"errors"

	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/jsonschema"
)

// MaxPayload is the largest payload that is looked at, in bytes: that of the
// largest sender known, GitHub.
const MaxPayload = 25 << 20

// Payload is one payload as it was sent.
type Payload struct {
	// Name says where the payload is from: a file, with its place in it where
	// it holds several.
	Name string
	// File is the file where that is not what Name is. Places in a payload then
	// have no lines.
	File string
	// Event and Action say what the payload tells, where that is known from
	// elsewhere than its body: from the headers of the delivery. Else they are
	// "".
	Event, Action string
	// JSON is the body.
	JSON []byte
}

// Compare holds payloads against a description. A payload that is no JSON, too
// large or for no event that can be told makes the result incomplete, not an
// error; the error says that ctx ended.
func Compare(ctx context.Context, d *Description, payloads []Payload) (*Result, error) {
	c := &comparison{
		d:      d,
		places: map[placeKey]*Place{},
		result: &Result{Complete: true, Incomplete: []Problem{}, Places: []*Place{}, Payloads: []PayloadResult{}, description: d},
	}
	for i := range payloads {
		if err := ctx.Err(); err != nil {
			return nil, context.Cause(ctx)
		}
		c.payload(&payloads[i])
	}
	c.finish()
	return c.result, nil
}

// comparison is one call of Compare.
type comparison struct {
	d      *Description
	places map[placeKey]*Place
	result *Result
}

// payload looks at one payload.
func (c *comparison) payload(p *Payload) {
	counts := &c.result.Counts
	counts.Payloads++
	body, err := parse(p)
	if err != nil {
		c.fail(p, err)
		return
	}
	look, err := c.d.look(p, body)
	if err != nil {
		c.fail(p, err)
		return
	}
	row := PayloadResult{Name: p.Name, Event: look.event, Action: look.action, Places: []string{}}
	if look.described == nil {
		counts.Undescribed++
		row.add(c.undescribed(p, body, look))
		c.result.Payloads = append(c.result.Payloads, row)
		return
	}
	row.Webhook = look.described.name
	row.Assertions = look.assertions
	counts.Assertions += look.assertions
	for _, m := range look.misfits {
		place := c.place(p, look, m)
		switch m.kind {
		case Unknown:
			row.Unknown++
		case Format:
			row.Formats++
		}
		if m.violates() {
			row.Violations++
		}
		row.add(place)
	}
	counts.add(&row)
	c.result.Payloads = append(c.result.Payloads, row)
}

// fail notes that a payload could not be judged.
func (c *comparison) fail(p *Payload, err error) {
	c.result.Counts.NotJudged++
	c.result.Complete = false
	c.result.Incomplete = append(c.result.Incomplete, Problem{Payload: p.Name, Message: err.Error()})
}

// parse reads the body of a payload.
func parse(p *Payload) (*openapi.Node, error) {
	if len(p.JSON) > MaxPayload {
		return nil, errors.New("the payload is larger than 25 MiB")
	}
	n, err := openapi.ParseTree(p.Name, p.JSON)
	var at *openapi.Error
	if errors.As(err, &at) {
		return nil, errors.New("the payload is no JSON: " + at.Finding.Message)
	}
	if err != nil {
		return nil, err
	}
	if n.Source().Format() != openapi.JSON {
		return nil, errors.New("the payload is no JSON")
	}
	return n, nil
}

// errTooMuchWork replaces that of package jsonschema, with what to make of it.
var errTooMuchWork = errors.New("the payload takes too much work to check against its schema")

// errorOf words an error of the validator.
func errorOf(err error) error {
	if errors.Is(err, jsonschema.ErrTooMuchWork) {
		return errTooMuchWork
	}
	return err
}
