// Package phrase has the words of messages in several languages: a table of
// phrases for each language, the plural forms that its grammar has, and how it
// writes numbers and dates. What a phrase is about is put into its placeholders.
//
// It knows no message and no tool. Texts of findings are not translated: rules
// are written in English.
package phrase

import (
	"strconv"
	"strings"
	"time"
)

// Key names a phrase.
type Key int

// The phrases, by where they are used. A phrase with {n} is of a number and has
// plural forms.
const (
	// The headline.
	Passed     Key = iota // {product}, {counts}
	Failed                // {product}, {counts}
	Incomplete            // {product}, {counts}
	Since                 // {outcome}, {since}
	Join                  // what stands between the items of a list
	Errors                // {n}
	Warnings              // {n}
	Notes                 // {n}
	NoFindings
	CountNew    // {n}
	CountMended // {n}
	NothingNew

	// Sections, and what is left out of them.
	TitleNew
	TitleFindings
	TitleEvents
	TitleMended
	TitleUnfinished
	More     // {n}
	InReport // {n}
	Due      // {text}, {date}

	// Verdicts and severities as words.
	MarkPassed
	MarkFailed
	MarkIncomplete
	SeverityError
	SeverityWarning
	SeverityInfo

	// Labels of facts.
	LabelBranch
	LabelRevision
	LabelChange
	LabelDate
	LabelAPI
	LabelRule
	LabelSeverity
	LabelElement
	Label // {label}, before a value that follows on the same line
	Colon // between a word and what it is about

	// The report.
	WholeReport   // on a link or a button of its own
	WholeReportIn // on a link within a line
	OpenReport    // as a screen reader says it
	ReportAt      // {url}
	ReportOf      // {product}
	FoundBy       // how a report is related to an object
	NothingToList
	MoreFindings // {n}
	FoundHere    // {rule}

	// Objects of trackers.
	Places // {n}
	Context
	Why
	KeptUp
	Changed // {what}, {run}
	Again   // {what}, {run}
	Gone    // {run}
	RunBoth // {revision}, {branch}
	RunRevision
	RunBranch
	AllMended
	Predecessor // {object}, {status}

	// The button that sets a finding aside.
	Snooze
	SnoozeRule // {rule}, {days}
	SnoozeFor  // {days}
	SnoozeText
	SnoozeYes
	SnoozeNo
	Days // {n}

	keys
)

// Keys are all keys, in order.
func Keys() []Key {
	all := make([]Key, keys)
	for i := range all {
		all[i] = Key(i)
	}
	return all
}

// Forms are the plural forms of a phrase, as Unicode's CLDR names them. A phrase
// without a number has Other alone, and so has one whose language does not tell
// them apart.
type Forms struct{ One, Few, Many, Other string }

// only makes the forms of a phrase without a number.
func only(text string) Forms { return Forms{Other: text} }

// List returns the forms that there are.
func (f Forms) List() []string {
	var list []string
	for _, text := range []string{f.One, f.Few, f.Many, f.Other} {
		if text != "" {
			list = append(list, text)
		}
	}
	return list
}

// Language is one language. The zero value is of no use; see [Of].
type Language struct {
	// Tag is its tag of BCP 47, such as "de".
	Tag string
	// plural says which form a number takes.
	plural func(n int) Plural
	// group separates groups of three digits, in numbers of at least so many.
	group  string
	digits int
	// date has {day}, {month} and {year}.
	date   string
	months [12]string
	// phrases are those of each key.
	phrases [keys]Forms
}

// Languages are all languages, English first, the others by their tags.
func Languages() []*Language {
	return []*Language{&english, &german, &spanish, &french, &japanese, &polish}
}

// Tags are the tags of all languages.
func Tags() []string {
	var tags []string
	for _, l := range Languages() {
		tags = append(tags, l.Tag)
	}
	return tags
}

// Of returns the language of a tag of BCP 47, of whose parts the first counts:
// "de-AT" is German. Without a tag, and where there is no such language, it is
// English.
func Of(tag string) *Language {
	primary, _, _ := strings.Cut(strings.ReplaceAll(tag, "_", "-"), "-")
	for _, l := range Languages() {
		if strings.EqualFold(l.Tag, primary) {
			return l
		}
	}
	return &english
}

// Say returns a phrase. The pairs are names of placeholders, each with what is
// put in its place.
func (l *Language) Say(k Key, pairs ...string) string { return fill(l.phrases[k].Other, pairs) }

// Count returns the phrase of a number.
func (l *Language) Count(k Key, n int, pairs ...string) string {
	f := l.phrases[k]
	text := f.Other
	switch form := l.plural(n); {
	case form == One && f.One != "":
		text = f.One
	case form == Few && f.Few != "":
		text = f.Few
	case form == Many && f.Many != "":
		text = f.Many
	}
	return fill(text, append([]string{"n", l.Number(n)}, pairs...))
}

// fill puts values into placeholders. What a value has in braces stays as it is.
func fill(text string, pairs []string) string {
	if len(pairs) == 0 {
		return text
	}
	replace := make([]string, len(pairs))
	for i := range pairs {
		replace[i] = pairs[i]
		if i%2 == 0 {
			replace[i] = "{" + pairs[i] + "}"
		}
	}
	return strings.NewReplacer(replace...).Replace(text)
}

// List joins the items of a list.
func (l *Language) List(items ...string) string { return strings.Join(items, l.Say(Join)) }

// Number writes a number as the language does: 12,345 or 12.345.
func (l *Language) Number(n int) string {
	s := strconv.Itoa(n)
	if len(strings.TrimPrefix(s, "-")) < l.digits {
		return s
	}
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + l.group + s[i:]
	}
	return s
}

// Date writes the day of a time in UTC: 2 Jan 2006.
func (l *Language) Date(t time.Time) string {
	t = t.UTC()
	return fill(l.date, []string{"day", strconv.Itoa(t.Day()), "month", l.months[t.Month()-1], "year", strconv.Itoa(t.Year())})
}

// Time writes a time in UTC with its day: 2 Jan 2006 15:04 UTC.
func (l *Language) Time(t time.Time) string { return l.Date(t) + t.UTC().Format(" 15:04 UTC") }

// Forms returns the forms of a phrase, for those who look whether it was used.
func (l *Language) Forms(k Key) Forms { return l.phrases[k] }

// Name returns the name of a severity, "error", "warning" or "info", as a word;
// "" of what is none.
func (l *Language) Name(severity string) string {
	switch severity {
	case "error":
		return l.Say(SeverityError)
	case "warning":
		return l.Say(SeverityWarning)
	case "info":
		return l.Say(SeverityInfo)
	}
	return ""
}
