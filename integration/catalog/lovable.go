package catalog

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/internal/words"
)

// firstMessage is L01.
var firstMessage = &measure{
	needs: []string{"commands", "seconds"},
	judge: func(_ *bench, v map[string]float64) verdict {
		switch {
		case v["commands"] < 1 || v["commands"] > 3:
			return fail("it takes %s", words.Count(int(v["commands"]), "command"))
		case v["seconds"] > 120:
			return fail("it takes %.0f s", v["seconds"])
		}
		return pass("it takes %s and %.1f s", words.Count(int(v["commands"]), "command"), v["seconds"])
	},
}

// previewExact is L02.
func previewExact(ctx context.Context, b *bench) verdict {
	d := delivery("preview", numbered(3)...)
	shown, err := Preview(ctx, b.entry.Tool, b.inputs, d)
	if err != nil {
		return fail("a dry run ends with %v", err)
	}
	g := b.rig()
	if _, err := b.say(g.deliver(ctx, d)); err != nil {
		return fail("the delivery is refused: %s", err)
	}
	if len(shown.Requests) != len(g.exchanges) {
		return fail("a dry run shows %s, and %d are sent", words.Count(len(shown.Requests), "request"), len(g.exchanges))
	}
	mask := integration.NewMask(b.manifest, b.inputs)
	for i := range g.exchanges {
		if shown.Requests[i].Text != g.exchanges[i].shown(mask) {
			return fail("request %d of a dry run differs from what is sent", i+1)
		}
	}
	var text, html strings.Builder
	if err := shown.Text(&text); err != nil {
		return fail("%v", err)
	}
	if err := shown.HTML(&html); err != nil {
		return fail("%v", err)
	}
	for _, in := range b.secrets() {
		for _, form := range forms(b.inputs, in.Name) {
			if strings.Contains(text.String()+html.String(), form) {
				return fail("a dry run shows the secret %s", in.Name)
			}
		}
	}
	v := pass("a dry run shows %s as they are sent, secrets masked, as text and as a page", words.Count(len(g.exchanges), "request"))
	if p, ok := b.entry.Tool.(integration.Previewer); ok {
		seen, err := p.Preview(b.inputs, d)
		if err != nil {
			return fail("the message cannot be shown as its readers see it: %v", err)
		}
		if !strings.Contains(seen.Text, d.Report.Findings[0].Message) || !strings.Contains(string(seen.HTML), "<html") {
			return fail("the message as its readers see it lacks what was found")
		}
		v = v.with("the message is shown as its readers see it, too")
	}
	return v
}

// stateful are the categories whose objects have a state.
func stateful(category string) bool {
	return slices.Contains([]string{"tracker", "itsm", "requirements"}, category)
}

// statesRead is L03.
func statesRead(ctx context.Context, b *bench) verdict {
	f, ok := b.entry.Tool.(integration.Follower)
	if !ok {
		if _, answers := b.entry.Tool.(integration.Receiver); answers {
			return answersRead(ctx, b)
		}
		if !stateful(b.manifest.Category) {
			return irrelevant("what it makes has no state that people change")
		}
		return fail("the state of its objects cannot be read")
	}
	g := b.rig()
	two := numbered(2)
	d := delivery("states", two...)
	if _, err := b.say(g.deliver(ctx, d)); err != nil {
		return fail("the delivery is refused: %s", err)
	}
	states, err := f.States(ctx, g.client(), d)
	if err != nil {
		return fail("states cannot be read: %v", err)
	}
	if len(states) != 2 || slices.ContainsFunc(states, func(s integration.State) bool {
		return s.Done || s.Object == "" || s.Status == "" || len(s.Fingerprints) == 0
	}) {
		return fail("of two objects that were made, %s read, or one is said to be done", words.Count(len(states), "state"))
	}
	closed := delivery("states-closed", two[1])
	closed.Before = two
	if _, err := b.say(g.deliver(ctx, closed)); err != nil {
		return fail("the delivery is refused: %s", err)
	}
	if states, err = f.States(ctx, g.client(), closed); err != nil {
		return fail("states cannot be read: %v", err)
	}
	done := 0
	for _, s := range states {
		if s.Done {
			done++
		}
	}
	if done != 1 {
		return fail("one of two objects was closed, and %d are read as done", done)
	}
	return pass("of two objects one was closed, and read as %q", states[slices.IndexFunc(states, func(s integration.State) bool { return s.Done })].Status)
}

// answersRead is statesRead of a tool that calls back.
func answersRead(ctx context.Context, b *bench) verdict {
	if v := inboundVerified(ctx, b); v.status != Passed {
		return fail("answers are not taken: %s", v.reason)
	}
	return pass("an answer to a message comes back as a waiver that somebody may take over")
}

// changesOnly is L04.
func changesOnly(ctx context.Context, b *bench) verdict {
	old, fresh, gone := finding(0, "known for long"), finding(2, "seen for the first time"), finding(5, "mended meanwhile")
	var done []integration.Action // of the last delivery
	send := func(g *rig, d *integration.Delivery) (string, string) {
		from := len(g.exchanges)
		receipt, err := b.say(g.deliver(ctx, d))
		if done = receipt.Actions; err != nil {
			return "", fmt.Sprintf("%s: %v", d.ID, err)
		}
		var text strings.Builder
		for _, e := range g.exchanges[from:] {
			if e.method != "GET" {
				text.Write(e.body)
				text.WriteByte('\n')
			}
		}
		return text.String(), ""
	}
	g := b.rig()
	if _, problem := send(g, delivery("before", old, gone)); problem != "" {
		return fail("%s", problem)
	}
	d := delivery("after", old, fresh)
	d.Before = []check.Finding{old, gone}
	changed, problem := send(g, d)
	if problem != "" {
		return fail("%s", problem)
	}
	at, known := strings.Index(changed, fresh.Message), strings.Index(changed, old.Message)
	switch {
	case at < 0:
		return fail("what is new is not in the message")
	case !b.perFinding() && known >= 0 && known < at:
		return fail("what was known comes before what is new")
	}
	same := delivery("same-again", old, fresh)
	same.Before = d.Report.Findings
	again, problem := send(g, same)
	if problem != "" {
		return fail("%s", problem)
	}
	if b.perFinding() {
		for _, a := range done {
			if a.Verb != "unchanged" {
				return fail("where nothing changed an object is %s", a.Verb)
			}
		}
		return pass("what is new is told; where nothing changed no object is touched")
	}
	if len(again) >= len(changed) {
		return fail("where nothing changed the message has %s bytes, and %s where something did", words.Number(len(again)), words.Number(len(changed)))
	}
	return pass("what is new leads; where nothing changed %s bytes are written instead of %s", words.Number(len(again)), words.Number(len(changed)))
}

// accessibleText is L05.
func accessibleText(ctx context.Context, b *bench) verdict {
	g := b.rig()
	d := delivery("text", numbered(3)...)
	if _, err := b.say(g.deliver(ctx, d)); err != nil {
		return fail("the delivery is refused: %s", err)
	}
	telling := func(text string) bool {
		return strings.Contains(text, d.Product) || strings.Contains(text, d.Report.Findings[0].Message)
	}
	plain := false
	for i := range g.exchanges {
		e := &g.exchanges[i]
		if e.method == "GET" {
			continue
		}
		plain = plain || telling(e.plainPart())
		data, ok := e.asJSON()
		var v any
		if !ok || json.Unmarshal(data, &v) != nil {
			continue
		}
		if picture := unnamed(v, 0); picture != "" {
			return fail("a picture has no text: %s", picture)
		}
		plain = plain || hasPlain(v, telling, 0)
	}
	if !plain {
		return fail("nothing that is sent has a plain text: text, fallbackText, summary, name")
	}
	return b.localised(ctx)
}

// hasPlain says whether a value has a member that holds a plain text which
// tells something.
func hasPlain(v any, telling func(string) bool, depth int) bool {
	if depth > 8 {
		return false
	}
	switch v := v.(type) {
	case []any:
		return slices.ContainsFunc(v, func(inner any) bool { return hasPlain(inner, telling, depth+1) })
	case map[string]any:
		for k, inner := range v {
			name := strings.ToLower(k[strings.LastIndexByte(k, '_')+1:]) // short_description, PLUMB_SUMMARY
			text, is := inner.(string)
			if is && slices.Contains([]string{"text", "fallbacktext", "summary", "name", "title", "description"}, name) && telling(text) {
				return true
			}
			if hasPlain(inner, telling, depth+1) {
				return true
			}
		}
	}
	return false
}

// unnamed returns the first picture without a text.
func unnamed(v any, depth int) string {
	if depth > 32 {
		return ""
	}
	switch v := v.(type) {
	case []any:
		for _, inner := range v {
			if p := unnamed(inner, depth+1); p != "" {
				return p
			}
		}
	case map[string]any:
		kind, _ := v["type"].(string)
		alt, _ := v["alt_text"].(string)
		altCard, _ := v["altText"].(string)
		if strings.EqualFold(kind, "image") && alt == "" && altCard == "" {
			return kind
		}
		for _, inner := range v {
			if p := unnamed(inner, depth+1); p != "" {
				return p
			}
		}
	}
	return ""
}

// userScore is L06.
var userScore = &measure{
	needs: []string{"score"},
	judge: func(_ *bench, v map[string]float64) verdict {
		switch {
		case v["people"] < 5:
			return fail("%.0f people rated it; it needs 5", v["people"])
		case v["score"] < 3.95:
			return fail("rated %.2f of 5; it needs 3.95", v["score"])
		}
		return pass("rated %.2f of 5 by %.0f people", v["score"], v["people"])
	},
}

// hintsGiven is L07.
func hintsGiven(_ context.Context, b *bench) verdict {
	if len(b.errors) == 0 {
		return fail("no errors were met")
	}
	good := 0
	distinct := map[string]bool{}
	for _, e := range b.errors {
		if len(e.Hint) >= 12 && e.Hint != e.Text && strings.Contains(e.Hint, " ") {
			good++
			distinct[e.Hint] = true
		}
	}
	share := float64(good) / float64(len(b.errors))
	switch {
	case share <= 0.9:
		return fail("%d of %d errors say what to do", good, len(b.errors))
	case len(distinct) < 4:
		return fail("all errors give the same %s", words.Count(len(distinct), "hint"))
	}
	return pass("%d of %d errors say what to do, in %s", good, len(b.errors), words.Count(len(distinct), "way"))
}
