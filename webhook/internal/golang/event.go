package golang

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/webhook"
	"github.com/plumbapi/plumb/webhook/internal/prose"
)

// eventFile writes the file of all events of one name: their constant, their
// payloads, what their handlers are registered with, and the types that nothing
// else uses.
func (p *printer) eventFile(events []*event) {
	name := events[0].Name
	shared := shared(events)
	doc := append([]string{p.eventConstants[name] + " is the event " + quoted(name) + "."}, shared...)
	p.comment("", doc...)
	p.line("const ", p.eventConstants[name], " = ", strconv.Quote(name))
	p.line()
	if method := p.anyMethods[name]; method != "" {
		p.comment("", method+" registers what handles deliveries of the event "+quoted(name)+", whatever its action is. The payload is not decoded; Decode does that.")
		p.line("func (m *Mux) ", method, "(f func(context.Context, *hook.Delivery) error) { m.HandleEvent(", p.eventConstants[name], ", f) }")
		p.line()
	}
	for _, e := range events {
		p.event(e, shared)
	}
	p.declare(events[0].file)
}

// said returns what the description says of an event, each paragraph once.
func said(e *event) []string {
	summary := prose.Paragraphs(e.Summary, maxTypeText)
	if len(summary) == 1 && !strings.ContainsAny(summary[0][len(summary[0])-1:], ".!?…") {
		summary[0] += "."
	}
	var out []string
	for _, paragraph := range append(summary, prose.Paragraphs(e.Description, maxTypeText)...) {
		if !slices.Contains(out, paragraph) {
			out = append(out, paragraph)
		}
	}
	return out
}

// shared returns the paragraphs that the description says of all events of one
// name: they stand once, with the name.
func shared(events []*event) []string {
	if len(events) == 1 {
		return nil
	}
	counts := map[string]int{}
	for _, e := range events {
		for _, paragraph := range said(e) {
			counts[paragraph]++
		}
	}
	var out []string
	for _, paragraph := range said(events[0]) {
		if counts[paragraph] == len(events) {
			out = append(out, paragraph)
		}
	}
	return out
}

// event declares the payload of one event and registers its handler.
func (p *printer) event(e *event, shared []string) {
	doc := p.eventDoc(e, shared)
	switch {
	case e.wraps:
		p.comment("", doc...)
		p.line("type ", e.typeName, " struct{ ", p.names[e.Payload], " }")
		p.line()
		p.behind(func() { p.json(e.typeName) })
	case e.Payload.Kind == webhook.Union:
		p.union(e.Payload, doc)
	default:
		p.object(e.Payload, doc)
	}
	p.behind(func() {
		p.line("func (*", e.typeName, ") HookEvent() (event, action string) { return ", p.eventConstants[e.Name], ", ", strconv.Quote(e.Action), " }")
		p.line("func (*", e.typeName, ") HookNew() any { return new(", e.typeName, ") }")
		p.line()
	})
	p.comment("", e.method+" registers what handles "+told(e)+".")
	p.line("func (m *Mux) ", e.method, "(f func(context.Context, *hook.Delivery, *", e.typeName, ") error) {")
	p.line("\thook.Handle(m.Mux, ", p.eventConstants[e.Name], ", ", strconv.Quote(e.Action), ", f)")
	p.line("}")
	p.line()
}

// quoted writes a text of the wire in a comment.
func quoted(s string) string { return strconv.Quote(safe.Line(cut(s, maxConstant))) }

// told names an event in a comment.
func told(e *event) string {
	if e.Action == "" {
		return "the event " + quoted(e.Name)
	}
	return "the event " + quoted(e.Name) + " with the action " + quoted(e.Action)
}

// eventDoc says what a payload is of, and what the description says of the
// event.
func (p *plan) eventDoc(e *event, shared []string) []string {
	doc := []string{e.typeName + " is the payload of " + told(e) + "."}
	for _, paragraph := range said(e) {
		if !slices.Contains(shared, paragraph) {
			doc = append(doc, paragraph)
		}
	}
	return deprecated(doc, e.Deprecated)
}

// muxMethods are what Mux has besides what it gets here.
func muxMethods() []string {
	return []string{"Mux", "OnUnknown", "OnDrift", "Handle", "HandleEvent", "Handles", "Serve"}
}

// nameConstantsOfEvents names events and actions.
func (p *plan) nameConstantsOfEvents() {
	methods := newScope(muxMethods()...)
	for _, e := range p.events {
		methods[e.method] = true
	}
	for _, e := range p.events {
		if p.eventConstants[e.Name] == "" {
			p.eventConstants[e.Name] = p.top.take("Event"+camel(e.Name), maxConstant)
		}
		if e.Action != "" && p.anyMethods[e.Name] == "" {
			p.anyMethods[e.Name] = methods.take("On"+camel(e.Name), maxName+2)
		}
	}
	seen := map[string]bool{}
	for _, e := range p.events {
		if e.Action != "" && !seen[e.Action] {
			seen[e.Action] = true
			p.actions = append(p.actions, constant{p.top.take("Action"+camel(e.Action), maxConstant), e.Action})
		}
	}
}

// camel makes one identifier of a text's words.
func camel(text string) string {
	var b strings.Builder
	up := true
	for _, r := range text {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			up = true
		case up:
			b.WriteRune(unicode.ToUpper(r))
			up = false
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
