package script

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"strconv"

	"github.com/dop251/goja"
)

// What a value may be as a text: a ruleset, options, what a schema looks at.
const (
	maxText  = 16 << 20
	maxDepth = 500
)

// word is the word under which a ruleset's function stands in its JSON.
func word(i int) string { return "\x00function " + strconv.Itoa(i) }

// writer writes values of a script as JSON.
type writer struct {
	realm *realm
	out   bytes.Buffer
	// ruleset says that functions and rulesets with names become words, and
	// others are held.
	ruleset bool
	// formats says that formats are written as their names, though it is no
	// ruleset.
	formats bool
	held    []held
	at      []string
}

// rulesetText is a ruleset as JSON, and the functions that it holds.
func (r *realm) rulesetText(v goja.Value) ([]byte, []held, error) {
	o, ok := v.(*goja.Object)
	if !ok || r.words[o].name != "" || isFunction(o) {
		return nil, nil, fmt.Errorf("the module exports no ruleset: a ruleset is its default export, or module.exports")
	}
	w := &writer{realm: r, ruleset: true}
	if err := w.value(v); err != nil {
		return nil, nil, err
	}
	return w.out.Bytes(), w.held, nil
}

// json is a value as JSON.
func (r *realm) json(v goja.Value) ([]byte, error) {
	w := &writer{realm: r}
	err := w.value(v)
	return w.out.Bytes(), err
}

func isFunction(v goja.Value) bool {
	_, ok := goja.AssertFunction(v)
	return ok
}

func (w *writer) value(v goja.Value) error {
	switch {
	case len(w.at) > maxDepth:
		return fmt.Errorf("a value nests more than %d deep, or holds itself: at %s", maxDepth, w.place())
	case w.out.Len() > maxText:
		return fmt.Errorf("a value has more than %d MB", maxText>>20)
	case w.realm.stop.Load():
		return errStopped
	case v == nil || goja.IsUndefined(v) || goja.IsNull(v):
		w.out.WriteString("null")
		return nil
	}
	o, ok := v.(*goja.Object)
	if !ok {
		return w.scalar(v)
	}
	if l := w.realm.words[o]; w.ruleset && l.name != "" {
		switch l.mark {
		case markRuleset:
			return w.known(o, l.name)
		case markRule:
			if !w.changed(o) {
				return w.text(RuleWord + l.name)
			}
		default:
			return w.text(l.name)
		}
	}
	if l := w.realm.words[o]; w.formats && l.mark == markFormat {
		return w.text(l.name)
	}
	switch o.ClassName() {
	case "Function":
		return w.function(o, nil)
	case "RegExp":
		return w.text(o.String())
	case "Array":
		return w.array(o)
	case "Set":
		return w.array(w.realm.rt.ToValue(w.elements(o)).ToObject(w.realm.rt))
	}
	return w.object(o)
}

// RuleWord begins the word for a rule of a ruleset with a name, as it is there.
const RuleWord = "\x00rule "

// changed reports whether a script has changed a rule with a name.
func (w *writer) changed(o *goja.Object) bool {
	plain := &writer{realm: w.realm, formats: true}
	return plain.value(o) != nil || plain.out.String() != w.realm.asMade[o]
}

// known writes a ruleset with a name: the name, or where a script has changed
// rules of it, a ruleset that extends it.
func (w *writer) known(o *goja.Object, name string) error {
	rules, ok := o.Get("rules").(*goja.Object)
	if !ok {
		return w.text(name)
	}
	var changed []string
	for _, rule := range rules.Keys() {
		if r, ok := rules.Get(rule).(*goja.Object); !ok || w.realm.asMade[r] == "" || w.changed(r) {
			changed = append(changed, rule)
		}
	}
	if len(changed) == 0 {
		return w.text(name)
	}
	w.out.WriteString(`{"extends":[`)
	if err := w.text(name); err != nil {
		return err
	}
	w.out.WriteString(`],"rules":{`)
	for i, rule := range changed {
		if i > 0 {
			w.out.WriteByte(',')
		}
		if err := w.text(rule); err != nil {
			return err
		}
		w.out.WriteByte(':')
		if err := w.below(rule, rules.Get(rule)); err != nil {
			return err
		}
	}
	w.out.WriteString("}}")
	return nil
}

func (w *writer) elements(set *goja.Object) []any {
	var list []any
	w.realm.rt.ForOf(set, func(v goja.Value) bool {
		list = append(list, v)
		return len(list) < maxText
	})
	return list
}

func (w *writer) scalar(v goja.Value) error {
	switch x := v.Export().(type) {
	case bool, int64:
		fmt.Fprint(&w.out, x)
	case float64:
		if math.IsNaN(x) || math.IsInf(x, 0) {
			w.out.WriteString("null")
			return nil
		}
		w.out.WriteString(strconv.FormatFloat(x, 'g', -1, 64))
	default:
		return w.text(v.String())
	}
	return nil
}

func (w *writer) text(s string) error {
	text, err := json.Marshal(s)
	if err != nil {
		return err
	}
	w.out.Write(text)
	return nil
}

// function holds a function, and writes its word.
func (w *writer) function(o *goja.Object, options goja.Value) error {
	call, ok := goja.AssertFunction(o)
	if !w.ruleset || !ok {
		w.out.WriteString("null")
		return nil
	}
	w.held = append(w.held, held{call, options})
	return w.text(word(len(w.held) - 1))
}

func (w *writer) array(o *goja.Object) error {
	n := int(o.Get("length").ToInteger())
	if n < 0 || n > maxText/2 {
		return fmt.Errorf("a list has %d elements: at %s", n, w.place())
	}
	w.out.WriteByte('[')
	for i := range n {
		if i > 0 {
			w.out.WriteByte(',')
		}
		if err := w.below(strconv.Itoa(i), o.Get(strconv.Itoa(i))); err != nil {
			return err
		}
	}
	w.out.WriteByte(']')
	return nil
}

func (w *writer) object(o *goja.Object) error {
	w.out.WriteByte('{')
	first := true
	for _, key := range o.Keys() {
		v := o.Get(key)
		if v == nil || goja.IsUndefined(v) || !w.ruleset && isFunction(v) {
			continue
		}
		if !first {
			w.out.WriteByte(',')
		}
		first = false
		if err := w.text(key); err != nil {
			return err
		}
		w.out.WriteByte(':')
		f, ok := v.(*goja.Object)
		if w.ruleset && key == "function" && ok && isFunction(f) && w.realm.words[f].name == "" {
			if err := w.function(f, o.Get("functionOptions")); err != nil {
				return err
			}
			continue
		}
		if err := w.below(key, v); err != nil {
			return err
		}
	}
	w.out.WriteByte('}')
	return nil
}

func (w *writer) below(name string, v goja.Value) error {
	w.at = append(w.at, name)
	err := w.value(v)
	w.at = w.at[:len(w.at)-1]
	return err
}

// place is where the writer is, the first names of it.
func (w *writer) place() string {
	s := ""
	for i, name := range w.at {
		if i == 8 {
			return s + "/…"
		}
		s += "/" + name
	}
	return s
}
