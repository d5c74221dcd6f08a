package drift

import (
	"fmt"
	"strconv"
	"strings"
)

// Message says in a line what payloads show at the place.
func (p *Place) Message() string {
	often := p.often()
	switch p.Kind {
	case Missing:
		if p.Keyword != "required" {
			return fmt.Sprintf("member %q is missing %s beside one that needs it", p.Member, often)
		}
		return fmt.Sprintf("required member %q is missing %s", p.Member, often)
	case Null:
		return fmt.Sprintf("%s is sent as null %s, which is not allowed", p.what(), often)
	case Type:
		return fmt.Sprintf("%s is sent as %s %s, not as %s", p.what(), p.sent(), often, p.Want)
	case Enum:
		return fmt.Sprintf("%s is sent as %s %s, none of %s", p.what(), p.quoted(), often, brief(p.Want))
	case Format:
		return fmt.Sprintf("%s is sent %s with a text that is not of the format %q", p.what(), often, p.Want)
	case Unknown:
		if p.Keyword != "" {
			return fmt.Sprintf("member %q (%s) is sent %s, but no others than those described are allowed", p.Member, p.sent(), often)
		}
		return fmt.Sprintf("member %q (%s) is sent %s and not described", p.Member, p.sent(), often)
	case Event:
		text := fmt.Sprintf("%q is sent %s, and no webhook is described for it", p.Member, often)
		if p.Want != "" {
			text += "; described is " + brief(p.Want)
		}
		return text
	}
	return fmt.Sprintf("%s is sent %s with a value that breaks %s", p.what(), often, brief(p.Want))
}

// what names the value by the end of its place in the description.
func (p *Place) what() string {
	tokens := strings.Split(p.Element, "/")
	for i := len(tokens) - 1; i > 0; i-- {
		switch tokens[i] {
		case "items", "additionalProperties", "schema":
			continue
		}
		name := unescape(tokens[i])
		if i < len(tokens)-1 {
			return "an item of " + strconv.Quote(name)
		}
		return strconv.Quote(name)
	}
	return "the payload"
}

func unescape(token string) string { return strings.NewReplacer("~1", "/", "~0", "~").Replace(token) }

// often says how often in how many payloads.
func (p *Place) often() string {
	switch {
	case p.Count == 1:
		return "once"
	case p.Count == p.Payloads:
		return fmt.Sprintf("in %d payloads", p.Payloads)
	case p.Payloads == 1:
		return fmt.Sprintf("%d times in 1 payload", p.Count)
	}
	return fmt.Sprintf("%d times in %d payloads", p.Count, p.Payloads)
}

// sent lists the types that were sent.
func (p *Place) sent() string { return strings.Join(p.Got, " or ") }

// quoted lists a few of the values that were sent.
func (p *Place) quoted() string {
	const few = 3
	var list []string
	for _, g := range p.Got[:min(len(p.Got), few)] {
		list = append(list, strconv.Quote(g))
	}
	if len(p.Got) > few {
		return strings.Join(list, ", ") + ", …"
	}
	return strings.Join(list, " or ")
}

// brief cuts a list that is too long to be read.
func brief(s string) string {
	const most = 100
	r := []rune(s)
	if len(r) <= most {
		return s
	}
	return string(r[:most]) + "…"
}
