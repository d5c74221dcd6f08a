package view

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/perf"
)

// dash stands for what was not measured.
const dash = "–"

// latency writes a duration with the digits that count: 0.4 ms, 12 ms, 1.42 s.
func latency(d time.Duration) string {
	ms := float64(d) / float64(time.Millisecond)
	switch {
	case d < 9950*time.Microsecond:
		return strconv.FormatFloat(ms, 'f', 1, 64) + " ms"
	case d < 999500*time.Microsecond:
		return strconv.FormatFloat(ms, 'f', 0, 64) + " ms"
	case d < 99950*time.Millisecond:
		return strconv.FormatFloat(d.Seconds(), 'f', 2, 64) + " s"
	}
	return words.Duration(d)
}

// exact writes a duration that somebody chose: 500 ms, 1.5 s.
func exact(d time.Duration) string {
	unit, name := time.Second, " s"
	switch {
	case d < time.Millisecond:
		unit, name = time.Microsecond, " µs"
	case d < time.Second:
		unit, name = time.Millisecond, " ms"
	}
	return strconv.FormatFloat(float64(d)/float64(unit), 'f', -1, 64) + name
}

// chosen writes a share that somebody chose: 99.95 %.
func chosen(share float64) string {
	return strconv.FormatFloat(math.Round(share*1e8)/1e6, 'f', -1, 64) + " %"
}

func share(part, whole uint64) string {
	if whole == 0 {
		return dash
	}
	return words.Percent(float64(part) / float64(whole))
}

func perSecond(rate float64) string {
	if rate >= 100 {
		return words.Number(int(math.Round(rate))) + "/s"
	}
	return strconv.FormatFloat(rate, 'f', max(0, 1-int(math.Floor(math.Log10(math.Max(rate, 0.01))))), 64) + "/s"
}

// quantile is one of the response times.
func quantile(m *perf.Measured, q float64) string {
	if m.Response == nil {
		return dash
	}
	b, ok := m.Response.Quantile(q)
	if !ok {
		return dash
	}
	return latency(b.Mid())
}

// budget says what an operation owes, in a few words.
func budget(b *perf.Budget) string {
	var parts []string
	for _, o := range b.Latency {
		parts = append(parts, chosen(o.Share)+" in "+exact(o.Within))
	}
	if b.HasErrors {
		parts = append(parts, chosen(b.Errors)+" bad")
	}
	if b.Rate > 0 {
		parts = append(parts, perSecond(b.Rate))
	}
	if len(parts) == 0 {
		return "none"
	}
	return strings.Join(parts, ", ")
}
