package snapshot

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/plumbapi/plumb/report"
)

// MaxBytes bounds the file that [Read] reads. The snapshot of a product with two
// thousand operations has a hundredth of it.
const MaxBytes = 64 << 20

// VersionError says that a snapshot is of a later form than [Version].
type VersionError struct{ Found int }

// Error says what to do.
func (e *VersionError) Error() string {
	return fmt.Sprintf("the snapshot has version %d, and this plumb reads up to version %d; update plumb, or write it with this one", e.Found, Version)
}

// Write writes a snapshot as JSON. Arrays are never null; equal snapshots give
// equal bytes.
func Write(w io.Writer, s *Snapshot) error {
	out := *s
	out.Version = Version
	if err := out.check(); err != nil {
		return err
	}
	return report.Value(w, &out)
}

// Read reads what [Write] wrote. The error says what is wrong; it is a
// *VersionError for what a later plumb has written.
func Read(r io.Reader) (*Snapshot, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return nil, err
	}
	if len(data) > MaxBytes {
		return nil, fmt.Errorf("the file is larger than %d MiB, so no snapshot", MaxBytes>>20)
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	var head struct {
		Version *int `json:"version"`
	}
	if err := json.Unmarshal(data, &head); err != nil {
		return nil, shapeError(err)
	}
	switch {
	case head.Version == nil || *head.Version < 1:
		return nil, errors.New("this is no snapshot: it has no version; plumb report --save writes one")
	case *head.Version > Version:
		return nil, &VersionError{Found: *head.Version}
	}
	s := &Snapshot{}
	if err := json.Unmarshal(data, s); err != nil {
		return nil, shapeError(err)
	}
	if err := s.check(); err != nil {
		return nil, err
	}
	s.At = s.At.UTC()
	for i := range s.APIs {
		s.APIs[i].At = s.APIs[i].At.UTC()
	}
	return s, nil
}

// shapeError says where JSON is not that of a snapshot.
func shapeError(err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return fmt.Errorf("this is no JSON: %w, at byte %d", err, syntax.Offset)
	case errors.As(err, &kind) && kind.Field == "":
		return fmt.Errorf("this is no snapshot: expected an object, found %s", kind.Value)
	case errors.As(err, &kind):
		return fmt.Errorf("this is no snapshot: %s is %s; expected %s", kind.Field, kind.Value, kind.Type)
	}
	return err
}

// check says what a snapshot must not lack.
func (s *Snapshot) check() error {
	if s.At.IsZero() {
		return errors.New("the snapshot does not say when it was made (at)")
	}
	seen := map[key]bool{}
	for i := range s.APIs {
		a := &s.APIs[i]
		switch k := a.key(); {
		case a.Name == "":
			return fmt.Errorf("API %d of the snapshot has no name", i+1)
		case seen[k]:
			return fmt.Errorf("the snapshot has two APIs %q of product %q", a.Name, a.Product)
		default:
			seen[k] = true
		}
		if a.Lifecycle == nil {
			continue
		}
		for _, d := range a.Lifecycle.Deprecations {
			if _, err := day(d.Due); err != nil {
				return fmt.Errorf("deprecation %q is due on %q; expected a day such as 2026-12-31", d.Name, d.Due)
			}
		}
	}
	for _, w := range s.Waivers {
		if _, err := day(w.Until); err != nil {
			return fmt.Errorf("a waiver of %s ends on %q; expected a day such as 2026-12-31", w.Owner, w.Until)
		}
	}
	return nil
}

// key tells APIs apart.
type key struct{ product, name string }

func (a *API) key() key { return key{a.Product, a.Name} }

// day reads a day; the zero time for "".
func day(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	return time.Parse(time.DateOnly, text)
}

// Days returns how many days lie between the day of a moment and a day such as
// 2026-12-31, less than 0 for one that is past; ok is false for what is no day.
func Days(from time.Time, until string) (n int, ok bool) {
	t, err := day(until)
	if err != nil || t.IsZero() {
		return 0, false
	}
	y, m, d := from.UTC().Date()
	return int(t.Sub(time.Date(y, m, d, 0, 0, 0, 0, time.UTC)).Hours() / 24), true
}
