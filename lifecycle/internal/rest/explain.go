package rest

import (
	"strings"
	"unicode"
)

// Summary says in a sentence what happened, whatever the values.
func (e *Entry) Summary() string {
	text := e.Where + " " + withoutValues.Replace(e.Says)
	runes := []rune(text)
	runes[0] = unicode.ToUpper(runes[0])
	return string(runes) + "."
}

var withoutValues = strings.NewReplacer("%key", "…", "%from", "…", "%to", "…")

// Topic is what the change is about, as a heading.
func (e *Entry) Topic() string {
	runes := []rune(e.Where)
	runes[0] = unicode.ToUpper(runes[0])
	return string(runes)
}

// Rationale says why the change matters, and what to do.
func (e *Entry) Rationale() string {
	why := reasons[e.Effect]
	switch {
	case e.Kind == Life && e.Effect == None:
		why = "It says how the API is meant to go on and changes nothing that is sent today."
	case e.Effect == Narrows && e.Direction == Response && !e.breaks(), e.Effect == Widens && e.Direction == Response && !e.breaks():
		why = "Clients that were written for what was promised before still get it, or do not rely on it."
	case e.Effect == Narrows && e.Direction == Response:
		why = "Clients ask for it, or rely on its being there, and do not get it any more. Deprecate it first, and let it go when nobody uses it."
	case e.Effect == Narrows && !e.breaks(), e.Effect == Widens && e.Direction != Response:
		why = "What clients send stays valid."
	case e.Effect == Narrows:
		why = "Clients that do what was allowed before are refused. Accept both for a while, and announce when that ends."
	case e.Effect == Widens:
		why = "Clients may get what they were not written for: a value, a type or a gap that was ruled out before. Announce it, or put it where only those see it who ask for it."
	}
	name := "The name and the level are oasdiff's."
	if e.Own {
		name = "The name is plumb's own."
	}
	return why + "\n\n" + name + " A change in a shared schema is reported once, with every operation that it reaches."
}

func (e *Entry) breaks() bool { return e.Level > 2 }

var reasons = map[Effect]string{
	None:         "Clients are not affected. It is listed so that the list of changes is whole.",
	Incomparable: "What was valid before is not any more, and what is valid now was not before, so neither old nor new clients are safe. Offer both side by side.",
	Unknown:      "The description does not tell whether clients are affected. Somebody who knows the API has to.",
	Violation:    "It breaks a promise about the life of the API: clients were told to count on it for longer, or cannot tell how long they may.",
}
