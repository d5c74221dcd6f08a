// Package owasp holds rules for what a description can show of the risks in the
// OWASP API Security Top 10 of 2023. They bear the names that the field uses for
// them, in kebab case; the names with colons are aliases.
//
// What only a running server shows is not for this package.
package owasp

import (
	"embed"
	"slices"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

// Testdata holds one archive of test cases for each rule, testdata/ID.txtar.
//
//go:embed all:testdata
var Testdata embed.FS

// Tag is that of the ruleset.
const Tag = "plumb:owasp"

type (
	rule = check.Rule[*openapi.Document]
	pass = check.Pass[*openapi.Document]
)

// Rules returns the rules of the package, in the order in which they are
// documented.
func Rules() check.Set[*openapi.Document] {
	return check.Set[*openapi.Document]{
		api1NoNumericIds,
		api2NoHTTPBasic,
		api2NoAPIKeysInURL,
		api2AuthInsecureSchemes,
		api2JWTBestPractices,
		api2ShortLivedAccessTokens,
		api2NoImplicitFlow,
		api2NoCredentialsInURL,
		api2WriteRestricted,
		api2ReadRestricted,
		api3NoAdditionalProperties,
		api3ConstrainedAdditionalProperties,
		api3NoUnevaluatedProperties,
		api3ConstrainedUnevaluatedProperties,
		api4ArrayLimit,
		api4StringLimit,
		api4StringRestricted,
		api4IntegerLimit,
		api4IntegerLimitLegacy,
		api4IntegerFormat,
		api4RateLimit,
		api4RateLimitRetryAfter,
		api4RateLimitResponses429,
		api8DefineErrorResponses401,
		api8DefineErrorResponses500,
		api8DefineErrorValidation,
		api5AdminSecurityUnique,
		api7ConcerningURLParameter,
		api8DefineCorsOrigin,
		api8NoSchemeHTTP,
		api8NoServerHTTP,
		api9InventoryAccess,
		api9InventoryEnvironment,
		api10OauthHTTPs,
	}
}

// schemas calls a function for every schema of the type, and in 2.0 for every
// parameter and header of it, which are their own schemas.
func schemas(p *pass, typ string, judge func(*openapi.Node)) {
	for _, n := range p.Subject.Nodes(openapi.SchemaRole) {
		if is(n, typ) {
			judge(n)
		}
	}
	if p.Subject.Version() != openapi.V20 {
		return
	}
	for _, role := range []openapi.Role{openapi.ParameterRole, openapi.HeaderRole} {
		for _, n := range p.Subject.Nodes(role) {
			if is(n, typ) {
				judge(n)
			}
		}
	}
}

// is reports whether a schema allows the type: by its name or in a list of names.
func is(n *openapi.Node, typ string) bool {
	t := n.Get("type")
	if t.Is(openapi.Array) {
		return slices.ContainsFunc(t.Children(), func(c *openapi.Node) bool { return c.Text() == typ })
	}
	return t.Text() == typ
}

// hasAny reports whether an object has one of the members.
func hasAny(n *openapi.Node, keys ...string) bool {
	return slices.ContainsFunc(keys, n.Has)
}

// at is the place of the name of what is written.
func at(n *openapi.Node) check.Location { return n.KeyLocation() }

// requests calls a function for every operation that clients call.
func requests(p *pass, judge func(*openapi.Operation)) {
	for _, op := range p.Subject.Operations() {
		if op.Origin == openapi.FromPath {
			judge(op)
		}
	}
}

// security is what an operation requires: by itself, else by the document.
func security(p *pass, op *openapi.Operation) *openapi.Node {
	if s := op.Node.Get("security"); s != nil {
		return s
	}
	return p.Subject.Root().Get("security")
}

// schemes calls a function for every security scheme.
func schemes(p *pass, judge func(*openapi.Node)) {
	for _, n := range p.Subject.Nodes(openapi.SecuritySchemeRole) {
		judge(n)
	}
}

// said is a member where it is written, else what lacks it.
func said(n *openapi.Node, key string) *openapi.Node {
	if m := n.Get(key); m != nil {
		return m
	}
	return n
}
