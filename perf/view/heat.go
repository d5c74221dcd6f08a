package view

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/perf"
)

// heat is how response times went over the run: a column for each stretch, a
// row for each factor of two, the darker the more of the stretch's requests
// are in it; and above them a row for those that were not good.
type heat struct {
	Title, About string
	// Levels are paths, from the lightest to the darkest; Bad those of requests
	// that were not good.
	Levels, Bad []string
	Ticks       []tick
	Times       []tick
	Budgets     []line
	BadLabel    string // where the label of the row stands
	Stretches   []stretch
	Objectives  []string
}

// stretch is a row of the table twin.
type stretch struct {
	From      string
	Due, Good uint64
	Within    []string
	Max       string
}

const (
	mostColumns = 60
	mostRows    = 30
	heatLevels  = 5
	badRow      = 12 // how high the row above is
)

// newHeat returns nil where stretches are not known.
func newHeat(s *perf.Subject, planned time.Duration) *heat {
	m := s.Measured
	if len(m.Slices) == 0 || m.Sent == 0 {
		return nil
	}
	columns := joined(m.Slices, mostColumns)
	first, last := len(perf.Octaves{}), 0
	for i := range columns {
		for k, n := range columns[i].octaves {
			if n > 0 {
				first, last = min(first, k), max(last, k)
			}
		}
	}
	for _, o := range s.Operation.Budget.Latency {
		k := perf.OctaveOf(o.Within)
		first, last = min(first, k), max(last, k)
	}
	if first > last {
		return nil
	}
	h := &heat{Title: "Response times of " + s.Operation.Name + " over the run", Levels: make([]string, heatLevels), Bad: make([]string, heatLevels)}
	top := float64(chartTop + badRow + 8)
	high := (chartBottom - top) / float64(last-first+1)
	wide := float64(chartRight-chartLeft) / float64(len(columns))
	levels, bad := make([]strings.Builder, heatLevels), make([]strings.Builder, heatLevels)
	worst, worstAt := uint64(0), 0
	for i := range columns {
		c := &columns[i]
		x := chartLeft + float64(i)*wide
		for k, n := range c.octaves {
			if n > 0 {
				y := chartBottom - float64(k-first+1)*high
				fmt.Fprintf(&levels[level(n, c.sent)], "M%s %sh%sv%sh-%sz", num(x), num(y), num(wide), num(high), num(wide))
			}
		}
		if missed := c.due - c.good; missed > 0 {
			fmt.Fprintf(&bad[level(missed, c.due)], "M%s %dh%sv%dh-%sz", num(x), chartTop, num(wide), badRow, num(wide))
			if missed > worst {
				worst, worstAt = missed, i
			}
		}
	}
	for i := range heatLevels {
		h.Levels[i], h.Bad[i] = levels[i].String(), bad[i].String()
	}
	y := func(d time.Duration) float64 {
		return chartBottom - (math.Log2(math.Max(float64(d)/1e3, 1))-float64(first-1))*high
	}
	for k := first; k <= last; k++ {
		if (last-k)%max(1, (last-first)/6+1) == 0 {
			h.Ticks = append(h.Ticks, tick{num(chartBottom - float64(k-first+1)*high + 4), latency(perf.OctaveEnd(k))})
		}
	}
	for i := range 5 {
		at := planned * time.Duration(i) / 4
		h.Times = append(h.Times, tick{num(chartLeft + float64(i)*(chartRight-chartLeft)/4), clock(at)})
	}
	for _, o := range s.Operation.Budget.Latency {
		h.Budgets = append(h.Budgets, line{At: num(math.Max(y(o.Within), top)), Label: exact(o.Within), Anchor: "end", LabelX: strconv.Itoa(chartRight), LabelY: num(math.Max(y(o.Within), top) - 3)})
	}
	h.BadLabel = strconv.Itoa(chartTop + badRow - 2)
	h.About = fmt.Sprintf("%d stretches of %s.", len(columns), words.Duration(planned/time.Duration(len(columns))))
	if worst > 0 {
		h.About += fmt.Sprintf(" Most requests were not good from %s on: %s of %s.", clock(planned*time.Duration(worstAt)/time.Duration(len(columns))), words.Number(int(worst)), words.Number(int(columns[worstAt].due)))
	} else {
		h.About += " All requests were good."
	}
	h.twin(s, planned)
	return h
}

// twin fills the table of the chart.
func (h *heat) twin(s *perf.Subject, planned time.Duration) {
	for _, o := range s.Operation.Budget.Latency {
		h.Objectives = append(h.Objectives, "in "+exact(o.Within))
	}
	list := joined(s.Measured.Slices, mostRows)
	for i := range list {
		c := &list[i]
		row := stretch{From: clock(planned * time.Duration(i) / time.Duration(len(list))), Due: c.due, Good: c.good, Max: dash}
		if c.max > 0 {
			row.Max = latency(c.max)
		}
		for k := range h.Objectives {
			cell := dash
			if k < len(c.within) {
				cell = share(c.within[k], c.due)
			}
			row.Within = append(row.Within, cell)
		}
		h.Stretches = append(h.Stretches, row)
	}
}

// column is some stretches together.
type column struct {
	due, sent, good uint64
	within          []uint64
	octaves         [len(perf.Octaves{})]uint64
	max             time.Duration
}

// joined puts stretches together until there are at most so many.
func joined(list []perf.Slice, most int) []column {
	per := (len(list) + most - 1) / most
	out := make([]column, (len(list)+per-1)/per)
	for i := range list {
		c, s := &out[i/per], &list[i]
		c.due, c.sent, c.good = c.due+s.Due, c.sent+s.Sent, c.good+s.Good
		for k, n := range s.Octaves {
			c.octaves[k] += uint64(n)
		}
		for k, n := range s.Within {
			if k == len(c.within) {
				c.within = append(c.within, 0)
			}
			c.within[k] += n
		}
		c.max = max(c.max, s.Max)
	}
	return out
}

// level is how dark a share is drawn: each level is three times the one before,
// so that one request of a hundred is seen.
func level(part, whole uint64) int {
	if whole == 0 {
		return 0
	}
	return max(0, heatLevels-1+int(math.Ceil(math.Log(float64(part)/float64(whole))/math.Log(3)-1e-9)))
}

// clock is a moment of a run.
func clock(d time.Duration) string {
	if d < 10*time.Second && d%time.Second != 0 {
		return strconv.FormatFloat(d.Seconds(), 'f', 1, 64) + " s"
	}
	d = d.Round(time.Second)
	if d < 2*time.Minute {
		return strconv.Itoa(int(d/time.Second)) + " s"
	}
	if d < 2*time.Hour {
		return fmt.Sprintf("%d:%02d min", d/time.Minute, d%time.Minute/time.Second)
	}
	return fmt.Sprintf("%d:%02d h", d/time.Hour, d%time.Hour/time.Minute)
}
