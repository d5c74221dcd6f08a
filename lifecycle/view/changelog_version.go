package view

import (
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/lifecycle"
)

// versionAdvice says which version the changes call for.
func versionAdvice(l *lifecycle.Changelog) []string {
	a := &l.Advice
	var say []string
	switch {
	case a.Bump == lifecycle.NoBump:
		say = append(say, "The changes call for no new version.")
	case a.Next == "":
		say = append(say, "By semantic versioning the changes call for a "+string(a.Bump)+" version.")
	case a.Next == l.BaseVersion:
		say = append(say, "Nothing breaks, so the version can stay "+a.Next+".")
	default:
		say = append(say, "By semantic versioning the changes call for a "+string(a.Bump)+" version: "+a.Next+" after "+l.BaseVersion+".")
	}
	switch same := l.BaseVersion == l.RevisionVersion; {
	case a.Actual == "" || a.Bump == lifecycle.NoBump:
	case a.Disagrees && same:
		say = append(say, "The description still calls itself "+l.RevisionVersion+".")
	case a.Disagrees:
		say = append(say, l.RevisionVersion+" is too small a step.")
	case !same:
		say = append(say, l.RevisionVersion+" is enough of a step.")
	}
	say = append(say, milestoneAdvice(&a.Milestone)...)
	if a.Experiments > 0 {
		say = append(say, words.Count(a.Experiments, "breaking change")+" of what was experimental or internal "+are(a.Experiments)+" not counted.")
	}
	return say
}

func milestoneAdvice(m *lifecycle.Milestone) []string {
	switch {
	case m.MajorOnly && m.Release == "":
		return []string{"Where things are removed at X.0 only, this has to wait for the next X.0."}
	case m.Release == "":
		return nil
	case !m.May:
		return []string{"Where things are removed at X.0 only, " + m.Release + " may not carry this; it has to wait for " + m.Earliest + "."}
	}
	return []string{"Where things are removed at X.0 only, " + m.Release + " may carry this."}
}

func are(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}
