package lint_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/plumbapi/plumb/openapi"
)

// asYAML writes a description in block style, as people write it: some strings
// plain, some quoted, some over several lines.
func asYAML(tb testing.TB, text string) string {
	tb.Helper()
	doc, err := openapi.Parse("api.json", []byte(text))
	if err != nil {
		tb.Fatal(err)
	}
	w := yamlWriter{}
	w.value(doc.Root(), 0)
	return w.String()
}

type yamlWriter struct {
	strings.Builder
	texts int
}

func (w *yamlWriter) value(n *openapi.Node, depth int) {
	indent := strings.Repeat("  ", depth)
	for _, c := range n.Children() {
		w.WriteString(indent)
		if n.Is(openapi.Object) {
			w.key(c.Key())
		} else {
			w.WriteString("-")
		}
		switch {
		case c.Len() > 0:
			w.WriteString("\n")
			w.value(c, depth+1)
		case c.Is(openapi.Object):
			w.WriteString(" {}\n")
		case c.Is(openapi.Array):
			w.WriteString(" []\n")
		case c.Is(openapi.String):
			w.text(c.Text(), indent)
		default:
			w.WriteString(" " + c.Text() + "\n")
		}
	}
}

func (w *yamlWriter) key(key string) {
	if key == "404" || strings.Trim(key, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ/{}_") == "" && key[0] != '{' {
		w.WriteString(key + ":")
		return
	}
	fmt.Fprintf(w, "%q:", key)
}

func (w *yamlWriter) text(text, indent string) {
	w.texts++
	switch {
	case w.texts%5 == 0 && plainText.MatchString(text):
		w.WriteString(" |-\n" + indent + "    " + text + "\n")
	case w.texts%3 == 0 && plainText.MatchString(text):
		w.WriteString(" " + text + " # as it is\n")
	default:
		fmt.Fprintf(w, " %q\n", text)
	}
}

var plainText = regexp.MustCompile(`^[a-zA-Z/][a-zA-Z0-9 .,/_]*[a-zA-Z.]$`)

// yamlEditor types into YAML.
type yamlEditor struct{ random *rand.Rand }

func (e yamlEditor) edit(text string) string {
	lines := strings.SplitAfter(text, "\n")
	i := e.random.IntN(len(lines) - 1)
	line := lines[i]
	indent := line[:len(line)-len(strings.TrimLeft(line, " "))]
	insert := func(added string) string {
		return strings.Join(lines[:i+1], "") + added + strings.Join(lines[i+1:], "")
	}
	switch e.random.IntN(17) {
	case 14, 15, 16: // a block gone, or given again, or with another name
		j := i + 1
		for j < len(lines) && strings.HasPrefix(lines[j], indent+" ") {
			j++
		}
		block := strings.Join(lines[i:j], "")
		key, rest, _ := strings.Cut(block, ":")
		switch e.random.IntN(3) {
		case 0:
			return strings.Join(lines[:i], "") + strings.Join(lines[j:], "")
		case 1:
			return strings.Join(lines[:i], "") + key + "2:" + rest + strings.Join(lines[i:], "")
		}
		return strings.Join(lines[:i], "") + key + "2:" + rest + strings.Join(lines[j:], "")
	case 0: // a line gone
		return strings.Join(lines[:i], "") + strings.Join(lines[i+1:], "")
	case 1: // a line given again
		return insert(line)
	case 2:
		return insert("\n")
	case 3:
		return insert(indent + "# remark\n")
	case 4, 5:
		return insert(indent + yamlLines[e.random.IntN(len(yamlLines))] + "\n")
	case 6: // further in or out
		lines[i] = "  " + line
		return strings.Join(lines, "")
	case 7:
		lines[i] = strings.TrimPrefix(line, "  ")
		return strings.Join(lines, "")
	case 8: // another value
		if key, _, ok := strings.Cut(line, ": "); ok {
			lines[i] = key + ": " + words[e.random.IntN(len(words))] + "\n"
			return strings.Join(lines, "")
		}
	case 9:
		j := i + e.random.IntN(min(6, len(lines)-i))
		return strings.Join(lines[:i], "") + strings.Join(lines[j:], "")
	case 10:
		if key, _, ok := strings.Cut(line, "#/"); ok {
			lines[i] = key + targets[e.random.IntN(len(targets))] + "\"\n"
			return strings.Join(lines, "")
		}
	case 11:
		lines[i] = strings.TrimSuffix(line, "\n") + " x\n"
		return strings.Join(lines, "")
	}
	at := e.random.IntN(len(text))
	return text[:at] + string("{}[],:\"0a\\ \n-#&*!'|>%\té"[e.random.IntN(22)]) + text[at:]
}

var yamlLines = []string{
	"description: eval(", "example: 7", "enum: [a, a, 1]", "type: array", "operationId: listPets", "default: x", "required: [nothing]",
	"200:", "  - name: id", "description: |-\n          several\n          lines", "- b", "x-a:\n  $ref: '#/components/schemas/Pet'", "deprecated: yes", "---", "key: &anchor 1", "\"204\": {description: none}",
	"description: >+\n\n", "$ref: '#/nothing'", "nullable: true", "minimum: 3", "maximum: 2", "/more:", "get:", "'it''s': it",
}

func TestSessionAgreesOnYAML(t *testing.T) {
	t.Parallel()
	taken, edits := 0, 15
	if os.Getenv("PLUMB_SIMULATIONS") != "" {
		edits = 3000
	}
	for seed := range uint64(6) {
		taken += session(t, "api.yaml", asYAML(t, written(seed)), seed, edits)
	}
	if taken < edits {
		t.Errorf("the session took %d of %d edits", taken, 6*edits)
	}
}
