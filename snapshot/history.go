package snapshot

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// MaxHistory is how many snapshots [ReadHistory] reads: one a day for ten years.
const MaxHistory = 4000

// ReadHistory reads the snapshots of a folder, every file whose name ends in
// .json, and returns them from the oldest to the newest. The error names the
// file.
func ReadHistory(fsys fs.FS) ([]*Snapshot, error) {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, err
	}
	var list []*Snapshot
	for _, e := range entries {
		if e.IsDir() || path.Ext(e.Name()) != ".json" || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		if len(list) == MaxHistory {
			return nil, fmt.Errorf("the folder has more than %d snapshots", MaxHistory)
		}
		s, err := readFile(fsys, e.Name())
		if err != nil {
			return nil, fmt.Errorf("%s: %w", e.Name(), err)
		}
		list = append(list, s)
	}
	Sort(list)
	return list, nil
}

func readFile(fsys fs.FS, name string) (*Snapshot, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	return Read(f)
}

// Sort puts snapshots into the order of their time.
func Sort(list []*Snapshot) {
	slices.SortStableFunc(list, func(a, b *Snapshot) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Product, b.Product), cmp.Compare(a.Revision, b.Revision))
	})
}

// FileName returns the name under which a snapshot is kept in a history: its
// day and time and what is safe in a name of its revision.
func FileName(s *Snapshot) string {
	name := s.At.UTC().Format("2006-01-02-150405")
	rev := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '.' || r == '-' || r == '_' {
			return r
		}
		return '-'
	}, s.Revision)
	if rev = strings.Trim(rev, ".-"); rev != "" {
		name += "-" + rev[:min(len(rev), 40)]
	}
	return name + ".json"
}

// Find returns the API of a product with a name, nil where the snapshot has
// none.
func (s *Snapshot) Find(product, name string) *API {
	for i := range s.APIs {
		if s.APIs[i].Product == product && s.APIs[i].Name == name {
			return &s.APIs[i]
		}
	}
	return nil
}

// Before returns the newest snapshot of a history that has an API and was made
// before now, with the API; nil where there is none. The history is in order of
// time, as [ReadHistory] returns it.
func Before(history []*Snapshot, now *Snapshot, a *API) (*Snapshot, *API) {
	for _, s := range slices.Backward(history) {
		if s == now || !s.At.Before(now.At) {
			continue
		}
		if b := s.Find(a.Product, a.Name); b != nil && b.At.Before(a.At) {
			return s, b
		}
	}
	return nil, nil
}

// Point is one value of a metric.
type Point struct {
	At       time.Time `json:"at"`
	Revision string    `json:"revision"`
	Value    float64   `json:"value"`
}

// Series is one metric of an API over time.
type Series struct {
	Metric string  `json:"metric"`
	Points []Point `json:"points"`
}

// Trend follows each metric of an API through a history and to now, the oldest
// point first. Metrics that were never measured are left out, and so are those
// of snapshots that are not before now.
func Trend(history []*Snapshot, now *Snapshot, a *API) []Series {
	var list []Series
	for _, m := range Metrics() {
		s := Series{Metric: m.ID}
		for _, old := range history {
			if old == now || !old.At.Before(now.At) {
				continue
			}
			b := old.Find(a.Product, a.Name)
			if b == nil || !b.At.Before(a.At) {
				continue
			}
			s.add(&m, old, b)
		}
		s.add(&m, now, a)
		if len(s.Points) > 0 {
			list = append(list, s)
		}
	}
	return list
}

// add adds the point of a snapshot; of one run that several have, as where they
// were merged, there is one point.
func (s *Series) add(m *Metric, from *Snapshot, a *API) {
	v, ok := m.Value(from, a)
	if !ok {
		return
	}
	p := Point{At: a.At, Revision: a.Revision, Value: v}
	if n := len(s.Points); n > 0 && s.Points[n-1].At.Equal(p.At) && s.Points[n-1].Revision == p.Revision {
		s.Points[n-1] = p
		return
	}
	s.Points = append(s.Points, p)
}
