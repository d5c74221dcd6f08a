package spectral

import (
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

// override says something else about some files, or about a part of them.
type override struct {
	files []filePattern
	layer *layer // what it says
}

// filePattern is a pattern of files, and the part of them that is meant.
type filePattern struct{ glob, pointer string }

// override reads one of overrides. It is read on top of a copy of the rules, so
// that what it sets is known.
func (r *reading) override(name string, n *openapi.Node, l *layer) error {
	o := override{layer: &layer{rules: map[string]*definition{}, aliases: map[string]*openapi.Node{}, functions: l.functions}}
	for _, f := range n.Get("files").Children() {
		text, ok := f.Str()
		if !ok {
			return wrong(f, "files are patterns such as \"legacy/**/*.yaml\" or \"api.yaml#/paths/~1old\"")
		}
		glob, pointer, _ := strings.Cut(text, "#")
		o.files = append(o.files, filePattern{path.Join(path.Dir(name), glob), pointer})
	}
	if len(o.files) == 0 {
		return wrong(n, "an override has files that it is for")
	}
	under := &layer{rules: l.rules, levels: l.levels, aliases: l.aliases}
	o.layer.extend(under, "")
	before := len(o.layer.levels)
	if err := r.extends(name, n.Get("extends"), o.layer, nil); err != nil {
		return err
	}
	formats, err := formatList(n.Get("formats"))
	if err != nil {
		return err
	}
	for _, a := range n.Get("aliases").Children() {
		o.layer.aliases[a.Key()] = a
	}
	if err := o.partly(n); err != nil {
		return err
	}
	if err := o.layer.say(n.Get("rules"), formats); err != nil {
		return err
	}
	o.layer.levels = o.layer.levels[before:]
	for name, d := range l.rules {
		if c := o.layer.rules[name]; c.off == d.off && c.severity == d.severity && c.node == d.node {
			delete(o.layer.rules, name) // as it was
		}
	}
	l.overrides = append(l.overrides, o)
	return nil
}

// For returns the ruleset as it is for a file, whose name is relative to the
// folder that the ruleset was read from.
func (r *Ruleset) For(file string) *Ruleset {
	c := *r
	rules := map[string]*definition{}
	for _, d := range r.rules {
		rules[d.name] = d
	}
	c.levels, c.ignores, c.parts = slices.Clone(r.levels), nil, nil
	for _, o := range r.overrides {
		for _, f := range o.files {
			switch {
			case !check.MatchGlob(f.glob, file):
			case f.pointer != "":
				o.part(f, &c)
			default:
				c.levels = append(c.levels, o.layer.levels...)
				maps.Copy(rules, o.layer.rules)
			}
		}
	}
	c.rules = (&layer{rules: rules}).list()
	return &c
}

// partly checks that what is for a part of a file only turns rules off or gives
// them another severity: a rule looks at a document as one.
func (o *override) partly(n *openapi.Node) error {
	if !slices.ContainsFunc(o.files, func(f filePattern) bool { return f.pointer != "" }) {
		return nil
	}
	for _, set := range n.Get("rules").Children() {
		if set.Is(openapi.Object) || set.Is(openapi.Array) {
			return wrong(set, "an override for a part of a file can turn rules off and give them a severity, and nothing else")
		}
	}
	return nil
}

// part sets aside, for a part of a file, what is off there, and gives the rest the
// severity that it has there.
func (o *override) part(f filePattern, to *Ruleset) {
	element := f.pointer + "/**"
	add := func(rule string, off bool, severity check.Severity) {
		switch {
		case off:
			to.ignores = append(to.ignores, check.Ignore{Rule: rule, File: f.glob, Element: element})
		case severity != 0:
			to.parts = append(to.parts, check.Level{Rule: rule, File: f.glob, Element: element, Severity: severity})
		}
	}
	for _, v := range o.layer.levels {
		add(v.rule, v.off, v.severity)
	}
	for _, d := range o.layer.list() {
		add(d.name, d.off, d.severity)
	}
}
