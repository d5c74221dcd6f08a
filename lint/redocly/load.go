package redocly

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/form"
	"github.com/plumbapi/plumb/lint/internal/redocly"
	"github.com/plumbapi/plumb/openapi"
)

// Loader reads configurations.
type Loader struct {
	// FS holds the files. A configuration may extend others inside it, by a path
	// relative to its own file.
	FS fs.FS
}

// FileName is the name that a configuration has by custom, and IgnoreName that of
// the file of ignored problems beside it.
const (
	FileName   = "redocly.yaml"
	IgnoreName = ".redocly.lint-ignore.yaml"
)

// MaxFiles bounds how many files a configuration extends, with those that they
// extend.
const MaxFiles = 100

// MaxBytes bounds one file.
const MaxBytes = 4 << 20

// Is reports whether a text with the name is a configuration of Redocly CLI: by its
// name, or by what only such a file has.
func Is(name string, data []byte) bool {
	switch path.Base(name) {
	case FileName, "redocly.yml", ".redocly.yaml", ".redocly.yml":
		return true
	}
	root, err := openapi.ParseTree(name, data)
	if err != nil || !root.Is(openapi.Object) {
		return false
	}
	for _, key := range []string{"apis", "oas2Rules", "oas3_0Rules", "oas3_1Rules", "oas3_2Rules", "async2Rules", "arazzo1Rules"} {
		if root.Has(key) {
			return true
		}
	}
	for _, m := range root.Get("rules").Children() {
		if strings.HasPrefix(m.Key(), "rule/") {
			return true
		}
	}
	return slices.ContainsFunc(root.Get("extends").Children(), func(n *openapi.Node) bool { return preset(n.Text()) != nil })
}

// Load reads a configuration. The error is an *Error with the place in the file
// where what is wrong stands there.
func (l *Loader) Load(name string) (*Config, error) {
	r := &reading{fs: l.FS}
	c := &Config{Name: name}
	root, err := r.read(name, nil)
	if err != nil {
		return nil, err
	}
	if c.top, err = r.config(name, root); err != nil {
		return nil, err
	}
	if err := r.apis(c, name, root.Get("apis")); err != nil {
		return nil, err
	}
	if c.ignores, err = r.ignored(path.Join(path.Dir(name), IgnoreName)); err != nil {
		return nil, err
	}
	c.Files, c.Notes = r.files, r.notes
	return c, nil
}

// reading is one Load.
type reading struct {
	fs    fs.FS
	files []string
	notes []string
	stack []string // the files that are being read, each extended by the one before
}

func (r *reading) note(n *openapi.Node, format string, args ...any) {
	at := n.Location()
	r.notes = append(r.notes, fmt.Sprintf("%s:%d: %s", at.File, at.Line, fmt.Sprintf(format, args...)))
}

// read reads one file. From is the value that names it, nil for the first. The
// result is nil for an empty file.
func (r *reading) read(name string, from *openapi.Node) (*openapi.Node, error) {
	said := func(err error) error {
		if from == nil {
			return err
		}
		return wrong(from, "%v", err)
	}
	if r.fs == nil || !fs.ValidPath(name) {
		return nil, said(fmt.Errorf("%s is outside the folder that configurations are read from", name))
	}
	if len(r.files) >= MaxFiles {
		return nil, said(fmt.Errorf("more than %d files are extended", MaxFiles))
	}
	info, err := fs.Stat(r.fs, name)
	if err == nil && info.Size() > MaxBytes {
		err = fmt.Errorf("the file is larger than %d MiB", MaxBytes>>20)
	}
	var data []byte
	if err == nil {
		data, err = fs.ReadFile(r.fs, name)
	}
	if err != nil {
		var p *fs.PathError
		if errors.As(err, &p) {
			err = p.Err
		}
		return nil, said(fmt.Errorf("%s: %w", name, err))
	}
	if !slices.Contains(r.files, name) {
		r.files = append(r.files, name)
	}
	root, err := form.Read(name, data, MaxBytes)
	var bad *form.FileError
	if errors.As(err, &bad) && len(bad.Problems) > 0 {
		p := bad.Problems[0]
		return nil, &Error{At: check.Location{File: name, Line: p.Line, Column: p.Column}, Text: p.Message}
	}
	if err != nil {
		return nil, said(err)
	}
	if root != nil && !root.Is(openapi.Object) {
		return nil, wrong(root, "the file is %s; expected a mapping", root.Kind().WithArticle())
	}
	return root, nil
}

// config reads what a mapping says of rules, with all that it extends: the root of
// a file, or one of apis.
func (r *reading) config(name string, n *openapi.Node) (*layer, error) {
	l := newLayer()
	if err := r.extends(name, n.Get("extends"), l); err != nil {
		return nil, err
	}
	own, err := r.rules(n)
	if err != nil {
		return nil, err
	}
	l.over(own)
	for _, p := range n.Get("plugins").Children() {
		r.note(p, "plugins are JavaScript and are not run, so the rules of %s are left out", shown(p))
	}
	for _, key := range []string{"decorators", "preprocessors", "oas2Decorators", "oas3_0Decorators", "oas3_1Decorators"} {
		if m := n.Get(key); m.Len() > 0 {
			r.note(m, "%s change descriptions when they are bundled; here they are checked as they are written", key)
		}
	}
	return l, nil
}

// extends puts what is extended into a layer.
func (r *reading) extends(name string, list *openapi.Node, l *layer) error {
	if list == nil || list.Is(openapi.Null) {
		return nil
	}
	items := list.Children()
	if list.Is(openapi.String) {
		items = []*openapi.Node{list}
	} else if !list.Is(openapi.Array) {
		return wrong(list, "extends is %s; expected a list of rulesets and files", list.Kind().WithArticle())
	}
	for _, item := range items {
		text, ok := item.Str()
		switch {
		case !ok:
			return wrong(item, "extends names rulesets and files; this is %s", item.Kind().WithArticle())
		case strings.HasPrefix(text, "http://"), strings.HasPrefix(text, "https://"):
			r.note(item, "%s is on another host and not read", shown(item))
		case path.Ext(text) == "":
			if p := preset(text); p != nil {
				l.over(p)
				continue
			}
			if strings.Contains(text, "/") {
				r.note(item, "%s is of a plugin; plugins are JavaScript and are not run", shown(item))
				continue
			}
			return wrong(item, "there is no ruleset %s%s", shown(item), closest(text, Presets()))
		default:
			if err := r.file(path.Join(path.Dir(name), text), item, name, l); err != nil {
				return err
			}
		}
	}
	return nil
}

// file puts what another file says into a layer.
func (r *reading) file(name string, item *openapi.Node, from string, l *layer) error {
	chain := append(slices.Clone(r.stack), from)
	if slices.Contains(chain, name) {
		return wrong(item, "%s extends itself: %s", name, strings.Join(append(chain, name), " → "))
	}
	root, err := r.read(name, item)
	if err != nil {
		return err
	}
	r.stack = append(r.stack, from)
	defer func() { r.stack = r.stack[:len(r.stack)-1] }()
	o, err := r.config(name, root)
	if err != nil {
		return err
	}
	l.over(o)
	return nil
}

// apis reads what is said of single APIs, each over what is said of all.
func (r *reading) apis(c *Config, name string, n *openapi.Node) error {
	if n != nil && !n.Is(openapi.Object) && !n.Is(openapi.Null) {
		return wrong(n, "apis is %s; expected a mapping of APIs by name", n.Kind().WithArticle())
	}
	for _, m := range n.Children() {
		root, ok := m.Get("root").Str()
		if !ok {
			return wrong(m, "API %q has no root, the path of its description", m.Key())
		}
		own, err := r.config(name, m)
		if err != nil {
			return err
		}
		l := newLayer()
		l.over(c.top)
		l.over(own)
		c.apis = append(c.apis, api{name: m.Key(), root: path.Join(path.Dir(name), root), layer: l})
	}
	return nil
}

// shown is a value in a message.
func shown(n *openapi.Node) string {
	text := n.Text()
	if len(text) > 80 {
		text = strings.ToValidUTF8(text[:80], "") + "…"
	}
	return fmt.Sprintf("%q", text)
}

// closest ends a sentence with the name that was meant, or with all.
func closest(text string, names []string) string {
	if len(text) < 100 {
		if c := check.Closest(text, names); c != "" {
			return fmt.Sprintf("; did you mean %q?", c)
		}
	}
	if len(names) > 12 {
		return ""
	}
	return "; it is one of " + strings.Join(names, ", ")
}

// known are the names of all rules.
func known() []string {
	var names []string
	for _, rule := range redocly.Rules() {
		names = append(names, rule.ID)
	}
	return names
}
