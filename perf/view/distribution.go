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

// The measures of both charts of an operation, in their own units.
const (
	chartWidth  = 600
	chartHeight = 240
	chartLeft   = 64
	chartRight  = 568
	chartTop    = 16
	labelHeight = 14
	chartBottom = 208
)

// line is a budget in a chart, with its label.
type line struct {
	At     string
	Label  string
	Anchor string // of the label: start, or end near the right edge
	LabelX string
	LabelY string
}

// tick is a mark on an axis.
type tick struct{ At, Text string }

// distribution is how response times are spread: a bar for each eighth of a
// factor of two, as high as its share of all requests.
type distribution struct {
	Title, About string
	// Bars and Over are paths: those up to the loosest objective, and those
	// beyond it.
	Bars, Over string
	Top, MostY int
	Ticks      []tick
	Most       string // the share of the highest bar
	Budgets    []line
}

// binsPerOctave is how many bars a factor of two has.
const binsPerOctave = 8

// newDistribution returns nil where there are no response times.
func newDistribution(s *perf.Subject) *distribution {
	h := s.Measured.Response
	if h == nil || h.Count() == 0 {
		return nil
	}
	bin := func(d time.Duration) int {
		return int(math.Floor(math.Log2(math.Max(float64(d)/1e3, 1)) * binsPerOctave)) // from 1 µs
	}
	counts := map[int]uint64{}
	first, last, most := math.MaxInt, 0, uint64(0)
	for b := range h.Buckets() {
		k := bin(b.Mid())
		counts[k] += b.Count
		first, last, most = min(first, k), max(last, k), max(most, counts[k])
	}
	d := &distribution{
		Title: "Response times of " + s.Operation.Name,
		Most:  words.Percent(float64(most) / float64(h.Count())),
		About: fmt.Sprintf("%s of requests: half took at most %s, 95 %% %s, 99 %% %s, the longest %s.",
			words.Number(int(h.Count())), quantile(s.Measured, 0.5), quantile(s.Measured, 0.95), quantile(s.Measured, 0.99), latency(h.Max())),
	}
	loosest := math.MaxInt
	objectives := s.Operation.Budget.Latency
	d.Top = 12 + labelHeight*max(1, len(objectives)) // labels stand above each other
	d.MostY = d.Top + 4
	for _, o := range objectives {
		k := bin(o.Within)
		first, last = min(first, k), max(last, k)
		loosest = k
	}
	first, last = first-binsPerOctave/2, last+binsPerOctave/2
	width := float64(chartRight-chartLeft) / float64(last-first+1)
	x := func(k float64) float64 { return chartLeft + (k-float64(first))*width }
	var bars, over strings.Builder
	for k := first; k <= last; k++ {
		n := counts[k]
		if n == 0 {
			continue
		}
		height := math.Max(float64(n)/float64(most)*float64(chartBottom-d.Top), 1.5)
		into := &bars
		if k > loosest {
			into = &over
		}
		fmt.Fprintf(into, "M%s %dv-%sh%sV%dz", num(x(float64(k))), chartBottom, num(height), num(math.Max(width-1, 0.8)), chartBottom)
	}
	d.Bars, d.Over = bars.String(), over.String()
	exactBin := func(d time.Duration) float64 { return math.Log2(math.Max(float64(d)/1e3, 1)) * binsPerOctave }
	for t := time.Microsecond; t <= 1000*time.Second; t *= 10 {
		if at := x(exactBin(t)); at >= chartLeft && at <= chartRight {
			d.Ticks = append(d.Ticks, tick{num(at), exact(t)})
		}
	}
	for i, o := range objectives {
		l := line{At: num(x(exactBin(o.Within))), Label: chosen(o.Share) + " in " + exact(o.Within), Anchor: "start", LabelY: strconv.Itoa(d.Top - 6 - labelHeight*i)}
		at := x(exactBin(o.Within))
		l.LabelX = num(at + 4)
		if at > (chartLeft+chartRight)/2 {
			l.Anchor, l.LabelX = "end", num(at-4)
		}
		d.Budgets = append(d.Budgets, l)
	}
	return d
}

// num writes a coordinate.
func num(v float64) string { return strconv.FormatFloat(math.Round(v*10)/10, 'f', -1, 64) }
