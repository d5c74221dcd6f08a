package spectral

import (
	"maps"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/lint"
	"github.com/plumbapi/plumb/lint/internal/script"
	"github.com/plumbapi/plumb/openapi"
)

// layer is a ruleset while it is put together: what it extends, and its own
// sayings on top.
type layer struct {
	rules     map[string]*definition
	levels    []level // of rules that package lint has; a later one wins
	aliases   map[string]*openapi.Node
	functions map[string]maker // of its own file, in JavaScript
	overrides []override
	notes     []string
	keys      [2]level // see Ruleset; those of what is extended do not count
}

// list are the rules in the order of their names.
func (l *layer) list() []*definition {
	var list []*definition
	for _, name := range slices.Sorted(maps.Keys(l.rules)) {
		list = append(list, l.rules[name])
	}
	return list
}

// ruleset reads what a ruleset says.
func (r *reading) ruleset(name string, root *openapi.Node, made map[string]*script.Function) (*layer, error) {
	if !root.Is(openapi.Object) {
		return nil, wrong(root, "a ruleset is an object, and this is %s", root.Kind().WithArticle())
	}
	l := &layer{rules: map[string]*definition{}, aliases: map[string]*openapi.Node{}}
	if err := known(root); err != nil {
		return nil, err
	}
	if err := r.extends(name, root.Get("extends"), l, made); err != nil {
		return nil, err
	}
	for _, a := range root.Get("aliases").Children() {
		l.aliases[a.Key()] = a
	}
	if err := l.parserOptions(root.Get("parserOptions")); err != nil {
		return nil, err
	}
	formats, err := formatList(root.Get("formats"))
	if err != nil {
		return nil, err
	}
	if l.functions, err = r.declared(name, root, made); err != nil {
		return nil, err
	}
	if err := l.say(root.Get("rules"), formats); err != nil {
		return nil, err
	}
	for _, o := range root.Get("overrides").Children() {
		if err := r.override(name, o, l); err != nil {
			return nil, err
		}
	}
	return l, nil
}

// parserOptions reads how keys count that are no strings or are given twice.
func (l *layer) parserOptions(n *openapi.Node) error {
	names := []string{"incompatibleValues", "duplicateKeys"}
	for _, m := range n.Children() {
		i := slices.Index(names, m.Key())
		if i < 0 {
			return &Error{At: m.KeyLocation(), Text: "parserOptions have no member " + m.Key() + closest(m.Key(), names)}
		}
		off, severity, err := severityOf(m)
		if err != nil {
			return err
		}
		l.keys[i] = level{off: off, severity: severity, at: m.Location()}
	}
	return nil
}

// rulesetKeys are the members that a ruleset may have.
var rulesetKeys = []string{"extends", "formats", "description", "documentationUrl", "parserOptions", "aliases", "functions", "functionsDir", "overrides", "rules", "$schema", "except"}

func known(root *openapi.Node) error {
	for _, m := range root.Children() {
		if !slices.Contains(rulesetKeys, m.Key()) && (len(m.Key()) < 2 || m.Key()[:2] != "x-") {
			return &Error{At: m.KeyLocation(), Text: "a ruleset has no member " + m.Key() + closest(m.Key(), rulesetKeys)}
		}
	}
	if root.Get("rules") == nil && root.Get("extends") == nil && root.Get("overrides") == nil {
		return wrong(root, "a ruleset has rules, extends or overrides, and this has none of them")
	}
	return nil
}

// closest suggests a name.
func closest(name string, names []string) string {
	if c := check.Closest(name, names); c != "" {
		return "; did you mean " + c + "?"
	}
	return ""
}

// maxInline bounds how many rulesets stand within one another.
const maxInline = 50

// extends reads what a ruleset stands on.
func (r *reading) extends(name string, n *openapi.Node, l *layer, made map[string]*script.Function) error {
	list := []*openapi.Node{n}
	switch {
	case n == nil:
		return nil
	case n.Is(openapi.Array):
		list = n.Children()
	}
	for _, e := range list {
		which, how := e, "recommended"
		if e.Is(openapi.Array) {
			which, how = e.At(0), e.At(1).Text()
		}
		if which.Is(openapi.Object) && len(r.stack) < maxInline { // a program holds the ruleset itself
			r.stack = append(r.stack, name+which.Pointer())
			under, err := r.ruleset(name, which, made)
			r.stack = r.stack[:len(r.stack)-1]
			if err != nil {
				return err
			}
			l.extend(under, how)
			continue
		}
		text, ok := which.Str()
		if !ok || !slices.Contains([]string{"recommended", "all", "off"}, how) {
			return wrong(e, `extends names a ruleset, alone or as ["ruleset", "recommended", "all" or "off"]`)
		}
		if text == asyncapiName {
			under, err := r.asyncapi(which)
			if err != nil {
				return err
			}
			l.extend(under, how)
			continue
		}
		if builtIn(text) {
			if err := l.extendBuiltIn(which, text, how); err != nil {
				return err
			}
			continue
		}
		file, err := r.locate(name, text)
		if err != nil {
			return wrong(which, "%v", err)
		}
		under, err := r.file(file, which)
		if err != nil {
			return err
		}
		l.extend(under, how)
	}
	return nil
}

// extend takes over another ruleset.
func (l *layer) extend(under *layer, how string) {
	for name, d := range under.rules {
		c := *d
		switch how {
		case "off":
			c.off = true
		case "all":
			c.off = false
		}
		l.rules[name] = &c
	}
	for _, v := range under.levels {
		v.off = v.off && how != "all" || how == "off"
		l.levels = append(l.levels, v)
	}
	maps.Copy(l.aliases, under.aliases)
	l.overrides = append(l.overrides, under.overrides...)
	l.notes = append(l.notes, under.notes...)
}

func builtIn(name string) bool {
	prefix, rest, ok := strings.Cut(name, ":")
	return ok && rest != "" && (prefix == "spectral" || prefix == "vacuum")
}

// extendBuiltIn takes over a ruleset that has a name.
func (l *layer) extendBuiltIn(n *openapi.Node, name, how string) error {
	switch _, rest, _ := strings.Cut(name, ":"); rest {
	case "oas":
		for _, m := range builtInRules() {
			l.levels = append(l.levels, level{rule: m.ID, off: how == "off" || how == "recommended" && m.OptIn, at: n.Location()})
		}
	case "owasp":
		for _, m := range owaspRules() {
			l.levels = append(l.levels, level{rule: m.ID, off: how == "off", at: n.Location()})
		}
	default:
		return wrong(n, "plumb has no %s; of the rulesets that have names it has spectral:oas, spectral:asyncapi, vacuum:oas and vacuum:owasp", name)
	}
	return nil
}

// builtInRules are the rules of package lint that are Spectral's too. What is
// wrong with a text itself is none of them: no ruleset turns it off.
func builtInRules() []check.Meta {
	var list []check.Meta
	for _, m := range lint.OpenAPI().Metas() {
		if slices.Contains(m.Tags, "spectral:oas") && !slices.Contains(m.Tags, "document") {
			list = append(list, m)
		}
	}
	return list
}

// say puts rules on top of those that are extended.
func (l *layer) say(rules *openapi.Node, formats []string) error {
	if rules != nil && !rules.Is(openapi.Object) {
		return wrong(rules, "rules is an object with a rule for each name, and this is %s", rules.Kind().WithArticle())
	}
	for _, n := range rules.Children() {
		if n.Key() == "" {
			return &Error{At: n.KeyLocation(), Text: "a rule has a name"}
		}
		if v, ok := l.levelOf(n.Key()); ok && n.Is(openapi.Object) && n.Get("then") == nil && l.rules[n.Key()] == nil {
			if err := l.amend(n, v); err != nil {
				return err
			}
			continue
		}
		if n.Is(openapi.Object) {
			d, err := define(n, l, formats)
			if err != nil {
				return err
			}
			l.rules[n.Key()] = d
			if _, ok := l.levelOf(n.Key()); ok { // it takes the place of plumb's
				l.levels = append(l.levels, level{rule: n.Key(), off: true, at: n.Location()})
			}
			continue
		}
		if known, ok := strings.CutPrefix(n.Text(), script.RuleWord); ok { // a program takes a rule of spectral:oas
			if known != n.Key() {
				return wrong(n, "%s is a rule of spectral:oas under another name; plumb knows it under its own", known)
			}
			l.levels = append(l.levels, level{rule: known, at: n.Location()})
			continue
		}
		off, severity, err := severityOf(n)
		if err != nil {
			return err
		}
		if d := l.rules[n.Key()]; d != nil {
			c := *d
			if c.off = off; severity != 0 {
				c.severity = severity
			}
			l.rules[n.Key()] = &c
			continue
		}
		v, ok := l.levelOf(n.Key())
		if !ok && (l.sayOfVacuum(n, off, severity) || sayOfAsyncAPI(n)) {
			continue
		}
		if !ok {
			return &Error{At: n.KeyLocation(), Text: "there is no rule " + n.Key() + " to set; extend a ruleset that has it" + closest(n.Key(), l.names())}
		}
		v.off, v.at = off, n.Location()
		if severity != 0 {
			v.severity = severity
		}
		l.levels = append(l.levels, v)
	}
	return nil
}

// amend sets a rule of package lint that an object without then is about: it
// keeps what plumb checks, and takes over the severity.
func (l *layer) amend(n *openapi.Node, v level) error {
	v.off, v.at = false, n.Location()
	if s := n.Get("severity"); s != nil {
		off, severity, err := severityOf(s)
		if err != nil {
			return err
		}
		if v.off = off; severity != 0 {
			v.severity = severity
		}
	}
	l.levels = append(l.levels, v)
	return nil
}

// levelOf is what is said of a rule of package lint until now.
func (l *layer) levelOf(name string) (v level, ok bool) {
	for _, known := range l.levels {
		if known.rule == name {
			v, ok = known, true
		}
	}
	return v, ok
}

func (l *layer) names() []string {
	names := slices.Collect(maps.Keys(l.rules))
	for _, v := range l.levels {
		names = append(names, v.rule)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// severityOf reads what a rule is set to: a word, a number as Spectral counts
// them, or whether it runs. 0 keeps the severity.
func severityOf(n *openapi.Node) (off bool, s check.Severity, err error) {
	switch n.Text() {
	case "off", "false", "-1":
		return true, 0, nil
	case "true":
		return false, 0, nil
	case "error", "0":
		return false, check.Error, nil
	case "warn", "1":
		return false, check.Warning, nil
	case "info", "hint", "2", "3":
		return false, check.Info, nil
	}
	return false, 0, wrong(n, `a rule is set to error, warn, info, hint, off, true or false, or is defined by an object; this is %q`, n.Text())
}
