package site

import (
	"strings"

	"github.com/plumbapi/plumb/apidocs"
	"github.com/plumbapi/plumb/apidocs/internal/sampling"
	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/graphql/operation"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/sample"
)

// maxMade bounds the values of an example that is made from a schema.
const maxMade = 60

// maker returns the worker's maker of values.
func (p *page) maker(doc *openapi.Document, response bool) *sample.Maker {
	key := makerKey{doc, response}
	m := p.makers[key]
	if m == nil {
		m = sample.New(doc, sample.Options{Seed: p.options.Seed, Response: response, Full: response, MaxValues: maxMade, Unverified: true})
		p.makers[key] = m
	}
	return m
}

// samples appends what stands beside an operation: how it is called and what
// comes back; for a webhook what comes in.
func (p *page) samples(e *apidocs.Entry, c *apidocs.Call) {
	defer p.beside("Examples")()
	if e.Kind == apidocs.Webhook {
		if len(c.Request) > 0 {
			p.exampleOf(e.Document, c.Request[0].Schema, c.Request[0].Examples, "Payload")
		}
		p.handler(e, c)
		return
	}
	p.tryCall(e, c)
	if r, err := p.maker(e.Document, false).Request(e.Operation, sample.RequestOptions{}); err == nil {
		p.languages(sampling.All(p.credentials(e, c, sampling.Of(r))))
	}
	for _, r := range c.Responses {
		if strings.HasPrefix(r.Status, "2") && len(r.Media) > 0 {
			p.exampleOf(e.Document, r.Media[0].Schema, r.Media[0].Examples, "Response "+r.Status)
			break
		}
	}
}

// beside begins what stands beside the content, and returns what ends it. Where
// all pages are one it is no landmark of its own.
func (p *page) beside(label string) func() {
	if p.single {
		p.raw("<div class=\"samples\">\n")
		return func() { p.raw("</div>\n") }
	}
	p.raw("<aside class=\"samples\" aria-label=\"", label, "\">\n")
	return func() { p.raw("</aside>\n") }
}

// credentials adds to a request what proves who sends it, and a server where
// the description gives none.
func (p *page) credentials(e *apidocs.Entry, c *apidocs.Call, r sampling.Request) sampling.Request {
	if strings.HasPrefix(r.URL, "/") {
		r.URL = "https://api.example.com" + r.URL
	}
	for _, need := range c.Security {
		for _, s := range need.Schemes {
			if h, ok := credential(s.Node); ok {
				r.Header = append(r.Header[:len(r.Header):len(r.Header)], h)
				return r
			}
		}
	}
	return r
}

// credential is the header that a scheme asks for.
func credential(n *openapi.Node) (sample.Field, bool) {
	switch strings.ToLower(n.Get("type").Text()) {
	case "http":
		if strings.EqualFold(n.Get("scheme").Text(), "basic") {
			return sample.Field{Name: "Authorization", Value: "Basic " + sampling.Token}, true
		}
		return sample.Field{Name: "Authorization", Value: "Bearer " + sampling.Token}, true
	case "oauth2", "openidconnect":
		return sample.Field{Name: "Authorization", Value: "Bearer " + sampling.Token}, true
	case "basic": // 2.0
		return sample.Field{Name: "Authorization", Value: "Basic " + sampling.Token}, true
	case "apikey":
		if n.Get("in").Text() == "header" {
			return sample.Field{Name: n.Get("name").Text(), Value: sampling.Token}, true
		}
	}
	return sample.Field{}, false
}

// together is the name of parts of a page of which one is unfolded at a time.
func (p *page) together(name string) string {
	if p.single {
		return p.path + ":" + name
	}
	return name
}

// languages appends a request in every language, one unfolded at a time.
func (p *page) languages(all []sampling.Sample) {
	p.raw("<h2>Request</h2>\n")
	for i, s := range all {
		p.raw("<details name=\"", p.together("language"), "\" data-language=\"")
		p.text(s.Language)
		p.raw("\"")
		if i == 0 {
			p.raw(" open")
		}
		p.raw("><summary>")
		p.text(s.Language)
		p.raw("</summary>\n")
		p.code(s.Text)
		p.raw("</details>\n")
	}
}

func (p *page) code(text string) {
	p.raw("<pre class=\"frame\" tabindex=\"0\"><code>")
	p.text(text)
	p.raw("</code></pre>\n")
}

// exampleOf appends an example of a schema: the first that is given, or one
// that is made.
func (p *page) exampleOf(doc *openapi.Document, schema *openapi.Node, given []apidocs.Example, title string) {
	text, made := p.example(doc, schema, given)
	if text == "" {
		return
	}
	p.raw("<h2>")
	p.text(title)
	p.raw("</h2>\n")
	if made {
		p.raw("<p class=\"limits\">made from the schema</p>\n")
	}
	p.code(text)
}

func (p *page) example(doc *openapi.Document, schema *openapi.Node, given []apidocs.Example) (text string, made bool) {
	for _, g := range given {
		return exampleText(g.Value), false
	}
	n := doc.Resolve(schema)
	if n == nil {
		return "", false
	}
	for _, ex := range []*openapi.Node{n.Get("example"), n.Get("examples").At(0)} {
		if ex != nil {
			return exampleText(ex), false
		}
	}
	v, _, err := p.maker(doc, true).Value(schema)
	if err != nil {
		return "", false
	}
	return string(appendValue(nil, v, 0)), true
}

func exampleText(n *openapi.Node) string {
	if n.Kind() == openapi.String {
		text := n.Text()
		if len(text) > maxExample {
			text = strings.ToValidUTF8(text[:maxExample], "") + "…"
		}
		return text
	}
	return string(appendJSON(nil, n, 2, 0))
}

// graphSamples appends an operation for a root field, with its variables and
// the call.
func (p *page) graphSamples(f *graphql.Field) {
	op, err := operation.Make(f, operation.Options{Depth: 1, MaxFields: 40})
	if err != nil {
		return
	}
	defer p.beside("Examples")()
	vars := variables(op)
	p.tryQuery(op.Text, vars)
	p.raw("<h2>Operation</h2>\n")
	p.code(op.Text)
	if vars != "" {
		p.raw("<h2>Variables</h2>\n")
		p.code(vars)
	}
}

// variables are the values that an operation must be given, as JSON.
func variables(op *operation.Operation) string {
	var b []byte
	for _, v := range op.Variables {
		if !v.Required && v.Value == "" {
			continue
		}
		if len(b) > 0 {
			b = append(b, ",\n"...)
		}
		b = append(appendQuoted(append(b, "  "...), v.Name), ": "...)
		if v.Value == "" {
			b = append(b, "null"...)
		} else {
			b = append(b, v.Value...)
		}
	}
	if len(b) == 0 {
		return ""
	}
	return "{\n" + string(b) + "\n}"
}
