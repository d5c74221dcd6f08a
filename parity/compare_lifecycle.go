package parity

import (
	"strings"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/parity/internal/rest"
)

// life is what one side says of the lifecycle of an element.
type life struct {
	deprecated   bool
	experimental bool
	sunset       string // an ISO date, "" where none is said
	text         string // the reason, where one is given
}

// restLife reads the lifecycle of a property, parameter or operation: its
// flag, its extensions, and a description that begins with the word.
func restLife(n *openapi.Node, s *rest.Schema, deprecated bool, description string) life {
	l := life{deprecated: deprecated || startsDeprecated(description), sunset: isoDate(restExtension(n, "x-sunset", "x-sunset-date", "x-removal-date", "x-deprecation-date", "sunset"))}
	if s != nil {
		l.deprecated = l.deprecated || s.Deprecated
	}
	if l.deprecated && l.sunset == "" {
		l.sunset = isoDate(description)
	}
	switch strings.ToLower(restExtension(n, "x-stability", "x-stability-level", "x-lifecycle", "x-maturity", "x-status", "x-api-status", "x-release-status")) {
	case "experimental", "experiment", "alpha", "beta", "draft", "preview", "unstable", "development":
		l.experimental = true
	}
	if n.Get("x-experimental").IsTrue() || n.Get("x-beta").IsTrue() || n.Get("x-preview").IsTrue() {
		l.experimental = true
	}
	return l
}

// gqlLife reads the lifecycle of a field or argument.
func gqlLife(deprecated, experimental bool, reason string) life {
	l := life{deprecated: deprecated, experimental: experimental}
	if deprecated && reason != graphql.DefaultReason {
		l.text = reason
		l.sunset = isoDate(reason)
	}
	return l
}

// lifecycle compares what both sides say.
func lifecycle(r, g life) []Difference {
	var out []Difference
	if r.deprecated != g.deprecated {
		out = append(out, Difference{Aspect: DeprecatedAspect, REST: lifeText(r), GraphQL: lifeText(g), Effect: lifeEffect(r.deprecated, "deprecated")})
	}
	if r.experimental != g.experimental && !r.deprecated && !g.deprecated {
		out = append(out, Difference{Aspect: StabilityAspect, REST: lifeText(r), GraphQL: lifeText(g), Effect: lifeEffect(r.experimental, "experimental")})
	}
	if r.sunset != "" && g.sunset != "" && r.sunset != g.sunset {
		out = append(out, Difference{Aspect: SunsetAspect, REST: r.sunset, GraphQL: g.sunset})
	}
	return out
}

func lifeEffect(rest bool, what string) string {
	if rest {
		return what + "-in-rest"
	}
	return what + "-in-graphql"
}

func lifeText(l life) string {
	switch {
	case l.deprecated && l.text != "":
		return "deprecated: " + l.text
	case l.deprecated:
		return "deprecated"
	case l.experimental:
		return "experimental"
	}
	return "stable"
}

// extension returns the text of the first of several members that is there.
func restExtension(n *openapi.Node, names ...string) string {
	for _, name := range names {
		if m := n.Get(name); m != nil {
			return m.Text()
		}
	}
	return ""
}

func startsDeprecated(description string) bool {
	text := strings.ToLower(strings.TrimLeft(description, " *_[(#>\n"))
	return strings.HasPrefix(text, "deprecated")
}

// isoDate returns the first date of a text, "2006-01-02".
func isoDate(text string) string {
	for i := 0; i+10 <= len(text); i++ {
		if d := text[i : i+10]; isDate(d) && (i == 0 || !isDigit(text[i-1])) && (i+10 == len(text) || !isDigit(text[i+10])) {
			return d
		}
	}
	return ""
}

func isDate(d string) bool {
	for i := range len(d) {
		if (i == 4 || i == 7) != (d[i] == '-') || i != 4 && i != 7 && !isDigit(d[i]) {
			return false
		}
	}
	return d[5] <= '1' && d[8] <= '3'
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
