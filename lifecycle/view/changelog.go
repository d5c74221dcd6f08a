package view

import (
	"regexp"
	"strings"

	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/lifecycle"
)

// ChangelogOptions is what the views of a changelog may know beyond it.
type ChangelogOptions struct {
	// Title names the API; the default is what its description says, else
	// "API".
	Title string
	// Base and Revision are what the descriptions are called where their
	// versions do not tell them apart, such as names of files.
	Base, Revision string
}

// changelog is a changelog as it is written, whatever the format.
type changelog struct {
	Title, Base, Revision string
	Lead                  string
	Versions              []string // what the advice says
	Disagrees             bool
	Announcements         []lifeTable
	Sections              []section
}

// section is what has one effect.
type section struct {
	ID, Title, Intro string
	Count            int // of entries, before those that are alike are one
	Status           string
	Groups           []changeGroup
	Rows             int
}

type changeGroup struct {
	Name  string
	Items []item
}

// item is one line: what happened, and what it means.
type item struct {
	Parts []part
	Why   string
	Notes []string
	// Names are the subjects where they are many: they stand below the
	// sentence, each for itself.
	Names []string
}

// inline is how many subjects stand in the sentence that is about them.
const inline = 3

// part is a piece of a sentence; names are code.
type part struct {
	Text string
	Code bool
}

func newChangelog(l *lifecycle.Changelog, o ChangelogOptions) *changelog {
	c := &changelog{
		Title: first(o.Title, l.Title, "API"), Lead: changelogLead(l), Versions: versionAdvice(l),
		Base: first(l.BaseVersion, o.Base, "before"), Revision: first(l.RevisionVersion, o.Revision, "now"),
		Disagrees: l.Advice.Disagrees, Announcements: lifeTables(l.Announcements),
	}
	if c.Base == c.Revision {
		c.Base, c.Revision = first(o.Base, "before"), first(o.Revision, "now")
	}
	for _, s := range l.Sections {
		c.Sections = append(c.Sections, newSection(l.Surface, &s))
	}
	return c
}

func first(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

// changelogLead is the answer in a sentence.
func changelogLead(l *lifecycle.Changelog) string {
	if l.Empty() {
		return "Nothing changed for who uses the API"
	}
	var parts []string
	say := func(n int, noun string) {
		if n > 0 {
			parts = append(parts, words.Count(n, noun))
		}
	}
	say(l.Count(lifecycle.Breaking), "breaking change")
	if n := l.Count(lifecycle.Retired); n > 0 {
		parts = append(parts, words.Count(n, "removal")+" after deprecation")
	}
	if n := l.Count(lifecycle.Risky); n > 0 {
		parts = append(parts, words.Number(n)+" that may break a client")
	}
	say(l.Count(lifecycle.Added), "addition")
	say(l.Count(lifecycle.Changed), "other change")
	deprecated := 0
	for i := range l.Announcements {
		if l.Announcements[i].Kind == lifecycle.Deprecation {
			deprecated++
		}
	}
	say(deprecated, "deprecation")
	if len(parts) == 0 {
		parts = append(parts, "Only texts and dates changed")
	}
	return strings.Join(parts, ", ")
}

var sectionTexts = map[lifecycle.Effect]section{
	lifecycle.Breaking:  {Title: "Breaking changes", Intro: "What worked before and fails now.", Status: "error"},
	lifecycle.Retired:   {Title: "Removed after deprecation", Intro: "What had been deprecated and is gone.", Status: "warning"},
	lifecycle.Risky:     {Title: "May break", Intro: "What can break a client that is not prepared for it.", Status: "warning"},
	lifecycle.Added:     {Title: "Added"},
	lifecycle.Changed:   {Title: "Changed"},
	lifecycle.Editorial: {Title: "Texts", Intro: "What reads differently; nothing changes for a client."},
}

func newSection(surface lifecycle.Surface, s *lifecycle.ChangelogSection) section {
	out := sectionTexts[s.Effect]
	out.ID, out.Count = string(s.Effect), s.Count
	if surface == lifecycle.GraphQL {
		out.Groups = typeGroups(s)
	} else {
		for _, r := range s.Resources {
			out.Groups = append(out.Groups, changeGroup{first(r.Name, "The API as a whole"), alike(r.Entries)})
		}
	}
	for _, g := range out.Groups {
		out.Rows += len(g.Items)
	}
	return out
}

// alike makes one item of the entries that say the same of several subjects.
func alike(entries []lifecycle.ChangelogEntry) []item {
	type key struct{ id, message, why, stability string }
	at := map[key]int{}
	var items []item
	var subjects [][]string
	for i := range entries {
		e := &entries[i]
		if !strings.HasPrefix(e.Sentence, e.Subject+": ") {
			items, subjects = append(items, newItem(e)), append(subjects, nil)
			continue
		}
		k := key{e.Change.ID, e.Change.Message, e.Why, e.Stability}
		if known, ok := at[k]; ok {
			subjects[known] = append(subjects[known], e.Subject)
			items[known].Notes = marks(e)
			continue
		}
		at[k] = len(items)
		items, subjects = append(items, newItem(e)), append(subjects, []string{e.Subject})
	}
	for i, names := range subjects {
		if len(names) < 2 {
			continue
		}
		items[i].Why = plural.Replace(items[i].Why)
		if rest := items[i].Parts[1:]; len(names) <= inline {
			items[i].Parts = append(listed(names), rest...)
		} else {
			items[i].Parts, items[i].Names = []part{{Text: sentence(rest)}}, names
		}
	}
	return items
}

// sentence is what a sentence says behind its subject, as one of its own.
func sentence(rest []part) string {
	var b strings.Builder
	for _, p := range rest {
		b.WriteString(p.Text)
	}
	text := strings.TrimLeft(b.String(), ": ")
	if text != "" && text[0] >= 'a' && text[0] <= 'z' {
		text = strings.ToUpper(text[:1]) + text[1:]
	}
	return text
}

// newItem is the item of one entry, with its subject as code.
func newItem(e *lifecycle.ChangelogEntry) item {
	it := item{Why: e.Why, Notes: marks(e)}
	if n := len(e.Change.Operations); n > 1 {
		it.Notes = append(it.Notes, "in "+words.Count(n, "operation"))
	}
	before, after, found := strings.Cut(e.Sentence, e.Subject)
	if !found || e.Subject == "" {
		it.Parts = []part{{Text: e.Sentence}}
		return it
	}
	if before != "" {
		it.Parts = append(it.Parts, part{Text: before})
	}
	it.Parts = append(append(it.Parts, part{Text: e.Subject, Code: true}), withTypes(after)...)
	return it
}

// typed matches the types that a sentence about a schema names.
var typed = regexp.MustCompile(`(changed from |of type )([\w\[\]!]+)( to | and is now |,|\.)(?:([\w\[\]!]+)(\.))?`)

// withTypes makes code of the types in the rest of a sentence.
func withTypes(text string) []part {
	m := typed.FindStringSubmatchIndex(text)
	if m == nil {
		return []part{{Text: text}}
	}
	parts := []part{{Text: text[:m[4]]}, {Text: text[m[4]:m[5]], Code: true}}
	if m[8] < 0 {
		return append(parts, part{Text: text[m[6]:]})
	}
	return append(parts, part{Text: text[m[6]:m[7]]}, part{Text: text[m[8]:m[9]], Code: true}, part{Text: text[m[10]:]})
}

// plural is what a change means where there are several.
var plural = strings.NewReplacer("use it", "use them", "give it", "give them", "leave it", "leave them", "to it", "to them", "on it", "on them", "from it or pass it", "from them or pass them")

func marks(e *lifecycle.ChangelogEntry) []string {
	if e.Stability != "" {
		return []string{"was " + e.Stability}
	}
	return nil
}

// listed are names with commas between them.
func listed(names []string) []part {
	var parts []part
	for i, n := range names {
		if i > 0 {
			parts = append(parts, part{Text: ", "})
		}
		parts = append(parts, part{Text: n, Code: true})
	}
	return parts
}
