package generate_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/plumbapi/plumb/webhook"
	"github.com/plumbapi/plumb/webhook/generate"
)

// hostile are texts that would end a comment, a string or a tag, name what is
// taken, or be a directive.
func hostile() []string {
	return []string{
		"", "_", "init", "main", "func", "type", "range", "string", "any", "nil", "error", "iota", "append", "hook", "context", "made",
		"Mux", "NewMux", "New", "Decode", "Routing", "Extra", "HookTable", "HookFields", "HookEvent", "HookNew", "HookExtra", "HookText", "HookPick",
		"HookValue", "MarshalJSON", "UnmarshalJSON", "Unknown", "UnknownNames", "SetUnknown", "DropUnknown", "Forget", "Known", "String", "Value",
		"User", "user", "USER", "UserValue", "UserUnknown", "UserText", "tableUser", "EventUser", "ActionUser", "OnUser", "isUser", "Table",
		"a b", "a-b", "a_b", "a.b", "9lives", "x_test", "x_linux", "x_windows_amd64", "con", "../../etc/passwd", "a/b", `a\b`, ".hidden",
		"`", "`+panic(1)+`", `"`, `\`, `\"`, `"+panic(1)+"`, "*/", "/*", "//", "*/ panic(1) /*", "'", "${x}", "</script>",
		"a\nb", "a\r\nb", "a\rb", "\x00", "\ufeff", "\u2028", "\u202e", "\xff\xfe", "\t", "\n\npackage x\nfunc init() { panic(1) }\n",
		"//go:build ignore", "go:build ignore", "+build ignore", "//line x.go:1", "line x.go:1", "#cgo LDFLAGS: -lx", "//export X", "//go:linkname a b", "//go:embed *",
		"Deprecated: no", "nolint", "Output: x", "json:\"-\"", "`json:\"x\"`",
		"größe", "日本語", "Ωmega", "ñ", "İstanbul", "ǆ", "a\u0301", "𝔘nicode", "🙂", "٣", "constructor", "__proto__", "prototype", "toString", "Object", "Array", "Record", "Extract",
		strings.Repeat("x", 10000), strings.Repeat("word ", 2000), strings.Repeat("é", 5000), strings.Repeat("*/", 5000), strings.Repeat("\n", 10000),
	}
}

// hostileModel has each of the texts wherever a text may stand.
func hostileModel(texts []string) *webhook.Model {
	str := kind(webhook.String)
	m := &webhook.Model{Name: "made", Title: strings.Join(texts, " "), Description: strings.Join(texts, "\n")}
	m.Routing = webhook.Routing{EventHeader: texts[0], EventPointers: texts, ActionPointers: texts, DeliveryHeader: texts[len(texts)-1]}
	all := &webhook.Type{Kind: webhook.Object, Name: "All", Description: strings.Join(texts, "\n\n")}
	enum := &webhook.Type{Kind: webhook.Enum, Name: "User", Description: texts[0]}
	for i, text := range texts {
		quoted, err := json.Marshal(text)
		if err != nil {
			continue
		}
		enum.Values = append(enum.Values, webhook.Value{Text: text, GoName: text})
		object := &webhook.Type{Kind: webhook.Object, Name: text, Description: text, Deprecated: i%2 == 0, Fields: []*webhook.Field{
			{Name: text, GoName: text, Type: str, Description: text, Const: string(quoted)},
			{Name: "other" + text, GoName: text, Type: enum, Optional: true, Description: text, Deprecated: true},
		}}
		union := &webhook.Type{Kind: webhook.Union, Name: text, Description: text, Discriminator: text, Variants: []*webhook.Variant{
			{Type: object, Tags: []string{text, "tag"}},
			{Type: kind(webhook.Map), Member: text},
			{Type: list(str)},
			{Type: enum},
			{Type: kind(webhook.Any)},
		}}
		all.Fields = append(all.Fields, &webhook.Field{Name: text, GoName: text, Type: union, Optional: i%3 == 0, Nullable: i%2 == 0, Description: text})
		payload := &webhook.Type{Kind: webhook.Object, Name: text, Fields: []*webhook.Field{{Name: "all", GoName: "All", Type: all}}}
		m.Events = append(m.Events, &webhook.Event{Name: text, Action: texts[len(texts)-1-i], GoName: text, Payload: payload, Summary: text, Description: text})
		m.Events = append(m.Events, &webhook.Event{Name: text, GoName: text, Payload: payload})
	}
	return m
}

// Whatever stands in a description, the package is declarations and no more, and
// decodes and encodes what is called so.
func TestHostileNames(t *testing.T) {
	t.Parallel()
	m := hostileModel(hostile())
	files, err := generate.Go(m, generate.Options{})
	if err != nil {
		t.Fatal(err)
	}
	inspect(t, files)
	for _, f := range generate.TypeScript(m, generate.Options{}) {
		inspectTypeScript(t, f.Data)
	}
	schemas, err := generate.Schemas(m)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range schemas {
		if !json.Valid(f.Data) {
			t.Errorf("%s is no JSON", f.Name)
		}
	}
}

// What is generated of hostile names does what it should when it runs.
func TestHostileNamesRun(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("builds a package")
	}
	var members strings.Builder
	// JSON has no names that are not UTF-8.
	texts := slices.DeleteFunc(hostile(), func(s string) bool { return !utf8.ValidString(s) })
	for i, text := range texts {
		name, err := json.Marshal(text)
		if err != nil {
			t.Fatal(err)
		}
		if i > 0 {
			members.WriteByte(',')
		}
		fmt.Fprintf(&members, `%s:{%s:%s}`, name, name, name)
	}
	body := fmt.Sprintf(`{"all":{%s}}`, members.String())
	dir := module(t, hostileModel(texts), map[string]string{"body.json": body, "main.go": `package main

import (
	"encoding/json"
	"fmt"
	"os"
	"reflect"

	"example.test/made"
	"github.com/plumbapi/plumb/webhook/hook"
)

func main() {
	body, err := os.ReadFile("body.json")
	if err != nil {
		panic(err)
	}
	p, drift, err := made.Decode("init", "", body)
	if err != nil || p == nil {
		panic(fmt.Sprint(p, err))
	}
	for _, d := range drift {
		fmt.Println(d)
	}
	event, action := p.HookEvent()
	out := hook.Append(nil, p)
	var want, got any
	if err := json.Unmarshal(body, &want); err != nil {
		panic(err)
	}
	if err := json.Unmarshal(out, &got); err != nil {
		panic(err)
	}
	fmt.Printf("%q %q %v\n", event, action, reflect.DeepEqual(want, got))
}
`})
	run(t, dir, "vet", "./...")
	out := run(t, dir, "run", ".")
	if want := "\"init\" \"\" true\n"; out != want {
		t.Errorf("printed\n%s\nwant\n%s", out, want)
	}
}
