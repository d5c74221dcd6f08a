package initcmd

import (
	"io"
	"io/fs"
	"path"
	"regexp"
	"strings"

	"github.com/plumbapi/plumb/internal/cli/discover"
	"github.com/plumbapi/plumb/internal/cli/source"
	"github.com/plumbapi/plumb/internal/config"
)

// evidence is what speaks for a setting, beside the descriptions themselves.
type evidence struct {
	// base is what changes are compared with, such as "git:origin/main".
	base string
	// policy is what plumb knows as the policy of the product, why the text that
	// says so, in a file.
	policy, why string
	// plan is the only load plan that there is.
	plan string
	// decisions and lock are parity.yaml and parity.lock, where they are there.
	decisions, lock bool
}

// marks are texts that only descriptions under a policy have.
var marks = []struct {
	policy  string
	text    *regexp.Regexp
	product string // the name that has to be in the text too
}{
	{"gitlab", regexp.MustCompile(`Deprecated in (?:GitLab )?\d+\.\d+`), "GitLab"},
	{"kubernetes", regexp.MustCompile(`x-kubernetes-group-version-kind`), ""},
	{"snyk-vervet", regexp.MustCompile(`x-snyk-api-stability`), ""},
	{"github-rest", regexp.MustCompile(`"?\bx-github"?\s*:`), "GitHub"},
}

// maxEvidence bounds how much text is looked at for evidence.
const maxEvidence = 64 << 20

// gather looks for evidence in the folder.
func gather(fsys fs.FS, f *discover.Found) evidence {
	var e evidence
	if len(f.Plans) == 1 {
		e.plan = f.Plans[0]
	}
	e.decisions, e.lock = there(fsys, "parity.yaml"), there(fsys, "parity.lock")
	room := int64(maxEvidence)
	for _, list := range [][]string{f.GraphQL, f.OpenAPI} {
		for _, name := range list {
			if source.IsPattern(name) || e.policy != "" {
				continue
			}
			text := read(fsys, name, &room)
			for _, m := range marks {
				if found := m.text.FindString(text); found != "" && strings.Contains(text, m.product) {
					e.policy, e.why = m.policy, name+" has "+strings.Trim(found, `": `)
					break
				}
			}
		}
	}
	return e
}

func there(fsys fs.FS, name string) bool {
	info, err := fs.Stat(fsys, name)
	return err == nil && info.Mode().IsRegular()
}

func read(fsys fs.FS, name string, room *int64) string {
	file, err := fsys.Open(name)
	if err != nil {
		return ""
	}
	defer func() { _ = file.Close() }()
	data, err := io.ReadAll(io.LimitReader(file, *room))
	if err != nil {
		return ""
	}
	*room -= int64(len(data))
	return string(data)
}

// described matches a description that says what is sent to its users.
var described = regexp.MustCompile(`(?m)^\s*"?(?:webhooks|x-webhooks|callbacks)"?\s*:`)

// receivers says which API each folder of payloads is for: the one whose
// description has webhooks, where that is only one, else the one that is
// nearest.
func receivers(fsys fs.FS, f *discover.Found, apis []config.API) {
	var having []int
	room := int64(maxEvidence)
	for i := range apis {
		if apis[i].OpenAPI != "" && described.MatchString(read(fsys, apis[i].OpenAPI, &room)) {
			having = append(having, i)
		}
	}
	for _, folder := range f.Payloads {
		best, shared := -1, -1
		for _, i := range having {
			if n := common(path.Dir(apis[i].OpenAPI), folder); n > shared {
				best, shared = i, n
			}
		}
		if best >= 0 {
			apis[best].Payloads = append(apis[best].Payloads, folder)
		}
	}
}

// common is how many folders two paths begin with alike.
func common(a, b string) int {
	x, y := strings.Split(a, "/"), strings.Split(b, "/")
	n := 0
	for n < len(x) && n < len(y) && x[n] == y[n] {
		n++
	}
	return n
}
