package output

import (
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/report"
)

// Sink is where the findings of one call go.
type Sink struct {
	flags   *Flags
	env     *env.Env
	targets []target
}

// target is one format in one place.
type target struct {
	format string
	file   *File // nil means standard output
}

// Open opens every file that the flags name, so that one that cannot be
// written ends the call before the work. End the sink with Abort.
func (f *Flags) Open(e *env.Env) (*Sink, error) {
	if f.all && f.set.Changed("limit") {
		return nil, env.Usagef("--limit and --all exclude one another")
	}
	if f.limit < 1 {
		return nil, env.Usagef("--limit %d: expected 1 or more; --all lists all findings", f.limit)
	}
	s := &Sink{flags: f, env: e}
	type place struct{ format, file string }
	places := []place{{f.format.Value, f.output}}
	for _, r := range f.reports {
		format, file, ok := strings.Cut(r, "=")
		if !ok || file == "" {
			return nil, env.Usagef("--report %q is not of the form FORMAT=FILE, such as sarif=plumb.sarif", r)
		}
		if !slices.Contains(f.formats(), format) {
			return nil, env.Usagef("--report %q: %w", r, env.Unknown("format", format, f.formats()))
		}
		places = append(places, place{format, file})
	}
	taken := map[string]bool{}
	for _, p := range places {
		t := target{format: p.format}
		if p.file != "" && p.file != "-" {
			path := e.Path(p.file)
			if taken[path] {
				s.Abort()
				return nil, env.Usagef("%s is to be written twice; name another file for one of the formats", p.file)
			}
			taken[path] = true
			var err error
			if t.file, err = Create(path, p.file); err != nil {
				s.Abort()
				return nil, err
			}
		}
		s.targets = append(s.targets, t)
	}
	return s, nil
}

// Abort leaves the files as they were that have not been written. It is to
// be called in the end in any case.
func (s *Sink) Abort() {
	for _, t := range s.targets {
		if t.file != nil {
			t.file.Abort()
		}
	}
}

// FilesOnly takes standard output away from the findings: something else is
// written there.
func (s *Sink) FilesOnly() {
	s.targets = slices.DeleteFunc(s.targets, func(t target) bool { return t.file == nil })
}

// Source gives the text of a file, by canonical name, for code frames.
type Source func(canonical string) (string, bool)

// Write writes the report, whose names are canonical, to all targets. What
// the flags say is put into the options.
func (s *Sink) Write(p *project.Project, rep *check.Report, source Source, opts report.Options) error {
	opts.Limit = s.flags.limit
	if s.flags.all || s.flags.limit < 0 {
		opts.Limit = -1
	}
	if s.flags.sort.Value == "severity" {
		opts.Sort = "severity"
	}
	opts.FailOn, _ = check.ParseSeverity(s.flags.failOn.Value)
	opts.More = "--all lists each, --format html makes a page to search"
	for _, t := range s.targets {
		names := newNames(p, t.format)
		o := opts
		o.Source = func(shown string) ([]byte, bool) {
			text, ok := source(names.canonical(shown))
			return []byte(text), ok
		}
		if applies := opts.Applies; applies != nil {
			o.Applies = func(subject string, rule *check.Meta) bool { return applies(names.canonical(subject), rule) }
		}
		w := s.env.Stdout
		if t.file != nil {
			w = t.file
		} else if t.format == "text" {
			o.Color, o.Width = s.env.Color(s.flags.color.Value), s.env.Width
			if s.flags.quiet && len(rep.Findings) == 0 && rep.Complete() {
				continue
			}
		}
		if err := report.Write(w, t.format, names.rename(rep), o); err != nil {
			return env.Incompletef("%w", err)
		}
	}
	for _, t := range s.targets {
		if t.file != nil {
			if err := t.file.Commit(); err != nil {
				return err
			}
		}
	}
	return nil
}
