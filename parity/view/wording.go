package view

import (
	"strings"

	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/parity"
)

// difference says in what two counterparts differ.
func difference(d parity.Difference) string {
	s := spaced(string(d.Aspect))
	switch {
	case d.REST != "" && d.GraphQL != "":
		s += ": " + d.REST + " in REST, " + d.GraphQL + " in GraphQL"
	case d.REST != "":
		s += ": " + d.REST + " in REST only"
	case d.GraphQL != "":
		s += ": " + d.GraphQL + " in GraphQL only"
	}
	if d.Effect != "" {
		s += " (" + spaced(d.Effect) + ")"
	}
	if len(d.Values) > 0 {
		s += ": " + strings.Join(d.Values, ", ")
	}
	return s
}

// trait says how an operation as a whole differs from its counterpart.
func trait(t *parity.Trait) string {
	s := spaced(t.Effect)
	switch {
	case t.REST != "" && t.GraphQL != "":
		s += ": " + t.REST + " in REST, " + t.GraphQL + " in GraphQL"
	case t.REST != "":
		s += ": " + t.REST + " in REST"
	case t.GraphQL != "":
		s += ": " + t.GraphQL + " in GraphQL"
	}
	return strings.TrimPrefix(s, ": ")
}

// fieldNote says what is to be known of a field beyond its kind.
func fieldNote(f *parity.Field) string {
	var parts []string
	for _, d := range f.Differences {
		parts = append(parts, difference(d))
	}
	if len(f.Differences) == 0 && f.Kind == parity.TypeDiffers {
		parts = append(parts, f.RESTType+" in REST, "+f.GraphQLType+" in GraphQL")
	}
	return safe.Brief(strings.Join(parts, "; "))
}

// spaced writes a word of the facts as prose: "missing in GraphQL".
func spaced(word string) string {
	parts := strings.Split(word, "-")
	for i, p := range parts {
		switch p {
		case "rest":
			parts[i] = "REST"
		case "graphql":
			parts[i] = "GraphQL"
		}
	}
	return strings.Join(parts, " ")
}

// source says who decided.
func source(s parity.Source) string {
	switch s {
	case parity.Locked:
		return "parity.lock"
	case parity.Declared:
		return "the descriptions"
	case parity.Override:
		return "parity.yaml"
	}
	return "the matcher"
}
