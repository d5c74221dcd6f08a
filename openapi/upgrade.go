package openapi

import (
	"errors"
	"net/url"

	"github.com/getkin/kin-openapi/openapi2"
	"github.com/getkin/kin-openapi/openapi2conv"
	"github.com/getkin/kin-openapi/openapi3"
)

// upgrade builds the model of a 2.0 document: its own structs from the tree,
// then kin-openapi's conversion to 3.0.
func (d *Document) upgrade() (*openapi3.T, error) {
	b := newModelBuilder()
	old := b.swagger(d.Root())
	if b.err != nil {
		return nil, b.err
	}
	if err := d.checkModelLimits(); errors.Is(err, errCopies) {
		return nil, fail(ruleModel, d.Root().Location(), err, "%s", err)
	} else if err != nil {
		return nil, err
	}
	r := modelResolver{doc: d, loader: openapi3.NewLoader()}
	// What a source refers to in the 2.0 document itself, kin-openapi looks up
	// in that read as if it were 3.0.
	at, err := r.prepare(newModelBuilder().document(d.Root()))
	if err != nil {
		return nil, d.modelError(err)
	}
	var model *openapi3.T
	err = contain(func() (err error) {
		if model, err = openapi2conv.ToV3WithLoader(old, r.loader, at); err == nil && b.tuple {
			err = upgradeTuples(model, r.loader, at)
		}
		return err
	})
	if err != nil {
		return nil, d.modelError(err)
	}
	return model, nil
}

// tupleKey is the extension in which a list of schemas under items, which
// JSON Schema has but 2.0 has not, passes through the conversion. No key of a
// document can be equal to it: it is not UTF-8.
const tupleKey = "\xffitems"

// upgradeTuples turns lists of schemas under items, which kin-openapi has no
// field for but published descriptions use, into items that match any of
// them.
func upgradeTuples(model *openapi3.T, loader *openapi3.Loader, at *url.URL) error {
	err := model.WalkSchemas(func(_ string, ref *openapi3.SchemaRef) error {
		list, ok := ref.Value.Extensions[tupleKey].([]*openapi2.SchemaRef)
		if !ok {
			return nil
		}
		ref.Value.Extensions = nil
		for _, s := range list {
			ref.Value.AnyOf = append(ref.Value.AnyOf, openapi2conv.ToV3SchemaRef(s))
		}
		return nil
	})
	if err != nil {
		return err
	}
	return loader.ResolveRefsIn(model, at)
}
