package lint_test

import (
	"context"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/plumbapi/plumb/lint"
	"github.com/plumbapi/plumb/openapi"
)

// The kinds of edits that are measured: each replaces a text, behind the first
// place of another, by a third.
var relints = []struct{ name, behind, old, now string }{
	{"description", `"/repos/{owner}/{repo}/issues/{issue_number}": {`, `"description": "`, `"description": "e`},
	{"operationId", `"/repos/{owner}/{repo}/issues/{issue_number}": {`, `"operationId": "`, `"operationId": "e`},
	{"new-parameter", `"/repos/{owner}/{repo}/issues/{issue_number}": {`, `"parameters": [`, `"parameters": [{"name": "new", "in": "query", "description": "New.", "schema": {"type": "string"}}, `},
	{"new-operation", `"/repos/{owner}/{repo}/issues/{issue_number}": {`, ``, `"head": {"operationId": "new", "responses": {"200": {"description": "Found."}}},`},
	{"new-path", `"paths": {`, ``, `"/new": {"get": {"operationId": "new", "responses": {"200": {"description": "Found."}}}},`},
	{"property-type", `"milestone": {`, `"type": "string"`, `"type": "integer"`},
	{"new-property", `"milestone": {`, `"properties": {`, `"properties": {"new": {"type": "string"},`},
	{"property-type-of-hundreds", `"simple-user": {`, `"type": "string"`, `"type": "integer"`},
	{"new-schema", `"schemas": {`, ``, `"new": {"type": "object", "properties": {"user": {"$ref": "#/components/schemas/simple-user"}}},`},
	{"info", `"info": {`, `"description": "`, `"description": "e`},
	{"half-typed", `"/repos/{owner}/{repo}/issues/{issue_number}": {`, `"parameters": [`, `"parameters": [{"name": `},
}

// BenchmarkRelint is a lint of the largest description of the corpus after an
// edit, and after the edit is taken back; the text is read and the findings are
// put in order too. Beside it is what a lint as a whole takes.
func BenchmarkRelint(b *testing.B) {
	data, err := fs.ReadFile(os.DirFS(corpus(b)), largest)
	if err != nil {
		b.Fatal(err)
	}
	for _, format := range []string{"json", "yaml"} {
		text := string(data)
		if format == "yaml" {
			text = asYAML(b, text)
		}
		for _, set := range []string{"spectral:oas", "plumb:recommended"} {
			rules, _ := lint.Lookup(set)
			s := lint.NewSession(rules.Policy())
			whole := func() {
				doc, err := openapi.Parse("api."+format, []byte(text))
				if err != nil {
					b.Fatal(err)
				}
				if _, err := s.Document(context.Background(), doc); err != nil {
					b.Fatal(err)
				}
			}
			b.Run(format+"/"+set+"/whole", func(b *testing.B) {
				for b.Loop() {
					whole()
				}
			})
			for _, r := range relints {
				b.Run(format+"/"+set+"/"+r.name, func(b *testing.B) {
					next := edited(b, text, format, r.behind, r.old, r.now)
					edit := func(text string) {
						if _, ok, err := s.Edit(context.Background(), text); err != nil || !ok {
							b.Fatal("the edit was not taken ", err)
						}
					}
					if !s.Live() {
						whole()
					}
					b.ReportAllocs()
					for n := 0; b.Loop(); n++ {
						edit([...]string{next, text}[n%2])
					}
					edit(text)
				})
			}
		}
	}
}

// edited makes one edit. In YAML what is added is written in flow style, on a line
// of its own.
func edited(b *testing.B, text, format, behind, old, now string) string {
	b.Helper()
	if format == "yaml" {
		return editedYAML(b, text, behind, old, now)
	}
	i := strings.Index(text, behind)
	at := i + len(behind) + strings.Index(text[i+len(behind):], old)
	if i < 0 || at < i {
		b.Fatalf("nothing to edit behind %s", behind)
	}
	return text[:at] + now + text[at+len(old):]
}

func editedYAML(b *testing.B, text, behind, old, now string) string {
	b.Helper()
	key := func(member string) string { // as asYAML writes it
		w := &yamlWriter{}
		w.key(strings.Trim(strings.SplitN(member, `": `, 2)[0], `"`))
		return w.String()
	}
	i := strings.Index(text, " "+key(behind)+"\n")
	if k := key(behind); i < 0 && strings.HasPrefix(behind, `"paths"`) || strings.HasPrefix(behind, `"info"`) {
		i = strings.Index(text, "\n"+k+"\n")
	}
	if i < 0 {
		b.Fatalf("nothing to edit behind %s", behind)
	}
	at := i + len(key(behind)) + 2 // the line behind
	if old == "" || strings.HasSuffix(old, "{") || strings.HasSuffix(old, "[") {
		if old != "" {
			at += strings.Index(text[at:], " "+key(old)+"\n")
			at += strings.IndexByte(text[at:], '\n') + 1
		}
		line := text[at : at+strings.IndexByte(text[at:], '\n')]
		indent := line[:len(line)-len(strings.TrimLeft(line, " "))]
		added := strings.TrimSuffix(strings.TrimSpace(strings.TrimPrefix(now, old)), ",")
		if strings.HasSuffix(old, "[") {
			return text[:at] + indent + "- " + added + "\n" + text[at:]
		}
		name, value, _ := strings.Cut(added, ": ")
		return text[:at] + indent + name + ":\n" + indent + "  description: |-\n" + indent + "    new\n" + asBlock(b, value, indent+"  ") + text[at:]
	}
	name := key(old)
	at += strings.Index(text[at:], " "+name) + 1 + len(name)
	end := at + strings.IndexByte(text[at:], '\n')
	if value := strings.TrimPrefix(now, old); value != "" && !strings.Contains(now, "integer") {
		return text[:end] + " e" + text[end:]
	}
	return text[:at] + " integer" + text[end:]
}

// asBlock writes an object in block style.
func asBlock(b *testing.B, object, indent string) string {
	b.Helper()
	doc, err := openapi.Parse("a.json", []byte(`{"openapi": "3.0.3", "x": `+object+`}`))
	if err != nil {
		b.Fatal(err)
	}
	w := yamlWriter{}
	w.value(doc.Root().Get("x"), 0)
	var out strings.Builder
	for line := range strings.Lines(w.String()) {
		out.WriteString(indent + line)
	}
	return out.String()
}
