package spectral

import (
	_ "embed"
	"fmt"
	"slices"

	"github.com/plumbapi/plumb/openapi"
)

// asyncapiName is the ruleset for AsyncAPI that comes with Spectral.
const asyncapiName = "spectral:asyncapi"

//go:embed asyncapi.yaml
var asyncapiRules []byte

// asyncapiLeftOut are the rules of spectral:asyncapi that are not run: they check
// the document against the schemas of AsyncAPI, values against schemas of the
// document, or have functions of their own.
var asyncapiLeftOut = []string{
	"asyncapi-schema", "asyncapi-3-document-resolved", "asyncapi-3-document-unresolved",
	"asyncapi-message-examples", "asyncapi-payload", "asyncapi-payload-default", "asyncapi-payload-examples",
	"asyncapi-schema-default", "asyncapi-schema-examples",
	"asyncapi-channel-parameters", "asyncapi-channel-servers", "asyncapi-server-variables",
	"asyncapi-message-messageId-uniqueness", "asyncapi-operation-operationId-uniqueness",
	"asyncapi-operation-security", "asyncapi-3-operation-security", "asyncapi-server-security",
	"asyncapi-tags-uniqueness", "asyncapi-3-tags-uniqueness",
}

// asyncapi reads the rules of spectral:asyncapi that there are. At is where a
// ruleset extends it.
func (r *reading) asyncapi(at *openapi.Node) (*layer, error) {
	root, err := openapi.ParseTree(asyncapiName, asyncapiRules)
	if err != nil {
		return nil, err
	}
	l, err := r.ruleset(asyncapiName, root, nil)
	if err != nil {
		return nil, err
	}
	place := at.Location()
	l.notes = append(l.notes, fmt.Sprintf("%s:%d: of %s, %d rules are run; the %d that check the document and its values against schemas, or have functions of their own, are left out",
		place.File, place.Line, asyncapiName, len(l.rules), len(asyncapiLeftOut)))
	return l, nil
}

// sayOfAsyncAPI takes a rule that is left out for known; ok is false for others.
// What would have run is noted already.
func sayOfAsyncAPI(n *openapi.Node) (ok bool) { return slices.Contains(asyncapiLeftOut, n.Key()) }
