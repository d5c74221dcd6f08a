package check

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// Baseline is a set of known findings, by fingerprint: a ratchet that lets
// only new findings count. A nil Baseline is empty.
type Baseline struct {
	// At is where the baseline is kept, for findings about it. ReadBaseline
	// sets the line; the caller knows the file.
	At Location

	known map[string]known // by fingerprint
}

// known is one entry of a baseline, as it is written. All but the
// fingerprint is there to be read by people and to tell stale entries.
type known struct {
	Fingerprint string `json:"fingerprint"`
	Rule        string `json:"rule"`
	File        string `json:"file"`
	Element     string `json:"element"`
}

// baselineVersion is the version of the baseline's format.
const baselineVersion = 1

// maxBaseline bounds, in bytes, the baselines that are read. It holds some
// 300,000 findings.
const maxBaseline = 64 << 20

// NewBaseline makes a baseline of findings that went through [Run] or
// [Merge], but not of those about the policy itself, by [PolicyRules].
func NewBaseline(findings []Finding) *Baseline {
	b := &Baseline{known: make(map[string]known, len(findings))}
	for i := range findings {
		f := &findings[i]
		if !isPolicyRule(f.Rule) {
			b.known[f.Fingerprint] = known{f.Fingerprint, f.Rule, f.Location.File, f.Location.Element}
		}
	}
	return b
}

// ReadBaseline reads what [Baseline.Write] wrote, of at most 64 MiB.
func ReadBaseline(r io.Reader) (*Baseline, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxBaseline+1))
	if err != nil {
		return nil, fmt.Errorf("read baseline: %w", err)
	}
	if len(data) > maxBaseline {
		return nil, fmt.Errorf("read baseline: it is larger than %d MiB", maxBaseline>>20)
	}
	var file struct {
		Version  *int    `json:"version"`
		Findings []known `json:"findings"`
	}
	if err := json.Unmarshal(data, &file); err != nil {
		return nil, fmt.Errorf("read baseline: %w", atLine(err, data))
	}
	if file.Version == nil {
		return nil, errors.New("read baseline: it has no version; a baseline begins with {\"version\": 1")
	}
	if *file.Version != baselineVersion {
		return nil, fmt.Errorf("read baseline: version %d is not known; only %d is", *file.Version, baselineVersion)
	}
	b := &Baseline{At: Location{Line: 1, Column: 1}, known: make(map[string]known, len(file.Findings))}
	for i, k := range file.Findings {
		if len(k.Fingerprint) != 32 || strings.Trim(k.Fingerprint, "0123456789abcdef") != "" {
			return nil, fmt.Errorf("read baseline: finding %d: %.40q is no fingerprint", i+1, k.Fingerprint)
		}
		b.known[k.Fingerprint] = k
	}
	return b, nil
}

// Write writes the baseline as JSON: {"version": 1, "findings": [...]}, one
// finding a line, ordered by file, element, rule and fingerprint, so that
// its history can be read.
func (b *Baseline) Write(w io.Writer) error {
	var entries []known
	if b != nil {
		entries = slices.SortedFunc(maps.Values(b.known), compareKnown)
	}
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "{\n  \"version\": %d,\n  \"findings\": [", baselineVersion)
	for i, k := range entries {
		line, err := json.Marshal(k)
		if err != nil {
			return fmt.Errorf("write baseline: %w", err)
		}
		if i > 0 {
			out.WriteByte(',')
		}
		out.WriteString("\n    ")
		out.Write(line)
	}
	if len(entries) > 0 {
		out.WriteString("\n  ")
	}
	out.WriteString("]\n}\n")
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write baseline: %w", err)
	}
	return nil
}

// Has reports whether the baseline has a finding with the fingerprint.
func (b *Baseline) Has(fingerprint string) bool {
	if b == nil {
		return false
	}
	_, ok := b.known[fingerprint]
	return ok
}

// Len returns how many findings the baseline has.
func (b *Baseline) Len() int {
	if b == nil {
		return 0
	}
	return len(b.known)
}

// Stale returns how many findings of the baseline no longer occur: their
// rule ran on their file in one of the reports, and none has them. What was
// not looked at, or could not be finished, is not stale.
func (b *Baseline) Stale(reports ...*Report) int {
	return b.stale(newLooks(reports), reports)
}

func (b *Baseline) stale(looks []look, occurring []*Report) int {
	if b.Len() == 0 {
		return 0
	}
	occur := make(map[string]bool)
	for _, rep := range occurring {
		if rep == nil {
			continue
		}
		for f := range rep.all() {
			occur[f.Fingerprint] = true
		}
	}
	type place struct{ rule, file string }
	looked := make(map[place]bool)
	stale := 0
	for print, k := range b.known {
		if occur[print] {
			continue
		}
		at := place{k.Rule, k.File}
		yes, ok := looked[at]
		if !ok {
			yes = judged(looks, k.Rule, func(file string) bool { return file == k.File })
			looked[at] = yes
		}
		if yes {
			stale++
		}
	}
	return stale
}

func compareKnown(a, b known) int {
	return cmp.Or(
		strings.Compare(a.File, b.File),
		strings.Compare(a.Element, b.Element),
		strings.Compare(a.Rule, b.Rule),
		strings.Compare(a.Fingerprint, b.Fingerprint),
	)
}

// atLine adds the line to an error of encoding/json that has an offset.
func atLine(err error, data []byte) error {
	var offset int64
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		offset = syntax.Offset
	case errors.As(err, &kind):
		offset = kind.Offset
	default:
		return err
	}
	line := 1 + strings.Count(string(data[:min(max(offset, 0), int64(len(data)))]), "\n")
	return fmt.Errorf("line %d: %w", line, err)
}
