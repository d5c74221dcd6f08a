package parity

import "strings"

// GroupCount compares the gaps of a group now with those that parity.lock
// has. A group that the lock does not have had none.
type GroupCount struct {
	Group  string `json:"group"`
	Locked Counts `json:"locked"`
	Now    Counts `json:"now"`
}

// Counts are the gaps of a group. Only what is required counts.
type Counts struct {
	// None and Partial count operations of REST, RootNone and RootPartial
	// root fields of GraphQL.
	None        int `json:"none"`
	Partial     int `json:"partial"`
	RootNone    int `json:"root_none"`
	RootPartial int `json:"root_partial"`
	// Missing counts the properties of matched schemas that their types lack.
	Missing int `json:"missing_fields"`
}

// Growth is a number of gaps that has grown.
type Growth struct {
	// Of says what is counted: "operations without a counterpart".
	Of          string
	Locked, Now int
}

// Growths returns what has grown. A counterpart that is partial where there
// was none is no growth, one that is where there was a whole one is.
func (g GroupCount) Growths() []Growth {
	all := [...]Growth{
		{"operations without a counterpart", g.Locked.None, g.Now.None},
		{"operations without a whole counterpart", g.Locked.None + g.Locked.Partial, g.Now.None + g.Now.Partial},
		{"root fields without a counterpart", g.Locked.RootNone, g.Now.RootNone},
		{"root fields without a whole counterpart", g.Locked.RootNone + g.Locked.RootPartial, g.Now.RootNone + g.Now.RootPartial},
		{"missing fields", g.Locked.Missing, g.Now.Missing},
	}
	var grown []Growth
	for i, n := range all {
		// Where the first of a pair has grown, the second says nothing new.
		if n.Now > n.Locked && !(i%2 == 1 && all[i-1].Now > all[i-1].Locked) {
			grown = append(grown, n)
		}
	}
	return grown
}

// Shrunk reports whether there are fewer gaps than the lock has, so that it
// may be written anew.
func (g GroupCount) Shrunk() bool { return ratchet(g.Locked, g.Now) != g.Locked }

// other is the group of what has none.
const other = "other"

// groupOf returns the group of an operation: its first tag.
func groupOf(op *Operation) string {
	if len(op.Tags) > 0 {
		return groupName(op.Tags[0])
	}
	return other
}

func groupName(tag string) string {
	if strings.TrimSpace(tag) == "" {
		return other
	}
	return tag
}

// counts counts the gaps of each group that has any, by name.
func counts(res *Result) []LockedGroup {
	groups := map[string]*Counts{}
	of := func(group string) *Counts {
		group = groupName(group)
		if groups[group] == nil {
			groups[group] = &Counts{}
		}
		return groups[group]
	}
	for _, op := range res.Operations {
		switch {
		case op.Need != Required && op.Need != "":
		case op.Status == StatusNone:
			of(groupOf(op)).None++
		case op.Status == StatusPartial:
			of(groupOf(op)).Partial++
		}
	}
	for _, r := range res.Roots {
		switch {
		case r.Need != Required && r.Need != "":
		case r.Status == StatusNone:
			of(r.Group).RootNone++
		case r.Status == StatusPartial:
			of(r.Group).RootPartial++
		}
	}
	types := map[string]*Type{}
	for _, t := range res.Types {
		types[t.Name] = t
	}
	for _, f := range missing(res) {
		if t := types[f.Schema]; t != nil && (t.Need == Required || t.Need == "") {
			of(t.Group).Missing++
		}
	}
	list := make([]LockedGroup, 0, len(groups))
	for _, name := range sortedKeys(groups) {
		list = append(list, LockedGroup{Group: name, Counts: *groups[name]})
	}
	return list
}

// baseline compares the counts of a result with those of a lock, by group.
func baseline(res *Result, l *Lock) []GroupCount {
	groups := map[string]*GroupCount{}
	of := func(group string) *GroupCount {
		if groups[group] == nil {
			groups[group] = &GroupCount{Group: group}
		}
		return groups[group]
	}
	for _, g := range l.Groups {
		of(g.Group).Locked = g.Counts
	}
	for _, g := range counts(res) {
		of(g.Group).Now = g.Counts
	}
	list := make([]GroupCount, 0, len(groups))
	for _, name := range sortedKeys(groups) {
		g := groups[name]
		if l.Matcher != MatcherVersion {
			// Another matcher pairs fields otherwise, which is no news about
			// the descriptions.
			g.Locked.Missing = g.Now.Missing
		}
		list = append(list, *g)
	}
	return list
}
