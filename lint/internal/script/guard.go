package script

import (
	_ "embed"
	"errors"
	"sync"

	"github.com/dop251/goja"
)

//go:embed guard.js
var guardSource string

var guardProgram = sync.OnceValues(func() (*goja.Program, error) { return own(guardSource) })

// What one builtin may make.
const (
	maxString = 16 << 20 // UTF-16 units
	maxList   = 2 << 20  // elements
	maxNested = 2000
)

// guard takes from a realm what scripts must not have, and bounds what one
// builtin can make at once.
func (r *realm) guard() error {
	program, err := guardProgram()
	if err != nil {
		return err
	}
	v, err := r.rt.RunProgram(program)
	if err != nil {
		return err
	}
	call, ok := goja.AssertFunction(v)
	if !ok {
		return errors.New("the guard is no function")
	}
	limits := r.rt.NewObject()
	for name, n := range map[string]int{"maxString": maxString, "maxList": maxList, "maxDepth": maxNested} {
		_ = limits.Set(name, n)
	}
	stopped := func(goja.FunctionCall) goja.Value {
		if r.stop.Load() {
			r.throw(errStopped)
		}
		return goja.Undefined()
	}
	measured := func(c goja.FunctionCall) goja.Value {
		deep, values := measure(c.Argument(0).String())
		return r.rt.NewArray(deep, values)
	}
	_, err = call(goja.Undefined(), limits, r.rt.ToValue(stopped), r.rt.ToValue(measured))
	return err
}

// measure says how deep a text nests that may be JSON, and how many values it has,
// both at most: it counts signs wherever they are.
func measure(text string) (deep, values int) {
	depth := 0
	for i := range len(text) {
		switch text[i] {
		case '[', '{':
			values++
			depth++
			deep = max(deep, depth)
		case ']', '}':
			depth--
		case ',':
			values++
		}
	}
	return deep, values
}
