package lifecycle

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
)

// Changelog says what changed between two versions of an API to those who use
// it: what breaks first, each by resource, what is announced to go, and which
// version number the change calls for.
type Changelog struct {
	Surface Surface `json:"surface"`
	// Title is the name that the description gives to the API, "" where it
	// gives none, as GraphQL cannot.
	Title string `json:"title"`
	// BaseVersion and RevisionVersion are what the descriptions say of
	// themselves in info.version, "" for GraphQL.
	BaseVersion     string `json:"base_version"`
	RevisionVersion string `json:"revision_version"`
	Advice          Advice `json:"advice"`
	// Sections are the effects that have entries, the worst first.
	Sections []ChangelogSection `json:"sections"`
	// Notices are what changed in the life of elements, in the order of the
	// revision: deprecations, dates, replacements, stability.
	Announcements []Announcement `json:"announcements"`
}

// Effect is what a change does to the users of an API.
type Effect string

// The effects, the worst first.
const (
	// Breaking is for what worked before and fails now.
	Breaking Effect = "breaking"
	// Retired is for what was deprecated in the base and is gone.
	Retired Effect = "retired"
	// Risky is for what can break a client that is not prepared for it.
	Risky Effect = "risky"
	// Added is for what is new.
	Added Effect = "added"
	// Changed is for the rest.
	Changed Effect = "changed"
	// Editorial is for what no client sees: texts in other words, and how the
	// description is made up.
	Editorial Effect = "editorial"
)

var effects = []Effect{Breaking, Retired, Risky, Added, Changed, Editorial}

// ChangelogSection is what has one effect.
type ChangelogSection struct {
	Effect Effect `json:"effect"`
	// Count is how many entries all resources have.
	Count int `json:"count"`
	// Resources are sorted by name, regardless of case.
	Resources []ChangelogResource `json:"resources"`
}

// ChangelogResource is a part of an API as its users see it, with what
// changed there: what has one tag, or one first segment of the path; a named
// schema that several of these share; a type of GraphQL.
type ChangelogResource struct {
	// Name is the tag, the segment, the schema or the type; "" for the API as
	// a whole.
	Name string `json:"name"`
	// Entries are in the order of the comparison.
	Entries []ChangelogEntry `json:"entries"`
}

// ChangelogEntry is one change in words.
type ChangelogEntry struct {
	// Sentence says what changed, from a capital letter to a period.
	Sentence string `json:"sentence"`
	// Why says in a sentence what that means for a client; "" where it goes
	// without saying.
	Why string `json:"why"`
	// Stability is that of the element in the base where it is less than
	// stable, else "". Users were told not to rely on it.
	Stability string `json:"stability"`
	// Subject names what changed as users know it.
	Subject string `json:"subject"`
	Change  Change `json:"change"`
}

// NewChangelog writes up what [Diff] found between two descriptions.
func NewChangelog(base, revision *openapi.Document, c *Comparison) *Changelog {
	l := &Changelog{Surface: REST, Title: info(revision, "title"), BaseVersion: info(base, "version"), RevisionVersion: info(revision, "version")}
	was, is := Inspect(base), Inspect(revision)
	l.fill(c, was, is, newResources(base, revision).of)
	return l
}

// NewGraphQLChangelog writes up what [DiffGraphQL] found between two schemas.
func NewGraphQLChangelog(base, revision *graphql.Schema, c *Comparison) *Changelog {
	l := &Changelog{Surface: GraphQL}
	was, is := InspectGraphQL(base), InspectGraphQL(revision)
	l.fill(c, was, is, typeOf)
	return l
}

func info(doc *openapi.Document, member string) string {
	return strings.TrimSpace(doc.Root().Get("info").Get(member).Text())
}

// Between says which versions the two are, where the descriptions do not or
// say something else; "" leaves what they say. The advice follows.
func (l *Changelog) Between(base, revision string) {
	if base != "" {
		l.BaseVersion = base
	}
	if revision != "" {
		l.RevisionVersion = revision
	}
	l.Advice.between(l.BaseVersion, l.RevisionVersion)
}

// Count returns how many entries have an effect.
func (l *Changelog) Count(e Effect) int {
	for _, s := range l.Sections {
		if s.Effect == e {
			return s.Count
		}
	}
	return 0
}

// Empty reports whether there is nothing to tell.
func (l *Changelog) Empty() bool { return len(l.Sections) == 0 && len(l.Announcements) == 0 }

func (l *Changelog) fill(c *Comparison, was, is *Inventory, resource func(*Change) string) {
	before := newStates(was)
	l.Announcements = announcements(was, is)
	byEffect := map[Effect]map[string][]ChangelogEntry{}
	for i := range c.Changes {
		ch := c.Changes[i]
		effect, told := effectOf(&ch)
		if !told {
			continue // the notices tell it
		}
		if effect == Breaking && before.retires(&ch) {
			effect = Retired
		}
		if byEffect[effect] == nil {
			byEffect[effect] = map[string][]ChangelogEntry{}
		}
		name := resource(&ch)
		byEffect[effect][name] = append(byEffect[effect][name], ChangelogEntry{
			Sentence: sentence(&ch), Why: why(effect, &ch), Subject: subjectOf(&ch), Stability: before.stability(&ch), Change: ch,
		})
	}
	l.Sections = []ChangelogSection{}
	for _, e := range effects {
		if len(byEffect[e]) == 0 {
			continue
		}
		s := ChangelogSection{Effect: e}
		for name, entries := range byEffect[e] {
			s.Resources = append(s.Resources, ChangelogResource{Name: name, Entries: entries})
			s.Count += len(entries)
		}
		slices.SortFunc(s.Resources, func(a, b ChangelogResource) int {
			return cmp.Or(strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), strings.Compare(a.Name, b.Name))
		})
		l.Sections = append(l.Sections, s)
	}
	l.Advice = advise(l)
}

// effectOf says what a change does to users; told is false for what is a
// notice, and not a change of what can be sent or read.
func effectOf(c *Change) (effect Effect, told bool) {
	id := strings.ReplaceAll(strings.ToLower(c.ID), "_", "-")
	has := func(parts ...string) bool {
		return slices.ContainsFunc(parts, func(p string) bool { return strings.Contains(id, p) })
	}
	switch {
	case has("api-version-", "api-major-version-"):
		return "", false // the advice tells it
	case has("removed-with-deprecation"):
		return Retired, true
	case has("deprecat", "sunset", "reactivated", "stability") && !has("removed-without-deprecation", "removed-before-sunset"):
		return "", false
	case c.Level == check.Error:
		return Breaking, true
	case c.Level == check.Warning:
		return Risky, true
	case has("description", "api-schema-", "api-tag-"):
		return Editorial, true
	case strings.HasSuffix(id, "-added") || strings.HasPrefix(id, "new-"):
		return Added, true
	}
	return Changed, true
}

// sentence makes a sentence of what a change says.
func sentence(c *Change) string {
	text := c.Message
	switch {
	case !c.whole && c.Subject != "":
		text = subjectOf(c) + ": " + text
	case c.Subject == "" || !strings.HasPrefix(text, c.Subject):
		text = capital(text)
	}
	return strings.TrimSuffix(text, ".") + "."
}

func capital(text string) string {
	if text != "" && text[0] >= 'a' && text[0] <= 'z' {
		return strings.ToUpper(text[:1]) + text[1:]
	}
	return text
}

// keyword matches the keyword of a schema that ends a subject. Users know the
// property; what changed of it is in the message.
var keyword = regexp.MustCompile(`(?: (?:enum|type|format|nullable|pattern|default|required|properties|items|additionalProperties|readOnly|writeOnly|discriminator|const|uniqueItems|multipleOf|(?:exclusive)?(?:[Mm]in|[Mm]ax)(?:imum|Length|Items|Properties|Contains)|(?:anyOf|oneOf|allOf)(?: \d+)?|not))+$`)

// subjectOf names what a change is about as users know it.
func subjectOf(c *Change) string { return keyword.ReplaceAllString(c.Subject, "") }
