package view

import (
	"fmt"
	"strconv"
	"time"

	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/lifecycle"
)

// The measures of the timeline, in its own units.
const (
	chartWidth = 960
	chartLeft  = 88
	chartRight = 944
	chartTop   = 24
	laneHeight = 88
	laneBar    = 56 // of the longest bar
)

// chart is the timeline: a lane for each surface, and on it a bar for each day
// as long as the number of elements that go. Lengths start from zero and are
// the same for all lanes.
type chart struct {
	Width, Height     int
	Left, Right       int
	Top, Bottom       int
	Label, TodayLabel int
	Today             string
	About             string
	Ticks             []tick
	Lanes             []lane
	from              time.Time
	perDay            float64
}

type tick struct{ X, Text string }

type lane struct {
	Name       string
	Base, Text int
	Bars       []bar
}

type bar struct {
	X, Y, H       string
	Status, Title string
	Count         *count // nil where it would not fit
}

// count is the number above a bar.
type count struct {
	N    int
	X, Y string
}

// Center and Above are where the number of a bar stands.
func (*sections) Center(c *count) string { return c.X }
func (*sections) Above(c *count) string  { return c.Y }

// dayCount is what goes on one day in one lane, by status.
type dayCount struct {
	day   time.Time
	n     int
	parts []statusCount
}

type statusCount struct {
	status lifecycle.Status
	n      int
}

// newChart returns nil where nothing has a day.
func newChart(c *lifecycle.Calendar) *chart {
	lanes, first, last, most := counts(c)
	if most == 0 {
		return nil
	}
	if c.Today.Before(first) {
		first = c.Today
	}
	if c.Today.After(last) {
		last = c.Today
	}
	// A margin on both sides, and never less than two months in all.
	span := max(days(first, last), 60)
	first, last = first.AddDate(0, 0, -span/20-1), first.AddDate(0, 0, span+span/20+1)
	ch := &chart{
		Width: chartWidth, Left: chartLeft, Right: chartRight, Top: chartTop, TodayLabel: chartTop - 8,
		from: first, perDay: float64(chartRight-chartLeft) / float64(days(first, last)),
	}
	total := 0
	for _, surface := range []lifecycle.Surface{lifecycle.REST, lifecycle.GraphQL, lifecycle.Webhooks} {
		if len(lanes[surface]) == 0 {
			continue
		}
		base := chartTop + (len(ch.Lanes)+1)*laneHeight - 8
		l := lane{Name: surfaceNames[surface], Base: base, Text: base - 4}
		end := 0.0
		for _, d := range lanes[surface] {
			total += d.n
			x, top, all := ch.at(d.day), float64(base), 0
			for _, part := range d.parts {
				h := max(float64(part.n)/float64(most)*laneBar, 2)
				top -= h
				all += part.n
				l.Bars = append(l.Bars, bar{
					X: num(x - 3), Y: num(top), H: num(h), Status: string(part.status),
					Title: date(d.day) + ": " + words.Count(part.n, "element") + ", " + string(part.status),
				})
			}
			if half := float64(len(words.Number(all))) * 4; x-half > end {
				l.Bars[len(l.Bars)-1].Count = &count{all, num(x), num(top - 4)}
				end = x + half + 2
			}
		}
		ch.Lanes = append(ch.Lanes, l)
	}
	ch.Bottom = chartTop + len(ch.Lanes)*laneHeight
	ch.Label, ch.Height = ch.Bottom+16, ch.Bottom+24
	ch.Today = num(ch.at(c.Today))
	ch.About = fmt.Sprintf("%s with a day, from %s to %s.", words.Count(total, "element"), date(first), date(last))
	ch.ticks(first, last)
	return ch
}

// counts counts the entries by surface and day, in order, and finds the first
// and the last day and the largest count.
func counts(c *lifecycle.Calendar) (lanes map[lifecycle.Surface][]dayCount, first, last time.Time, most int) {
	lanes = map[lifecycle.Surface][]dayCount{}
	for i := range c.Entries {
		e := &c.Entries[i]
		day := e.Gone.Date
		if day.IsZero() {
			continue
		}
		list := lanes[e.Surface]
		if n := len(list); n == 0 || !list[n-1].day.Equal(day) {
			list = append(list, dayCount{day: day})
		}
		d := &list[len(list)-1]
		if n := len(d.parts); n == 0 || d.parts[n-1].status != e.Status {
			d.parts = append(d.parts, statusCount{status: e.Status})
		}
		d.parts[len(d.parts)-1].n++
		d.n++
		most = max(most, d.n)
		lanes[e.Surface] = list
		if first.IsZero() {
			first = day
		}
		last = day
	}
	return lanes, first, last, most
}

// ticks marks years, or months where there are few.
func (ch *chart) ticks(first, last time.Time) {
	months := 12
	switch n := days(first, last); {
	case n < 300:
		months = 1
	case n < 900:
		months = 3
	case n > 365*20:
		months = 120
	case n > 365*12:
		months = 24
	}
	t := time.Date(first.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
	for ; !t.After(last); t = t.AddDate(0, months, 0) {
		if t.Before(first) {
			continue
		}
		text := strconv.Itoa(t.Year())
		if months < 12 && t.Month() != time.January {
			text = t.Format("Jan")
		}
		ch.Ticks = append(ch.Ticks, tick{num(ch.at(t)), text})
	}
}

func (ch *chart) at(t time.Time) float64 { return chartLeft + float64(days(ch.from, t))*ch.perDay }

func num(f float64) string { return strconv.FormatFloat(f, 'f', 1, 64) }
