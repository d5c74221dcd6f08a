package rally

import (
	"strings"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/internal/describe"
	"github.com/plumbapi/plumb/integration/message"
	"github.com/plumbapi/plumb/internal/safe"
)

// The limits of attributes, in characters; those of rich text count the markup.
// They are the MaxLength of the attribute definitions of Defect.
// Source: https://rally1.rallydev.com/slm/doc/webservice/
const (
	maxName        = 256
	maxDescription = 32_768
)

// name is the title of a group.
func name(g *message.Group) string { return message.Cut(g.Title(), maxName, message.UTF16) }

// description is a group as HTML, with as many of its findings as fit.
func description(d *integration.Delivery, g *message.Group) string {
	text := func(n int) string { return describe.HTML(describe.Group(d, g, n)) }
	return text(message.Largest(len(g.Findings), func(n int) bool { return message.UTF16(text(n)) <= maxDescription }))
}

// quote writes a text as queries have texts. Rally knows no escape for a double
// quote, so one becomes an apostrophe; a backslash is doubled.
func quote(s string) string {
	return `"` + strings.NewReplacer(`"`, "'", `\`, `\\`).Replace(safe.Line(s)) + `"`
}
