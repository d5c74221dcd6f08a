package catalog

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"time"

	"github.com/plumbapi/plumb/internal/safe"
)

// Evidence is what continuous integration has measured of an integration:
// evidence.json in its folder. It is not a verdict: checks have their own bounds
// for what was measured.
type Evidence struct {
	Version     int    `json:"version"`
	Integration string `json:"integration"`
	// Sources is the [Digest] of the files that were measured; of a company's
	// own integration that of its manifest.
	Sources string `json:"sources"`
	// Recorded is when.
	Recorded time.Time `json:"recorded"`
	// By names what measured, such as a command or a pipeline's URL.
	By      string        `json:"by"`
	Results []Measurement `json:"results"`
}

// Measurement is what was measured for one check.
type Measurement struct {
	// Check is the ID.
	Check string `json:"check"`
	// Values are numbers by name, as the check asks for them.
	Values map[string]float64 `json:"values,omitempty"`
	// Passed is the verdict of a check that runs a tool, where there is none to
	// run here: a company's own integration.
	Passed *bool `json:"passed,omitempty"`
	// Detail says how it was measured.
	Detail string `json:"detail"`
}

// EvidenceVersion is that of the format.
const EvidenceVersion = 1

// maxEvidence bounds an evidence file.
const maxEvidence = 1 << 20

// ParseEvidence reads an evidence file.
func ParseEvidence(data []byte) (*Evidence, error) {
	if len(data) > maxEvidence {
		return nil, fmt.Errorf("the file is larger than %d KiB", maxEvidence>>10)
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	var e Evidence
	if err := dec.Decode(&e); err != nil {
		return nil, fmt.Errorf("it is no evidence: %s", safe.Brief(err.Error()))
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("it is no evidence: something follows the object")
	}
	if e.Version != EvidenceVersion {
		return nil, fmt.Errorf("it is of version %d, this is plumb for version %d", e.Version, EvidenceVersion)
	}
	seen := map[string]bool{}
	known := Checks()
	for i, m := range e.Results {
		switch {
		case !slices.ContainsFunc(known, func(c Check) bool { return c.ID == m.Check }):
			return nil, fmt.Errorf("results[%d] is for the check %q, which there is not", i, safe.Brief(m.Check))
		case seen[m.Check]:
			return nil, fmt.Errorf("results[%d]: the check %s is there twice", i, m.Check)
		}
		seen[m.Check] = true
	}
	return &e, nil
}

// Write writes the file.
func (e *Evidence) Write(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(e)
}

// readEvidence reads what was recorded, or says why it does not count.
func readEvidence(e *Entry, o Options) (*Evidence, string) {
	data, err := fs.ReadFile(e.Files, evidenceFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, "nothing is recorded"
	}
	if err != nil {
		return nil, evidenceFile + " cannot be read"
	}
	ev, err := ParseEvidence(data)
	switch {
	case err != nil:
		return nil, fmt.Sprintf("%s does not count: %v", evidenceFile, err)
	case ev.Integration != e.Manifest.Name:
		return nil, fmt.Sprintf("%s is of the integration %q", evidenceFile, safe.Brief(ev.Integration))
	case ev.Sources != e.Digest:
		return nil, fmt.Sprintf("what was recorded on %s is of other sources", day(ev.Recorded))
	case ev.Recorded.After(o.Now.Add(time.Hour)):
		return nil, fmt.Sprintf("what was recorded is from the future, %s", day(ev.Recorded))
	case o.Now.Sub(ev.Recorded) > o.MaxAge:
		return nil, fmt.Sprintf("what was recorded on %s is older than %d days", day(ev.Recorded), int(o.MaxAge.Hours()/24))
	}
	return ev, ""
}

func day(t time.Time) string { return t.UTC().Format("2 Jan 2006") }

// of returns what was measured for a check, or says why there is nothing.
func (b *bench) measurement(id string) (*Measurement, verdict) {
	if b.evidence == nil {
		return nil, verdict{status: Unknown, reason: b.absent}
	}
	for i := range b.evidence.Results {
		if m := &b.evidence.Results[i]; m.Check == id {
			return m, verdict{}
		}
	}
	return nil, verdict{status: Unknown, reason: fmt.Sprintf("nothing is recorded for it; other results are of %s", day(b.evidence.Recorded))}
}

// origin says where a recorded verdict is from.
func (b *bench) origin() string {
	if b.evidence == nil {
		return "recorded"
	}
	return "recorded " + day(b.evidence.Recorded)
}

// recorded is the verdict of a check that ran elsewhere.
func (b *bench) recorded(id string) (verdict, string) {
	m, v := b.measurement(id)
	switch {
	case m == nil:
	case m.Passed == nil:
		v = verdict{status: Unknown, reason: "its result says neither that it passed nor that it failed"}
	case *m.Passed:
		v = pass("passed where it ran")
	default:
		v = fail("failed where it ran")
	}
	if m != nil && m.Detail != "" {
		v = v.with(safe.Brief(m.Detail))
	}
	return v, b.origin()
}

// measure is what a check asks of recorded numbers.
type measure struct {
	// needs are the names of numbers that must be there.
	needs []string
	judge func(b *bench, values map[string]float64) verdict
}

func (b *bench) measure(m *measure, id string) (verdict, string) {
	got, v := b.measurement(id)
	if got == nil {
		return v, b.origin()
	}
	for _, name := range m.needs {
		if _, ok := got.Values[name]; !ok {
			return verdict{status: Unknown, reason: fmt.Sprintf("its result has no %q; it needs %s", name, strings.Join(m.needs, ", "))}, b.origin()
		}
	}
	v = m.judge(b, got.Values)
	if got.Detail != "" {
		v = v.with(safe.Brief(got.Detail))
	}
	return v, b.origin()
}
