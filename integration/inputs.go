package integration

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/form"
)

// Inputs are the values of a manifest's inputs by name, complete and checked:
// see [Manifest.Resolve]. What is not set is not there.
type Inputs map[string]string

// Setting is one value of a tool in plumb.yaml.
type Setting struct {
	Name, Value string
	// At is where it is written.
	At check.Location
}

// InputError says which inputs of a tool are missing or wrong: all of them. It
// holds no value of a secret. Whoever runs a command treats it as wrong usage.
type InputError struct {
	Tool string
	// Problems are lines such as "SLACK_WEBHOOK_URL is not set: …", those that
	// plumb.yaml is at fault for with their place.
	Problems []string
}

// Error returns a line for each problem.
func (e *InputError) Error() string {
	return e.Tool + ": " + strings.Join(e.Problems, "\n"+e.Tool+": ")
}

// Resolve finds the value of each input: the environment wins over plumb.yaml,
// and that over the default. A secret comes from the environment only, and its
// value is in no message. An error is an *[InputError].
func (m *Manifest) Resolve(env func(name string) (string, bool), settings []Setting) (Inputs, error) {
	inputs, problems := Inputs{}, m.strange(settings)
	for i := range m.Inputs {
		in := &m.Inputs[i]
		text, source := in.Default, "its default"
		for _, s := range settings {
			if s.Name == in.Name && in.Type != TypeSecret {
				text, source = s.Value, at(s.At)+in.Name
			}
		}
		if value, ok := env(in.Env); ok && strings.TrimSpace(value) != "" {
			text, source = value, in.Env
		}
		if strings.TrimSpace(text) == "" {
			if in.Required {
				problems = append(problems, in.missing(m.Name))
			}
			continue
		}
		value, problem := in.read(text)
		switch {
		case problem == "":
			inputs[in.Name] = value
		case in.Type == TypeSecret, in.Type == TypeURL && strings.Contains(text, "@"): // which may hold a password
			problems = append(problems, fmt.Sprintf("%s %s", source, problem))
		default:
			problems = append(problems, fmt.Sprintf("%s %.120q %s", source, text, problem))
		}
	}
	if len(problems) > 0 {
		return nil, &InputError{Tool: m.Name, Problems: problems}
	}
	return inputs, nil
}

// Examples are the values that the manifest gives as examples, which the fake
// accepts.
func (m *Manifest) Examples() Inputs {
	inputs := Inputs{}
	for i := range m.Inputs {
		in := &m.Inputs[i]
		text := in.Example
		if text == "" {
			text = in.Default
		}
		if value, problem := in.read(text); text != "" && problem == "" {
			inputs[in.Name] = value
		}
	}
	return inputs
}

// strange says which settings of plumb.yaml have no place there.
func (m *Manifest) strange(settings []Setting) []string {
	var names, problems []string
	for i := range m.Inputs {
		if m.Inputs[i].Type != TypeSecret {
			names = append(names, m.Inputs[i].Name)
		}
	}
	for _, s := range settings {
		in, err := m.Input(s.Name)
		switch {
		case err == nil && in.Type == TypeSecret:
			problems = append(problems, fmt.Sprintf("%s%s is a secret and is not read from a file: put it into the environment variable %s, and change it if the file was shared", at(s.At), s.Name, in.Env))
		case err == nil:
		case len(names) == 0:
			problems = append(problems, fmt.Sprintf("%sunknown input %.120q; there is none to set here", at(s.At), s.Name))
		default:
			hint := "it is one of " + strings.Join(names, ", ")
			if closest := check.Closest(s.Name, names); closest != "" {
				hint = fmt.Sprintf("did you mean %q?", closest)
			}
			problems = append(problems, fmt.Sprintf("%sunknown input %.120q; %s", at(s.At), s.Name, hint))
		}
	}
	return problems
}

// at says where something is written, "" where that is unknown.
func at(l check.Location) string {
	if l.File == "" {
		return ""
	}
	return fmt.Sprintf("%s:%d:%d: ", l.File, l.Line, l.Column)
}

// missing says that a required input is not set.
func (in *Input) missing(tool string) string {
	help := strings.TrimSuffix(in.Help, ".")
	if in.Type == TypeSecret {
		return fmt.Sprintf("%s is not set: %s", in.Env, help)
	}
	return fmt.Sprintf("%s is not set: %s; set %s, or %s below integrations.%s in plumb.yaml", in.Env, help, in.Env, in.Name, tool)
}

// read checks a value and puts it in its one form. The problem is "" where
// there is none, and holds nothing of the value.
func (in *Input) read(text string) (value, problem string) {
	value = strings.TrimSpace(text)
	if strings.ContainsFunc(value, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return "", "holds a line break or another control character"
	}
	switch in.Type {
	case TypeSecret:
		if len(value) < shortestSecret {
			return "", fmt.Sprintf("is shorter than %d characters: that is no secret", shortestSecret)
		}
	case TypeURL:
		return readURL(value)
	case TypeInteger:
		n, err := strconv.Atoi(value)
		if err != nil {
			return "", "is no whole number"
		}
		return strconv.Itoa(n), ""
	case TypeBoolean:
		switch strings.ToLower(value) {
		case "true", "yes", "on", "1":
			return "true", ""
		case "false", "no", "off", "0":
			return "false", ""
		}
		return "", "is neither true nor false"
	case TypeChoice:
		if !slices.Contains(in.Choices, value) {
			return "", "is not one of " + strings.Join(in.Choices, ", ")
		}
	}
	return value, ""
}

// readURL checks a base URL and takes the slash from its end.
func readURL(value string) (string, string) {
	u, err := url.Parse(value)
	switch {
	case err != nil || u.Host == "":
		return "", "is no URL; expected one such as https://host/path"
	case u.User != nil:
		return "", "has credentials in it, which belong in an input of their own"
	case u.Fragment != "":
		return "", "has a fragment, which no request carries"
	}
	switch u.Scheme {
	case "http", "https", "smtp", "smtps":
		return strings.TrimRight(value, "/"), ""
	}
	return "", fmt.Sprintf("has the scheme %q; expected https or http", u.Scheme)
}

// Schema returns the JSON Schema of a manifest.yaml, for editors.
func Schema() []byte { return form.Schema("manifest.yaml", Shape()) }
