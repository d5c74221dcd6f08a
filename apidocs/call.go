package apidocs

import "github.com/plumbapi/plumb/openapi"

// Call is what a reader needs to know of an operation or a webhook, the same
// for every version of OpenAPI.
type Call struct {
	Description string
	Parameters  []Parameter
	// RequestBody describes the body; Required says that there must be one.
	RequestBody         string
	RequestBodyRequired bool
	Request             []Media
	Responses           []Response
	// Security are the alternatives; an empty one means that nothing is
	// needed, and none at all that the description does not say.
	Security []Requirement
	Docs     string // the URL of further documentation
}

// Parameter is one parameter outside the body.
type Parameter struct {
	Name, In, Description string
	Required, Deprecated  bool
	// Schema is what describes the value: in 2.0 the parameter itself.
	Schema  *openapi.Node
	Example *openapi.Node
}

// Media is a body in one form.
type Media struct {
	Type     string
	Schema   *openapi.Node // nil where there is none
	Examples []Example
}

// Example is a body that the description gives.
type Example struct {
	Name, Summary string
	Value         *openapi.Node
}

// Response is what comes back.
type Response struct {
	Status, Description string
	Headers             []Parameter
	Media               []Media
}

// Requirement is a set of schemes that all must be met.
type Requirement struct{ Schemes []Scheme }

// Scheme is one way to prove who calls.
type Scheme struct {
	Name   string
	Scopes []string
	Node   *openapi.Node // its definition; nil where there is none
}

// Call returns what is known of the entry's operation.
func (e *Entry) Call() *Call {
	doc, op := e.Document, e.Operation
	n := op.Node
	c := &Call{
		Description: n.Get("description").Text(),
		Docs:        n.Find("externalDocs", "url").Text(),
		Security:    security(doc, n),
	}
	for _, p := range doc.Parameters(op) {
		c.parameter(doc, n, p)
	}
	if body := doc.Resolve(n.Get("requestBody")); body != nil {
		c.RequestBody = body.Get("description").Text()
		c.RequestBodyRequired = body.Get("required").IsTrue()
		c.Request = media(doc, body.Get("content"))
	}
	for _, r := range n.Get("responses").Children() {
		status := r.Key()
		if r = doc.Resolve(r); r.Is(openapi.Object) {
			c.Responses = append(c.Responses, response(doc, n, status, r))
		}
	}
	return c
}

func (c *Call) parameter(doc *openapi.Document, op, p *openapi.Node) {
	in := p.Get("in").Text()
	switch in {
	case "body": // 2.0
		c.RequestBody = p.Get("description").Text()
		c.RequestBodyRequired = p.Get("required").IsTrue()
		c.Request = []Media{{Type: consumes(doc, op), Schema: p.Get("schema")}}
		return
	case "formData": // 2.0
		in = "form"
	}
	out := Parameter{
		Name: p.Get("name").Text(), In: in, Description: p.Get("description").Text(),
		Required: p.Get("required").IsTrue(), Deprecated: p.Get("deprecated").IsTrue(),
		Schema: p, Example: p.Get("example"),
	}
	if s := p.Get("schema"); s != nil {
		out.Schema = s
	} else if m := p.Get("content").Children(); len(m) > 0 {
		out.Schema = m[0].Get("schema")
	}
	if ex := p.Get("examples").Children(); out.Example == nil && len(ex) > 0 {
		out.Example = doc.Resolve(ex[0]).Get("value")
	}
	c.Parameters = append(c.Parameters, out)
}

func media(doc *openapi.Document, content *openapi.Node) []Media {
	var out []Media
	for _, m := range content.Children() {
		one := Media{Type: m.Key(), Schema: m.Get("schema")}
		if m = doc.Resolve(m); one.Schema == nil {
			one.Schema = m.Get("schema")
		}
		if one.Schema == nil {
			one.Schema = m.Get("itemSchema") // 3.2
		}
		if ex := m.Get("example"); ex != nil {
			one.Examples = append(one.Examples, Example{Value: ex})
		}
		for _, ex := range m.Get("examples").Children() {
			name := ex.Key()
			ex = doc.Resolve(ex)
			value := ex.Get("value")
			if value == nil {
				value = ex.Get("dataValue") // 3.2
			}
			if value != nil {
				one.Examples = append(one.Examples, Example{Name: name, Summary: ex.Get("summary").Text(), Value: value})
			}
		}
		out = append(out, one)
	}
	return out
}

func response(doc *openapi.Document, op *openapi.Node, status string, r *openapi.Node) Response {
	out := Response{Status: status, Description: r.Get("description").Text(), Media: media(doc, r.Get("content"))}
	if out.Description == "" {
		out.Description = r.Get("summary").Text() // 3.2
	}
	for _, h := range r.Get("headers").Children() {
		name := h.Key()
		h = doc.Resolve(h)
		p := Parameter{Name: name, In: "header", Description: h.Get("description").Text(), Required: h.Get("required").IsTrue(), Deprecated: h.Get("deprecated").IsTrue(), Schema: h, Example: h.Get("example")}
		if s := h.Get("schema"); s != nil {
			p.Schema = s
		}
		out.Headers = append(out.Headers, p)
	}
	if s := r.Get("schema"); s != nil { // 2.0
		m := Media{Type: produces(doc, op), Schema: s}
		for _, ex := range r.Get("examples").Children() {
			m.Examples = append(m.Examples, Example{Name: ex.Key(), Value: ex})
		}
		out.Media = []Media{m}
	}
	return out
}

func consumes(doc *openapi.Document, op *openapi.Node) string { return mediaType(doc, op, "consumes") }
func produces(doc *openapi.Document, op *openapi.Node) string { return mediaType(doc, op, "produces") }

// mediaType is the first that an operation of 2.0 names, or its document does.
func mediaType(doc *openapi.Document, op *openapi.Node, key string) string {
	for _, list := range []*openapi.Node{op.Get(key), doc.Root().Get(key)} {
		if t := list.At(0).Text(); t != "" {
			return t
		}
	}
	return "application/json"
}

// security returns the requirements of an operation, or those of all.
func security(doc *openapi.Document, op *openapi.Node) []Requirement {
	list := op.Get("security")
	if list == nil {
		list = doc.Root().Get("security")
	}
	definitions := doc.Root().Find("components", "securitySchemes")
	if definitions == nil {
		definitions = doc.Root().Get("securityDefinitions")
	}
	var out []Requirement
	for _, one := range list.Children() {
		var r Requirement
		for _, scheme := range one.Children() {
			s := Scheme{Name: scheme.Key(), Node: doc.Resolve(definitions.Get(scheme.Key()))}
			for _, scope := range scheme.Children() {
				s.Scopes = append(s.Scopes, scope.Text())
			}
			r.Schemes = append(r.Schemes, s)
		}
		out = append(out, r)
	}
	return out
}
