package policy

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/cli/project"
)

// baselinePath returns where the baseline is: the flag's, else that of
// plumb.yaml, as an absolute path; "" where there is none.
func (f *Flags) baselinePath(p *project.Project) (path, shown string) {
	switch {
	case f.baseline != "":
		return p.Env.Path(f.baseline), f.baseline
	case p.Config.Baseline != "":
		path := p.FromConfig(p.Config.Baseline)
		return path, p.Shown(p.Canonical(path))
	}
	return "", ""
}

// baselineOf reads the baseline, once for all policies of a call.
func (f *Flags) baselineOf(p *project.Project) (*check.Baseline, error) {
	path, _ := f.baselinePath(p)
	if b, ok := f.known[path]; ok {
		return b, nil
	}
	b, err := f.readBaseline(p)
	if err == nil {
		if f.known == nil {
			f.known = map[string]*check.Baseline{}
		}
		f.known[path] = b
	}
	return b, err
}

// readBaseline reads the baseline, nil where there is none yet. One that the
// user named must be there, unless it is about to be written.
func (f *Flags) readBaseline(p *project.Project) (*check.Baseline, error) {
	path, shown := f.baselinePath(p)
	if path == "" {
		if f.update {
			return nil, env.Usagef("--update-baseline needs a file: give --baseline FILE, or baseline: in plumb.yaml")
		}
		return nil, nil
	}
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		if f.baseline == "" || f.update {
			return nil, nil
		}
		return nil, env.Usagef("%s: there is no such baseline; --update-baseline writes it", shown)
	}
	if err != nil {
		return nil, env.Usagef("the baseline cannot be read: %w", err)
	}
	defer func() { _ = file.Close() }()
	b, err := check.ReadBaseline(file)
	if err != nil {
		return nil, env.Usagef("%s: %w", shown, err)
	}
	b.At.File = p.Canonical(path)
	p.Type(b.At.File, shown)
	return b, nil
}

// Settle returns the exit code of a call. Where the call is to write the
// baseline, Settle does so and says it, unless the output is quiet: what is
// known by then is no failure. Merged and looked are as in
// [check.Baseline.Renew].
func (f *Flags) Settle(p *project.Project, out *output.Flags, old *check.Baseline, merged *check.Report, looked ...*check.Report) (int, error) {
	code := out.ExitCode(merged)
	if !f.update {
		return code, nil
	}
	note, err := f.renew(p, old, merged, looked...)
	if err != nil {
		return 0, err
	}
	if !out.Quiet() {
		p.Env.Say("plumb: %s", note)
	}
	if code != env.Incomplete {
		code = env.Clean
	}
	return code, nil
}

// renew writes the baseline anew, where the call is complete, and returns a
// line about it.
func (f *Flags) renew(p *project.Project, old *check.Baseline, merged *check.Report, looked ...*check.Report) (string, error) {
	if !merged.Complete() {
		return "the baseline is not written, since the run is incomplete", nil
	}
	path, shown := f.baselinePath(p)
	next := old.Renew(merged, looked...)
	if err := output.WriteFile(path, shown, next.Write); err != nil {
		return "", err
	}
	noun := "findings"
	if next.Len() == 1 {
		noun = "finding"
	}
	return fmt.Sprintf("%s has %d known %s now; it had %d", shown, next.Len(), noun, old.Len()), nil
}
