package script

import (
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/dop251/goja"

	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/jsonschema"
)

// refused are modules of Node.js that rulesets do not have.
var refused = setOf("fs", "fs/promises", "child_process", "net", "http", "https", "http2", "dns", "dgram", "tls",
	"cluster", "worker_threads", "vm", "module", "inspector", "repl", "v8", "process", "async_hooks")

func setOf(names ...string) map[string]bool {
	set := map[string]bool{}
	for _, n := range names {
		set[n] = true
	}
	return set
}

// provided are the modules that are made here.
var provided = map[string]func(*realm) goja.Value{
	"@stoplight/spectral-functions": (*realm).coreFunctions,
	"@stoplight/spectral-formats":   (*realm).formats,
	"@stoplight/spectral-rulesets":  (*realm).rulesets,
	"@stoplight/spectral-core":      (*realm).core,
	"@stoplight/types":              (*realm).types,
	"path":                          (*realm).path,
	"path/posix":                    (*realm).path,
	"util":                          (*realm).util,
	"os":                            (*realm).os,
	"tty":                           (*realm).tty,
}

// Words under which functions and rulesets are known that JSON has no words for.
const (
	markFunction = "plumb:function"
	markFormat   = "plumb:format"
	markRuleset  = "plumb:ruleset"
	markRule     = "plumb:rule"
)

// named makes a function that is known by a word.
func (r *realm) named(mark, name string, f func(goja.FunctionCall) goja.Value) *goja.Object {
	o := r.rt.ToValue(f).ToObject(r.rt)
	_ = o.DefineDataProperty("name", r.rt.ToValue(name), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
	r.words[o] = label{mark, name}
	return o
}

func (r *realm) coreFunctions() goja.Value {
	out := r.rt.NewObject()
	for _, name := range r.loader.host.Functions {
		_ = out.Set(name, r.named(markFunction, name, func(c goja.FunctionCall) goja.Value {
			value, err := r.node(c.Argument(0))
			if err != nil {
				r.throw(err)
			}
			var options *openapi.Node
			if o := c.Argument(1); !goja.IsNull(o) {
				if options, err = r.node(o); err != nil {
					r.throw(err)
				}
			}
			found, err := r.loader.host.Function(name, value, options)
			if err != nil {
				r.throwType("%s", err.Error())
			}
			if len(found) == 0 {
				return goja.Undefined()
			}
			return r.found(found, c.Argument(2))
		}))
	}
	return out
}

// found are findings as scripts have them: with a path where it is another than
// that of the context.
func (r *realm) found(list []Finding, context goja.Value) goja.Value {
	var base []any
	if o, ok := context.(*goja.Object); ok {
		if p, ok := o.Get("path").(*goja.Object); ok {
			_ = r.rt.ExportTo(p, &base)
		}
	}
	var items []any
	for _, f := range list {
		o := r.rt.NewObject()
		_ = o.Set("message", f.Message)
		if len(f.Path) > 0 {
			p := slices.Clone(base)
			for _, name := range f.Path {
				p = append(p, name)
			}
			_ = o.Set("path", r.rt.NewArray(p...))
		}
		items = append(items, o)
	}
	return r.rt.NewArray(items...)
}

func (r *realm) formats() goja.Value {
	out := r.rt.NewObject()
	for _, name := range r.loader.host.Formats {
		f := r.named(markFormat, name, func(goja.FunctionCall) goja.Value {
			return r.rt.ToValue(slices.Contains(r.subject.Formats, name))
		})
		_ = f.Set("displayName", name)
		_ = out.Set(camel(name), f)
		_ = out.Set(name, f)
	}
	return out
}

// camel is a name of a format as the module exports it: json-schema-draft-4 as
// jsonSchemaDraft4.
func camel(name string) string {
	parts := strings.Split(name, "-")
	for i, p := range parts[1:] {
		parts[i+1] = strings.ToUpper(p[:1]) + p[1:]
	}
	return strings.Join(parts, "")
}

func (r *realm) rulesets() goja.Value {
	out := r.rt.NewObject()
	for _, name := range slices.Sorted(maps.Keys(r.loader.host.Rulesets)) {
		n, err := openapi.ParseTree(name, r.loader.host.Rulesets[name]())
		if err != nil {
			r.throw(err)
		}
		set := r.data(n).ToObject(r.rt)
		rules := set.Get("rules").ToObject(r.rt)
		for _, rule := range rules.Keys() {
			o := rules.Get(rule).ToObject(r.rt)
			text, err := r.json(o)
			if err != nil {
				r.throw(err)
			}
			r.words[o] = label{markRule, rule}
			r.asMade[o] = string(text)
		}
		r.words[set] = label{markRuleset, name}
		_ = out.Set(strings.TrimPrefix(name, "spectral:"), set)
	}
	return out
}

// core is the module @stoplight/spectral-core: what functions are made with.
func (r *realm) core() goja.Value {
	out := r.rt.NewObject()
	_ = out.Set("createRulesetFunction", func(c goja.FunctionCall) goja.Value {
		call, ok := goja.AssertFunction(c.Argument(1))
		if !ok {
			r.throwType("createRulesetFunction needs a function")
		}
		definition := c.Argument(0).ToObject(r.rt)
		input, options := r.schema(definition.Get("input")), r.schema(definition.Get("options"))
		strict := definition.Get("errorOnInvalidInput")
		made := r.rt.ToValue(func(c goja.FunctionCall) goja.Value {
			if ok, _ := r.valid(input, c.Argument(0)); !ok {
				if strict != nil && strict.ToBoolean() {
					return r.found([]Finding{{Message: "invalid input"}}, goja.Undefined())
				}
				return goja.Undefined()
			}
			if o := c.Argument(1); !goja.IsUndefined(o) && !goja.IsNull(o) {
				if ok, why := r.valid(options, o); !ok {
					r.throwType("the options of the function are wrong: %s", why)
				}
			}
			v, err := call(c.This, c.Arguments...)
			r.throw(err)
			return v
		}).ToObject(r.rt)
		if name := c.Argument(1).ToObject(r.rt).Get("name"); name != nil {
			_ = made.DefineDataProperty("name", name, goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
		}
		return made
	})
	return out
}

// schema compiles a schema of a script; nil for one that allows anything.
func (r *realm) schema(v goja.Value) *jsonschema.Schema {
	if v == nil || goja.IsUndefined(v) || goja.IsNull(v) {
		return nil
	}
	n, err := r.node(v)
	if err != nil {
		r.throw(err)
	}
	return jsonschema.NewCompiler(jsonschema.Draft07, jsonschema.Options{}).Compile(n)
}

// valid reports whether a value is as a schema says, and why not.
func (r *realm) valid(s *jsonschema.Schema, v goja.Value) (ok bool, why string) {
	if s == nil {
		return true, ""
	}
	n, err := r.node(v)
	if err != nil || n == nil {
		return false, "there is no value"
	}
	errs, err := s.Validate(n, jsonschema.Mode{})
	if err != nil {
		return false, err.Error()
	}
	if len(errs) > 0 {
		return false, errs[0].Message()
	}
	return true, ""
}

// types is the module @stoplight/types: the numbers of severities.
func (r *realm) types() goja.Value {
	out, s := r.rt.NewObject(), r.rt.NewObject()
	for i, name := range []string{"Error", "Warning", "Information", "Hint"} {
		_ = s.Set(name, i)
		_ = s.Set(string(rune('0'+i)), name)
	}
	_ = out.Set("DiagnosticSeverity", s)
	return out
}

// path is the part of Node's path that looks at texts only.
func (r *realm) path() goja.Value {
	out := r.rt.NewObject()
	join := func(c goja.FunctionCall) string {
		var parts []string
		for _, a := range c.Arguments {
			parts = append(parts, a.String())
		}
		return path.Join(parts...)
	}
	for name, f := range map[string]func(goja.FunctionCall) any{
		"join":      func(c goja.FunctionCall) any { return join(c) },
		"resolve":   func(c goja.FunctionCall) any { return path.Join("/", join(c)) },
		"normalize": func(c goja.FunctionCall) any { return path.Clean(c.Argument(0).String()) },
		"dirname":   func(c goja.FunctionCall) any { return path.Dir(c.Argument(0).String()) },
		"extname":   func(c goja.FunctionCall) any { return path.Ext(c.Argument(0).String()) },
		"basename": func(c goja.FunctionCall) any {
			base := path.Base(c.Argument(0).String())
			if suffix := c.Argument(1); !goja.IsUndefined(suffix) {
				base = strings.TrimSuffix(base, suffix.String())
			}
			return base
		},
		"isAbsolute": func(c goja.FunctionCall) any { return path.IsAbs(c.Argument(0).String()) },
	} {
		_ = out.Set(name, func(c goja.FunctionCall) goja.Value { return r.rt.ToValue(f(c)) })
	}
	_ = out.Set("sep", "/")
	_ = out.Set("delimiter", ":")
	_ = out.Set("posix", out)
	return out
}

func (r *realm) util() goja.Value { return r.trusted("util") }

func (r *realm) os() goja.Value { return r.trusted("os") }

func (r *realm) tty() goja.Value { return r.trusted("tty") }
