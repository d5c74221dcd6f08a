package openapi

import (
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
)

type modelCache struct {
	once sync.Once
	doc  *openapi3.T
	err  error
}
