package script

import (
	"github.com/dop251/goja"

	"github.com/plumbapi/plumb/lint/internal/ecma"
	"github.com/plumbapi/plumb/lint/internal/regex"
)

// matcher runs the regular expressions of scripts. The engine's own backtrack for
// as long as it takes, cannot be interrupted, and a limit of time, which only all
// expressions of the process can be given, would be taken for no match. So
// RegExp.prototype.exec and test are these, and all else that matches, such as
// split and replace, is by the language made of exec.
type matcher struct {
	realm *realm
	known map[[2]string]*compiled

	// The text of the last match: those that follow are often about it too.
	last  goja.String
	units [2][]rune // UTF-16 units, and code points
	text  string
}

type compiled struct {
	re             *ecma.Regexp
	names          []string
	global, sticky bool
	full           bool // counts in code points
	err            error
}

// maxKnown bounds how many expressions a matcher remembers.
const maxKnown = 1000

// match puts the bounded functions in place.
func (r *realm) match() error {
	m := &matcher{realm: r, known: map[[2]string]*compiled{}}
	proto := r.rt.Get("RegExp").ToObject(r.rt).Get("prototype").ToObject(r.rt)
	for name, f := range map[string]func(goja.FunctionCall) goja.Value{"exec": m.exec, "test": m.test} {
		v := r.rt.ToValue(f).ToObject(r.rt)
		if err := v.DefineDataProperty("name", r.rt.ToValue(name), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE); err != nil {
			return err
		}
		if err := proto.DefineDataProperty(name, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE); err != nil {
			return err
		}
	}
	return proto.Delete("compile") // it would change what is known of an object
}

func (m *matcher) test(c goja.FunctionCall) goja.Value {
	_, _, at := m.run(c)
	return m.realm.rt.ToValue(at != nil)
}

func (m *matcher) exec(c goja.FunctionCall) goja.Value {
	how, text, at := m.run(c)
	if at == nil {
		return goja.Null()
	}
	rt := m.realm.rt
	items := make([]any, len(at)/2)
	var groups *goja.Object
	for i := range items {
		items[i] = goja.Undefined()
		if at[2*i] >= 0 && at[2*i+1] >= at[2*i] {
			items[i] = text.Substring(at[2*i], at[2*i+1])
		}
		if how.names[i] != "" {
			if groups == nil {
				groups = rt.CreateObject(nil)
			}
			_ = groups.Set(how.names[i], items[i])
		}
	}
	result := rt.NewArray(items...)
	_ = result.Set("index", at[0])
	_ = result.Set("input", text)
	_ = result.Set("groups", goja.Undefined())
	if groups != nil {
		_ = result.Set("groups", groups)
	}
	return result
}

// run finds the next match of what exec or test is called on, in UTF-16 units.
func (m *matcher) run(c goja.FunctionCall) (*compiled, goja.String, []int) {
	r := m.realm
	if r.stop.Load() {
		r.throw(errStopped)
	}
	o, ok := c.This.(*goja.Object)
	if !ok || o.ClassName() != "RegExp" {
		r.throwType("exec and test are methods of regular expressions")
	}
	text, ok := c.Argument(0).ToString().(goja.String)
	if !ok {
		r.throwType("exec and test look at texts")
	}
	how := m.compiled(o.Get("source").String(), o.Get("flags").String())
	r.throw(how.err)
	start := 0
	if how.global || how.sticky {
		from := o.Get("lastIndex").ToInteger()
		if from < 0 || from > int64(text.Length()) {
			r.throw(o.Set("lastIndex", 0))
			return how, text, nil
		}
		start = int(from)
	}
	at, err := m.find(how, text, start)
	r.throw(err)
	if how.global || how.sticky {
		next := 0
		if at != nil {
			next = at[1]
		}
		r.throw(o.Set("lastIndex", next))
	}
	return how, text, at
}

func (m *matcher) compiled(source, flags string) *compiled {
	k := [2]string{source, flags}
	how := m.known[k]
	if how != nil {
		return how
	}
	how = &compiled{}
	how.re, how.err = ecma.CompileSticky(source, flags)
	for _, f := range flags {
		switch f {
		case 'g':
			how.global = true
		case 'y':
			how.sticky = true
		case 'u', 'v':
			how.full = true
		}
	}
	if how.err == nil {
		how.names, how.err = how.re.Names()
	}
	if len(m.known) >= maxKnown {
		clear(m.known)
	}
	m.known[k] = how
	return how
}

// find runs an expression over a text from a place on.
func (m *matcher) find(how *compiled, text goja.String, start int) ([]int, error) {
	if m.last == nil || !m.last.SameAs(text) {
		m.last, m.units, m.text = text, [2][]rune{}, text.String()
	}
	if m.units[0] == nil {
		m.units[0] = make([]rune, text.Length())
		for i := range m.units[0] {
			m.units[0][i] = rune(text.CharAt(i))
		}
	}
	units := m.units[0]
	if !how.full {
		return how.re.Places(m.text, units, start)
	}
	if m.units[1] == nil {
		m.units[1] = regex.Units(regex.String(units), true)
	}
	points := m.units[1]
	if len(points) == len(units) {
		return how.re.Places(m.text, points, start)
	}
	// Places in code points are others than places in units.
	places, from, n := make([]int, 0, len(points)+1), len(points), 0
	for i, r := range points {
		places = append(places, n)
		if from == len(points) && n >= start {
			from = i
		}
		if n++; r > 0xFFFF {
			n++
		}
	}
	places = append(places, n)
	at, err := how.re.Places(m.text, points, from)
	for i, p := range at {
		if p >= 0 {
			at[i] = places[p]
		}
	}
	return at, err
}
