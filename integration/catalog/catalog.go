// Package catalog says how far an integration has come: Minimal, Viable,
// Complete or Lovable, by checks of which each level must pass all before the
// next one counts. A manifest is never believed. What can run runs, against the
// tool's own fake, in this process and on a clock of its own; what only
// continuous integration can measure is evidence that it has recorded, and
// evidence of other sources than those at hand counts as none.
//
// Integrations of plumb come with a tool; those of a company come as a folder
// of manifests (see [Open]), each with the results that its own continuous
// integration wrote.
//
// The package grades, and writes what other programs read: Scorecard's JSON,
// Backstage's entities, a badge. Pages are made by package view.
package catalog

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"math"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/plumbapi/plumb/integration"
)

// Level is how far an integration has come.
type Level int

// The levels. Planned is that of an integration that does not pass all of
// Minimal.
const (
	Planned Level = iota
	Minimal
	Viable
	Complete
	Lovable
)

// Levels are the levels that checks belong to, the lowest first.
func Levels() []Level { return []Level{Minimal, Viable, Complete, Lovable} }

// String returns the level in lower case.
func (l Level) String() string {
	return [...]string{"planned", "minimal", "viable", "complete", "lovable"}[l]
}

// ParseLevel returns the level of a name, false where there is none.
func ParseLevel(name string) (Level, bool) {
	for l := Planned; l <= Lovable; l++ {
		if l.String() == name {
			return l, true
		}
	}
	return Planned, false
}

// Entry is one integration of a catalog.
type Entry struct {
	Manifest *integration.Manifest
	// Tool runs; nil for a company's own integration, of which only results
	// are at hand.
	Tool integration.Tool
	// Files are those of its folder: manifest.yaml, docs.md, schema.json,
	// testdata, evidence.json; for plumb's own the sources too.
	Files fs.FS
	// File is where the manifest is, for findings.
	File string
	// Digest identifies what evidence must have been made of; see [Digest].
	Digest string
}

// Status is what has come of a check.
type Status string

// The statuses. Unknown is that of a check for which there is no evidence that
// counts; it is not passed.
const (
	Passed     Status = "passed"
	Failed     Status = "failed"
	Unknown    Status = "unknown"
	Irrelevant Status = "irrelevant"
)

// Outcome is what one check has come to.
type Outcome struct {
	Check  *Check
	Status Status
	// Reason says in a sentence without a period what was seen.
	Reason string
	// Details are what was done or measured, one a line.
	Details []string
	// Evidence says where the reason comes from: "ran", "read" (the files of
	// the integration), or "recorded" with a day.
	Evidence string
}

// Holds says whether the check does not stand in the way of a level.
func (o *Outcome) Holds() bool { return o.Status == Passed || o.Status == Irrelevant }

// Result is what an integration was graded.
type Result struct {
	Entry *Entry
	// Outcomes are in the order of [Checks].
	Outcomes []Outcome
	// Level is the highest of which, and below which, every check holds.
	Level Level
	// Score is 0 to 10: the weight of what passed in that of all that applies.
	Score float64
	// At is when it was graded.
	At time.Time
}

// Options are those of a grading.
type Options struct {
	// Now is when evidence is looked at.
	Now time.Time
	// MaxAge is how old evidence may be; 0 means [DefaultMaxAge].
	MaxAge time.Duration
	// Practice is what is known from having used integrations.
	Practice Practice
	// Trials are those of an earlier grading by the same program of the same
	// files, of which nothing is run again. See [Result.Trials].
	Trials Trials
}

// DefaultMaxAge is how old evidence may be: as long as a quarter.
const DefaultMaxAge = 90 * 24 * time.Hour

// Grade runs every check on an integration. The error is the context's; what is
// wrong with an integration is in its outcomes.
func Grade(ctx context.Context, e *Entry, o Options) (*Result, error) {
	r := &Result{Entry: e, At: o.Now}
	b := newBench(e, o)
	checks := Checks()
	for i := range checks {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		r.Outcomes = append(r.Outcomes, b.outcome(ctx, checks[i]))
		b.done = r.Outcomes
	}
	r.sum()
	return r, ctx.Err()
}

// Trials are what has come of the checks that run a tool, by their IDs. They
// follow from the program and the files of the integration alone: neither the
// day nor the machine has a part in them.
type Trials map[string]Trial

// Trial is what has come of one.
type Trial struct {
	Status  Status   `json:"status"`
	Reason  string   `json:"reason"`
	Details []string `json:"details"`
}

// Trials returns the trials of a grading that need not be made again. Those that
// failed are left out: a machine that is too busy may have been the reason.
func (r *Result) Trials() Trials {
	all := Trials{}
	for _, o := range r.Outcomes {
		if o.Check.run != nil && r.Entry.Tool != nil && o.Holds() {
			all[o.Check.ID] = Trial{o.Status, o.Reason, o.Details}
		}
	}
	return all
}

// whole says whether trials can stand for checks: two look at what all others
// have met, and cannot be run alone.
func (t Trials) whole() bool { return t["M06"].Status != "" && t["L07"].Status != "" }

// sum computes the level and the score.
func (r *Result) sum() {
	var got, all float64
	for _, o := range r.Outcomes {
		if o.Status == Irrelevant {
			continue
		}
		all += o.Check.Weight
		if o.Status == Passed {
			got += o.Check.Weight
		}
	}
	if all > 0 {
		r.Score = math.Round(100*got/all) / 10
	}
	r.Level = Planned
	for _, level := range Levels() {
		if len(r.Missing(level)) > 0 {
			break
		}
		r.Level = level
	}
}

// Missing returns the checks of a level that do not hold.
func (r *Result) Missing(level Level) []Outcome {
	var list []Outcome
	for _, o := range r.Outcomes {
		if o.Check.Level == level && !o.Holds() {
			list = append(list, o)
		}
	}
	return list
}

// Count returns how many checks of a level hold, of how many.
func (r *Result) Count(level Level) (holds, of int) {
	for i := range r.Outcomes {
		if o := &r.Outcomes[i]; o.Check.Level == level {
			of++
			if o.Holds() {
				holds++
			}
		}
	}
	return holds, of
}

// evidenceFile is the name of what is recorded, in the folder of an
// integration.
const evidenceFile = "evidence.json"

// Digest identifies the files of an integration but the evidence itself, as
// "sha256:" and 64 hexadecimal digits: what was measured of others says nothing
// of these.
func Digest(files fs.FS) (string, error) {
	h := sha256.New()
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Base(name) == evidenceFile {
			return err
		}
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(h, "%s\x00%d\x00%s", name, len(data), data)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("read the files of the integration: %w", err)
	}
	return "sha256:" + hex.EncodeToString(h.Sum(nil)), nil
}

// Own makes the entry of one of plumb's own tools, with the files of its folder.
func Own(tool integration.Tool, files fs.FS) (*Entry, error) {
	m := tool.Manifest()
	digest, err := Digest(files)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", m.Name, err)
	}
	return &Entry{Manifest: m, Tool: tool, Files: files, File: "integration/" + m.Name + "/manifest.yaml", Digest: digest}, nil
}

// Sort orders entries by category, then by name.
func Sort(entries []*Entry) {
	slices.SortStableFunc(entries, func(a, b *Entry) int {
		return cmp.Or(strings.Compare(a.Manifest.Category, b.Manifest.Category), strings.Compare(a.Manifest.Name, b.Manifest.Name))
	})
}
