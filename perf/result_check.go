package perf

import (
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/plumbapi/plumb/perf/histogram"
)

// Bounds of what a result may hold: more is no measurement.
const (
	mostOperations = 100_000
	mostSlices     = 100_000
	mostShards     = 100_000
	mostClasses    = 10_000
	mostText       = 10_000
	mostNumber     = 1 << 53
)

// Validate checks that a result can have been measured: that its numbers add
// up, and that it is within the bounds of what is read. The error names the
// first operation and the first two numbers that contradict each other.
func (r *Result) Validate() error {
	switch {
	case r.Clock != FromIntended && r.Clock != FromSend && r.Clock != Closed:
		return fmt.Errorf("clock %q is none of %q, %q and %q", clip(string(r.Clock)), FromIntended, FromSend, Closed)
	case r.Planned < 0 || r.Elapsed < 0 || r.Waited < 0:
		return errors.New("planned_ns, elapsed_ns and waited_ns are not negative")
	case r.Slices < 0 || r.Slices > mostSlices:
		return fmt.Errorf("slices is %d, not 0 to %d", r.Slices, mostSlices)
	case len(r.Shards) == 0:
		return errors.New("shards names none; a run on one machine is shard 0 of 1")
	case len(r.Shards) > mostShards || len(r.Operations) > mostOperations || len(r.Trouble) > mostClasses:
		return errors.New("it has more shards, operations or troubles than any run")
	}
	for _, s := range r.Shards {
		if s.Index < 0 || s.Index >= s.Of || s.Of > mostShards {
			return fmt.Errorf("shard %d of %d is none", s.Index, s.Of)
		}
	}
	for _, text := range append([]string{r.Plan, r.Engine, r.Incomplete}, r.Trouble...) {
		if !plain(text) {
			return errors.New("plan, engine, incomplete or trouble holds a text that is too long or no UTF-8")
		}
	}
	names := make(map[string]bool, len(r.Operations))
	var sent uint64
	for i := range r.Operations {
		m := &r.Operations[i]
		switch {
		case m.Operation == "" || !plain(m.Operation):
			return fmt.Errorf("operation %d has no name, or one that is too long", i+1)
		case names[m.Operation]:
			return fmt.Errorf("operation %q is there twice", clip(m.Operation))
		}
		names[m.Operation] = true
		if err := m.validate(r.Slices); err != nil {
			return fmt.Errorf("operation %q: %w", clip(m.Operation), err)
		}
		sent += m.Sent
	}
	if r.Lag != nil && r.Lag.Count() > sent {
		return fmt.Errorf("lag counts %d requests, %d were sent", r.Lag.Count(), sent)
	}
	return nil
}

func (m *Measured) validate(slices int) error {
	for _, n := range []uint64{
		m.Planned, m.Due, m.Sent, m.Good, m.Unsent.Busy, m.Unsent.Late, m.Unsent.Empty, m.Unsent.Broken,
		m.Bad.Status, m.Bad.GraphQL, m.Bad.Contract, m.Bad.Transport, m.Bad.Timeout,
	} {
		if n > mostNumber {
			return fmt.Errorf("%d is more than can have been counted", n)
		}
	}
	switch {
	case m.Due > m.Planned:
		return fmt.Errorf("due is %d, planned only %d", m.Due, m.Planned)
	case m.Due != m.Sent+m.Unsent.Total():
		return fmt.Errorf("due is %d, sent and unsent together %d", m.Due, m.Sent+m.Unsent.Total())
	case m.Sent != m.Good+m.Bad.Total():
		return fmt.Errorf("sent is %d, good and bad together %d", m.Sent, m.Good+m.Bad.Total())
	case len(m.Within) > mostClasses || len(m.Between) > mostClasses || len(m.Statuses) > mostClasses || len(m.Classes) > mostClasses:
		return errors.New("it has more objectives, statuses or classes than any operation")
	}
	if err := ascending(m.Within, m.Good); err != nil {
		return err
	}
	for k, b := range m.Between {
		if b.Low > b.High || b.High > m.Good {
			return fmt.Errorf("objective %d was met by %d to %d, and %d were good", k+1, b.Low, b.High, m.Good)
		}
	}
	for _, h := range []struct {
		name string
		h    *histogram.Histogram
	}{{"response", m.Response}, {"service", m.Service}, {"first_byte", m.FirstByte}} {
		if h.h != nil && h.h.Count() > m.Sent {
			return fmt.Errorf("%s counts %d requests, %d were sent", h.name, h.h.Count(), m.Sent)
		}
	}
	var answers uint64
	for status, n := range m.Statuses {
		if answers += n; status < 100 || status > 999 || n > m.Sent || answers > m.Sent {
			return fmt.Errorf("statuses counts %d of %d; %d were sent", n, status, m.Sent)
		}
	}
	for class, n := range m.Classes {
		if !plain(class) || n > m.Due { // what has no data is not sent, and counts as well
			return fmt.Errorf("classes counts %d of %q; %d were due", n, clip(class), m.Due)
		}
	}
	return m.validateSlices(slices)
}

// ascending checks the counts of objectives.
func ascending(within []uint64, good uint64) error {
	last := uint64(0)
	for k, n := range within {
		if n < last || n > good {
			return fmt.Errorf("objective %d was met by %d, the one before by %d, and %d were good", k+1, n, last, good)
		}
		last = n
	}
	return nil
}

// validateSlices checks that stretches add up to the whole.
func (m *Measured) validateSlices(slices int) error {
	if len(m.Slices) == 0 {
		return nil
	}
	if len(m.Slices) != slices {
		return fmt.Errorf("it has %d slices, the result %d", len(m.Slices), slices)
	}
	var sum Slice
	sum.Within = make([]uint64, len(m.Within))
	for i := range m.Slices {
		s := &m.Slices[i]
		var octaves uint64
		for _, n := range s.Octaves {
			octaves += uint64(n)
		}
		switch {
		case s.Due > mostNumber || s.Sent > s.Due || s.Good > s.Sent || octaves > s.Sent || s.Max < 0:
			return fmt.Errorf("slice %d: due %d, sent %d, good %d and %d response times contradict each other", i+1, s.Due, s.Sent, s.Good, octaves)
		case len(s.Within) != len(m.Within):
			return fmt.Errorf("slice %d counts %d objectives, the whole %d", i+1, len(s.Within), len(m.Within))
		}
		if err := ascending(s.Within, s.Good); err != nil {
			return fmt.Errorf("slice %d: %w", i+1, err)
		}
		sum.Due, sum.Sent, sum.Good = sum.Due+s.Due, sum.Sent+s.Sent, sum.Good+s.Good
		for k, n := range s.Within {
			sum.Within[k] += n
		}
	}
	if sum.Due != m.Due || sum.Sent != m.Sent || sum.Good != m.Good {
		return fmt.Errorf("slices add up to due %d, sent %d, good %d; it has %d, %d, %d", sum.Due, sum.Sent, sum.Good, m.Due, m.Sent, m.Good)
	}
	for k, n := range sum.Within {
		if n != m.Within[k] {
			return fmt.Errorf("slices add up to %d within objective %d; it has %d", n, k+1, m.Within[k])
		}
	}
	return nil
}

func plain(text string) bool { return len(text) <= mostText && utf8.ValidString(text) }

// clip bounds a text of a file in an error.
func clip(text string) string {
	const most = 100
	if len(text) > most {
		return text[:most] + "…"
	}
	return text
}
