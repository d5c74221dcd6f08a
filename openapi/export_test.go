package openapi

import "github.com/getkin/kin-openapi/openapi3"

// SharedModel builds the model as it is built where kin-openapi would make
// too many copies.
func (d *Document) SharedModel() (*openapi3.T, error) { return d.shareTargets() }
