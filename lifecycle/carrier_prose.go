package lifecycle

import "strings"

// maxProse is how many bytes of a text are searched for phrases.
const maxProse = 4096

// prose searches a text for phrases. A reason becomes the reason, without
// what the phrases take out; of a description or a version counts only what
// the phrases find.
func (r *reader) prose(c *carrier, text string) {
	if len(text) > maxProse {
		text = strings.ToValidUTF8(text[:maxProse], "")
	}
	if c.sets == "reason" {
		r.said(c)
		r.setText("reason", r.reason(text))
		return
	}
	var last *phrase // the one before, of those for such texts
	has := false     // the text contains its root
	for i := range r.c.phrases {
		p := &r.c.phrases[i]
		if !p.description && c.key != "version" || !p.version && c.key == "version" {
			continue
		}
		if last == nil || last.root != p.root {
			has = containsFold(text, p.root)
		}
		last = p
		if !has || !containsFold(text, p.has) {
			continue
		}
		if g := p.find(text); g != nil {
			r.said(c)
			r.means(p, g)
			if g.reason != "" {
				r.setText("reason", r.reason(g.reason))
			}
			return
		}
	}
}

// reason takes from a reason what the phrases find in it and returns the
// rest.
func (r *reader) reason(text string) string {
	for i := range r.c.phrases {
		p := &r.c.phrases[i]
		if !p.reason || !containsFold(text, p.has) {
			continue
		}
		g := p.find(text)
		if g == nil {
			continue
		}
		r.means(p, g)
		switch {
		case p.keep:
		case g.reason != "":
			text = g.reason
		default:
			text = text[:g.start] + text[g.end:]
		}
	}
	return strings.TrimSpace(text)
}

// means notes what a phrase means.
func (r *reader) means(p *phrase, g *found) {
	if p.deprecated != nil {
		if *p.deprecated {
			r.state.Deprecated = true
		} else {
			r.not = true
		}
	}
	if p.stability != Unstated {
		r.setLevel(p.stability)
	}
	r.setText("replacement", g.replacement)
	r.setMoment("since", moment(g.since))
	r.setMoment("sunset", moment(g.sunset))
}

// moment reads a day or a release; the zero Moment is for neither.
func moment(text string) Moment {
	if t, ok := parseDate(text, nil); ok {
		return Moment{Date: t}
	}
	if s, ok := parseRelease(text); ok {
		return Moment{Release: s}
	}
	return Moment{}
}

// found is where a phrase matches, and its groups.
type found struct {
	start, end                         int
	reason, replacement, since, sunset string
}

func (p *phrase) find(text string) *found {
	at := p.match.FindStringSubmatchIndex(text)
	if at == nil {
		return nil
	}
	g := &found{start: at[0], end: at[1]}
	for i, name := range p.match.SubexpNames() {
		if name == "" || at[2*i] < 0 {
			continue
		}
		s := text[at[2*i]:at[2*i+1]]
		switch name {
		case "reason":
			g.reason = s
		case "replacement":
			g.replacement = s
		case "since":
			g.since = s
		case "sunset":
			g.sunset = s
		}
	}
	return g
}

// containsFold reports whether the text contains the word, which is in lower
// case, in any case of ASCII.
func containsFold(text, word string) bool {
	if word == "" {
		return true
	}
	lower, upper := word[0], word[0]
	if 'a' <= lower && lower <= 'z' {
		upper -= 'a' - 'A'
	}
	for i := 0; i+len(word) <= len(text); i++ {
		if (text[i] == lower || text[i] == upper) && strings.EqualFold(text[i:i+len(word)], word) {
			return true
		}
	}
	return false
}
