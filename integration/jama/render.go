package jama

import (
	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/internal/describe"
	"github.com/plumbapi/plumb/integration/message"
)

// The lengths of fields, in characters: of a text on one line, and of rich text,
// where markup counts.
// Source: https://help.jamasoftware.com/ah/en/administration/organization-administrator/organization/item-types.html
const (
	maxName        = 255
	maxDescription = 65_535
)

// name is the title of a group.
func name(g *message.Group) string { return message.Cut(g.Title(), maxName, message.UTF16) }

// description is a group as HTML, with as many of its findings as fit.
func description(d *integration.Delivery, g *message.Group) string {
	text := func(n int) string { return describe.HTML(describe.Group(d, g, n)) }
	return text(message.Largest(len(g.Findings), func(n int) bool { return message.Bytes(text(n)) <= maxDescription }))
}
