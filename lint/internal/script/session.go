package script

import (
	"context"
	"errors"
	"reflect"
	"strconv"
	"sync"
	"time"

	"github.com/dop251/goja"

	"github.com/plumbapi/plumb/openapi"
)

// errStopped ends what plumb's own code does for a script that is to end.
var errStopped = errors.New("the script was ended")

// Session is one document as functions look at it. All of them share one
// runtime, in which each module is loaded once, as they do in Spectral; so the
// calls follow one another. A session is safe for concurrent use.
type Session struct {
	loader  *Loader
	subject Subject

	mu    sync.Mutex
	realm *realm
	err   error
	over  <-chan time.Time
}

// NewSession returns a session. Nothing runs before the first call.
func (l *Loader) NewSession(s Subject) *Session { return &Session{loader: l, subject: s} }

// Call is what a function is called with.
type Call struct {
	// Value is nil for undefined. Name makes it a text that stands in no source.
	Value    *openapi.Node
	Options  *openapi.Node // nil for null
	Resolved bool          // the value is shown with references followed
	Path     []string
	Rule     Rule
}

// Rule is what a function is told of the rule that calls it.
type Rule struct {
	Name, Description, Message string
	Severity                   int // as Spectral counts: 0 is an error
	Resolved                   bool
}

// Call calls a function. The error is an *Error where the script is wrong.
func (s *Session) Call(ctx context.Context, f *Function, c Call) ([]Finding, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.realm == nil && s.err == nil {
		s.over = time.After(s.loader.limits.Run)
		s.realm, s.err = newRealm(s.loader, s.subject)
	}
	if s.err != nil {
		return nil, s.err
	}
	select {
	case <-s.over:
		s.err = errors.New("the functions of the ruleset took longer than " + s.loader.limits.Run.String() + " on one document")
		return nil, s.err
	default:
	}
	v, err := s.realm.bounded(ctx, f.file, func() (any, error) { return s.realm.run(f, c) })
	if err != nil {
		return nil, err
	}
	list, _ := v.([]Finding)
	return list, nil
}

// run calls a function within the limits of a call.
func (r *realm) run(f *Function, c Call) (any, error) {
	h, err := r.function(f)
	if err != nil {
		return nil, err
	}
	options := h.options
	switch {
	case options == nil:
		options = r.data(c.Options)
	case goja.IsUndefined(options):
		options = goja.Null()
	}
	v := r.views[0]
	if c.Resolved {
		v = r.views[1]
	}
	result, err := h.call(goja.Undefined(), v.value(c.Value), options, r.context(c))
	if err != nil {
		return nil, err
	}
	return r.findings(result, f.file)
}

// context is the third argument of a function.
func (r *realm) context(c Call) goja.Value {
	shared := r.contexts[c.Rule.Name]
	if shared == nil {
		shared = r.shared(c.Rule)
		r.contexts[c.Rule.Name] = shared
	}
	o := r.rt.NewObject()
	for _, name := range []string{"document", "documentInventory", "rule"} {
		_ = o.Set(name, shared.Get(name))
	}
	_ = o.Set("path", r.rt.NewArray(r.route(c.Path, c.Resolved)...))
	return o
}

// route is a path with the indexes of elements as numbers.
func (r *realm) route(path []string, resolved bool) []any {
	list := make([]any, 0, len(path))
	n := r.subject.Root
	for _, name := range path {
		if resolved && r.subject.Follow != nil && n != nil {
			n = r.subject.Follow(n)
		}
		if i, err := strconv.Atoi(name); err == nil && n.Is(openapi.Array) {
			list = append(list, i)
		} else {
			list = append(list, name)
		}
		n = n.Find(name)
	}
	return list
}

// shared is what the contexts of a rule have in common.
func (r *realm) shared(rule Rule) *goja.Object {
	o := r.rt.NewObject()
	set := func(to *goja.Object, name string, v any) { _ = to.Set(name, v) }
	definition, told := r.rt.NewObject(), r.rt.NewObject()
	for name, v := range map[string]any{"severity": rule.Severity, "description": rule.Description, "resolved": rule.Resolved} {
		set(definition, name, v)
		set(told, name, v)
	}
	set(told, "name", rule.Name)
	set(told, "enabled", true)
	set(told, "definition", definition)
	if rule.Message != "" {
		set(told, "message", rule.Message)
	}
	set(o, "rule", told)
	if r.inventory == nil {
		r.inventory = r.makeInventory()
	}
	set(o, "documentInventory", r.inventory)
	set(o, "document", r.inventory.Get("document"))
	return o
}

// makeInventory is what scripts are told of the document.
func (r *realm) makeInventory() *goja.Object {
	inventory, document, parsed := r.rt.NewObject(), r.rt.NewObject(), r.rt.NewObject()
	plain, resolved := r.views[0].value(r.subject.Root), r.views[1].value(r.subject.Root)
	var words []any
	formats := r.required("", "@stoplight/spectral-formats").ToObject(r.rt)
	for _, name := range r.subject.Formats {
		words = append(words, formats.Get(name))
	}
	set, err := r.rt.New(r.rt.Get("Set"), r.rt.NewArray(words...))
	if err == nil {
		_ = document.Set("formats", set)
		_ = inventory.Set("formats", set)
	}
	_ = parsed.Set("data", plain)
	_ = document.Set("data", plain)
	_ = document.Set("parserResult", parsed)
	_ = document.Set("source", r.subject.Name)
	_ = inventory.Set("source", r.subject.Name)
	_ = inventory.Set("document", document)
	_ = inventory.Set("unresolved", plain)
	_ = inventory.Set("resolved", resolved)
	graph := r.rt.NewObject()
	nodes := r.rt.ToValue(func(goja.FunctionCall) goja.Value { return r.graph() })
	_ = graph.DefineAccessorProperty("nodes", nodes, nil, goja.FLAG_TRUE, goja.FLAG_TRUE)
	_ = inventory.Set("graph", graph)
	return inventory
}

// graph says which places refer to which, as Spectral's resolver says it.
func (r *realm) graph() goja.Value {
	if r.nodes != nil {
		return r.nodes
	}
	nodes, node, refs := r.rt.NewObject(), r.rt.NewObject(), r.rt.NewObject()
	if r.subject.References != nil {
		for _, ref := range r.subject.References() {
			_ = refs.Set(ref[0], ref[1])
		}
	}
	_ = node.Set("refMap", refs)
	_ = node.Set("data", r.views[1].value(r.subject.Root))
	_ = nodes.Set(r.subject.Name, node)
	r.nodes = nodes
	return nodes
}

// maxFindings bounds what one call may find.
const maxFindings = 100_000

// findings reads what a function returns: nothing, a list of findings, or the
// promise of one.
func (r *realm) findings(v goja.Value, file string) ([]Finding, error) {
	if o, ok := v.(*goja.Object); ok {
		if p, ok := promise(o); ok {
			switch p.State() {
			case goja.PromiseStateFulfilled:
				v = p.Result()
			case goja.PromiseStateRejected:
				return nil, &Error{File: file, Text: "the script rejected its promise: " + text(p.Result())}
			default:
				return nil, &Error{File: file, Text: "the promise of the function is never kept"}
			}
		}
	}
	if v == nil || goja.IsUndefined(v) || goja.IsNull(v) {
		return nil, nil
	}
	list, ok := v.(*goja.Object)
	if !ok || list.ClassName() != "Array" {
		return nil, &Error{File: file, Text: "a function returns a list of findings, {message, path}, or nothing"}
	}
	n := list.Get("length").ToInteger()
	if n > maxFindings {
		return nil, &Error{File: file, Text: "a function returns more than 100,000 findings"}
	}
	found := make([]Finding, 0, n)
	for i := range int(n) {
		o, ok := list.Get(strconv.Itoa(i)).(*goja.Object)
		if !ok {
			return nil, &Error{File: file, Text: "a function returns a list of findings, {message, path}, and one of them is something else"}
		}
		f := Finding{}
		if m := o.Get("message"); m != nil {
			f.Message = m.String()
		}
		if p := o.Get("path"); p != nil && !goja.IsUndefined(p) && !goja.IsNull(p) {
			f.Path, f.HasPath = r.names(p), true
		}
		found = append(found, f)
	}
	return found, nil
}

// maxPath bounds the path of a finding.
const maxPath = 10_000

// names reads a path.
func (r *realm) names(v goja.Value) []string {
	o, ok := v.(*goja.Object)
	if !ok {
		return []string{v.String()}
	}
	var list []string
	for i := range min(int(o.Get("length").ToInteger()), maxPath) {
		list = append(list, o.Get(strconv.Itoa(i)).String())
	}
	return list
}

func promise(o *goja.Object) (*goja.Promise, bool) {
	if o.ExportType() != reflect.TypeFor[*goja.Promise]() {
		return nil, false
	}
	p, ok := o.Export().(*goja.Promise)
	return p, ok
}
