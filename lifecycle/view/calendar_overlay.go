package view

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/plumbapi/plumb/lifecycle"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/report"
)

// Overlay is an OpenAPI Overlay document, version 1.0.0.
type Overlay struct {
	Overlay string          `json:"overlay"`
	Info    OverlayInfo     `json:"info"`
	Extends string          `json:"extends,omitzero"`
	Actions []OverlayAction `json:"actions"`
}

// OverlayInfo says what an overlay is.
type OverlayInfo struct {
	Title   string `json:"title"`
	Version string `json:"version"`
}

// OverlayAction adds members to what the target, a JSONPath, selects.
type OverlayAction struct {
	Target      string        `json:"target"`
	Description string        `json:"description,omitzero"`
	Update      OverlayUpdate `json:"update"`
}

// OverlayUpdate is what plumb writes of the life of an element.
type OverlayUpdate struct {
	DeprecatedAt string `json:"x-deprecated-at,omitzero"`
	Sunset       string `json:"x-sunset,omitzero"`
	ReplacedBy   string `json:"x-replaced-by,omitzero"`
}

// NewOverlay makes the overlay that writes the days of a calendar into one
// OpenAPI description: x-deprecated-at, x-sunset and x-replaced-by, where the
// description does not have them in this form. An end that the policy sets is
// written too, and the action says so. Left out is what another file than the
// description holds; skipped counts it.
func NewOverlay(c *lifecycle.Calendar, doc *openapi.Document, o Options) (overlay Overlay, skipped int) {
	file := doc.Source().Name()
	overlay = Overlay{
		Overlay: "1.0.0", Extends: o.shown(file), Actions: []OverlayAction{},
		Info: OverlayInfo{Title: "What goes away: " + o.name(), Version: c.Today.Format(time.DateOnly)},
	}
	read := map[string]bool{}
	for _, s := range doc.Sources() {
		read[s.Name()] = true
	}
	var entries []*lifecycle.Entry
	for i := range c.Entries {
		e := &c.Entries[i]
		switch {
		case e.Surface == lifecycle.GraphQL || !read[e.Location.File]:
		case e.Location.File != file:
			skipped++
		default:
			entries = append(entries, e)
		}
	}
	slices.SortStableFunc(entries, func(a, b *lifecycle.Entry) int { return a.Location.Line - b.Location.Line })
	for _, e := range entries {
		if a, ok := action(e); ok {
			overlay.Actions = append(overlay.Actions, a)
		}
	}
	return overlay, skipped
}

func action(e *lifecycle.Entry) (OverlayAction, bool) {
	a := OverlayAction{Target: jsonPath(e.Location.Element)}
	has := func(carrier string) bool { return slices.Contains(e.Carriers, carrier) }
	if !has("x-deprecated-at") {
		a.Update.DeprecatedAt = written(e.Since)
	}
	if !has("x-sunset") && !e.Gone.Date.IsZero() {
		a.Update.Sunset = e.Gone.Date.Format(time.DateOnly)
		if e.By == lifecycle.ByPolicy {
			a.Description = "x-sunset is the first day that the policy allows: " + e.Why
		}
	}
	if !has("x-replaced-by") {
		a.Update.ReplacedBy = e.Replacement
	}
	return a, a.Update != OverlayUpdate{}
}

// written is a moment as the extension has it: its day, else its release.
func written(m lifecycle.Moment) string {
	if m.Date.IsZero() {
		return m.Release
	}
	return m.Date.Format(time.DateOnly)
}

// jsonPath writes a JSON Pointer as a JSONPath (RFC 9535).
func jsonPath(pointer string) string {
	tokens, err := openapi.ParsePointer(pointer)
	if err != nil {
		return "$"
	}
	var b strings.Builder
	b.WriteByte('$')
	for i, t := range tokens {
		switch {
		case isIndex(t) && i > 0 && isList(tokens[i-1]):
			b.WriteString("[" + t + "]")
		case isName(t):
			b.WriteString("." + t)
		default:
			b.WriteString("['" + strings.NewReplacer(`\`, `\\`, `'`, `\'`, "\n", `\n`, "\r", `\r`, "\t", `\t`).Replace(t) + "']")
		}
	}
	return b.String()
}

// isList reports whether the member of a description is an array.
func isList(key string) bool {
	return slices.Contains([]string{"parameters", "allOf", "oneOf", "anyOf", "prefixItems", "items"}, key)
}

func isIndex(t string) bool {
	n, err := strconv.Atoi(t)
	return err == nil && n >= 0 && strconv.Itoa(n) == t
}

func isName(t string) bool {
	for i := range len(t) {
		c := t[i]
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || i > 0 && c >= '0' && c <= '9') {
			return false
		}
	}
	return t != ""
}

// WriteOverlay writes an overlay as JSON, which is YAML too.
func WriteOverlay(w io.Writer, overlay Overlay) error {
	if err := report.Value(w, overlay); err != nil {
		return fmt.Errorf("write overlay: %w", err)
	}
	return nil
}
