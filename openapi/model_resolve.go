package openapi

import (
	"errors"
	"fmt"
	"net/url"

	"github.com/getkin/kin-openapi/openapi3"
)

// resolveModel has kin-openapi resolve the references of a model that was
// built from the tree. Its resolver runs on our structs and reads no file:
// the sources that references reach were read when the document was loaded,
// and are given to it as structs of the same make.
func (d *Document) resolveModel(root *openapi3.T) (*openapi3.T, error) {
	switch err := d.checkModelLimits(); {
	case errors.Is(err, errCopies):
		return d.shareTargets()
	case err != nil:
		return nil, err
	}
	r := modelResolver{doc: d, loader: openapi3.NewLoader()}
	at, err := r.prepare(root)
	if err == nil {
		err = contain(func() error { return r.loader.ResolveRefsIn(r.root, at) })
	}
	if err != nil {
		return nil, d.modelError(err)
	}
	return r.root, nil
}

type modelResolver struct {
	doc    *Document
	loader *openapi3.Loader
	root   *openapi3.T
	parts  map[string]*modelPart // by URL
}

// modelPart is a source with its model, nil where it is none.
type modelPart struct {
	src      *Source
	url      *url.URL
	model    *openapi3.T
	resolved bool
	json     []byte
}

// prepare gives the loader every source of the document and returns the root
// source's URL, nil where it has none.
func (r *modelResolver) prepare(root *openapi3.T) (*url.URL, error) {
	r.loader.ReadFromURIFunc = r.read
	r.root = root
	if !r.doc.root.located {
		return nil, nil
	}
	at, err := sourceURL(r.doc.root)
	if err != nil {
		return nil, err
	}
	if r.root, err = r.place(at, root); err != nil {
		return nil, err
	}
	r.parts = map[string]*modelPart{
		at.String(): {src: r.doc.root, url: at, model: r.root, resolved: r.doc.version != V20},
	}
	for _, src := range r.doc.sources[1:] {
		u, err := sourceURL(src)
		if err != nil {
			return nil, err
		}
		p := &modelPart{src: src, url: u}
		if src.root.Is(Object) {
			b := newModelBuilder()
			if p.model, err = r.place(u, b.document(src.root)); err != nil {
				return nil, err
			}
			// A source may hold anything, such as one bare schema. What does
			// not fit a document matters only where one is expected.
			if b.err != nil {
				p.model = nil
			}
		}
		r.parts[u.String()] = p
	}
	return at, nil
}

// place makes a model known to kin-openapi's loader under its URL. Only the
// loader can do so, and only with a model that it has read: so it reads an
// empty one, which is then filled.
func (r *modelResolver) place(at *url.URL, x *openapi3.T) (*openapi3.T, error) {
	placed, err := r.loader.LoadFromDataWithPath([]byte("{}"), at)
	if err != nil {
		return nil, fmt.Errorf("place %s: %w", at, err)
	}
	placed.Extensions, placed.OpenAPI, placed.Components = x.Extensions, x.OpenAPI, x.Components
	placed.Info, placed.Paths, placed.Security, placed.Servers = x.Info, x.Paths, x.Security, x.Servers
	placed.Tags, placed.ExternalDocs, placed.Webhooks = x.Tags, x.ExternalDocs, x.Webhooks
	placed.JSONSchemaDialect = x.JSONSchemaDialect
	return placed, nil
}

// read stands in for reading a file. kin-openapi reads a source before it
// looks whether it knows it, and resolves the references of one that it sees
// for the first time: so does read.
func (r *modelResolver) read(_ *openapi3.Loader, at *url.URL) ([]byte, error) {
	p := r.parts[at.String()]
	if p == nil {
		return nil, fmt.Errorf("%s was not read", at)
	}
	if p.model != nil && !p.resolved {
		p.resolved = true
		if err := r.loader.ResolveRefsIn(p.model, p.url); err != nil {
			return nil, err
		}
	}
	if p.json == nil {
		p.json = p.src.root.appendJSON(nil)
	}
	return p.json, nil
}

// sourceURL is the URL under which kin-openapi knows a source.
func sourceURL(s *Source) (*url.URL, error) {
	if isURL(s.id) {
		u, err := url.Parse(s.id)
		if err != nil {
			return nil, fmt.Errorf("no URL: %w", err)
		}
		return u, nil
	}
	return &url.URL{Path: s.id}, nil
}
