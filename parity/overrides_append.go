package parity

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/internal/form"
	"github.com/plumbapi/plumb/openapi"
)

// Entry is one decision of a parity.yaml: a [GroupPolicy], an
// [OperationOverride], a [TypeOverride], a [FieldOverride] or an [Exemption].
type Entry interface {
	// keys returns the section of the entry, and what it says.
	keys() (section string, keys []keyValue)
}

// AppendDecision adds a decision to the text of a parity.yaml and returns the
// new text. What is there stays as it is, comments and all; a section that is
// missing is made. The error says why the decision cannot be added: it is not
// sound, it is decided already, or the text is not one that can be added to.
func AppendDecision(data []byte, entry Entry) ([]byte, error) {
	const name = "parity.yaml"
	alone, err := appendTo(nil, entry)
	if err != nil {
		return nil, err
	}
	if _, err := ReadOverrides("decision", alone); err != nil {
		return nil, fmt.Errorf("add a decision: %w", err)
	}
	if _, err := ReadOverrides(name, data); err != nil {
		return nil, err
	}
	out, err := appendTo(data, entry)
	if err != nil {
		return nil, err
	}
	if _, err := ReadOverrides(name, out); err != nil {
		return nil, fmt.Errorf("add a decision: %w", err)
	}
	if section, _ := entry.keys(); !grewByOne(data, out, alone, section) {
		return nil, errUnaddable
	}
	return out, nil
}

var errUnaddable = errors.New("add a decision: the file is written in a way that cannot be added to")

// appendTo writes an entry into a text, without looking at what comes of it.
func appendTo(data []byte, entry Entry) ([]byte, error) {
	section, keys := entry.keys()
	text := string(data)
	newline := "\n"
	if strings.Contains(text, "\r\n") {
		newline = "\r\n"
	}
	if form.Lines(data) == 0 {
		return []byte(lines(text, newline, "version: 1"+newline+newline+section+":"+newline+blockOf(keys, "  ", newline))), nil
	}
	root, err := form.Read("parity.yaml", data, MaxOverrides)
	if err != nil {
		return nil, err
	}
	if !root.Is(openapi.Object) {
		return nil, errUnaddable
	}
	start, end := root.Offsets()
	list := root.Get(section)
	at, insert := 0, ""
	switch {
	case start > end || end > len(text):
		return nil, errUnaddable
	case list.Len() > 0 || list.Is(openapi.Array):
		at, insert = intoList(text, list, keys, newline)
	case list != nil: // "operations:" and nothing
		_, keyEnd := list.KeyOffsets()
		at = lineEnd(text, keyEnd)
		insert = newline + strings.TrimSuffix(blockOf(keys, "  ", newline), newline)
	case text[start] == '{':
		at, insert = intoFlow(text, start, end, fmt.Sprintf("%q: [%s]", section, flowOf(keys)), root.Len())
	default:
		return []byte(lines(text, newline, section+":"+newline+blockOf(keys, "  ", newline))), nil
	}
	if at <= 0 || at > len(text) {
		return nil, errUnaddable
	}
	return []byte(text[:at] + insert + text[at:]), nil
}

// intoList finds where the next item of a list belongs, and how it is written
// there.
func intoList(text string, list *openapi.Node, keys []keyValue, newline string) (at int, insert string) {
	start, end := list.Offsets()
	if end > start && end <= len(text) && text[start] == '[' {
		return intoFlow(text, start, end, flowOf(keys), list.Len())
	}
	n := list.Len()
	if n == 0 {
		return 0, ""
	}
	first, _ := list.At(0).Offsets()
	line := text[strings.LastIndexByte(text[:first], '\n')+1 : first]
	indent, _, dash := strings.Cut(line, "-")
	if !dash || strings.TrimSpace(indent) != "" {
		return 0, ""
	}
	_, last := list.At(n - 1).Offsets()
	// Where an item ends in a line break, the line after it is not its own.
	for last > 0 && (text[last-1] == '\n' || text[last-1] == '\r') {
		last--
	}
	return lineEnd(text, last), newline + strings.TrimSuffix(blockOf(keys, indent, newline), newline)
}

// intoFlow writes into a list or mapping in brackets, before the last one.
func intoFlow(text string, start, end int, item string, n int) (at int, insert string) {
	at = end - 1
	if at <= start || text[at] != ']' && text[at] != '}' {
		return 0, ""
	}
	for at > start+1 && strings.ContainsRune(" \t\r\n", rune(text[at-1])) {
		at--
	}
	switch {
	case n == 0:
		return at, item
	case text[at-1] == ',':
		return at, " " + item
	}
	return at, ", " + item
}

// lines puts a text behind another, with an empty line between them.
func lines(text, newline, more string) string {
	if strings.TrimSpace(text) == "" {
		return text + more
	}
	return strings.TrimRight(text, "\r\n \t") + newline + newline + more
}

func lineEnd(text string, from int) int {
	if i := strings.IndexByte(text[from:], '\n'); i >= 0 {
		end := from + i
		if end > from && text[end-1] == '\r' {
			end--
		}
		return end
	}
	return len(text)
}

// grewByOne reports whether a text says what another said, and one entry more
// at the end of its section.
func grewByOne(before, after, alone []byte, section string) bool {
	was, now, entry := values(before), values(after), values(alone)
	list, _ := was[section].([]any)
	added, _ := entry[section].([]any)
	want := map[string]any{section: append(slices.Clone(list), added...)}
	if form.Lines(before) == 0 {
		want["version"] = entry["version"]
	}
	for key, value := range was {
		if key != section {
			want[key] = value
		}
	}
	return reflect.DeepEqual(want, now)
}

func values(data []byte) map[string]any {
	root, err := form.Read("", data, MaxOverrides)
	if err != nil {
		return nil
	}
	v, _ := root.Value().(map[string]any)
	return v
}
