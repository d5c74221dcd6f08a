package output

import (
	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/project"
)

// names turns the canonical names of files into those that a format shows,
// and back.
type names struct {
	show  func(canonical string) string
	shown map[string]string
	back  map[string]string
}

// newNames chooses: what a code host reads gets paths within the repository,
// what a person reads gets paths as they were typed.
func newNames(p *project.Project, format string) *names {
	n := &names{show: p.Shown, shown: map[string]string{}, back: map[string]string{}}
	switch format {
	case "sarif", "codequality", "github":
		n.show = p.InRepository
	}
	return n
}

func (n *names) of(canonical string) string {
	shown, ok := n.shown[canonical]
	if !ok {
		shown = n.show(canonical)
		n.shown[canonical], n.back[shown] = shown, canonical
	}
	return shown
}

// canonical is the way back; a name that was never shown stays as it is.
func (n *names) canonical(shown string) string {
	if name, ok := n.back[shown]; ok {
		return name
	}
	return shown
}

// rename returns a copy of the report with the names that are shown. The
// order stays: it is that of the canonical names.
func (n *names) rename(rep *check.Report) *check.Report {
	out := *rep
	out.Subjects, out.Files = n.all(rep.Subjects), n.all(rep.Files)
	out.Findings = make([]check.Finding, len(rep.Findings))
	for i := range rep.Findings {
		out.Findings[i] = n.finding(rep.Findings[i])
	}
	out.Suppressed = make([]check.Suppressed, len(rep.Suppressed))
	for i, s := range rep.Suppressed {
		s.Finding = n.finding(s.Finding)
		out.Suppressed[i] = s
	}
	out.Incomplete = make([]check.Incomplete, len(rep.Incomplete))
	for i, inc := range rep.Incomplete {
		if inc.File != "" {
			inc.File = n.of(inc.File)
		}
		out.Incomplete[i] = inc
	}
	return &out
}

func (n *names) finding(f check.Finding) check.Finding {
	if f.Location.File != "" {
		f.Location.File = n.of(f.Location.File)
	}
	related := make([]check.Related, len(f.Related))
	for i, r := range f.Related {
		if r.Location.File != "" {
			r.Location.File = n.of(r.Location.File)
		}
		related[i] = r
	}
	f.Related = related
	if f.Fix != nil {
		fix := check.Fix{Title: f.Fix.Title, Unsafe: f.Fix.Unsafe, Edits: make([]check.Edit, len(f.Fix.Edits))}
		for i, e := range f.Fix.Edits {
			e.File = n.of(e.File)
			fix.Edits[i] = e
		}
		f.Fix = &fix
	}
	return f
}

func (n *names) all(canonical []string) []string {
	shown := make([]string, len(canonical))
	for i, name := range canonical {
		shown[i] = n.of(name)
	}
	return shown
}
