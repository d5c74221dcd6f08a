package k6

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/perf"
)

// session is a chain of requests as the script knows it.
type session struct {
	Steps []step `json:"steps"`
	// Chains are those of a session whose requests do not differ by number.
	Chains []int `json:"chains,omitempty"`
}

type step struct {
	Operation int    `json:"operation"`
	Keeps     []keep `json:"keeps"`
}

// keep is what a step leaves of its answer, under a number: the value at a
// path of its body, or a header.
type keep struct {
	Index  int      `json:"index"`
	Header string   `json:"header,omitempty"`
	Path   []string `json:"path,omitempty"`
}

// used reports, for each operation, whether the plan sends it at all.
func used(plan *perf.Plan) []bool {
	in := make([]bool, len(plan.Operations))
	for i := range in {
		in[i] = plan.Operations[i].Weight > 0
	}
	for i := range plan.Sessions {
		for _, s := range plan.Sessions[i].Steps {
			in[s.Operation] = in[s.Operation] || plan.Sessions[i].Weight > 0
		}
	}
	return in
}

// keptNames are what a session keeps; the index of one is its number.
func keptNames(s *perf.Session) []string {
	var names []string
	for _, st := range s.Steps {
		for _, k := range st.Keeps {
			if !slices.Contains(names, k.Name) {
				names = append(names, k.Name)
			}
		}
	}
	return names
}

// mostKept is how many values a session may keep: they have three digits.
const mostKept = 1000

// sessions writes down the steps of all sessions.
func (w *writer) sessions() error {
	for i := range w.plan.Sessions {
		s := &w.plan.Sessions[i]
		names := keptNames(s)
		out := session{Steps: []step{}}
		for _, st := range s.Steps {
			next := step{Operation: st.Operation, Keeps: []keep{}}
			for _, k := range st.Keeps {
				one := keep{Index: slices.Index(names, k.Name), Header: k.Header}
				if k.Header == "" {
					path, err := openapi.ParsePointer(k.Pointer)
					if err != nil {
						return fmt.Errorf("session %q keeps %q: %w", s.Name, k.Name, err)
					}
					one.Path = append([]string{}, path...)
				}
				next.Keeps = append(next.Keeps, one)
			}
			out.Steps = append(out.Steps, next)
		}
		w.data.Sessions = append(w.data.Sessions, out)
	}
	return nil
}

// A value that a session keeps stands in a request as a number that nothing
// else is, while the request is made: such a one is JSON, and no place changes
// it. In the script a mark takes its place, which says how the value has to be
// escaped there, and its number.
const standIn = "731058642097531"

var standIns = regexp.MustCompile(standIn + `\d{3}`)

// standing are values for all that a session keeps.
func standing(names []string) map[string]string {
	kept := map[string]string{}
	for i, name := range names {
		kept[name] = fmt.Sprintf("%s%03d", standIn, i)
	}
	return kept
}

// mark puts marks in the places of kept values: u in URLs and forms, h in
// headers, t in texts.
func mark(text, how string) string {
	return standIns.ReplaceAllStringFunc(text, func(s string) string { return "\x00" + how + s[len(standIn):] })
}

// markJSON does it in JSON: s within strings, r where the value is a whole one.
func markJSON(text string) string {
	var b strings.Builder
	inString := false
	for i := 0; i < len(text); i++ {
		if at := standIns.FindStringIndex(text[i:min(len(text), i+len(standIn)+3)]); at != nil && at[0] == 0 {
			how := "r"
			if inString {
				how = "s"
			}
			b.WriteString(mark(text[i:i+at[1]], how))
			i += at[1] - 1
			continue
		}
		switch text[i] {
		case '"':
			inString = !inString
		case '\\':
			b.WriteByte(text[i])
			i++
		}
		b.WriteByte(text[i])
	}
	return b.String()
}

// marked puts marks into a request.
func (r *request) marked() {
	r.URL = mark(r.URL, "u")
	media := ""
	for name, value := range r.Headers {
		r.Headers[name] = mark(value, "h")
		if strings.EqualFold(name, "Content-Type") {
			media = value
		}
	}
	switch {
	case r.Binary:
	case strings.Contains(media, "json"):
		r.Body = markJSON(r.Body)
	case strings.HasPrefix(media, "application/x-www-form-urlencoded"):
		r.Body = mark(r.Body, "u")
	default:
		r.Body = mark(r.Body, "t")
	}
}

// chain makes the requests of all steps of a session, and returns the index of
// the chain.
func (r *renderer) chain(seq uint64, at int) (int, error) {
	s := &r.plan.Sessions[at]
	kept := standing(keptNames(s))
	list := make([]int, 0, len(s.Steps))
	for k := range s.Steps {
		index, err := r.make(&perf.Request{Seq: seq, Operation: s.Steps[k].Operation, Session: at, Step: k, Kept: kept})
		if err != nil {
			return 0, err
		}
		list = append(list, index)
		if index < 0 {
			break // what comes after it is not sent
		}
	}
	key := fmt.Sprint(list)
	index, ok := r.chains[key]
	if !ok {
		index = len(r.table.chains)
		r.chains[key] = index
		r.table.chains = append(r.table.chains, list)
	}
	return index, nil
}

// errNUL is why a request is not written: marks begin with that.
var errNUL = errors.New("it holds a NUL byte, which cannot be written into a script beside what sessions keep")
