package rest

import (
	"slices"
	"time"

	"github.com/plumbapi/plumb/openapi"
)

// announcement is what the description of something says of its end.
type announcement struct {
	state announced
	text  string
	date  time.Time
}

type announced uint8

const (
	notAnnounced announced = iota // not deprecated
	noSunset                      // deprecated for an open time
	badSunset                     // the date is none
	sunsetAhead
	sunsetPast
)

// endOf reads when something that may be deprecated ends.
func (c *comparison) endOf(deprecated bool, sunset *openapi.Node) announcement {
	switch {
	case !deprecated:
		return announcement{}
	case sunset == nil:
		return announcement{state: noSunset}
	}
	a := announcement{text: shown(sunset), state: badSunset}
	date, ok := dateOf(sunset)
	if !ok {
		return a
	}
	a.date, a.text, a.state = date, date.Format(time.DateOnly), sunsetPast
	if date.After(c.today) {
		a.state = sunsetAhead
	}
	return a
}

// dateOf reads a day, or a moment as RFC 3339 has it.
func dateOf(n *openapi.Node) (time.Time, bool) {
	for _, layout := range []string{time.DateOnly, time.RFC3339} {
		if t, err := time.Parse(layout, n.Text()); err == nil {
			return day(t), true
		}
	}
	return time.Time{}, false
}

// day is midnight UTC of the day of a moment in its own zone.
func day(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// life finds what changed in the life of a property.
func (f *finder) life() {
	f.deprecation()
	f.stability()
}

func (f *finder) deprecation() {
	x, y := f.base.get(kwDeprecated), f.revision.get(kwDeprecated)
	at := fact{base: x, revision: y}
	switch {
	case x == nil == (y == nil):
		return
	case y == nil:
		f.add(reactivated, properties, at)
		return
	}
	end := f.endOf(true, f.revision.extension("x-sunset"))
	at.to = end.text
	v := deprecatedSunset
	switch {
	case end.state == noSunset:
		v = deprecated
	case end.state == badSunset:
		v = deprecatedSunsetInvalid
	case end.date.Before(f.today):
		v = sunsetTooSmall
	}
	f.add(v, properties, at)
}

// stability levels, in rising order.
var stabilityLevels = []string{"draft", "alpha", "beta", "stable"}

// lowestLevel is the least stable level that is compared.
const lowestLevel = 2

// stabilityOf returns the place of a level; what says none is stable.
func stabilityOf(n *openapi.Node) (level int, ok bool) {
	if n == nil || n.Is(openapi.Null) {
		return len(stabilityLevels) - 1, true
	}
	name, _ := n.Str()
	level = slices.Index(stabilityLevels, name)
	return level, level >= 0
}

func (f *finder) stability() {
	x, y := f.base.extension("x-stability-level"), f.revision.extension("x-stability-level")
	if x == nil && y == nil || x != nil && y != nil && sameValue(x, y) {
		return
	}
	was, ok1 := stabilityOf(x)
	is, ok2 := stabilityOf(y)
	at := fact{base: x, revision: y}
	switch {
	case !ok1:
		f.invalidStability(fact{key: shown(x), base: x})
	case !ok2:
		f.invalidStability(fact{key: shown(y), revision: y})
	case was != is && was >= lowestLevel:
		at.from, at.to = stabilityLevels[was], stabilityLevels[is]
		v := stabilityIncreased
		if is < was {
			v = stabilityDecreased
		}
		f.add(v, properties, at)
	}
}

// invalidStability is about a level that is none, named as for operations.
func (f *finder) invalidStability(x fact) {
	x.plain, x.member, x.caps = endpointInvalidStability, true, uncapped
	x.strict, x.loose = properties, properties
	f.facts = append(f.facts, x)
}
