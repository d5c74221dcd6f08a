package site

import (
	_ "embed"
	"errors"
	"net/url"
	"strings"

	"github.com/plumbapi/plumb/apidocs"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/sample"
)

//go:embed assets/try.js
var tryScript string

// Try lets readers send requests from pages, to one server.
type Try struct {
	// Server is the address that the paths of REST follow,
	// "https://sandbox.example.com/v1".
	Server string
	// GraphQL is the address of the GraphQL API, of the same origin; "" is
	// "graphql" below Server.
	GraphQL string
}

// ParseTry checks addresses that requests may be sent to. They are https, or
// http on the own machine, and of one origin.
func ParseTry(server, graphQL string) (*Try, error) {
	u, err := tryAddress(server)
	if err != nil {
		return nil, err
	}
	t := &Try{Server: strings.TrimSuffix(u.String(), "/")}
	if graphQL == "" {
		t.GraphQL = t.Server + "/graphql"
		return t, nil
	}
	g, err := tryAddress(graphQL)
	if err != nil {
		return nil, err
	}
	if g.Host != u.Host || g.Scheme != u.Scheme {
		return nil, errors.New("both addresses must be of one origin, and " + g.Host + " is not " + u.Host)
	}
	t.GraphQL = g.String()
	return t, nil
}

func tryAddress(text string) (*url.URL, error) {
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "":
		return nil, errors.New("it is no address of a server; write it as https://sandbox.example.com/v1")
	case strings.Trim(strings.ToLower(u.Host), "abcdefghijklmnopqrstuvwxyz0123456789-.:[]") != "":
		return nil, errors.New("the name of the server may have letters, digits, hyphens and dots only")
	case u.Scheme == "https":
	case u.Scheme == "http" && (u.Hostname() == "localhost" || u.Hostname() == "127.0.0.1" || u.Hostname() == "::1"):
	default:
		return nil, errors.New("credentials would go over the network in the open; use https, or http on this machine")
	}
	u.Host = strings.ToLower(u.Host)
	return u, nil
}

// origin is what the policy of pages allows them to talk to.
func (t *Try) origin() string {
	u, err := url.Parse(t.Server)
	if err != nil {
		return "'none'"
	}
	return u.Scheme + "://" + u.Host
}

func tryIf(t *Try) string {
	if t == nil {
		return ""
	}
	return tryScript
}

// tryCall appends a form that sends the operation's request. It is hidden until
// the script that can do so has it.
func (p *page) tryCall(e *apidocs.Entry, c *apidocs.Call) {
	if p.options.Try == nil || p.single || e.Kind != apidocs.Operation {
		return
	}
	p.raw("<details class=\"try\" hidden><summary>Try it</summary>\n<form data-method=\"")
	p.text(e.Operation.Method)
	p.raw("\" data-server=\"")
	p.text(p.options.Try.Server)
	p.raw("\" data-path=\"")
	p.text(e.Operation.Path)
	p.raw("\">\n<p class=\"limits\">Sends to <code>")
	p.text(p.options.Try.Server)
	p.raw("</code></p>\n")
	p.tryCredential(c)
	request, err := p.maker(e.Document, false).Request(e.Operation, sample.RequestOptions{})
	for _, in := range []string{"path", "query", "header"} {
		for _, one := range c.Parameters {
			if one.In == in {
				p.tryParameter(e, one)
			}
		}
	}
	if len(c.Request) > 0 {
		media, body := c.Request[0].Type, ""
		if err == nil && request.MediaType != "" {
			media, body = request.MediaType, string(request.Body)
		}
		id := p.id("try-body")
		p.raw("<p><label for=\"", id, "\">Body, <code>")
		p.text(media)
		p.raw("</code></label><textarea id=\"", id, "\" name=\"body\" rows=\"8\" spellcheck=\"false\" data-type=\"")
		p.text(media)
		p.raw("\">")
		p.text(body)
		p.raw("</textarea></p>\n")
	}
	p.tryEnd("Send " + e.Operation.Method)
}

// tryParameter appends the field of a parameter, with the example or default
// that the description gives.
func (p *page) tryParameter(e *apidocs.Entry, one apidocs.Parameter) {
	s := p.shape(e.Document, one.Schema)
	id := p.id("try-" + one.In + "-" + one.Name)
	value := ""
	if one.Required {
		for _, v := range []*openapi.Node{one.Example, s.Example, s.Default, s.Const} {
			if v != nil && v.Kind() != openapi.Object && v.Kind() != openapi.Array {
				value = v.Text()
				break
			}
		}
	}
	p.raw("<p><label for=\"", id, "\"><code>")
	p.text(one.Name)
	p.raw("</code> <span class=\"soft\">", one.In, "</span>")
	if one.Required {
		p.raw(" <span class=\"need\">required</span>")
	}
	p.raw("</label><input id=\"", id, "\" name=\"")
	p.text(one.Name)
	p.raw("\" data-in=\"", one.In, "\" autocomplete=\"off\" spellcheck=\"false\" value=\"")
	p.text(value)
	p.raw("\"")
	if one.Required {
		p.raw(" required")
	}
	p.raw("></p>\n")
}

// tryCredential appends the field of the credential, which stays in the memory
// of the page.
func (p *page) tryCredential(c *apidocs.Call) {
	for _, need := range c.Security {
		for _, s := range need.Schemes {
			h, ok := credential(s.Node)
			if !ok {
				continue
			}
			before, _, _ := strings.Cut(h.Value, "$")
			p.credentialField(h.Name, before, s.Name)
			return
		}
	}
}

func (p *page) credentialField(header, before, label string) {
	id := p.id("try-credential")
	p.raw("<p><label for=\"", id, "\">Credential <span class=\"soft\">")
	p.text(label)
	p.raw("</span></label><input id=\"", id, "\" type=\"password\" name=\"credential\" autocomplete=\"off\" data-header=\"")
	p.text(header)
	p.raw("\" data-before=\"")
	p.text(before)
	p.raw("\"></p>\n")
}

func (p *page) tryEnd(button string) {
	p.raw("<p><button type=\"submit\">")
	p.text(button)
	p.raw("</button></p>\n<div class=\"answer\" role=\"status\" aria-live=\"polite\"></div>\n</form></details>\n")
}

// tryQuery appends a form that sends a GraphQL operation.
func (p *page) tryQuery(text, variables string) {
	if p.options.Try == nil || p.single {
		return
	}
	p.raw("<details class=\"try\" hidden><summary>Try it</summary>\n<form data-method=\"POST\" data-graphql=\"")
	p.text(p.options.Try.GraphQL)
	p.raw("\">\n<p class=\"limits\">Sends to <code>")
	p.text(p.options.Try.GraphQL)
	p.raw("</code></p>\n")
	p.credentialField("Authorization", "Bearer ", "bearer token")
	query, vars := p.id("try-query"), p.id("try-variables")
	p.raw("<p><label for=\"", query, "\">Operation</label><textarea id=\"", query, "\" name=\"query\" rows=\"10\" spellcheck=\"false\">")
	p.text(text)
	p.raw("</textarea></p>\n<p><label for=\"", vars, "\">Variables</label><textarea id=\"", vars, "\" name=\"variables\" rows=\"4\" spellcheck=\"false\">")
	p.text(variables)
	p.raw("</textarea></p>\n")
	p.tryEnd("Send")
}
