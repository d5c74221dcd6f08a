package jira

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// inside are the nodes that each node of a document may hold, as far as this
// package writes any; Jira refuses a document with others in a place.
// Source: https://unpkg.com/@atlaskit/adf-schema/dist/json-schema/v1/full.json
var inside = map[string]map[string]bool{
	"doc":        {"paragraph": true, "heading": true, "bulletList": true},
	"bulletList": {"listItem": true},
	"listItem":   {"paragraph": true, "bulletList": true},
	"paragraph":  {"text": true},
	"heading":    {"text": true},
}

// checkADF says what is wrong with a document, "" where nothing is.
func checkADF(value json.RawMessage) string {
	decoder := json.NewDecoder(bytes.NewReader(value))
	decoder.DisallowUnknownFields()
	var doc node
	if decoder.Decode(&doc) != nil || doc.Type != "doc" || doc.Version != 1 {
		return "Operation value must be an Atlassian Document (see the Atlassian Document Format)"
	}
	return checkNode(&doc)
}

func checkNode(n *node) string {
	if n.Type == "text" {
		return checkText(n)
	}
	if n.Text != "" || len(n.Marks) > 0 {
		return fmt.Sprintf("INVALID_INPUT: a %s has no text of its own", n.Type)
	}
	if (n.Type == "bulletList" || n.Type == "listItem") && len(n.Content) == 0 {
		return fmt.Sprintf("INVALID_INPUT: a %s must not be empty", n.Type)
	}
	for i := range n.Content {
		child := &n.Content[i]
		if !inside[n.Type][child.Type] {
			return fmt.Sprintf("INVALID_INPUT: a %s within a %s", child.Type, n.Type)
		}
		if problem := checkNode(child); problem != "" {
			return problem
		}
	}
	return ""
}

func checkText(n *node) string {
	if n.Text == "" {
		return "INVALID_INPUT: a text must not be empty"
	}
	for _, m := range n.Marks {
		switch m.Type {
		case "strong", "code":
		case "link":
			if href, isText := m.Attrs["href"].(string); !isText || href == "" {
				return "INVALID_INPUT: a link has no address"
			}
		default:
			return "INVALID_INPUT: no mark is called " + m.Type
		}
	}
	return ""
}
