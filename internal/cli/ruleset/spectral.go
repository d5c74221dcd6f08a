package ruleset

import (
	"context"
	"errors"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/lint/spectral"
)

// ofSpectral is a ruleset that was written for Spectral.
type ofSpectral struct{ set *spectral.Ruleset }

func loadSpectral(ctx context.Context, loader *spectral.Loader, name string) (Ruleset, error) {
	set, err := loader.Load(ctx, name)
	var wrong *spectral.Error
	switch {
	case errors.As(err, &wrong):
		return nil, spectralError{wrong}
	case err != nil:
		return nil, err
	}
	return ofSpectral{set}, nil
}

type spectralError struct{ wrong *spectral.Error }

func (e spectralError) Error() string                   { return e.wrong.Error() }
func (e spectralError) place() (check.Location, string) { return e.wrong.At, e.wrong.Text }

// Notes are sentences about what is in the ruleset and is not run.
func (r ofSpectral) Notes() []string { return r.set.Notes }

func (r ofSpectral) Rules() []check.Meta             { return r.set.Rules().Metas() }
func (r ofSpectral) Page(rule string) (string, bool) { return r.set.Page(rule) }
func (r ofSpectral) For(file string) Ruleset         { return ofSpectral{r.set.For(file)} }
func (r ofSpectral) Ignores() []check.Ignore         { return r.set.Ignores() }
func (r ofSpectral) Levels() []check.Level           { return r.set.Levels() }

// Keys implements OfKeys.
func (r ofSpectral) Keys(twice bool) (off bool, severity check.Severity) { return r.set.Keys(twice) }

func (r ofSpectral) Policy(p *check.Policy, alone bool) { r.set.Policy(p, alone) }

func (r ofSpectral) Run(ctx context.Context, d *Document, policy check.Policy) (*check.Report, error) {
	rep, err := check.Run(ctx, r.set.Rules(), d.Text, policy)
	if err != nil {
		return nil, err
	}
	rep.Subjects = []string{d.Name}
	return rep, nil
}

// PlumbName is the name that plumb has for a rule of vacuum; the name itself where
// it has no other.
func PlumbName(rule string) string {
	if name, ok := spectral.VacuumRule(rule); ok {
		return name
	}
	return rule
}
