package script

import (
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/parser"
	"github.com/evanw/esbuild/pkg/api"
)

// The function that a module is wrapped in. Its head adds no line.
const (
	head = "(function (exports, require, module, __filename, __dirname) { "
	tail = "\n})"
)

// transform compiles a module. What goja cannot read, such as an ES module,
// esbuild writes as a CommonJS module in the JavaScript that it can.
func transform(file, source string, esm bool) (*goja.Program, error) {
	if strings.HasPrefix(source, "#!") {
		source = "//" + source
	}
	if err := shallow(file, source); err != nil {
		return nil, err
	}
	if !esm {
		if program, err := parse(file, source, nil); err == nil {
			return program, nil
		}
	}
	loader := api.LoaderJS
	switch path.Ext(file) {
	case ".ts", ".mts", ".cts":
		loader = api.LoaderTS
	}
	result := api.Transform(source, api.TransformOptions{
		Loader: loader, Format: api.FormatCommonJS, Target: api.ES2018, Platform: api.PlatformNode,
		Sourcemap: api.SourceMapExternal, Sourcefile: path.Base(file), LogLevel: api.LogLevelSilent,
		Supported: map[string]bool{"bigint": false, "top-level-await": false, "dynamic-import": false},
	})
	if len(result.Errors) > 0 {
		m := result.Errors[0]
		e := &Error{File: file, Text: m.Text}
		if m.Location != nil {
			e.Line, e.Column = m.Location.Line, m.Location.Column+1
		}
		return nil, e
	}
	return parse(file, string(result.Code), result.Map)
}

// parse compiles CommonJS. No source map is read from a file: the only one there
// is, is given.
func parse(file, source string, sourceMap []byte) (*goja.Program, error) {
	option := parser.WithDisableSourceMaps
	text := head + source + tail
	if sourceMap != nil {
		// The map says nothing of the head, and needs not: it is on the first line.
		text += "\n//# sourceMappingURL=map"
		option = parser.WithSourceMapLoader(func(string) ([]byte, error) { return sourceMap, nil })
	}
	tree, err := goja.Parse(file, text, option)
	if err != nil {
		return nil, syntaxError(file, err)
	}
	if !count(tree) {
		return nil, &Error{File: file, Line: 1, Column: 1, Text: "the program has a statement with, which rulesets do not have"}
	}
	program, err := goja.CompileAST(tree, false)
	if err != nil {
		return nil, syntaxError(file, err)
	}
	return program, nil
}

func syntaxError(file string, err error) error {
	var list parser.ErrorList
	if errors.As(err, &list) && len(list) > 0 {
		return &Error{File: file, Line: list[0].Position.Line, Column: list[0].Position.Column, Text: list[0].Message}
	}
	return &Error{File: file, Text: err.Error()}
}

// maxNesting bounds how deep a source nests. People write some dozens, and
// machines some hundreds.
const maxNesting = 3000

// maxChain bounds what applies to what stands behind it, in one statement: a
// chain of conditions, of arrow functions, of signs.
const maxChain = 20_000

// shallow refuses sources that nest so deep that reading them takes a deep stack.
// It knows no strings and comments: it counts signs wherever they are.
func shallow(file, source string) error {
	depth, chain, line := 0, 0, 1
	for i := range len(source) {
		switch c := source[i]; c {
		case '\n':
			line++
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			depth, chain = max(depth-1, 0), 0
		case ';':
			chain = 0
		case '?', '>', '!', '~', '+', '-', '`', '$':
			chain++
		}
		if depth > maxNesting || chain > maxChain {
			return &Error{File: file, Line: line, Column: 1, Text: fmt.Sprintf("the program nests more than %d deep", maxNesting)}
		}
	}
	return nil
}
