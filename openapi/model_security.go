package openapi

import "github.com/getkin/kin-openapi/openapi3"

func (b *modelBuilder) securityRequirements(n *Node) openapi3.SecurityRequirements {
	if !b.isArray(n) {
		return nil
	}
	out := make(openapi3.SecurityRequirements, len(n.kids))
	for i, c := range n.kids {
		out[i] = b.stringsMap(c)
	}
	return out
}

func (b *modelBuilder) securityScheme(n *Node) *openapi3.SecurityScheme {
	x := &openapi3.SecurityScheme{}
	x.Extensions = b.members(n, "a security scheme", func(key string, v *Node) bool {
		switch key {
		case "type":
			x.Type = b.str(v)
		case "description":
			x.Description = b.str(v)
		case "name":
			x.Name = b.str(v)
		case "in":
			x.In = b.str(v)
		case "scheme":
			x.Scheme = b.str(v)
		case "bearerFormat":
			x.BearerFormat = b.str(v)
		case "flows":
			x.Flows = optional(v, b.oauthFlows)
		case "openIdConnectUrl":
			x.OpenIdConnectUrl = b.str(v)
		default:
			return false
		}
		return true
	})
	return x
}

// oauthFlows builds the OAuth flows; the deviceAuthorization flow of 3.2 is
// an extension in kin-openapi's model.
func (b *modelBuilder) oauthFlows(n *Node) *openapi3.OAuthFlows {
	x := &openapi3.OAuthFlows{}
	x.Extensions = b.members(n, "flows", func(key string, v *Node) bool {
		switch key {
		case "implicit":
			x.Implicit = optional(v, b.oauthFlow)
		case "password":
			x.Password = optional(v, b.oauthFlow)
		case "clientCredentials":
			x.ClientCredentials = optional(v, b.oauthFlow)
		case "authorizationCode":
			x.AuthorizationCode = optional(v, b.oauthFlow)
		default:
			return false
		}
		return true
	})
	return x
}

func (b *modelBuilder) oauthFlow(n *Node) *openapi3.OAuthFlow {
	x := &openapi3.OAuthFlow{}
	x.Extensions = b.members(n, "an OAuth flow", func(key string, v *Node) bool {
		switch key {
		case "authorizationUrl":
			x.AuthorizationURL = b.str(v)
		case "tokenUrl":
			x.TokenURL = b.str(v)
		case "refreshUrl":
			x.RefreshURL = b.str(v)
		case "scopes":
			x.Scopes = b.stringMap(v)
		default:
			return false
		}
		return true
	})
	return x
}
