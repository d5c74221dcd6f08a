package spectral

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/lint/internal/script"
	"github.com/plumbapi/plumb/openapi"
)

// Loader reads rulesets.
type Loader struct {
	// FS holds the files. A ruleset may extend others inside it, by a path
	// relative to its own file, and packages in a folder node_modules of it.
	FS fs.FS
	// Fetch gets a ruleset that is named by an http or https URL; nil means
	// that none is read.
	Fetch func(ctx context.Context, url string) ([]byte, error)
}

// MaxRulesets bounds how many rulesets one extends, with those that they extend.
const MaxRulesets = 200

// maxBytes bounds one file.
const maxBytes = 8 << 20

// Load reads a ruleset: a file of the loader's FS or a URL. The error is an
// *Error with the place in the ruleset where what is wrong stands there.
func (l *Loader) Load(ctx context.Context, name string) (*Ruleset, error) {
	r := &reading{loader: l, ctx: ctx}
	set, err := r.file(name, nil)
	if err != nil {
		return nil, err
	}
	return &Ruleset{Name: name, Files: r.files, rules: set.list(), levels: set.levels, overrides: set.overrides, keys: set.keys, Notes: set.notes}, nil
}

// reading is one Load.
type reading struct {
	loader   *Loader
	ctx      context.Context
	files    []string
	programs *script.Loader // nil before the first
	stack    []string       // the rulesets that are being read, each extended by the one before
}

// file reads one ruleset. From is the value that names it, nil for the first.
func (r *reading) file(name string, from *openapi.Node) (*layer, error) {
	said := func(err error) error {
		var e *Error
		if from == nil || errors.As(err, &e) {
			return err
		}
		return wrong(from, "%v", err)
	}
	if slices.Contains(r.stack, name) {
		return nil, said(fmt.Errorf("%s extends itself: %s", name, strings.Join(append(r.stack, name), " → ")))
	}
	if len(r.files) >= MaxRulesets {
		return nil, said(fmt.Errorf("more than %d rulesets are extended", MaxRulesets))
	}
	if isScript(name) {
		r.files = append(r.files, name)
		r.stack = append(r.stack, name)
		defer func() { r.stack = r.stack[:len(r.stack)-1] }()
		return r.program(name)
	}
	data, err := r.read(name)
	if err != nil {
		return nil, said(err)
	}
	if !slices.Contains(r.files, name) {
		r.files = append(r.files, name)
	}
	root, err := openapi.ParseTree(name, data)
	if err != nil {
		var unread *openapi.Error
		if errors.As(err, &unread) {
			return nil, &Error{At: unread.Finding.Location, Text: unread.Finding.Message}
		}
		return nil, said(err)
	}
	r.stack = append(r.stack, name)
	defer func() { r.stack = r.stack[:len(r.stack)-1] }()
	return r.ruleset(name, root, nil)
}

func (r *reading) read(name string) ([]byte, error) {
	if isURL(name) {
		if r.loader.Fetch == nil {
			return nil, fmt.Errorf("%s is not read: no ruleset of another host may be", name)
		}
		data, err := r.loader.Fetch(r.ctx, name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		return data, nil
	}
	if r.loader.FS == nil || !fs.ValidPath(name) {
		return nil, fmt.Errorf("%s is outside the folder that rulesets are read from", name)
	}
	info, err := fs.Stat(r.loader.FS, name)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, bare(err))
	}
	if info.Size() > maxBytes {
		return nil, fmt.Errorf("%s has %d bytes, and %d are the most", name, info.Size(), maxBytes)
	}
	data, err := fs.ReadFile(r.loader.FS, name)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, bare(err))
	}
	return data, nil
}

// bare takes the operation and the path off an error, which is told with its own.
func bare(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

func isURL(name string) bool {
	return strings.HasPrefix(name, "https://") || strings.HasPrefix(name, "http://")
}

// locate turns what extends names into the name of a file: relative to the
// ruleset that says so, or a package of node_modules in its folder or above.
func (r *reading) locate(base, name string) (string, error) {
	switch {
	case isURL(name):
		return name, nil
	case isURL(base):
		return base[:strings.LastIndexByte(base, '/')+1] + strings.TrimPrefix(name, "./"), nil
	case strings.HasPrefix(name, "./") || strings.HasPrefix(name, "../"):
		return path.Join(path.Dir(base), name), nil
	case strings.HasPrefix(name, "/"):
		return "", fmt.Errorf("%s is an absolute path; name it relative to the ruleset", name)
	}
	beside := path.Join(path.Dir(base), name)
	if _, err := fs.Stat(r.loader.FS, beside); err == nil {
		return beside, nil
	}
	for dir := path.Dir(base); ; dir = path.Dir(dir) {
		folder := path.Join(dir, "node_modules", name)
		if info, err := fs.Stat(r.loader.FS, folder); err == nil {
			if !info.IsDir() {
				return folder, nil
			}
			return r.entry(folder)
		}
		if dir == "." {
			return "", fmt.Errorf("%s is neither a file beside the ruleset nor a package in node_modules", name)
		}
	}
}

// entry is the file that a package is for: what package.json names as main.
func (r *reading) entry(folder string) (string, error) {
	data, err := fs.ReadFile(r.loader.FS, path.Join(folder, "package.json"))
	if err != nil {
		return "", fmt.Errorf("%s: %w", folder, bare(err))
	}
	root, err := openapi.ParseTree("package.json", data)
	if err != nil {
		return "", fmt.Errorf("%s/package.json is not JSON", folder)
	}
	main := root.Get("main").Text()
	if main == "" {
		main = "index.js"
	}
	return path.Join(folder, main), nil
}
