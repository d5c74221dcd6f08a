package lint

import (
	"io/fs"
	"strings"

	"github.com/plumbapi/plumb/lint/internal/gql"
	"github.com/plumbapi/plumb/lint/internal/guide"
	"github.com/plumbapi/plumb/lint/internal/oas"
)

// Example shows what a rule refuses and what it lets pass. It is one of the
// rule's own test cases.
type Example struct {
	Bad  Case
	Good Case
	// Findings are the lines that the rule reports on Bad, each
	// "file:line:column: severity: message (rule) element" as package
	// checktest writes them.
	Findings []string
}

// Case is a description that serves as an example.
type Case struct {
	// Name is the name of the file, such as "bad/no-tags.yaml".
	Name string
	Text string
}

// Examples returns the first bad and the first good test case of the rule,
// and whether the rule has any. Rules about loading and about the policy have
// none.
func Examples(ruleID string) (Example, bool) {
	for _, fsys := range []fs.FS{oas.Testdata, guide.Testdata, gql.Testdata} {
		data, err := fs.ReadFile(fsys, "testdata/"+ruleID+".txtar")
		if err != nil {
			continue
		}
		return readExample(string(data)), true
	}
	return Example{}, false
}

func readExample(archive string) Example {
	var e Example
	var want string
	for name, text := range archiveFiles(archive) {
		switch {
		case strings.HasPrefix(name, "bad/") && e.Bad.Name == "":
			e.Bad = Case{Name: name, Text: text}
		case strings.HasPrefix(name, "good/") && e.Good.Name == "":
			e.Good = Case{Name: name, Text: text}
		case name == "want":
			want = text
		}
	}
	for line := range strings.Lines(want) {
		if strings.HasPrefix(line, e.Bad.Name+":") {
			e.Findings = append(e.Findings, strings.TrimSuffix(line, "\n"))
		}
	}
	return e
}

// archiveFiles yields the files of a txtar archive: each begins with a line
// "-- name --".
func archiveFiles(archive string) func(yield func(name, text string) bool) {
	return func(yield func(name, text string) bool) {
		name, start := "", 0
		for offset := 0; offset < len(archive); {
			end := len(archive)
			if i := strings.IndexByte(archive[offset:], '\n'); i >= 0 {
				end = offset + i + 1
			}
			if next, ok := markerName(archive[offset:end]); ok {
				if name != "" && !yield(name, archive[start:offset]) {
					return
				}
				name, start = next, end
			}
			offset = end
		}
		if name != "" {
			yield(name, archive[start:])
		}
	}
}

func markerName(line string) (string, bool) {
	line = strings.TrimRight(line, "\r\n")
	inner, ok := strings.CutPrefix(line, "-- ")
	if !ok {
		return "", false
	}
	inner, ok = strings.CutSuffix(inner, " --")
	return strings.TrimSpace(inner), ok && strings.TrimSpace(inner) != ""
}
