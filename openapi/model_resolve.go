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
	r := modelResolver{doc: d, loader: openapi3.NewLoader()}
	if err := r.resolve(root); err != nil {
		return nil, d.modelError(err)
	}
	return r.root, nil
}

type modelResolver struct {
	doc    *Document
	loader *openapi3.Loader
	root   *openapi3.T
	parts  map[string]*modelPart // by URL
	reread int64                 // bytes that sources were read again for
}

// modelPart is a source besides the root one.
type modelPart struct {
	src      *Source
	url      *url.URL
	model    *openapi3.T
	resolved bool
}

func (r *modelResolver) resolve(root *openapi3.T) error {
	r.loader.ReadFromURIFunc = r.read
	if !r.doc.root.located {
		r.root = root
		return r.loader.ResolveRefsIn(root, nil)
	}
	at, err := sourceURL(r.doc.root)
	if err != nil {
		return err
	}
	if r.root, err = r.place(at, root); err != nil {
		return err
	}
	r.parts = map[string]*modelPart{}
	for _, src := range r.doc.sources[1:] {
		u, err := sourceURL(src)
		if err != nil {
			return err
		}
		b := newModelBuilder()
		p := &modelPart{src: src, url: u}
		if src.root.Is(Object) {
			if p.model, err = r.place(u, b.document(src.root)); err != nil {
				return err
			}
			// A source may hold anything, such as one bare schema. What does
			// not fit a document matters only where one is expected.
			if b.err != nil {
				p.model = nil
			}
		}
		r.parts[u.String()] = p
	}
	return r.loader.ResolveRefsIn(r.root, at)
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

// maxReread bounds what kin-openapi reads again: it asks for a source each
// time that a reference names it, and parses it where the reference names the
// whole of it.
const maxReread = 256 << 20

// read stands in for reading a file. kin-openapi reads a source before it
// looks whether it knows it, and resolves the references of one that it sees
// for the first time: so does read.
func (r *modelResolver) read(_ *openapi3.Loader, at *url.URL) ([]byte, error) {
	p := r.parts[at.String()]
	if p == nil {
		return nil, fmt.Errorf("%s was not read", at)
	}
	r.reread += int64(len(p.src.text))
	if r.reread > maxReread {
		return nil, errors.New("the references between the sources are too many to follow")
	}
	if p.model != nil && !p.resolved {
		p.resolved = true
		if err := r.loader.ResolveRefsIn(p.model, p.url); err != nil {
			return nil, err
		}
	}
	return p.src.root.appendJSON(nil), nil
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
