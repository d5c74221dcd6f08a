package jsonschema

import "cmp"

// Survey looks at the schema and all that it refers to. What it says does not
// depend on which schemas were looked at before. It must not run while another
// goroutine uses the compiler.
func (s *Schema) Survey() Survey {
	if s.surveyed != surveyDone {
		w := surveyor{}
		w.look(s, 0)
	}
	return s.survey
}

// maxSurvey is how deep schemas may hold one another before they count as
// recursive.
const maxSurvey = 10_000

// surveyor finds, in one walk, the schemas that hold one another (the strongly
// connected components, as Tarjan does): the same is said of all of them.
type surveyor struct {
	open []*Schema // not surveyed to the end, in the order in which they were met
	met  int
}

// look surveys a schema. It returns the first of the open schemas that it leads
// back to, by when that was met.
func (w *surveyor) look(s *Schema, depth int) (back int) {
	w.met++
	s.met, s.surveyed = w.met, surveyRuns
	back = s.met
	first := len(w.open)
	w.open = append(w.open, s)
	s.survey = Survey{Problem: s.problem, Fatal: s.fatal, Unusable: s.unusable}
	if s.dangling {
		s.survey.Dangling = s.node
	}
	s.each(func(sub *Schema) {
		switch {
		case sub.surveyed == surveyRuns:
			back = min(back, sub.met)
			s.survey.Recursive = true
		case sub.surveyed == 0 && depth > maxSurvey:
			s.survey.Recursive = true
		case sub.surveyed == 0:
			back = min(back, w.look(sub, depth+1))
		}
		if sub.surveyed == surveyDone {
			s.survey.add(&sub.survey)
		}
		if s.survey.Problem == nil {
			s.survey.Problem = sub.flag
		}
	})
	if back < s.met {
		return back
	}
	circle := w.open[first:]
	w.open = w.open[:first]
	all := s.survey
	for _, c := range circle[1:] {
		all.join(&c.survey)
	}
	for _, c := range circle {
		c.survey, c.surveyed = all, surveyDone
	}
	return back
}

// add adds what is said of a part, behind what is said already.
func (v *Survey) add(w *Survey) {
	v.Problem, v.Fatal, v.Unusable = cmp.Or(v.Problem, w.Problem), cmp.Or(v.Fatal, w.Fatal), cmp.Or(v.Unusable, w.Unusable)
	v.Dangling = cmp.Or(v.Dangling, w.Dangling)
	v.Recursive = v.Recursive || w.Recursive
}

// join is add where neither is before the other: what is written first counts.
func (v *Survey) join(w *Survey) {
	v.Problem, v.Fatal, v.Unusable = earlier(v.Problem, w.Problem), earlier(v.Fatal, w.Fatal), earlier(v.Unusable, w.Unusable)
	if v.Dangling == nil || w.Dangling != nil && w.Dangling.Before(v.Dangling) {
		v.Dangling = w.Dangling
	}
	v.Recursive = v.Recursive || w.Recursive
}

func earlier(a, b *Problem) *Problem {
	if a == nil || b != nil && b.Node.Before(a.Node) {
		return b
	}
	return a
}
