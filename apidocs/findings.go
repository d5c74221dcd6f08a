package apidocs

import (
	"slices"
	"strings"
)

// attachFindings gives each finding to the entry whose page is about what it
// was found in: the operation, schema or type that its element stands in.
func (r *Reference) attachFindings(all []Finding) {
	if len(all) == 0 {
		return
	}
	places := map[string][]*Entry{}
	for _, e := range r.Entries {
		switch {
		case e.Operation != nil:
			at := e.Operation.Node.Pointer()
			places[at] = append(places[at], e)
		case e.Node != nil:
			at := e.Node.Pointer()
			places[at] = append(places[at], e)
		case e.Kind == Field || e.Kind == Type:
			places[e.ID] = append(places[e.ID], e)
		}
	}
	for _, f := range all {
		if f.Breaks {
			r.Broken = append(r.Broken, f)
		}
		if e := entryAt(places, f); e != nil {
			e.Findings = append(e.Findings, f)
		}
	}
}

// entryAt is the entry with the nearest place around a finding's element.
func entryAt(places map[string][]*Entry, f Finding) *Entry {
	for at := f.Element; at != ""; at = around(at) {
		for _, e := range places[at] {
			if e.File() == "" || sameFile(e.File(), f.File) {
				return e
			}
		}
	}
	return nil
}

// around is the element that another is a part of, "" for a whole description.
func around(element string) string {
	if strings.HasPrefix(element, "/") {
		return element[:strings.LastIndexByte(element, '/')]
	}
	if i := strings.LastIndexAny(element, ".("); i >= 0 {
		return element[:i]
	}
	return ""
}

// sameFile reports whether two names mean one file: one of them may be longer
// in front.
func sameFile(a, b string) bool {
	return a == b || b == "" || strings.HasSuffix(a, "/"+b) || strings.HasSuffix(b, "/"+a)
}

// File is the name of the file that the entry is described in.
func (e *Entry) File() string {
	switch {
	case e.Operation != nil:
		return e.Operation.Node.Source().Name()
	case e.Node != nil:
		return e.Node.Source().Name()
	case e.Field != nil:
		return e.Field.Source().Name()
	case e.Type != nil:
		return e.Type.Source().Name()
	}
	return ""
}

// Breaks reports whether a finding breaks what the entry is about.
func (e *Entry) Breaks() bool {
	return slices.ContainsFunc(e.Findings, func(f Finding) bool { return f.Breaks })
}
