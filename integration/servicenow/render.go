package servicenow

import (
	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/internal/describe"
	"github.com/plumbapi/plumb/integration/internal/upsert"
	"github.com/plumbapi/plumb/integration/message"
)

// The lengths of columns in the base system, in characters. What is longer is
// shortened by the instance without a word, so nothing longer is sent.
// Source: the dictionary entries of task.short_description (160),
// task.description (4000) and task.correlation_id (100).
const (
	maxShort       = 160
	maxText        = 4000
	maxCorrelation = 100
)

// short is the title of a group.
func short(g *message.Group) string { return message.Cut(g.Title(), maxShort, message.UTF16) }

// description is a group as plain text, with as many of its findings as fit.
func description(d *integration.Delivery, g *message.Group) string {
	text := func(n int) string { return describe.Plain(describe.Group(d, g, n)) }
	most := message.Largest(len(g.Findings), func(n int) bool { return message.UTF16(text(n)) <= maxText })
	return message.Cut(text(most), maxText, message.UTF16)
}

// note is a comment as plain text.
func note(blocks []describe.Block) string {
	return message.Cut(describe.Plain(blocks), maxText, message.UTF16)
}

// body are the columns that say what a group is.
func body(d *integration.Delivery, g *message.Group) map[string]string {
	return map[string]string{
		"short_description":   short(g),
		"description":         description(d, g),
		"correlation_display": display(g.Digest()),
	}
}

// The correlation ID of a change is the mark of its group; what it was written
// from stands in the column beside it, which people do not use.
func correlation(product, fingerprint string) string {
	return upsert.MarkOf(product, fingerprint, "").String()
}

const displayed = "plumb "

func display(digest string) string { return displayed + digest }
