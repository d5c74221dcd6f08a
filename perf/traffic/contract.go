package traffic

import (
	"mime"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/plumbapi/plumb/internal/jsonscan"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/jsonschema"
	"github.com/plumbapi/plumb/perf"
)

// contract is what a description promises of the answers to an operation.
type contract struct {
	byStatus map[int]*promise
	byClass  [6]*promise // 2XX and the like
	fallback *promise    // default
	types    sync.Map    // what Content-Type says, parsed, by its text
}

// promise is one response of a description.
type promise struct {
	media []media // empty: nothing is said of the body
}

type media struct {
	name   string // "application/json", "application/*", "*/*"
	json   bool
	schema *jsonschema.Schema // nil: any
	text   *jsonschema.Text   // the same, for one pass over a text
}

// contractOf compiles the responses of an operation; nil where the
// description has none.
func (b *builder) contractOf(doc *openapi.Document, op *openapi.Operation) *contract {
	compiler := b.compilers[doc]
	if compiler == nil {
		compiler = jsonschema.NewCompiler(jsonschema.DialectOf(doc.Version()), jsonschema.ForDocument(doc))
		b.compilers[doc] = compiler
	}
	c := &contract{byStatus: map[int]*promise{}}
	any := false
	for _, n := range op.Node.Get("responses").Children() {
		r := doc.Resolve(n)
		if r == nil || strings.HasPrefix(n.Key(), "x-") {
			continue
		}
		any = true
		p := promiseOf(doc, op, r, compiler)
		switch code, err := strconv.Atoi(n.Key()); {
		case err == nil:
			c.byStatus[code] = p
		case n.Key() == "default":
			c.fallback = p
		case len(n.Key()) == 3 && strings.EqualFold(n.Key()[1:], "xx") && n.Key()[0] >= '1' && n.Key()[0] <= '5':
			c.byClass[n.Key()[0]-'0'] = p
		}
	}
	if !any {
		return nil
	}
	return c
}

func promiseOf(doc *openapi.Document, op *openapi.Operation, r *openapi.Node, compiler *jsonschema.Compiler) *promise {
	p := &promise{}
	if doc.Version() == openapi.V20 {
		schema := r.Get("schema")
		if schema == nil {
			return p
		}
		produces := op.Node.Get("produces")
		if produces == nil {
			produces = doc.Root().Get("produces")
		}
		names := []string{"application/json"}
		if produces.Len() > 0 {
			names = nil
		}
		for _, n := range produces.Children() {
			names = append(names, n.Text())
		}
		for _, name := range names {
			p.media = append(p.media, mediaOf(name, schema, compiler))
		}
		return p
	}
	for _, n := range r.Get("content").Children() {
		p.media = append(p.media, mediaOf(n.Key(), doc.Resolve(n).Get("schema"), compiler))
	}
	return p
}

func mediaOf(name string, schema *openapi.Node, compiler *jsonschema.Compiler) media {
	m := media{name: baseType(name)}
	m.json = isJSON(m.name)
	if schema != nil && (m.json || strings.HasSuffix(m.name, "*")) {
		m.schema = compiler.Compile(schema)
		m.text = jsonschema.NewText(m.schema, responses)
	}
	return m
}

func baseType(text string) string {
	name, _, err := mime.ParseMediaType(text)
	if err != nil {
		name, _, _ = strings.Cut(text, ";")
		name = strings.ToLower(strings.TrimSpace(name))
	}
	return name
}

func isJSON(name string) bool { return name == "application/json" || strings.HasSuffix(name, "+json") }

// violation says how an answer breaks the contract, "" where it keeps it.
func (c *contract) violation(a *perf.Answer) string {
	p := c.of(a.Status)
	if p == nil {
		return "response: status " + strconv.Itoa(a.Status) + " is not described"
	}
	if len(p.media) == 0 || len(a.Body) == 0 && (a.Status == 204 || a.Status == 304) {
		return ""
	}
	name := c.typeOf(a.Header.Get("Content-Type"))
	m := p.find(name)
	if m == nil {
		if name == "" {
			return "response: no media type"
		}
		return "response: media type " + plainClass(name) + " is not described"
	}
	if !isJSON(name) {
		return ""
	}
	return m.judge(a.Body)
}

func (c *contract) of(status int) *promise {
	if p := c.byStatus[status]; p != nil {
		return p
	}
	if k := status / 100; k > 0 && k < len(c.byClass) && c.byClass[k] != nil {
		return c.byClass[k]
	}
	return c.fallback
}

// typeOf returns the media type that a header names. Servers send few
// different ones, and each is parsed once.
func (c *contract) typeOf(header string) string {
	if name, ok := c.types.Load(header); ok {
		return name.(string) //nolint:errcheck,forcetypeassert // nothing else is stored
	}
	name := baseType(header)
	if len(header) <= 200 {
		c.types.Store(strings.Clone(header), name)
	}
	return name
}

// find returns the closest of the media types that are described.
func (p *promise) find(name string) *media {
	kind, _, _ := strings.Cut(name, "/")
	for _, want := range []string{name, kind + "/*", "*/*"} {
		if i := slices.IndexFunc(p.media, func(m media) bool { return m.name == want }); i >= 0 {
			return &p.media[i]
		}
	}
	return nil
}

// responses is how answers are validated.
var responses = jsonschema.Mode{Response: true, MaxSteps: maxSteps}

// judge says how a JSON text breaks the schema. One pass tells the texts that
// match; the others, and those that it cannot tell, get a tree.
func (m *media) judge(body []byte) string {
	if m.text != nil && m.text.Matches(body) {
		return ""
	}
	if !jsonscan.Valid(jsonscan.View(body)) {
		return broken(body)
	}
	if m.schema == nil {
		return ""
	}
	tree, err := openapi.ParseTree("", body)
	if err != nil {
		return "response: no JSON that can be read"
	}
	errs, err := m.schema.Validate(tree, responses)
	switch {
	case err != nil:
		return "response: too much work to hold it against its schema"
	case len(errs) > 0:
		return "response: " + describe(errs)
	}
	return ""
}

// maxSteps bounds the work for one answer.
const maxSteps = 2_000_000

// broken says what a text is that is no JSON.
func broken(body []byte) string {
	text := strings.TrimSpace(jsonscan.View(body))
	switch {
	case text == "":
		return "response: empty, want JSON"
	case text[0] == '<':
		return "response: markup, want JSON"
	case text[0] == '{' || text[0] == '[':
		return "response: truncated or broken JSON"
	}
	return "response: no JSON"
}
