package check

// look is what one report looked at: only within that can something be
// missed.
type look struct {
	ids   map[string]string // the ID of each rule that ran, by ID and alias
	files map[string]bool
	holes []Incomplete
}

func newLooks(reports []*Report) []look {
	looks := make([]look, 0, len(reports))
	for _, rep := range reports {
		if rep != nil {
			looks = append(looks, newLook(rep))
		}
	}
	return looks
}

func newLook(rep *Report) look {
	l := look{ids: make(map[string]string), files: make(map[string]bool), holes: rep.Incomplete}
	for i := range rep.Rules {
		m := &rep.Rules[i]
		for _, alias := range m.Aliases {
			l.ids[alias] = m.ID
		}
	}
	for i := range rep.Rules {
		l.ids[rep.Rules[i].ID] = rep.Rules[i].ID
	}
	for _, names := range [][]string{rep.Subjects, rep.Files} {
		for _, name := range names {
			l.files[name] = true
		}
	}
	for f := range rep.all() {
		l.files[f.Location.File] = true
	}
	return l
}

// judged reports whether the looks together could tell what the rule ("" is
// any) finds in the files that inFile accepts: at least one ran the rule on
// such a file, and none was left unfinished there.
func judged(looks []look, rule string, inFile func(file string) bool) bool {
	ran := false
	for i := range looks {
		l := &looks[i]
		id, has := l.ids[rule]
		if rule == "" {
			has = len(l.ids) > 0
		}
		looked := l.at(inFile)
		for _, hole := range l.holes {
			if hole.Rule != "" && rule != "" && hole.Rule != id {
				continue
			}
			if hole.File != "" && inFile(hole.File) || hole.File == "" && looked {
				return false
			}
		}
		ran = ran || has && looked
	}
	return ran
}

// at reports whether one of the files that were looked at is accepted. A
// report that names none was given no names; it counts for what accepts any.
func (l *look) at(inFile func(file string) bool) bool {
	for file := range l.files {
		if inFile(file) {
			return true
		}
	}
	return len(l.files) == 0 && inFile("")
}
