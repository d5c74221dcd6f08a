package script

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"github.com/dop251/goja"

	"github.com/plumbapi/plumb/openapi"
)

// Subject is the document that functions look at.
type Subject struct {
	Name    string
	Root    *openapi.Node
	Formats []string
	// Follow is what a node stands for where references are followed. It must
	// make a finite tree: references in circles stay as they are.
	Follow func(*openapi.Node) *openapi.Node
	// References are the places of the references that Follow follows, and what
	// they name, as pointers behind #.
	References func() [][2]string
}

// realm is one runtime with the modules that it has loaded. It is for one
// goroutine at a time.
type realm struct {
	loader  *Loader
	subject Subject
	rt      *goja.Runtime

	exports   map[string]*goja.Object // the module object of each file
	builtins  map[string]goja.Value
	functions map[string]loaded // by file: the function, or all of a ruleset's
	views     [2]*view          // as written, references followed
	shown     map[*goja.Object]*openapi.Node
	contexts  map[string]*goja.Object

	words  map[*goja.Object]label  // functions, formats and rulesets with names
	asMade map[*goja.Object]string // rules with names, as JSON, before a script came to them
	own    *goja.Object

	inventory *goja.Object // what functions are told of the document
	nodes     goja.Value   // and of its references

	stop atomic.Bool // what runs is to end
	lost bool        // a call could not be ended; its goroutine has the runtime
}

// loaded are the functions of a module.
type loaded struct {
	functions []held
	err       error
}

// label is a name, and what it is the name of.
type label struct{ mark, name string }

// held is a function that a ruleset holds, and its options; nil where they are
// given as data.
type held struct {
	call    goja.Callable
	options goja.Value
}

func newRealm(l *Loader, s Subject) (*realm, error) {
	r := &realm{
		loader: l, subject: s, rt: goja.New(), exports: map[string]*goja.Object{},
		functions: map[string]loaded{}, contexts: map[string]*goja.Object{},
		shown: map[*goja.Object]*openapi.Node{}, builtins: map[string]goja.Value{}, words: map[*goja.Object]label{}, asMade: map[*goja.Object]string{},
	}
	r.rt.SetMaxCallStackSize(l.limits.Stack)
	r.rt.SetRandSource(func() float64 { return 0.5 })
	r.rt.SetTimeSource(func() time.Time { return time.Unix(0, 0).UTC() })
	r.views[0] = &view{realm: r, known: map[*openapi.Node]*goja.Object{}}
	r.views[1] = &view{realm: r, known: map[*openapi.Node]*goja.Object{}, follow: s.Follow}
	if err := r.guard(); err != nil {
		return nil, err
	}
	if err := r.match(); err != nil {
		return nil, err
	}
	return r, r.provide()
}

// errLost is the error of calls after one that could not be ended.
var errLost = errors.New("an earlier call of a function could not be ended, and no other is made for this document")

// grace is how long a call may take to notice that it is to end.
const grace = 2 * time.Second

// bounded runs f within the limits of a call. Where says what is called.
func (r *realm) bounded(ctx context.Context, where string, f func() (any, error)) (any, error) {
	if r.lost {
		return nil, errLost
	}
	type outcome struct {
		v   any
		err error
	}
	r.stop.Store(false)
	r.rt.ClearInterrupt()
	done := make(chan outcome, 1)
	go func() {
		var o outcome
		defer func() {
			if v := recover(); v != nil {
				o = outcome{err: r.failure(v, where)}
			}
			done <- o
		}()
		if o.v, o.err = f(); o.err != nil {
			o.err = r.failure(o.err, where)
		}
	}()
	w := newWatch(r.loader.limits)
	defer w.end()
	for {
		select {
		case o := <-done:
			return o.v, o.err
		case <-ctx.Done():
			return nil, r.halt(ctx.Err(), func() { <-done })
		case <-w.over.C:
			return nil, r.halt(fmt.Errorf("a script took longer than %s", r.loader.limits.Call), func() { <-done })
		case <-w.pace.C:
			if err := w.memory(); err != nil {
				return nil, r.halt(err, func() { <-done })
			}
		}
	}
}

// halt ends what runs, and waits until it has ended. What does not within the
// time of grace is left alone, with its runtime.
func (r *realm) halt(err error, wait func()) error {
	r.stop.Store(true)
	r.rt.Interrupt(err)
	ended := make(chan struct{})
	go func() { wait(); close(ended) }()
	timer := time.NewTimer(grace)
	defer timer.Stop()
	select {
	case <-ended:
	case <-timer.C:
		r.lost = true
	}
	return err
}

// failure is an error of a script as the package tells it.
func (r *realm) failure(v any, where string) error {
	err, ok := v.(error)
	if !ok {
		return &Error{File: where, Text: fmt.Sprintf("the script ended abnormally: %v", v)}
	}
	var own *Error
	var thrown *goja.Exception
	var over *goja.StackOverflowError
	var interrupted *goja.InterruptedError
	switch {
	case errors.As(err, &own):
		return own
	case errors.As(err, &interrupted):
		if cause, ok := interrupted.Value().(error); ok {
			return cause
		}
		return err
	case errors.As(err, &over):
		e := at(over.Stack(), where)
		e.Text = fmt.Sprintf("calls go more than %d deep", r.loader.limits.Stack)
		return e
	case errors.As(err, &thrown):
		e := at(thrown.Stack(), where)
		e.Text = "the script threw " + text(thrown.Value())
		if cause := thrown.Unwrap(); cause != nil && errors.As(cause, &own) {
			return own
		}
		return e
	}
	return &Error{File: where, Text: err.Error()}
}

// maxThrown bounds how much of what was thrown is told.
const maxThrown = 200

// text is what was thrown, in one line.
func text(v goja.Value) string {
	s := "something without a text"
	if o, ok := v.(*goja.Object); ok {
		if m := o.Get("message"); m != nil {
			s = m.String()
			if name := o.Get("name"); name != nil && s != "" {
				s = name.String() + ": " + s
			}
		}
	} else if v != nil {
		s = v.String()
	}
	s, _, _ = strings.Cut(s, "\n")
	if len(s) > maxThrown {
		s = strings.ToValidUTF8(s[:maxThrown], "") + "…"
	}
	return s
}

// at is the first place of a stack that is in a file.
func at(stack []goja.StackFrame, where string) *Error {
	for i := range stack {
		if p := stack[i].Position(); p.Line > 0 && p.Filename != "" && p.Filename != "<native>" && p.Filename != guardFile {
			column := p.Column
			if p.Line == 1 {
				column = max(column-len(head), 1)
			}
			return &Error{File: stack[i].SrcName(), Line: p.Line, Column: column}
		}
	}
	return &Error{File: where}
}
