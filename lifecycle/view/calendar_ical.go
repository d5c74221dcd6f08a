package view

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/lifecycle"
)

// ICal writes a calendar as iCalendar (RFC 5545): an event of a whole day for
// every element whose last day is known. The identifier of an event depends on
// the surface and the name of its element alone, so that importing a later
// calendar moves the event and does not add one. An end that only the policy
// sets is tentative.
func ICal(w io.Writer, c *lifecycle.Calendar, o Options) error {
	t := &icalWriter{bufio.NewWriter(w)}
	t.line("BEGIN", "VCALENDAR")
	t.line("VERSION", "2.0")
	t.line("PRODID", "-//plumb//lifecycle calendar//EN")
	t.line("CALSCALE", "GREGORIAN")
	t.line("METHOD", "PUBLISH")
	t.line("X-WR-CALNAME", icalText(o.name()+": what goes away"))
	for i := range c.Entries {
		if e := &c.Entries[i]; !e.Gone.Date.IsZero() {
			t.event(e, &o)
		}
	}
	t.line("END", "VCALENDAR")
	return t.Flush()
}

type icalWriter struct{ *bufio.Writer }

func (t *icalWriter) event(e *lifecycle.Entry, o *Options) {
	t.line("BEGIN", "VEVENT")
	t.line("UID", icalUID(e, o))
	t.line("DTSTAMP", o.Stamp.UTC().Format("20060102T150405Z"))
	t.line("DTSTART;VALUE=DATE", e.Gone.Date.Format("20060102"))
	t.line("DTEND;VALUE=DATE", e.Gone.Date.AddDate(0, 0, 1).Format("20060102"))
	verb := " goes"
	if e.By == lifecycle.ByPolicy {
		verb = " may go"
	}
	t.line("SUMMARY", icalText(safe.Brief(e.Name)+verb))
	t.line("DESCRIPTION", icalText(icalDescription(e)))
	t.line("CATEGORIES", "API,"+icalText(surfaceNames[e.Surface]))
	status := "CONFIRMED"
	if e.By == lifecycle.ByPolicy {
		status = "TENTATIVE"
	}
	t.line("STATUS", status)
	t.line("TRANSP", "TRANSPARENT")
	t.line("END", "VEVENT")
}

// icalDescription says what the element is, since when it is deprecated, and
// what to use.
func icalDescription(e *lifecycle.Entry) string {
	lines := []string{surfaceNames[e.Surface] + " " + string(e.Kind) + " " + label(e)}
	if !e.Since.IsZero() {
		lines = append(lines, "Deprecated: "+moment(e.Since))
	}
	if e.Gone.Release != "" {
		lines = append(lines, "Release: "+safe.Line(e.Gone.Release))
	}
	if e.Replacement != "" {
		lines = append(lines, "Use instead: "+safe.Brief(e.Replacement))
	}
	if e.Reason != "" {
		lines = append(lines, "Reason: "+safe.Brief(e.Reason))
	}
	if e.By == lifecycle.ByPolicy {
		lines = append(lines, "By policy: "+safe.Line(e.Why))
	}
	return strings.Join(lines, "\n")
}

// icalUID identifies the event of an element.
func icalUID(e *lifecycle.Entry, o *Options) string {
	sum := sha256.Sum256([]byte(o.name() + "\x00" + string(e.Surface) + "\x00" + string(e.Kind) + "\x00" + e.Name))
	return hex.EncodeToString(sum[:16]) + "@lifecycle.plumb"
}

// icalText escapes a value of type TEXT (RFC 5545, section 3.3.11).
func icalText(s string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`).Replace(s)
}

// maxLine is how many octets a line may have without its end (section 3.1).
const maxLine = 75

// line writes a property, folded between characters.
func (t *icalWriter) line(name, value string) {
	text := name + ":" + value
	room := maxLine
	for len(text) > room {
		cut := room
		for cut > 0 && !utf8.RuneStart(text[cut]) {
			cut--
		}
		t.WriteString(text[:cut] + "\r\n ")
		text = text[cut:]
		room = maxLine - 1
	}
	t.WriteString(text + "\r\n")
}
