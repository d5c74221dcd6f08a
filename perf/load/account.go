package load

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/histogram"
)

// account counts what happens to the requests of one operation. Its memory is
// bounded whatever servers answer and however long the run is. One lock for
// each operation is held for a fraction of a microsecond.
type account struct {
	mu         sync.Mutex
	objectives []time.Duration
	cells      []cell
	within     []uint64 // of each cell, one for each objective
	sums       OperationProgress
	response   histogram.Histogram
	service    histogram.Histogram
	firstByte  histogram.Histogram
	statuses   []statusCount
	classes    map[string]uint64
	names      *classNames
}

// cell is what is counted of one slice. All else that a result has is a sum of
// these; the sums of the account are for those who look often.
type cell struct {
	good    uint64
	bad     [perf.Timeout + 1]uint32 // by cause; Good is not used
	unsent  [unsentKinds]uint32
	octaves perf.Octaves
	max     time.Duration
}

type statusCount struct {
	status int
	n      uint64
}

// unsent says why a request was not sent.
type unsent uint8

const (
	busy unsent = iota
	late
	empty
	broken
	unsentKinds
)

func (c *cell) sent() uint64 {
	n := c.good
	for _, bad := range c.bad {
		n += uint64(bad)
	}
	return n
}

func (c *cell) unsentTotal() uint64 {
	var n uint64
	for _, u := range c.unsent {
		n += uint64(u)
	}
	return n
}

func newAccount(op *perf.Operation, cells int, names *classNames) *account {
	a := &account{cells: make([]cell, cells), classes: map[string]uint64{}, names: names}
	for _, o := range op.Budget.Latency {
		a.objectives = append(a.objectives, o.Within)
	}
	a.within = make([]uint64, cells*len(a.objectives))
	a.sums.Within = make([]uint64, len(a.objectives))
	return a
}

// outcome is what became of a request that was sent.
type outcome struct {
	cause    perf.Cause
	class    string
	status   int // 0 where none came
	response time.Duration
	service  time.Duration
	first    time.Duration
}

// add counts a request that was sent.
func (a *account) add(slice int, o *outcome) {
	a.mu.Lock()
	defer a.mu.Unlock()
	c := &a.cells[slice]
	a.sums.Due++
	a.sums.Sent++
	if o.cause == perf.Good {
		c.good++
		a.sums.Good++
		row := a.within[slice*len(a.objectives):]
		for i, within := range a.objectives {
			if o.response <= within {
				row[i]++
				a.sums.Within[i]++
			}
		}
	} else {
		c.bad[o.cause]++
		a.class(o.class, 1)
	}
	c.octaves.Add(o.response)
	c.max = max(c.max, o.response)
	a.response.Add(o.response)
	a.service.Add(o.service)
	a.firstByte.Add(o.first)
	if o.status != 0 {
		a.status(o.status)
	}
}

// skip counts requests that were not sent; class may be "".
func (a *account) skip(slice int, why unsent, n uint32, class string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.cells[slice].unsent[why] += n
	a.sums.Due += uint64(n)
	if class != "" {
		a.class(class, uint64(n))
	}
}

func (a *account) status(status int) {
	for i := range a.statuses {
		if a.statuses[i].status == status {
			a.statuses[i].n++
			return
		}
	}
	const most = 1000 // a status has three digits
	if len(a.statuses) < most {
		a.statuses = append(a.statuses, statusCount{status, 1})
	}
}

func (a *account) class(name string, n uint64) {
	if _, known := a.classes[name]; !known {
		name = a.names.admit(name, len(a.classes))
	}
	a.classes[name] += n
}

// measured copies what was counted of the slices before end.
func (a *account) measured(name string, end int) perf.Measured {
	a.mu.Lock()
	defer a.mu.Unlock()
	m := perf.Measured{
		Operation: name,
		Response:  a.response.Clone(), Service: a.service.Clone(), FirstByte: a.firstByte.Clone(),
		Statuses: make(map[int]uint64, len(a.statuses)), Classes: maps.Clone(a.classes),
		Within: make([]uint64, len(a.objectives)),
		Slices: make([]perf.Slice, len(a.cells)),
	}
	for _, s := range a.statuses {
		m.Statuses[s.status] = s.n
	}
	rows := make([]uint64, len(a.within))
	for i := range a.cells {
		row := rows[i*len(a.objectives) : (i+1)*len(a.objectives) : (i+1)*len(a.objectives)]
		m.Slices[i].Within = row
		if i >= end {
			continue
		}
		c := &a.cells[i]
		copy(row, a.within[i*len(a.objectives):])
		a.fill(&m, &m.Slices[i], c)
		for k, n := range row {
			m.Within[k] += n
		}
	}
	return m
}

// fill adds one cell to the sums and writes its slice.
func (*account) fill(m *perf.Measured, s *perf.Slice, c *cell) {
	s.Sent, s.Good, s.Octaves, s.Max = c.sent(), c.good, c.octaves, c.max
	s.Due = s.Sent + c.unsentTotal()
	m.Due += s.Due
	m.Sent += s.Sent
	m.Good += c.good
	m.Bad.Status += uint64(c.bad[perf.BadStatus])
	m.Bad.GraphQL += uint64(c.bad[perf.BadGraphQL])
	m.Bad.Contract += uint64(c.bad[perf.BadContract])
	m.Bad.Transport += uint64(c.bad[perf.Transport])
	m.Bad.Timeout += uint64(c.bad[perf.Timeout])
	m.Unsent.Busy += uint64(c.unsent[busy])
	m.Unsent.Late += uint64(c.unsent[late])
	m.Unsent.Empty += uint64(c.unsent[empty])
	m.Unsent.Broken += uint64(c.unsent[broken])
}

// glance returns the sums alone.
func (a *account) glance() OperationProgress {
	a.mu.Lock()
	defer a.mu.Unlock()
	p := a.sums
	p.Within = slices.Clone(p.Within)
	return p
}

const (
	mostClasses   = 1000 // in a run
	mostOfOne     = 64   // of one operation
	longestClass  = 200  // bytes
	furtherCauses = "further causes"
)

// classNames bounds how many classes there are in a run.
type classNames struct {
	mu    sync.Mutex
	known map[string]bool
}

// admit returns the name under which a class counts for an operation that
// knows others already.
func (n *classNames) admit(name string, others int) string {
	if len(name) > longestClass {
		name = strings.ToValidUTF8(name[:longestClass], "")
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	switch {
	case others >= mostOfOne-1, !n.known[name] && len(n.known) >= mostClasses-1:
		return furtherCauses
	case n.known == nil:
		n.known = map[string]bool{}
	}
	n.known[name] = true
	return name
}
