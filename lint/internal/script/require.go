package script

import (
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/dop251/goja"

	"github.com/plumbapi/plumb/openapi"
)

// maxModules bounds how many modules one realm loads.
const maxModules = 5000

// require returns what a file exports, and runs it where that has not been done.
func (r *realm) require(file string) (goja.Value, error) {
	if m := r.exports[file]; m != nil {
		return m.Get("exports"), nil
	}
	if len(r.exports) >= maxModules {
		return nil, &Error{File: file, Text: fmt.Sprintf("more than %d modules are required", maxModules)}
	}
	m, err := r.loader.module(file)
	if err != nil {
		return nil, err
	}
	if m.program == nil {
		n, err := openapi.ParseTree(file, m.data)
		if err != nil {
			return nil, &Error{File: file, Text: err.Error()}
		}
		made := r.rt.NewObject()
		_ = made.Set("exports", r.data(n))
		r.exports[file] = made
		return made.Get("exports"), nil
	}
	wrapped, err := r.rt.RunProgram(m.program)
	if err != nil {
		return nil, err
	}
	call, ok := goja.AssertFunction(wrapped)
	if !ok {
		return nil, &Error{File: file, Text: "the module closes the function that it is wrapped in"}
	}
	made, exports := r.rt.NewObject(), r.rt.NewObject()
	require := r.rt.ToValue(func(c goja.FunctionCall) goja.Value { return r.required(file, c.Argument(0).String()) })
	for name, v := range map[string]any{"exports": exports, "id": file, "filename": "/" + file, "loaded": true} {
		_ = made.Set(name, v)
	}
	r.exports[file] = made
	if _, err := call(exports, exports, require, made, r.rt.ToValue("/"+file), r.rt.ToValue("/"+path.Dir(file))); err != nil {
		delete(r.exports, file)
		return nil, err
	}
	return made.Get("exports"), nil
}

// required is what require of a module returns. It throws.
func (r *realm) required(from, name string) goja.Value {
	name = strings.TrimPrefix(name, "node:")
	if v := r.builtins[name]; v != nil {
		return v
	}
	if make := provided[name]; make != nil {
		v := make(r)
		r.builtins[name] = v
		return v
	}
	if refused[name] {
		r.throwType("a ruleset has no module %q: it reads no files, reaches no network and starts no process", name)
	}
	file, err := r.loader.Resolve(from, name)
	if err == nil {
		var v goja.Value
		if v, err = r.require(file); err == nil {
			return v
		}
	}
	var ours *Error
	var thrown *goja.Exception
	var ended *goja.InterruptedError
	if errors.As(err, &ours) || errors.As(err, &thrown) || errors.As(err, &ended) {
		r.throw(err)
	}
	r.throwType("%s", err.Error())
	return nil
}

// function is one function of a module, which is loaded first.
func (r *realm) function(f *Function) (held, error) {
	l, ok := r.functions[f.file]
	if !ok {
		l = r.load(f)
		r.functions[f.file] = l
	}
	if l.err != nil {
		return held{}, l.err
	}
	if f.index >= len(l.functions) {
		return held{}, &Error{File: f.file, Text: "the ruleset is another one when it is run again"}
	}
	return l.functions[f.index], nil
}

func (r *realm) load(f *Function) loaded {
	v, err := r.require(f.file)
	if err != nil {
		return loaded{err: r.failure(err, f.file)}
	}
	if f.ruled {
		_, functions, err := r.rulesetText(exported(v))
		return loaded{functions, err}
	}
	call, ok := goja.AssertFunction(exported(v))
	if !ok {
		return loaded{err: &Error{File: f.file, Text: "the module exports no function: a function is its default export, or module.exports"}}
	}
	return loaded{functions: []held{{call: call}}}
}
