package openapi

import (
	"strings"

	"github.com/plumbapi/plumb/check"
)

// duplicate is a key given twice. It becomes a problem once the tree stands,
// since a pointer needs every parent.
type duplicate struct{ first, again *Node }

func (d duplicate) finding() check.Finding {
	at, first := d.again.KeyLocation(), d.first.KeyLocation()
	f := problem(ruleParser, at, "mapping key %q is given twice; the first is at line %d", d.again.key, first.Line)
	f.Related = append(f.Related, check.Related{Message: "first given here", Location: first})
	return f
}

// badKey is a key that is no string. One that is a mapping or a sequence
// names no member; it is a problem of the object then.
type badKey struct {
	node  *Node // the member, or the object
	start uint32
	what  string
}

func (k badKey) finding() check.Finding {
	if k.node.kstart == k.start {
		return problem(ruleParser, k.node.KeyLocation(), "mapping key must be a string, not %s: %q", k.what, k.node.key)
	}
	at := k.node.src.location(k.start, k.start+1, k.node.Pointer())
	return problem(ruleParser, at, "mapping key must be a string, not %s", k.what)
}

// keyProblems turns what parsing noted about keys into problems: one for each
// member, however often its key is given.
func (s *Source) keyProblems() {
	seen := map[string]int{}
	for _, d := range s.duplicates {
		f := d.finding()
		if i, known := seen[f.Location.Element]; known {
			s.problems[i].Related = append(s.problems[i].Related, check.Related{Message: "given again here", Location: f.Location})
			continue
		}
		seen[f.Location.Element] = len(s.problems)
		s.problems = append(s.problems, f)
	}
	clear(seen)
	for _, k := range s.badKeys {
		f := k.finding()
		if _, known := seen[f.Location.Element]; !known {
			seen[f.Location.Element] = 0
			s.problems = append(s.problems, f)
		}
	}
	s.twice, s.duplicates = len(s.duplicates) > 0, nil
}

// KeyProblem says whether a finding of [Document.Problems] is about a key, and
// whether that is given twice; else it is no string.
func KeyProblem(f check.Finding) (twice, ok bool) {
	if f.Rule != ruleParser || !strings.HasPrefix(f.Message, "mapping key ") {
		return false, false
	}
	return !strings.HasPrefix(f.Message, "mapping key must be a string"), true
}
