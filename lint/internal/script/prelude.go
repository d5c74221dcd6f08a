package script

import (
	"sync"

	"github.com/dop251/goja"
	"github.com/dop251/goja/parser"
)

// guardFile is the name of the scripts that are plumb's own.
const guardFile = "plumb:guard"

// modules are the small modules of Node.js that packages ask what machine they
// are on, which they are told nothing of.
const modules = `({
util: {
  inspect: v => { try { return JSON.stringify(v) || String(v) } catch (e) { return String(v) } },
  format: (...a) => a.map(v => typeof v === "string" ? v : JSON.stringify(v)).join(" "),
  inherits: (c, p) => { Object.setPrototypeOf(c.prototype, p.prototype); Object.setPrototypeOf(c, p) },
  deprecate: f => f,
  isArray: Array.isArray,
  types: {isRegExp: v => v instanceof RegExp, isDate: v => v instanceof Date},
},
os: {platform: () => "linux", release: () => "", EOL: "\n", type: () => "Linux", homedir: () => "/", tmpdir: () => "/", cpus: () => []},
tty: {isatty: () => false},
process: {
  env: {}, argv: [], execArgv: [], platform: "linux", arch: "x64", version: "v20.0.0", versions: {node: "20.0.0"}, pid: 1,
  cwd: () => "/", nextTick: (f, ...a) => { Promise.resolve().then(() => f(...a)) }, emitWarning() {}, on() {}, once() {}, off() {},
  stdout: {isTTY: false, write: () => true}, stderr: {isTTY: false, write: () => true}, hrtime: () => [0, 0],
},
console: Object.fromEntries(["log", "info", "warn", "error", "debug", "trace", "dir", "group", "groupEnd", "table", "assert", "time", "timeEnd"].map(k => [k, () => {}])),
})`

var modulesProgram = sync.OnceValues(func() (*goja.Program, error) { return own(modules) })

// own compiles a script of plumb's.
func own(source string) (*goja.Program, error) {
	tree, err := goja.Parse(guardFile, source, parser.WithDisableSourceMaps)
	if err != nil {
		return nil, err
	}
	return goja.CompileAST(tree, true)
}

// trusted is one of modules.
func (r *realm) trusted(name string) goja.Value { return r.own.Get(name) }

// provide gives a realm what every script has.
func (r *realm) provide() error {
	program, err := modulesProgram()
	if err != nil {
		return err
	}
	v, err := r.rt.RunProgram(program)
	if err != nil {
		return err
	}
	r.own = v.ToObject(r.rt)
	global := r.rt.GlobalObject()
	for name, v := range map[string]any{"global": global, "globalThis": global, "console": r.own.Get("console"), "process": r.own.Get("process"), "URL": r.url} {
		if err := r.rt.Set(name, v); err != nil {
			return err
		}
	}
	return nil
}
