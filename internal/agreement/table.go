package main

import (
	"context"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
)

// table is how both compare over one ruleset.
type table struct {
	peer    string // the other linter
	ruleset ruleset
	rows    []row
	skipped []string // descriptions that the other has no answer to
	rules   map[string]*score
}

// row is one description.
type row struct {
	name           string
	score          score
	ours, theirs   float64 // seconds
	missing, extra []finding
	failed         string // what plumb says of a run that is not complete
}

// score counts findings that both have, that plumb alone has, and that the
// other alone has: a finding is its rule and its element, as often as it is there.
type score struct {
	both, extra, missing int
	// severity and line count those of both that agree in these as well.
	severity, line int
}

func (s score) precision() float64 { return share(s.both, s.both+s.extra) }
func (s score) recall() float64    { return share(s.both, s.both+s.missing) }
func (s score) f1() float64        { return share(2*s.both, 2*s.both+s.extra+s.missing) }

// share is 1 where there is nothing to have a share in.
func share(part, whole int) float64 {
	if whole == 0 {
		return 1
	}
	return float64(part) / float64(whole)
}

func (s *score) add(o score) {
	s.both += o.both
	s.extra += o.extra
	s.missing += o.missing
	s.severity += o.severity
	s.line += o.line
}

// compare runs both over the descriptions.
func (w *workshop) compare(ctx context.Context, r ruleset, o *options) (*table, error) {
	file, err := w.file(r)
	if err != nil {
		return nil, err
	}
	t := &table{peer: w.peer.name, ruleset: r, rules: map[string]*score{}}
	names, most := o.files, len(o.files)
	if most == 0 {
		names, most = descriptions, perRuleset
	}
	for _, name := range names {
		if len(t.rows) == most {
			break
		}
		path := name
		if len(o.files) == 0 {
			path = filepath.Join(w.corpus, filepath.FromSlash(name))
		}
		theirs, err := w.theirs(ctx, r, file, path)
		if err != nil {
			return nil, err
		}
		if theirs.Failed != "" {
			t.skipped = append(t.skipped, name)
			continue
		}
		ours, err := plumb(ctx, o.plumb, file, path)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		t.add(name, ours, theirs)
	}
	return t, nil
}

// add compares two answers.
func (t *table) add(name string, ours, theirs *answer) {
	type key struct{ rule, element string }
	left := map[key][]finding{} // theirs that have no partner yet
	for _, f := range theirs.Findings {
		k := key{f.Rule, f.Element}
		left[k] = append(left[k], f)
	}
	r := row{name: name, ours: ours.Seconds, theirs: theirs.Seconds, failed: ours.Failed}
	of := func(rule string) *score {
		if t.rules[rule] == nil {
			t.rules[rule] = &score{}
		}
		return t.rules[rule]
	}
	for _, f := range ours.Findings {
		k := key{f.Rule, f.Element}
		if len(left[k]) == 0 {
			r.extra = append(r.extra, f)
			of(f.Rule).add(score{extra: 1})
			continue
		}
		s := score{both: 1}
		i := max(0, slices.IndexFunc(left[k], func(g finding) bool { return g.Line == f.Line && g.Severity == f.Severity }))
		if left[k][i].Severity == f.Severity {
			s.severity = 1
		}
		if left[k][i].Line == f.Line {
			s.line = 1
		}
		left[k] = slices.Delete(left[k], i, i+1)
		of(f.Rule).add(s)
		r.score.add(s)
	}
	for _, f := range theirs.Findings {
		k := key{f.Rule, f.Element}
		if len(left[k]) > 0 {
			r.missing = append(r.missing, left[k][0])
			left[k] = left[k][1:]
			of(f.Rule).add(score{missing: 1})
		}
	}
	r.score.extra, r.score.missing = len(r.extra), len(r.missing)
	t.rows = append(t.rows, r)
}

func (t *table) documents() int { return len(t.rows) }

// all is the score over all findings.
func (t *table) all() (s score) {
	for _, r := range t.rows {
		s.add(r.score)
	}
	return s
}

// mean is the mean F1 of the descriptions, in which each counts alike.
func (t *table) mean() float64 {
	sum := 0.0
	for _, r := range t.rows {
		sum += r.score.f1()
	}
	return sum / float64(max(1, len(t.rows)))
}

// print writes the table: the ruleset as a whole, each description, and the
// rules that differ.
func (t *table) print(out io.Writer, verbose bool) {
	print := func(format string, args ...any) { _, _ = fmt.Fprintf(out, format, args...) }
	all := t.all()
	print("%s %s over %d descriptions: F1 %.3f (precision %.3f, recall %.3f; mean of descriptions %.3f), severity %.3f, line %.3f\n",
		t.ruleset.name, t.ruleset.version, t.documents(), all.f1(), all.precision(), all.recall(), t.mean(),
		share(all.severity, all.both), share(all.line, all.both))
	for _, r := range t.rows {
		print("  %5.3f  %6d both %5d extra %5d missing  %7.2f s (%s %.2f s)  %s\n", r.score.f1(), r.score.both, r.score.extra, r.score.missing, r.ours, t.peer, r.theirs, r.name)
		if r.failed != "" {
			print("         %s\n", r.failed)
		}
		if verbose {
			for _, f := range r.missing {
				print("         missing  %s %s line %d: %s\n", f.Rule, f.Element, f.Line, f.Message)
			}
			for _, f := range r.extra {
				print("         extra    %s %s line %d: %s\n", f.Rule, f.Element, f.Line, f.Message)
			}
		}
	}
	for _, name := range t.skipped {
		print("  %s ends with an error: %s\n", t.peer, name)
	}
	for _, rule := range slices.Sorted(maps.Keys(t.rules)) {
		s := *t.rules[rule]
		if s.extra+s.missing > 0 || s.severity < s.both || s.line < s.both {
			print("  %5.3f  %6d both %5d extra %5d missing %5d severities %5d lines differ  %s\n", s.f1(), s.both, s.extra, s.missing, s.both-s.severity, s.both-s.line, rule)
		}
	}
}
