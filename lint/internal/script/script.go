// Package script runs the JavaScript of rulesets: rulesets that are programs,
// functions that YAML rulesets name, and the packages that both of them require.
//
// A script is the work of somebody else. It sees the document, its options and
// the modules of its own folder; it has no files, no network, no clock, no
// randomness, no process, no timers, and it cannot make code from a text. Each
// call is bounded in time and in the depth of its stack; what one builtin can
// make at once is bounded in size; and a call during which the memory of the
// process grows too far is ended. [Limits] has the numbers.
//
// The package knows nothing of rules. What a ruleset means is read by package
// spectral.
package script

import (
	"context"
	"fmt"
	"io/fs"
	"sync"
	"time"

	"github.com/dop251/goja"

	"github.com/plumbapi/plumb/openapi"
)

// Limits bound what scripts can do.
type Limits struct {
	Call   time.Duration // one call, and the loading of one module with all that it requires
	Run    time.Duration // all calls over one document
	Memory int64         // by how many bytes the heap of the process may grow during a call
	Stack  int           // calls within calls
}

// DefaultLimits are far above what honest rulesets need.
func DefaultLimits() Limits {
	return Limits{Call: 20 * time.Second, Run: 5 * time.Minute, Memory: 1 << 30, Stack: 3000}
}

// Host is what package spectral lends to scripts.
type Host struct {
	// Functions are the names of the core functions, and Function calls one.
	Functions []string
	Function  func(name string, value, options *openapi.Node) ([]Finding, error)
	// Formats are the names of the formats, with _ for dots.
	Formats []string
	// Rulesets are the rulesets with names of their own, such as spectral:oas,
	// each as JSON.
	Rulesets map[string]func() []byte
}

// Finding is what a function has found.
type Finding struct {
	Message string
	// Path is the way from the root of the document to what it is about; nil for
	// the value that the function was called with.
	Path []string
	// HasPath tells the root from no path.
	HasPath bool
}

// Error says what is wrong with a script, and where.
type Error struct {
	File         string
	Line, Column int // 0 where they are not known
	Text         string
}

// Error returns "file:line:column: text".
func (e *Error) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("%s: %s", e.File, e.Text)
	}
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Text)
}

// Loader reads scripts and the modules that they require from a folder. It is
// safe for concurrent use.
type Loader struct {
	fsys   fs.FS
	host   Host
	limits Limits

	mu      sync.Mutex
	modules map[string]*module   // what has been compiled, by file
	found   map[[2]string]string // what names mean, by the file that says them
	files   []string
}

// NewLoader returns a loader for a folder.
func NewLoader(fsys fs.FS, host Host, limits Limits) *Loader {
	return &Loader{fsys: fsys, host: host, limits: limits, modules: map[string]*module{}, found: map[[2]string]string{}}
}

// Files are the files that have been read, in the order in which they were.
func (l *Loader) Files() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]string(nil), l.files...)
}

// Function is a function of a module, with options where the module gives them
// as JavaScript has them.
type Function struct {
	loader *Loader
	file   string
	ruled  bool // the module is a ruleset, and index says which of its functions
	index  int
}

// Loader is the loader that the function is from.
func (f *Function) Loader() *Loader { return f.loader }

// Function looks at a module that is a function: its default export, or all that
// it exports.
func (l *Loader) Function(ctx context.Context, file string) (*Function, error) {
	f := &Function{loader: l, file: file}
	_, err := within(ctx, l, func(r *realm) (any, error) {
		_, err := r.function(f)
		return nil, err
	})
	if err != nil {
		return nil, err
	}
	return f, nil
}

// Ruleset is a ruleset that a module has made.
type Ruleset struct {
	// JSON is the ruleset as a text. What JSON cannot say stands in it as a word:
	// a core function or a format as its name, any other function as one of
	// Functions, a ruleset with a name of its own as that.
	JSON []byte
	// Functions are the functions by their words.
	Functions map[string]*Function
}

// Ruleset runs a module, and returns the ruleset that it exports.
func (l *Loader) Ruleset(ctx context.Context, file string) (*Ruleset, error) {
	set := &Ruleset{Functions: map[string]*Function{}}
	_, err := within(ctx, l, func(r *realm) (any, error) {
		v, err := r.require(file)
		if err != nil {
			return nil, err
		}
		text, functions, err := r.rulesetText(exported(v))
		if err != nil {
			return nil, err
		}
		set.JSON = text
		for i := range functions {
			set.Functions[word(i)] = &Function{loader: l, file: file, ruled: true, index: i}
		}
		return nil, nil
	})
	if err != nil {
		return nil, err
	}
	return set, nil
}

// within runs f in a realm of its own.
func within(ctx context.Context, l *Loader, f func(*realm) (any, error)) (any, error) {
	r, err := newRealm(l, Subject{})
	if err != nil {
		return nil, err
	}
	return r.bounded(ctx, "", func() (any, error) { return f(r) })
}

// exported is what a module is for: its default export where it has been an ES
// module, else all that it exports.
func exported(v goja.Value) goja.Value {
	if o, ok := v.(*goja.Object); ok {
		if d := o.Get("default"); d != nil && !goja.IsUndefined(d) {
			return d
		}
	}
	return v
}
