package webhook

import (
	"errors"
	"fmt"
	"strings"

	"github.com/plumbapi/plumb/openapi"
)

// Options say how webhooks are read. The zero value derives all from what is
// read.
type Options struct {
	// Name is the product in one word; "" means the provider's, or one from the
	// title.
	Name string
	// Provider says what is known of the sender; nil means nothing.
	Provider *Provider
	// Lock has the names that types had; nil means that there are none yet.
	Lock *Lock
}

// Source is a file that webhooks are read from.
type Source struct {
	// Name is what it is called: its path.
	Name string
	Data []byte
	// Document is the description that it holds, where it has been loaded; nil
	// means that it is read here, without other files.
	Document *openapi.Document
}

// Read reads webhooks from files and finds out what they are: an OpenAPI
// description, an AsyncAPI description, JSON Schemas, or example payloads. A
// file of payloads may hold one, a list of them, a line for each, or a list of
// objects with the name of an event and its examples.
//
// Payloads beside a description are examples of its events. The errors are those
// of the functions for each kind, an *openapi.Error for a file that is none, a
// *MixedError for files that do not go together.
func Read(sources []Source, o Options) (*Model, error) {
	byKind := map[sourceKind][]Source{}
	roots := map[sourceKind][]*openapi.Node{}
	first := map[sourceKind]string{}
	for _, s := range sources {
		kind, root, err := recognise(s)
		if err != nil {
			return nil, err
		}
		if first[kind] == "" {
			first[kind] = s.Name
		}
		byKind[kind] = append(byKind[kind], s)
		roots[kind] = append(roots[kind], root)
	}
	described := 0
	for _, kind := range []sourceKind{openapiSource, asyncapiSource, schemaSource} {
		described += min(len(byKind[kind]), 1)
	}
	if described > 1 || len(byKind[openapiSource]) > 1 || len(byKind[asyncapiSource]) > 1 {
		return nil, &MixedError{Names: names(sources)}
	}
	payloads, err := readPayloads(byKind[payloadSource])
	if err != nil {
		return nil, err
	}
	m, err := readKind(byKind, roots, payloads, o)
	if err == nil && described > 0 {
		m.addExamples(payloads)
	}
	return m, err
}

func readKind(byKind map[sourceKind][]Source, roots map[sourceKind][]*openapi.Node, payloads []Payload, o Options) (*Model, error) {
	switch {
	case len(byKind[openapiSource]) > 0:
		s := byKind[openapiSource][0]
		if s.Document == nil {
			doc, err := openapi.Parse(s.Name, s.Data)
			if err != nil {
				return nil, err
			}
			s.Document = doc
		}
		return FromOpenAPI(s.Document, o)
	case len(byKind[asyncapiSource]) > 0:
		return FromAsyncAPI(roots[asyncapiSource][0], o)
	case len(byKind[schemaSource]) > 0:
		return FromJSONSchema(roots[schemaSource], o)
	}
	return FromPayloads(payloads, o)
}

func names(sources []Source) []string {
	var out []string
	for _, s := range sources {
		out = append(out, s.Name)
	}
	return out
}

// MixedError says that files do not go together: more than one OpenAPI or
// AsyncAPI description, or descriptions of several kinds.
type MixedError struct{ Names []string }

// Error names the files.
func (e *MixedError) Error() string {
	return "more than one description of webhooks: " + strings.Join(e.Names, ", ") + "; give one, with payloads beside it if there are any"
}

// NoEventsError says that there are no webhooks in what was read.
type NoEventsError struct {
	// Name is the title or the name of the file.
	Name string
	// Sought says what was looked for, as a sentence goes on.
	Sought string
}

// Error says what was looked for.
func (e *NoEventsError) Error() string {
	name := e.Name
	if name != "" {
		name += ": "
	}
	return fmt.Sprintf("%sno webhooks: looked for %s", name, e.Sought)
}

// sought completes an error that says that nothing was found.
func sought(err error, name, what string) error {
	var none *NoEventsError
	if errors.As(err, &none) {
		none.Name, none.Sought = name, what
	}
	return err
}
