package usage

import (
	"fmt"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
)

// The formats of logs.
const (
	Combined      = "combined"       // of nginx and Apache
	Common        = "common"         // combined without its last two fields
	JSONLines     = "json"           // an object a line
	GitLabAPI     = "gitlab-api"     // GitLab's api_json.log
	GitLabGraphQL = "gitlab-graphql" // GitLab's graphql_json.log
	HAR           = "har"            // recorded traffic
)

// Formats returns the formats by name.
func Formats() []string {
	return []string{Combined, Common, JSONLines, GitLabAPI, GitLabGraphQL, HAR}
}

// Role is what a field of a log is for.
type Role string

// The roles of fields.
const (
	ConsumerField  Role = "consumer"
	TimeField      Role = "time"
	MethodField    Role = "method"
	PathField      Role = "path"
	QueryField     Role = "query"   // the query of the URL
	RequestField   Role = "request" // the request line
	StatusField    Role = "status"
	TextField      Role = "graphql" // the text of a GraphQL operation
	OperationField Role = "operation"
	VariablesField Role = "variables"
)

// Roles returns the roles of fields.
func Roles() []Role {
	return []Role{
		ConsumerField, TimeField, MethodField, PathField, QueryField, RequestField, StatusField,
		TextField, OperationField, VariablesField,
	}
}

// format is how lines are read. One without a name finds out from the first
// lines of each log.
type format struct {
	name      string
	templates []*template
	fields    *fields
}

// line reads one line into a call, and reports whether it could.
type lineReader interface {
	line(line []byte, c *call, last *lastTime) bool
}

func parseFormat(o *Options) (*format, error) {
	f := &format{name: o.Format, fields: newFields(o)}
	for role := range o.Fields {
		if !slices.Contains(Roles(), role) {
			return nil, fmt.Errorf("a field of a log is for %q, which is none of %s", role, joined(Roles()))
		}
	}
	switch {
	case strings.ContainsAny(o.Format, "$%"):
		t, err := parseTemplate(o.Format, o)
		if err != nil {
			return nil, err
		}
		f.name, f.templates = "template", []*template{t}
		return f, nil
	case o.Format != "" && !slices.Contains(Formats(), o.Format):
		err := fmt.Errorf("unknown format %q of a log", o.Format)
		if near := check.Closest(o.Format, Formats()); near != "" {
			return nil, fmt.Errorf("%w; did you mean %q?", err, near)
		}
		return nil, fmt.Errorf("%w; expected one of %s, or a template such as %q", err, strings.Join(Formats(), ", "), combinedTemplate)
	}
	texts := []string{combinedTemplate, commonTemplate}
	if o.Format == Common {
		texts = texts[1:]
	}
	for _, text := range texts {
		t, err := parseTemplate(text, o)
		if err != nil {
			return nil, err
		}
		f.templates = append(f.templates, t)
	}
	return f, nil
}

func joined(roles []Role) string {
	list := make([]string, len(roles))
	for i, r := range roles {
		list[i] = string(r)
	}
	return strings.Join(list, ", ")
}

// reader returns what reads the lines of a format.
func (f *format) reader(name string) lineReader {
	switch name {
	case JSONLines, GitLabAPI, GitLabGraphQL:
		return f.fields
	}
	return textLines{f}
}

type textLines struct{ *format }

func (t textLines) line(line []byte, c *call, last *lastTime) bool { return t.text(line, c, last) }

// text reads a line by the first template that fits.
func (f *format) text(line []byte, c *call, last *lastTime) bool {
	for _, t := range f.templates {
		if t.line(line, c, last) {
			return true
		}
	}
	return false
}
