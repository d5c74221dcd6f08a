package script_test

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/lint/internal/script"
	"github.com/plumbapi/plumb/openapi"
)

var host = script.Host{
	Functions: []string{"truthy"},
	Function: func(_ string, value, _ *openapi.Node) ([]script.Finding, error) {
		if value == nil {
			return []script.Finding{{Message: "must be truthy"}}, nil
		}
		return nil, nil
	},
	Formats:  []string{"oas3"},
	Rulesets: map[string]func() []byte{"spectral:oas": func() []byte { return []byte(`{"rules":{"a":{"severity":0}}}`) }},
}

func limits(call time.Duration) script.Limits {
	return script.Limits{Call: call, Run: time.Minute, Memory: 300 << 20, Stack: 1000}
}

// calls runs a module's function over a document.
func calls(t *testing.T, call time.Duration, files fstest.MapFS) ([]script.Finding, error) {
	t.Helper()
	l := script.NewLoader(files, host, limits(call))
	f, err := l.Function(t.Context(), "f.js")
	if err != nil {
		return nil, err
	}
	root, err := openapi.ParseTree("api.yaml", []byte("info: {title: shop, n: [1, 2.5, true, null]}\n\"10\": a\n\"9\": b\n"))
	if err != nil {
		t.Fatal(err)
	}
	s := l.NewSession(script.Subject{Name: "api.yaml", Root: root, Formats: []string{"oas3"}})
	return s.Call(t.Context(), f, script.Call{Value: root, Path: []string{"info", "n", "1"}, Rule: script.Rule{Name: "r"}})
}

func TestFunctions(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, source, want string }{
		{"CommonJS", `module.exports = v => [{message: v.info.title}]`, "shop"},
		{"an ES module", `export default (v) => [{message: v.info.title}]`, "shop"},
		{"keys that are indexes come first", `module.exports = v => [{message: Object.keys(v).join()}]`, "9,10,info"},
		{"a document as JSON", `module.exports = v => [{message: JSON.stringify(v.info)}]`, `{"title":"shop","n":[1,2.5,true,null]}`},
		{"lists", `module.exports = v => [{message: Array.isArray(v.info.n) + "," + [...v.info.n].length + v.info.n.map(x => typeof x)}]`, "true,4number,number,boolean,object"},
		{"the same value is the same object", `module.exports = (v, _, c) => [{message: String(v.info === c.document.data.info)}]`, "true"},
		{"the path has numbers", `module.exports = (v, _, c) => [{message: c.path.map(p => typeof p).join() + c.rule.name}]`, "string,string,numberr"},
		{"a document cannot be changed", `module.exports = v => { v.info.title = "x"; delete v.info.n; return [{message: v.info.title + v.info.n.length}] }`, "shop4"},
		{"no clock and no luck", `module.exports = () => [{message: Math.random() + new Date().toISOString()}]`, "0.51970-01-01T00:00:00.000Z"},
		{"core functions", `const {truthy} = require("@stoplight/spectral-functions"); module.exports = () => truthy(undefined)`, "must be truthy"},
		{"functions with schemas", `import {createRulesetFunction} from "@stoplight/spectral-core"; export default createRulesetFunction({input: {type: "object"}, options: null}, v => [{message: "called"}])`, "called"},
		{"formats", `const {oas3} = require("@stoplight/spectral-formats"); module.exports = (v, _, c) => [{message: String(c.document.formats.has(oas3) && oas3())}]`, "true"},
		{"a promise", `module.exports = async v => [{message: await v.info.title}]`, "shop"},
		{"addresses", `module.exports = () => [{message: new URL("/v1?a=1", "https://example.com/x").pathname}]`, "/v1"},
		{"expressions find", `module.exports = () => [{message: JSON.stringify([/(\d+)-(x)?/.exec("ab 12-"), "a1b22".match(/\d+/g), "a,b;c".split(/[,;]/), "aXbX".replace(/x/gi, m => m + "!"), "abc".search(/c/), /^(?=a)(a+)+$/.test("a".repeat(40) + "!")])}]`, `[["12-","12",null],["1","22"],["a","b","c"],"aX!bX!",2,false]`},
		{"expressions with names", `module.exports = () => { const m = /(?<y>\d{4})-(?<m>\d\d)/u.exec("😀2026-11"); return [{message: m.index + m.groups.y + m.groups.m + "2026-11".replace(/(?<y>\d+)-(\d+)/, "$2/$<y>")}] }`, "2202611" + "11/2026"},
		{"expressions go on", `module.exports = () => { const re = /a(.)/g, all = []; let m; while ((m = re.exec("abacad"))) all.push(m[1] + re.lastIndex); const y = /b/y; y.lastIndex = 1; return [{message: all.join() + y.test("ab") + y.lastIndex + [..."x1y2".matchAll(/\d/g)].length}] }`, "b2,c4,d6true22"},
		{"sums and templates", "module.exports = v => { let s = 1; s += 2; s += v.info.title; const o = {n: 1, ...{m: 2}}; return [{message: `${s}-${o.n + o.m}` + `${1}${null}${[2, 3]}` + String.raw`a\\n${4}` + (() => `x` + s)()}] }", `3shop-31null2,3a\n4x3shop`},
		{"what a set holds", `module.exports = () => [{message: String(new Set([1, 1, 2]).size + [[1, [2]]].flat(2).length + (new Map([[1, 2]]) instanceof Map))}]`, "5"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := calls(t, time.Minute, fstest.MapFS{"f.js": {Data: []byte(tt.source)}})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]script.Finding{{Message: tt.want}}, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// What scripts of somebody else try ends in an error.
func TestHostile(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, source, want string }{
		{"loops for ever", `module.exports = () => { for (;;); }`, "took longer than"},
		{"loops when it is loaded", `for (;;); module.exports = () => {}`, "took longer than"},
		{"doubles a text", `module.exports = () => { let s = "ab"; for (;;) s += s; }`, "a text is larger than a script may make it"},
		{"doubles a text by itself", `module.exports = () => { let s = "ab"; for (;;) s = s + s; }`, "a text is larger than a script may make it"},
		{"doubles a member", `module.exports = () => { const o = {s: "ab"}; for (let i = 0; ; i++) o[["s"][i - i]] += o.s; }`, "a text is larger than a script may make it"},
		{"doubles a text in an ES module", `export default () => { let s = "ab"; for (;;) s = [(() => s + s)()][0]; }`, "a text is larger than a script may make it"},
		{"a template of long texts", "module.exports = () => { const s = 'x'.repeat(1e7); return `" + strings.Repeat("${s}", 1000) + "` }", "a text is larger than a script may make it"},
		{"a short template of long texts", "module.exports = () => { let s = 'x'; for (;;) s = `${s}-${s}` }", "a text is larger than a script may make it"},
		{"a text with many values", `module.exports = () => JSON.parse("[" + "[],".repeat(4e6) + "0]")`, "a value is larger than a script may make it"},
		{"keys of a long text", `module.exports = () => Object.keys("x".repeat(1e7))`, "a list is larger than a script may make it"},
		{"a long text as members", `module.exports = () => ({..."x".repeat(1e7)})`, "a list is larger than a script may make it"},
		{"a long text as a list", `module.exports = () => [..."x".repeat(1e7)]`, "a list is larger than a script may make it"},
		{"raw texts without end", `module.exports = () => String.raw({raw: {length: 1e9}})`, "a list is larger than a script may make it"},
		{"a shared value as JSON", `module.exports = () => { let o = "x".repeat(1e6); for (let i = 0; i < 20; i++) o = [o, o]; return JSON.stringify(o) }`, "larger than a script may make it"},
		{"a list filled", `module.exports = () => Array(1e9).fill(0)`, "a list is larger than a script may make it"},
		{"a list-like thing filled", `module.exports = () => Array.prototype.fill.call({length: 2 ** 40}, 0)`, "a list is larger than a script may make it"},
		{"a buffer", `module.exports = () => new ArrayBuffer(2 ** 33)`, "ArrayBuffer is not defined"},
		{"names that mean something else", `module.exports = function (o) { with ({}) { return o } }`, "a statement with"},
		{"the hidden functions replaced", `"use strict"; globalThis["plumb:sum"] = s => s; module.exports = () => []`, "TypeError"},
		{"keeps lists", `module.exports = () => { const a = []; for (;;) a.push(new Array(1000).fill(1)); }`, "a script took "},
		{"calls itself", `module.exports = function f() { return f() + 1 }`, "calls go more than 1000 deep"},
		{"a text that is too long", `module.exports = () => "x".repeat(1e9)`, "larger than a script may make it"},
		{"a list that is too long", `module.exports = () => Array.from({length: 1e9})`, "larger than a script may make it"},
		{"a list by its constructor", `module.exports = () => [].constructor(4e9).fill(0)`, "larger than a script may make it"},
		{"a long list joined", `module.exports = () => new Array(2e6).join("x".repeat(1e6))`, "larger than a script may make it"},
		{"a value that holds itself often", `module.exports = () => { let o = {}; for (let i = 0; i < 60; i++) o = [o, o]; return JSON.stringify(o) }`, ""},
		{"a list that holds itself often", `module.exports = () => { let o = [1]; for (let i = 0; i < 60; i++) o = [o, o]; return String(o) }`, ""},
		{"an iterator that never ends", `module.exports = () => new Set({[Symbol.iterator]() { return {next: Object.prototype.valueOf} }})`, ""},
		{"deep JSON", `module.exports = () => JSON.parse("[".repeat(1e6))`, "larger than a script may make it"},
		{"code from a text", `module.exports = () => (() => {}).constructor("return 1")()`, "makes no code from a text"},
		{"eval", `module.exports = () => eval("1")`, "eval is not defined"},
		{"buffers", `module.exports = () => new Uint8Array(1e9)`, "Uint8Array is not defined"},
		{"timers", `module.exports = () => setTimeout(() => {}, 1e9)`, "setTimeout is not defined"},
		{"files", `require("fs"); module.exports = () => {}`, `f.js:1:8: the script threw TypeError: a ruleset has no module "fs"`},
		{"files by another name", `require("node:fs"); module.exports = () => {}`, `a ruleset has no module "fs"`},
		{"out of the folder", `require("../../etc/passwd"); module.exports = () => {}`, `there is no module "../../etc/passwd"`},
		{"a source map in a file", "module.exports = () => { throw new Error('x') }\n//# sourceMappingURL=/etc/passwd", "f.js:1:"},
		{"throws", "module.exports = v => {\n  return v.none.more\n}", "f.js:2:"},
		{"throws in an ES module", "export default v => {\n\n  throw new Error('no')\n}", "f.js:3:"},
		{"no syntax", "module.exports = () => {\n  return ]\n}", "f.js:2:"},
		{"no function", `module.exports = 1`, "exports no function"},
		{"a promise that is never kept", `module.exports = () => new Promise(() => {})`, "is never kept"},
		{"no list", `module.exports = () => 5`, "returns a list of findings"},
		{"an expression that goes back", `module.exports = () => /^(?=a)(a*)*$/.test("a".repeat(60) + "!")`, "takes too many steps"},
		{"an expression that goes back, replacing", `module.exports = () => ("a".repeat(60) + "!").replace(/(a|a|\1b)*c\1/, "")`, "takes too many steps"},
		{"an expression that goes back, made", `module.exports = () => new RegExp("^(?!b)(.*)*x$").exec("a".repeat(60))`, "takes too many steps"},
		{"nests deep", strings.Repeat("(", 100_000), "nests more than"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			call := time.Minute
			if strings.HasPrefix(tt.want, "a script took") || strings.HasPrefix(tt.want, "took") || tt.want == "" {
				call = 300 * time.Millisecond
			}
			got, err := calls(t, call, fstest.MapFS{"f.js": {Data: []byte(tt.source)}})
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, %v; want an error with %q", got, err, tt.want)
			}
		})
	}
}

func TestModules(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{
		"f.js":                           {Data: []byte(`import a from "a"; import {b} from "@x/b/sub"; import data from "./data.json"; export default () => [{message: a + b + data.c}]`)},
		"data.json":                      {Data: []byte(`{"c": 3}`)},
		"node_modules/a/package.json":    {Data: []byte(`{"main": "lib"}`)},
		"node_modules/a/lib/index.js":    {Data: []byte(`module.exports = 1`)},
		"node_modules/@x/b/package.json": {Data: []byte(`{"type": "module", "exports": {"./*": {"import": "./esm/*.js", "require": "./cjs/*.cjs"}}}`)},
		"node_modules/@x/b/esm/sub.js":   {Data: []byte(`export const b = 20`)},
		"node_modules/@x/b/cjs/sub.cjs":  {Data: []byte(`exports.b = 2`)},
	}
	got, err := calls(t, time.Minute, files)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]script.Finding{{Message: "6"}}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func FuzzFunction(f *testing.F) {
	for _, s := range []string{
		`module.exports = v => [{message: v.info.title, path: ["info"]}]`, `export default async () => []`,
		`import x from "./f.js"; export default x`, `require("fs")`, `module.exports = () => "x".repeat(9).padEnd(20).split("")`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, source string) {
		l := script.NewLoader(fstest.MapFS{"f.js": {Data: []byte(source)}}, host, script.Limits{Call: time.Second, Run: time.Second, Memory: 200 << 20, Stack: 500})
		fn, err := l.Function(t.Context(), "f.js")
		if err != nil {
			return
		}
		_, err = l.NewSession(script.Subject{Name: "a"}).Call(t.Context(), fn, script.Call{Value: openapi.NewString("x")})
		var wrong *script.Error
		if err != nil && errors.As(err, &wrong) && wrong.Text == "" {
			t.Error("an error without a text")
		}
	})
}
