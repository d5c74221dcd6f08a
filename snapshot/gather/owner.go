package gather

import (
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
)

// Owners says who owns what, beside what descriptions say with x-owner, x-team
// and @owner. A nil Owners knows nobody.
type Owners struct {
	// Teams are asked in their order.
	Teams []Team
	// Files are asked where nothing else is known; nil means none.
	Files *CodeOwners
}

// Team owns what has one of its tags, or a name that one of its patterns (see
// [check.MatchGlob]) matches: "GET /issues**", "Query.issue*".
type Team struct {
	Name     string
	Tags     []string
	Elements []string
}

func (o *Owners) element(name string) string {
	if o == nil || name == "" {
		return ""
	}
	for _, t := range o.Teams {
		if slices.ContainsFunc(t.Elements, func(glob string) bool { return check.MatchGlob(glob, name) }) {
			return t.Name
		}
	}
	return ""
}

func (o *Owners) tag(tag string) string {
	if o == nil || tag == "" {
		return ""
	}
	for _, t := range o.Teams {
		if slices.Contains(t.Tags, tag) {
			return t.Name
		}
	}
	return ""
}

func (o *Owners) file(name string) string {
	if o == nil || name == "" {
		return ""
	}
	return o.Files.Owner(name)
}

// CodeOwners is a file that says who owns which files, as GitHub and GitLab read
// it. A nil CodeOwners knows nobody.
type CodeOwners struct {
	// Prefix is the way from the top of the repository to where names of files
	// begin; "" for the top.
	Prefix string
	lines  []codeOwner
}

type codeOwner struct{ globs, owners []string }

// maxCodeOwners is how many lines are kept, and maxCodeOwnersLine how long one may
// be in bytes; what is beyond is not read.
const (
	maxCodeOwners     = 10_000
	maxCodeOwnersLine = 4096
)

// ParseCodeOwners reads the text of a CODEOWNERS file. Lines that say nothing of
// files, such as comments, are passed over; the owners that head a section count
// for its lines without any.
func ParseCodeOwners(text string) *CodeOwners {
	c := &CodeOwners{}
	var section []string
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' || len(line) > maxCodeOwnersLine || len(c.lines) == maxCodeOwners {
			continue
		}
		if head := strings.TrimPrefix(line, "^"); strings.HasPrefix(head, "[") {
			if _, rest, ok := strings.Cut(head, "]"); ok {
				if strings.HasPrefix(rest, "[") { // how many have to approve
					_, rest, _ = strings.Cut(rest, "]")
				}
				section = owners(strings.Fields(rest))
				continue
			}
		}
		fields := splitOwners(line)
		if strings.HasPrefix(fields[0], "!") {
			continue
		}
		who := owners(fields[1:])
		if len(who) == 0 {
			who = section
		}
		c.lines = append(c.lines, codeOwner{globs(fields[0]), who})
	}
	return c
}

// splitOwners cuts a line at spaces; the pattern, which comes first, may hold some
// that a backslash stands before.
func splitOwners(line string) []string {
	const space = "\x00"
	fields := strings.Fields(strings.ReplaceAll(line, `\ `, space))
	fields[0] = strings.ReplaceAll(fields[0], space, " ")
	return fields
}

func owners(fields []string) (list []string) {
	for _, f := range fields {
		if strings.HasPrefix(f, "#") {
			break
		}
		if strings.Contains(f, "\x00") {
			continue
		}
		list = append(list, f)
	}
	return list
}

// globs turns a pattern, which is one of gitignore's, into those of
// [check.MatchGlob].
func globs(pattern string) []string {
	anchored := strings.Contains(strings.TrimSuffix(pattern, "/"), "/")
	p := strings.TrimPrefix(pattern, "/")
	if !anchored {
		p = "**/" + p
	}
	if folder, ok := strings.CutSuffix(p, "/"); ok {
		return []string{folder + "/**"}
	}
	return []string{p, p + "/**"}
}

// Owner returns the first owner of a file, without the @ of an account; "" where
// there is none. The last line
// that matches decides.
func (c *CodeOwners) Owner(name string) string {
	if c == nil {
		return ""
	}
	if c.Prefix != "" {
		name = strings.TrimSuffix(c.Prefix, "/") + "/" + name
	}
	for _, line := range slices.Backward(c.lines) {
		if slices.ContainsFunc(line.globs, func(glob string) bool { return check.MatchGlob(glob, name) }) {
			if len(line.owners) == 0 {
				return ""
			}
			return strings.TrimPrefix(line.owners[0], "@")
		}
	}
	return ""
}
