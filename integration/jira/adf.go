package jira

import (
	"encoding/json"

	"github.com/plumbapi/plumb/integration/internal/describe"
)

// node is one node of the Atlassian Document Format, in which version 3 of
// Jira Cloud's API takes descriptions and comments. Text of findings only ever
// stands in the member text, where nothing in it is markup, a mention or a link.
// Source: https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/
type node struct {
	Type    string         `json:"type"`
	Version int            `json:"version,omitempty"`
	Attrs   map[string]any `json:"attrs,omitempty"`
	Content []node         `json:"content,omitempty"`
	Text    string         `json:"text,omitempty"`
	Marks   []mark         `json:"marks,omitempty"`
}

// mark is how a text is shown: "strong", "code" or "link".
type mark struct {
	Type  string         `json:"type"`
	Attrs map[string]any `json:"attrs,omitempty"`
}

// adf writes blocks as a document.
func adf(blocks []describe.Block) node {
	doc := node{Type: "doc", Version: 1}
	for i, b := range blocks {
		content := adfSpans(b.Spans)
		switch b.Kind {
		case describe.Heading:
			doc.Content = append(doc.Content, node{Type: "heading", Attrs: map[string]any{"level": 3}, Content: content})
		case describe.Item:
			if i == 0 || blocks[i-1].Kind != describe.Item {
				doc.Content = append(doc.Content, node{Type: "bulletList"})
			}
			list := &doc.Content[len(doc.Content)-1]
			list.Content = append(list.Content, node{Type: "listItem", Content: []node{{Type: "paragraph", Content: content}}})
		default:
			doc.Content = append(doc.Content, node{Type: "paragraph", Content: content})
		}
	}
	return doc
}

// adfSpans leaves out empty texts, which the format does not allow.
func adfSpans(spans []describe.Span) []node {
	var nodes []node
	for _, s := range spans {
		if s.Text == "" {
			continue
		}
		n := node{Type: "text", Text: s.Text}
		switch {
		case s.Link != "":
			n.Marks = []mark{{Type: "link", Attrs: map[string]any{"href": s.Link}}}
		case s.Code:
			n.Marks = []mark{{Type: "code"}}
		case s.Strong:
			n.Marks = []mark{{Type: "strong"}}
		}
		nodes = append(nodes, n)
	}
	return nodes
}

// size is how long a document is as JSON, in the characters that Jira counts.
func (n node) size() int {
	data, err := json.Marshal(n)
	if err != nil { // a node has nothing that JSON has not
		return 0
	}
	return characters(string(data))
}
