package jira

import (
	"encoding/json"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/internal/describe"
	"github.com/plumbapi/plumb/integration/message"
	"github.com/plumbapi/plumb/internal/safe"
)

// The limits of Jira, in UTF-16 units as its server counts them. Whether marks
// of a document count to the length of a description is not documented, so the
// whole of its JSON is kept within the limit.
// Source: https://support.atlassian.com/jira/kb/jira-character-limit/
const (
	maxSummary     = 255
	maxDescription = 32_767
	maxLabel       = 255
	maxProperty    = 32_768
)

// property is the key of the entity property in which an issue keeps what it was
// written from.
const property = "plumb"

// seal is the value of the property.
type seal struct {
	Fingerprint string `json:"fingerprint"`
	// Digest is missing as long as an issue is not finished.
	Digest string `json:"digest,omitempty"`
}

// writer writes what Jira takes: documents for the cloud, wiki markup for Data
// Center.
type writer struct{ cloud bool }

// text writes blocks, and how long they are.
func (w writer) text(blocks []describe.Block) (value any, length int) {
	if w.cloud {
		doc := adf(blocks)
		return doc, doc.size()
	}
	text := wiki(blocks)
	return text, characters(text)
}

// description writes a group with as many of its findings as fit.
func (w writer) description(d *integration.Delivery, g *message.Group) any {
	most := message.Largest(len(g.Findings), func(n int) bool {
		_, length := w.text(describe.Group(d, g, n))
		return length <= maxDescription
	})
	value, _ := w.text(describe.Group(d, g, most))
	return value
}

// comment writes blocks that are known to be short.
func (w writer) comment(blocks []describe.Block) any {
	value, _ := w.text(blocks)
	return value
}

// summary is the title of a group on one line. Where it is too long the message
// is cut, and not the element at its end.
func summary(g *message.Group) string {
	title := g.Title()
	if characters(title) <= maxSummary || g.Element == "" {
		return message.Cut(title, maxSummary, message.UTF16)
	}
	end := " (" + message.Cut(safe.Brief(g.Element), maxSummary/2, message.UTF16) + ")"
	start := g.Rule + ": " + g.Findings[0].Message
	return message.Cut(safe.Brief(start), maxSummary-characters(end), message.UTF16) + end
}

// Labels of an issue: all of plumb's, those of the product, those of the rule,
// and that of the group.
const (
	labelAll     = "plumb"
	labelProduct = "plumb-api-"
	labelRule    = "plumb-rule-"
	labelGroup   = "plumb-fp-"
)

// label makes a label of a name: letters, digits and what Jira allows beside
// them stay, all else becomes a hyphen, and then a hash tells names apart.
func label(prefix, name string) string {
	kept := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '-', r == '.', r == '_':
			return r
		case r >= 'A' && r <= 'Z':
			return r
		}
		return '-'
	}, name)
	if kept != name || len(prefix)+len(kept) > maxLabel || kept == "" {
		kept = kept[:min(len(kept), 100)] + "-" + check.Fingerprint("label", name, "", "")[:8]
	}
	return prefix + kept
}

// labels are those of a group's issue.
func labels(g *message.Group) []string {
	return []string{labelAll, label(labelProduct, g.Product), label(labelRule, g.Rule), labelGroup + g.Fingerprint}
}

// quote writes a text as JQL has texts: in double quotes, with backslashes
// before what would end it.
// Source: https://support.atlassian.com/jira-software-cloud/docs/search-syntax-for-text-fields/
func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(safe.Line(s)) + `"`
}

// marshal writes JSON without escaping what is none of HTML's business.
func marshal(v any) []byte {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if enc.Encode(v) != nil { // what is written here has nothing that JSON has not
		return nil
	}
	return []byte(strings.TrimSuffix(b.String(), "\n"))
}
