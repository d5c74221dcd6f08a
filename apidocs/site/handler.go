package site

import (
	"regexp"
	"strings"

	"github.com/plumbapi/plumb/apidocs"
)

// handled is how many members of a payload a handler reads.
const handled = 6

// handler appends a handler of the webhook in Go, which reads the first plain
// members of its payload.
func (p *page) handler(e *apidocs.Entry, c *apidocs.Call) {
	if len(c.Request) == 0 {
		return
	}
	p.raw("<h2>A handler in Go</h2>\n")
	p.code(handlerText(e.Operation.Path, p.plainMembers(e, c.Request[0])))
}

type handlerField struct{ name, kind, key string }

// tagged matches names that a struct tag can hold as they are.
var tagged = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_-]*$`)

func (p *page) plainMembers(e *apidocs.Entry, m apidocs.Media) []handlerField {
	kinds := map[string]string{"string": "string", "integer": "int64", "number": "float64", "boolean": "bool"}
	var out []handlerField
	taken := map[string]bool{}
	for _, prop := range p.shape(e.Document, m.Schema).Properties {
		s := p.shape(e.Document, prop.Schema)
		kind, name := kinds[s.Kind], goName(prop.Name)
		if s.Nullable {
			kind = "*" + kind
		}
		if kinds[s.Kind] == "" || !tagged.MatchString(prop.Name) || taken[name] {
			continue
		}
		taken[name] = true
		if out = append(out, handlerField{name, kind, prop.Name}); len(out) == handled {
			break
		}
	}
	return out
}

// goName is a name as Go exports it.
func goName(key string) string {
	var b strings.Builder
	for part := range strings.FieldsFuncSeq(key, func(r rune) bool { return r == '_' || r == '-' }) {
		if part == "id" || part == "url" {
			b.WriteString(strings.ToUpper(part))
			continue
		}
		b.WriteString(strings.ToUpper(part[:1]) + part[1:])
	}
	return b.String()
}

func handlerText(event string, fields []handlerField) string {
	var b strings.Builder
	b.WriteString("// " + oneLine(event) + "\nfunc handle(w http.ResponseWriter, r *http.Request) {\n" +
		"\tbody, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 25<<20))\n\tif err != nil {\n\t\thttp.Error(w, \"too large\", http.StatusRequestEntityTooLarge)\n\t\treturn\n\t}\n" +
		"\t// Verify the signature over body before anything else is done with it.\n")
	if len(fields) == 0 {
		b.WriteString("\tvar event map[string]any\n")
	} else {
		long, longest := 0, 0
		for _, f := range fields {
			long, longest = max(long, len(f.name)), max(longest, len(f.kind))
		}
		b.WriteString("\tvar event struct {\n")
		for _, f := range fields {
			b.WriteString("\t\t" + f.name + strings.Repeat(" ", long-len(f.name)+1) + f.kind + strings.Repeat(" ", longest-len(f.kind)+1) + "`json:\"" + f.key + "\"`\n")
		}
		b.WriteString("\t}\n")
	}
	b.WriteString("\tif err := json.Unmarshal(body, &event); err != nil {\n\t\thttp.Error(w, \"no JSON\", http.StatusBadRequest)\n\t\treturn\n\t}\n" +
		"\t// Store the event, and work on it after the answer.\n\tw.WriteHeader(http.StatusNoContent)\n}")
	return b.String()
}
