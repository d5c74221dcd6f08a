package openapi

import (
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
)

// Model returns the document as kin-openapi's model, which checks and makers
// share as their vocabulary. It is built once, from the tree; what is returned
// is shared by all callers and must not be changed.
//
// For 3.x it equals what kin-openapi's own loader makes of the same sources,
// unexported fields included: that of LoadFromData for a document that was
// given as one text ([Parse], or a Loader without files and Fetcher), that of
// LoadFromURI with the document's name for any other. Its quirks are part of
// the bargain: names of members match regardless of case, a description
// beside a $ref (3.1) is written into the shared target. Origin fields are
// nil; [Document.Origin] finds the source of an element of the model.
//
// It is more lenient than that loader: a number or a boolean stands for its
// text where a string belongs, the examples of a schema may have names, and
// items in 2.0 may be a list.
//
// A document of version 2.0 is upgraded to 3.0 with kin-openapi's
// openapi2conv.
//
// The error is an [*Error] that names the place: a value of the wrong type, a
// reference that leads nowhere, references that could not be followed within
// bounded time.
func (d *Document) Model() (*openapi3.T, error) {
	d.model.once.Do(func() { d.model.doc, d.model.err = d.buildModel() })
	return d.model.doc, d.model.err
}

type modelCache struct {
	once sync.Once
	doc  *openapi3.T
	err  error
}

// buildModel contains panics, so that whatever goes wrong is an error.
func (d *Document) buildModel() (doc *openapi3.T, err error) {
	defer func() {
		if r := recover(); r != nil {
			doc, err = nil, fail(ruleModel, d.Root().Location(), nil, "the document cannot be modelled: %v", r)
		}
	}()
	if d.version == V20 {
		return d.upgrade()
	}
	b := newModelBuilder()
	root := b.document(d.Root())
	if b.err != nil {
		return nil, b.err
	}
	return d.resolveModel(root)
}

// contain turns a panic of kin-openapi, with which it answers some broken
// documents, into an error.
func contain(call func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("kin-openapi gave up: %v", r)
		}
	}()
	return call()
}

// modelError places an error of kin-openapi: at the first reference that it
// names, one that leads nowhere before others, else at the document's
// beginning.
func (d *Document) modelError(err error) *Error {
	var at *Ref
	text := err.Error()
	text = text[:min(len(text), 1<<10)]
	for _, r := range d.index.refList {
		_, fragment, _ := strings.Cut(r.Value(), "#")
		if !strings.Contains(text, strconv.Quote(r.Value())) && !strings.Contains(text, strconv.Quote("#"+fragment)) {
			continue
		}
		if r.Target == nil {
			at = r
			break
		}
		if at == nil {
			at = r
		}
	}
	switch {
	case at == nil:
		return fail(ruleModel, d.Root().Location(), err, "the document cannot be modelled: %s", err)
	case at.Target == nil:
		return fail(ruleInvalidRef, at.Node.Get("$ref").Location(), err, "reference %q leads nowhere: %s", at.Value(), at.Problem)
	}
	return fail(ruleModel, at.Node.Get("$ref").Location(), err, "reference %q cannot be followed: %s", at.Value(), err)
}
