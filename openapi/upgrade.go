package openapi

import "github.com/getkin/kin-openapi/openapi3"

func (d *Document) upgrade() (*openapi3.T, error) { return nil, nil }
