package golang

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/webhook/internal/prose"
)

// packageFile is where the package's comment, the constants of actions and what
// goes by event stand.
const packageFile = "hooks.go"

func (p *printer) packageFile() {
	p.packageComment()
	p.line()
	if len(p.actions) > 0 {
		p.line("// The actions that events have.")
		p.line("const (")
		for _, c := range p.actions {
			p.line("\t", c.name, " = ", strconv.Quote(c.text))
		}
		p.line(")")
		p.line()
	}
	p.line("// Mux calls the handlers that are registered for a delivery's event and action.")
	p.line("// A payload is decoded only where a handler takes it.")
	p.line("type Mux struct{ *hook.Mux }")
	p.line()
	p.line("// NewMux returns a Mux without handlers.")
	p.line("func NewMux() *Mux { return &Mux{hook.NewMux()} }")
	p.line()
	r := p.model.Routing
	p.line("// Routing returns where a delivery has the names of its event and action, and its id.")
	p.line("func Routing() hook.Routing {")
	p.line("\treturn hook.Routing{")
	p.setting("EventHeader", r.EventHeader)
	p.settings("EventPointers", r.EventPointers)
	p.settings("ActionPointers", r.ActionPointers)
	p.setting("DeliveryHeader", r.DeliveryHeader)
	p.settings("DeliveryPointers", r.DeliveryPointers)
	p.line("\t}")
	p.line("}")
	p.line()
	p.newFunction()
	p.line("// Decode returns the payload of a delivery, and where it is not as described. The")
	p.line("// payload is nil where the package has none for the event and action; the error")
	p.line("// is a *[hook.SyntaxError] where the body is no JSON.")
	p.line("func Decode(event, action string, body []byte) (hook.Event, []hook.Drift, error) {")
	p.line("\tpayload := New(event, action)")
	p.line("\tif payload == nil {")
	p.line("\t\treturn nil, nil, nil")
	p.line("\t}")
	p.line("\tdrift, err := hook.Decode(payload, body)")
	p.line("\treturn payload, drift, err")
	p.line("}")
	p.line()
}

// newFunction writes what makes a payload for the names of its event and
// action. A payload without an action is that of all actions which have none.
func (p *printer) newFunction() {
	p.line("// New returns an empty payload of an event and action, nil where the package has none.")
	p.line("func New(event, action string) hook.Event {")
	p.line("\tswitch event {")
	for i := 0; i < len(p.events); {
		name := p.events[i].Name
		end := i
		for end < len(p.events) && p.events[end].Name == name {
			end++
		}
		p.line("\tcase ", p.eventConstants[name], ":")
		p.newOfEvent(p.events[i:end])
		i = end
	}
	p.line("\t}")
	p.line("\treturn nil")
	p.line("}")
	p.line()
}

func (p *printer) newOfEvent(events []*event) {
	fallback := ""
	seen := map[string]bool{}
	var cases []*event
	for _, e := range events {
		if seen[e.Action] {
			continue
		}
		seen[e.Action] = true
		if e.Action == "" {
			fallback = e.typeName
			continue
		}
		cases = append(cases, e)
	}
	if len(cases) > 0 {
		p.line("\t\tswitch action {")
		for _, e := range cases {
			p.line("\t\tcase ", strconv.Quote(e.Action), ":")
			p.line("\t\t\treturn new(", e.typeName, ")")
		}
		p.line("\t\t}")
	}
	if fallback != "" {
		p.line("\t\treturn new(", fallback, ")")
	}
}

// packageComment says what the package is, with an example of its use.
func (p *printer) packageComment() {
	title := safe.Line(strings.Join(strings.Fields(p.model.Title), " "))
	if title == "" {
		title = p.pkg
	}
	events := map[string]bool{}
	for _, e := range p.events {
		events[e.Name] = true
	}
	text := []string{fmt.Sprintf("Package %s has the payloads of the webhooks of %s: %s of %s.", p.pkg, title,
		words.Count(len(p.events), "payload"), words.Count(len(events), "event"))}
	text = append(text, prose.Paragraphs(p.model.Description, maxTypeText)...)
	text = append(text,
		"A payload decodes whatever it holds. What its type does not say, members of other types, other values and members that nobody described, is told as drift, and is written again as it was.")
	p.comment("", text...)
	if len(p.events) == 0 {
		return
	}
	example := p.events[0]
	for _, e := range p.events {
		if e.Action != "" {
			example = e
			break
		}
	}
	p.line("//")
	p.line("//\tmux := ", p.pkg, ".NewMux()")
	p.line("//\tmux.", example.method, "(func(ctx context.Context, d *hook.Delivery, p *", p.pkg, ".", example.typeName, ") error {")
	p.line("//\t\treturn handle(ctx, p)")
	p.line("//\t})")
	p.line("//\thttp.Handle(\"/webhooks\", receive.New(mux, receive.Options{Routing: ", p.pkg, ".Routing()}))")
}

func (p *printer) setting(name, value string) {
	if value != "" {
		p.line("\t\t", name, ": ", strconv.Quote(value), ",")
	}
}

func (p *printer) settings(name string, values []string) {
	if len(values) == 0 {
		return
	}
	var quoted []string
	for _, v := range values {
		quoted = append(quoted, strconv.Quote(v))
	}
	p.line("\t\t", name, ": []string{", strings.Join(quoted, ", "), "},")
}
