package drift

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/sample"
)

// Overlay is a document of the OpenAPI Overlay Specification 1.0: changes that
// a tool applies to a description. Its targets are paths of names and indexes
// only, so that any dialect of JSONPath does, and no action needs another tool
// to merge lists.
type Overlay struct {
	Version string
	Title   string
	Actions []Action
}

// Action is one change: what is at the target goes, or gets what Update has.
type Action struct {
	// Target is a JSONPath (RFC 9535) with one result.
	Target string
	Remove bool
	Update *sample.Value
}

func newOverlay(doc *openapi.Document) *Overlay {
	title := doc.Root().Find("info", "title").Text()
	if title == "" {
		title = "the description"
	}
	return &Overlay{Version: "1.0.0", Title: "What payloads show of " + title}
}

// Write writes the overlay as JSON, which is YAML too.
func (o *Overlay) Write(w io.Writer) error {
	text, err := o.MarshalJSON()
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := json.Indent(&b, text, "", "  "); err != nil {
		return err
	}
	b.WriteByte('\n')
	_, err = w.Write(b.Bytes())
	return err
}

// MarshalJSON returns the overlay on one line.
func (o *Overlay) MarshalJSON() ([]byte, error) {
	type object = sample.Value
	actions := &object{Kind: openapi.Array}
	for _, a := range o.Actions {
		v := &object{Kind: openapi.Object, Members: []sample.Member{{Name: "target", Value: sample.String(a.Target)}}}
		if a.Remove {
			v.Members = append(v.Members, sample.Member{Name: "remove", Value: truth()})
		} else {
			v.Members = append(v.Members, sample.Member{Name: "update", Value: a.Update})
		}
		actions.Items = append(actions.Items, v)
	}
	info := &object{Kind: openapi.Object, Members: []sample.Member{
		{Name: "title", Value: sample.String(o.Title)}, {Name: "version", Value: sample.String("1")},
	}}
	all := &object{Kind: openapi.Object, Members: []sample.Member{
		{Name: "overlay", Value: sample.String(o.Version)}, {Name: "info", Value: info}, {Name: "actions", Value: actions},
	}}
	return all.Append(nil), nil
}

// pathOf is the JSONPath of a node.
func pathOf(n *openapi.Node) string {
	var steps []string
	for ; n.Parent() != nil; n = n.Parent() {
		if n.Parent().Is(openapi.Array) {
			steps = append(steps, "["+strconv.Itoa(n.Index())+"]")
		} else {
			steps = append(steps, step(n.Key()))
		}
	}
	var b strings.Builder
	b.WriteByte('$')
	for i := len(steps) - 1; i >= 0; i-- {
		b.WriteString(steps[i])
	}
	return b.String()
}

// step is the step of a JSONPath to a member, in the short form where the name
// allows that.
func step(name string) string {
	for i, r := range name {
		letter := r == '_' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !letter && (i == 0 || r < '0' || r > '9') {
			return "[" + quote(name) + "]"
		}
	}
	if name == "" {
		return "['']"
	}
	return "." + name
}

// quote writes a name as RFC 9535 does in normalized paths.
func quote(name string) string {
	var b strings.Builder
	b.WriteByte('\'')
	for _, r := range name {
		switch {
		case r == '\'' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < 0x20:
			short := strings.IndexRune("\b\t\n\f\r", r)
			if short >= 0 {
				b.WriteByte('\\')
				b.WriteByte("btnfr"[short])
			} else {
				fmt.Fprintf(&b, `\u%04x`, r)
			}
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('\'')
	return b.String()
}
