package config

// shape says what a value of plumb.yaml may be. Validation, reading and the
// JSON Schema all follow it.
type shape struct {
	kind kind
	doc  string // one sentence for editors

	fields   []field  // of a mapping
	required []string // of a mapping: keys that must be there
	some     []string // of a mapping: keys of which one must be there
	item     *shape   // of a list
	words    words    // of a text: what it may be
	rules    section  // of rule names and levels: whose rules
	pattern  string   // of a text, for the JSON Schema
	valid    func(text string) string
	min, max float64 // of a number
	examples []string
}

// field is one key of a mapping.
type field struct {
	key   string
	shape shape
}

// kind is the kind of a shape.
type kind int

const (
	text kind = iota + 1
	number
	list
	mapping
	ruleLevels // a mapping of rules to levels
	ruleName
	toolInputs // a mapping with fields, and of integrations to mappings of inputs to values
)

// words is a closed list of texts, given by what there is at run time.
type words int

const (
	anyWord words = iota
	rulesetWords
	levelWords
	directionWords
	toolWords
)

// list returns the words.
func (w words) list(names Names) []string {
	switch w {
	case rulesetWords:
		return names.Rulesets
	case levelWords:
		return Levels()
	case directionWords:
		return Directions()
	case toolWords:
		var tools []string
		for _, t := range names.tools() {
			tools = append(tools, t.Name)
		}
		return tools
	}
	return nil
}

// noun says what one of the words is, for messages.
func (w words) noun() string {
	switch w {
	case rulesetWords:
		return "ruleset"
	case directionWords:
		return "direction"
	case toolWords:
		return "integration"
	}
	return "level"
}

// section is a part of plumb.yaml that has rules of its own.
type section int

const (
	anySection section = iota
	lintSection
	lifecycleSection
	paritySection
	perfSection
	webhooksSection
	integrationsSection
)

// sections are those with rules, in the order of the file.
var sections = []section{lintSection, lifecycleSection, paritySection, perfSection, webhooksSection, integrationsSection}

// String returns the section's key.
func (s section) String() string {
	return [...]string{"plumb.yaml", "lint", "lifecycle", "parity", "perf", "webhooks", "integrations"}[s]
}

// what says what a shape is, for messages: "expected a list".
func (s *shape) what() string {
	switch s.kind {
	case number:
		return "a number"
	case list:
		return "a list"
	case mapping, ruleLevels, toolInputs:
		return "a mapping"
	}
	return "text"
}

// nullable reports whether the value may be missing behind its key: a list
// or a mapping of which all may be commented out.
func (s *shape) nullable() bool {
	return s.kind == list || s.kind == ruleLevels || s.kind == toolInputs || s.kind == mapping && s.required == nil && s.some == nil
}

// keys returns the keys of a mapping.
func (s *shape) keys() []string {
	keys := make([]string, len(s.fields))
	for i, f := range s.fields {
		keys[i] = f.key
	}
	return keys
}

// field returns the shape of a key, or nil.
func (s *shape) field(key string) *shape {
	for i := range s.fields {
		if s.fields[i].key == key {
			return &s.fields[i].shape
		}
	}
	return nil
}
