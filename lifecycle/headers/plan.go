package headers

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/openapi"
)

// PlanOptions say what a Plan asks for.
type PlanOptions struct {
	Options
	// All asks for operations that promise nothing too, to see whether their
	// responses say something all the same.
	All bool
	// Values are those of parameters by their name; they go before the
	// examples of the description.
	Values map[string]string
}

// Plan is what a running server is asked: reads that change nothing, GET
// before HEAD, and only those whose required parameters have a value.
type Plan struct {
	Asks []Ask `json:"asks"`
	// Skipped are operations that promise something and are not asked.
	Skipped []Skipped `json:"skipped"`
}

// Ask is one request.
type Ask struct {
	Operation string `json:"operation"`
	// Target is the path below the base of the API, with its query.
	Target string      `json:"target"`
	Header http.Header `json:"header,omitempty"`

	method string
	op     *openapi.Operation
}

// Skipped is an operation that cannot be asked, and why.
type Skipped struct {
	Operation string `json:"operation"`
	Reason    string `json:"reason"`

	op *openapi.Operation
}

// NewPlan makes the plan for a description.
func NewPlan(doc *openapi.Document, o PlanOptions) *Plan {
	plan := &Plan{Asks: []Ask{}, Skipped: []Skipped{}}
	promising := map[*openapi.Operation]bool{}
	for _, p := range Promises(doc, o.Options) {
		promising[p.Operation] = true
	}
	for _, op := range doc.Operations() {
		if op.Origin != openapi.FromPath || !promising[op] && !o.All {
			continue
		}
		ask, reason := o.ask(doc, op)
		switch {
		case reason == "":
			plan.Asks = append(plan.Asks, ask)
		case promising[op]:
			plan.Skipped = append(plan.Skipped, Skipped{op.String(), reason, op})
		}
	}
	return plan
}

// ask makes the request for an operation, or says why there is none.
func (o *PlanOptions) ask(doc *openapi.Document, op *openapi.Operation) (Ask, string) {
	a := Ask{Operation: op.String(), Target: op.Path, method: op.Method, op: op}
	if op.Method != http.MethodGet && op.Method != http.MethodHead {
		return a, op.Method + " may change something"
	}
	if !strings.HasPrefix(op.Path, "/") || strings.ContainsAny(op.Path, "*()?#") {
		return a, "the path is of no form that can be filled"
	}
	query := url.Values{}
	for _, p := range doc.Parameters(op) {
		name, _ := p.Get("name").Str()
		where, _ := p.Get("in").Str()
		if where != "path" && !p.Get("required").IsTrue() {
			continue
		}
		value, ok := o.value(doc, name, p)
		if !ok {
			return a, fmt.Sprintf("the %s parameter %q has no example", where, name)
		}
		switch where {
		case "path":
			a.Target = strings.ReplaceAll(a.Target, "{"+name+"}", escapePath(value, p.Get("x-multi-segment").IsTrue()))
		case "query":
			query.Set(name, value)
		case "header":
			if strings.ContainsAny(value, "\r\n\x00") || tokenLen(name) != len(name) {
				return a, fmt.Sprintf("the header parameter %q cannot be sent", name)
			}
			if a.Header == nil {
				a.Header = http.Header{}
			}
			a.Header.Set(name, value)
		default:
			return a, fmt.Sprintf("it needs the %s parameter %q", where, name)
		}
	}
	if strings.ContainsAny(a.Target, "{}") {
		return a, "the path has a parameter that is not described"
	}
	if len(query) > 0 {
		a.Target += "?" + query.Encode()
	}
	return a, ""
}

// escapePath writes a value into a path: no segment of it goes up.
func escapePath(value string, wide bool) string {
	if !wide {
		return escapeSegment(value)
	}
	segments := strings.Split(value, "/")
	for i := range segments {
		segments[i] = escapeSegment(segments[i])
	}
	return strings.Join(segments, "/")
}

func escapeSegment(value string) string {
	if value == "." || value == ".." {
		return strings.ReplaceAll(value, ".", "%2E")
	}
	return url.PathEscape(value)
}

// value returns a value for a parameter: one that was given, else the first of
// its examples, else its default, else the first of its enum.
func (o *PlanOptions) value(doc *openapi.Document, name string, p *openapi.Node) (string, bool) {
	if v, ok := o.Values[name]; ok {
		return v, v != ""
	}
	schema := doc.Resolve(p.Get("schema"))
	candidates := []*openapi.Node{p.Get("example")}
	if examples := p.Get("examples"); examples.Len() > 0 {
		candidates = append(candidates, doc.Resolve(examples.At(0)).Get("value"), firstExample(doc, examples))
	}
	candidates = append(
		candidates, p.Get("x-example"), schema.Get("example"), schema.Get("examples").At(0),
		p.Get("default"), schema.Get("default"), schema.Get("const"), p.Get("enum").At(0), schema.Get("enum").At(0),
	)
	for _, c := range candidates {
		if slices.Contains([]openapi.Kind{openapi.String, openapi.Number, openapi.Bool}, c.Kind()) && c.Text() != "" {
			return c.Text(), true
		}
	}
	return "", false
}

// firstExample returns the value of the first of an object of examples.
func firstExample(doc *openapi.Document, examples *openapi.Node) *openapi.Node {
	if !examples.Is(openapi.Object) {
		return nil
	}
	return doc.Resolve(examples.Children()[0]).Get("value")
}
