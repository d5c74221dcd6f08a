package usage

import (
	"bytes"
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

// of returns the name of the format of a log that begins with a text, which
// may be cut off anywhere.
func (f *format) of(begin []byte) string {
	if f.name != "" {
		return f.name
	}
	begin = bytes.TrimPrefix(begin, []byte("\xef\xbb\xbf"))
	for n := 0; len(begin) > 0 && n < sniffLines; n++ {
		line, rest := cut(begin, '\n')
		begin = rest
		line = bytes.TrimSpace(line)
		if len(line) == 0 {
			continue
		}
		if line[0] != '{' {
			var c call
			if f.text(line, &c, &lastTime{}) {
				return Combined
			}
			continue
		}
		switch {
		case isHAR(line, rest):
			return HAR
		case isGraphQLLine(line):
			return GitLabGraphQL
		}
		return JSONLines
	}
	return Combined
}

// sniffLines is how many lines may be strange before a format is taken for
// granted.
const sniffLines = 50

// isHAR reports whether a text that begins with such a line is an archive: one
// object over many lines, or one whose first members are those of an archive.
func isHAR(line, rest []byte) bool {
	head := line
	if len(bytes.TrimSpace(line[1:])) == 0 {
		head = append(slices.Clone(line), rest...)
	}
	head = bytes.TrimSpace(bytes.TrimSpace(head)[1:])
	for _, member := range []string{`"log"`, `"entries"`} {
		if after, ok := bytes.CutPrefix(head, []byte(member)); ok {
			after = bytes.TrimSpace(after)
			if len(after) == 0 || after[0] != ':' {
				return false
			}
			after = bytes.TrimSpace(after[1:])
			return len(after) == 0 || after[0] == '{' || after[0] == '['
		}
	}
	return false
}

func isGraphQLLine(line []byte) bool { return bytes.Contains(line, []byte(`"query_string"`)) }

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
