package view

import (
	"slices"
	"strings"

	"github.com/plumbapi/plumb/lifecycle"
)

// several says what happened to several elements of a type at once, by the ID
// of the change. A list of what must be given, or of what changed its type,
// would leave out what matters.
var several = map[string]string{
	"TYPE_ADDED":           "New types",
	"TYPE_REMOVED":         "Removed types",
	"FIELD_ADDED":          "New fields",
	"FIELD_REMOVED":        "Removed fields",
	"FIELD_ARGUMENT_ADDED": "New optional arguments",
	"INPUT_FIELD_ADDED":    "New optional input fields",
	"INPUT_FIELD_REMOVED":  "Removed input fields",
	"ENUM_VALUE_ADDED":     "New values",
	"ENUM_VALUE_REMOVED":   "Removed values",
	"DIRECTIVE_ADDED":      "New directives",
	"DIRECTIVE_REMOVED":    "Removed directives",
}

// wholes are changes of what is a resource itself. They stand together, before
// what changed inside of others.
var wholes = []string{"TYPE_REMOVED", "DIRECTIVE_REMOVED", "TYPE_ADDED", "DIRECTIVE_ADDED"}

// typeGroups are the entries of a section on a schema, those that are of one
// kind in one type as one item.
func typeGroups(s *lifecycle.ChangelogSection) []changeGroup {
	var groups []changeGroup
	for _, id := range wholes {
		var names []string
		for _, r := range s.Resources {
			for i := range r.Entries {
				if r.Entries[i].Change.ID == id {
					names = append(names, r.Entries[i].Subject)
				}
			}
		}
		if len(names) > 1 {
			why := plural.Replace(whyOf(s, id))
			groups = append(groups, changeGroup{several[id], []item{{Parts: append(listed(names), part{Text: "."}), Why: why}}})
		}
	}
	together := map[string]bool{}
	for _, g := range groups {
		together[g.Name] = true
	}
	if s.Effect == lifecycle.Editorial {
		return append(groups, reworded(s)...)
	}
	for _, r := range s.Resources {
		g := changeGroup{Name: first(r.Name, "The schema")}
		rest := slices.DeleteFunc(slices.Clone(r.Entries), func(e lifecycle.ChangelogEntry) bool {
			return slices.Contains(wholes, e.Change.ID) && together[several[e.Change.ID]]
		})
		g.Items = merged(r.Name, rest)
		if len(g.Items) > 0 {
			groups = append(groups, g)
		}
	}
	return groups
}

func whyOf(s *lifecycle.ChangelogSection, id string) string {
	for _, r := range s.Resources {
		for i := range r.Entries {
			if r.Entries[i].Change.ID == id {
				return r.Entries[i].Why
			}
		}
	}
	return ""
}

// merged makes one item of the entries of one kind.
func merged(resource string, entries []lifecycle.ChangelogEntry) []item {
	count := map[string]int{}
	key := func(e *lifecycle.ChangelogEntry) string {
		if several[e.Change.ID] == "" || e.Change.Level.String() == "error" && strings.HasSuffix(e.Change.ID, "_ADDED") {
			return ""
		}
		return e.Change.ID + e.Stability
	}
	for i := range entries {
		count[key(&entries[i])]++
	}
	var items []item
	done := map[string]bool{}
	for i := range entries {
		e := &entries[i]
		k := key(e)
		switch {
		case k == "" || count[k] == 1:
			items = append(items, newItem(e))
		case !done[k]:
			done[k] = true
			var names []string
			for j := range entries {
				if key(&entries[j]) == k {
					names = append(names, strings.TrimPrefix(entries[j].Subject, resource+"."))
				}
			}
			parts := append([]part{{Text: several[e.Change.ID] + ": "}}, listed(names)...)
			items = append(items, item{Parts: append(parts, part{Text: "."}), Why: plural.Replace(e.Why), Notes: marks(e)})
		}
	}
	return items
}

// reworded lists what reads differently, by type.
func reworded(s *lifecycle.ChangelogSection) []changeGroup {
	var groups []changeGroup
	for _, r := range s.Resources {
		var names []string
		for i := range r.Entries {
			if name := first(r.Entries[i].Subject, "the schema"); !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
		groups = append(groups, changeGroup{first(r.Name, "The schema"), []item{{Parts: listed(names)}}})
	}
	return groups
}
