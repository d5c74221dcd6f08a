// Package infer makes shapes of example payloads alone. What comes out takes
// each of them: a member is required where all objects had it and nullable where
// null was seen.
//
// It claims no more than examples show: texts are an enum only where there are
// many and few differ, and objects are maps only where their keys are data.
package infer

import (
	"maps"
	"slices"

	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/webhook/internal/shape"
)

// Shape returns what all values are. The place is that of the first.
func Shape(values []*openapi.Node) shape.Use {
	s := &seen{}
	for _, v := range values {
		s.add(v)
	}
	return s.use("")
}

// maxTexts is how many texts of one place are kept: past that they are no enum.
const maxTexts = 16

// seen is what was seen in one place of the payloads.
type seen struct {
	place *openapi.Node

	nulls, bools, integers, numbers, strings, lists, objects int

	texts  map[string]int
	many   bool // more than maxTexts
	times  int  // of strings
	uris   int
	epochs int // of integers

	item   *seen
	member map[string]*seen
	order  []string
}

// total is how many values were seen.
func (s *seen) total() int {
	return s.nulls + s.bools + s.integers + s.numbers + s.strings + s.lists + s.objects
}

func (s *seen) add(v *openapi.Node) {
	if s.place == nil {
		s.place = v
	}
	switch v.Kind() {
	case openapi.Null:
		s.nulls++
	case openapi.Bool:
		s.bools++
	case openapi.Number:
		if i, ok := v.Int(); ok && isInteger(v.Text()) {
			s.integers++
			if isEpoch(i) {
				s.epochs++
			}
		} else {
			s.numbers++
		}
	case openapi.String:
		s.text(v.Text())
	case openapi.Array:
		s.lists++
		if s.item == nil {
			s.item = &seen{}
		}
		for _, c := range v.Children() {
			s.item.add(c)
		}
	case openapi.Object:
		s.object(v)
	}
}

func (s *seen) text(t string) {
	s.strings++
	if isTime(t) {
		s.times++
	}
	if isURI(t) {
		s.uris++
	}
	if s.many {
		return
	}
	if s.texts == nil {
		s.texts = map[string]int{}
	}
	s.texts[t]++
	s.many = len(s.texts) > maxTexts
}

func (s *seen) object(v *openapi.Node) {
	s.objects++
	if s.member == nil {
		s.member = map[string]*seen{}
	}
	for _, c := range v.Children() {
		m := s.member[c.Key()]
		if m == nil {
			m = &seen{}
			s.member[c.Key()] = m
			s.order = append(s.order, c.Key())
		}
		m.add(c)
	}
}

// use returns what was seen as a shape in its place; name is the member that
// holds it.
func (s *seen) use(name string) shape.Use {
	u := &shape.Shape{Kind: shape.Union, Place: s.place}
	add := func(x shape.Use) { u.Variants = append(u.Variants, shape.Variant{Use: x}) }
	if s.strings > 0 {
		add(s.stringUse())
	}
	if s.integers+s.numbers > 0 {
		add(s.numberUse(name))
	}
	if s.bools > 0 {
		add(s.of(shape.Boolean, ""))
	}
	if s.lists > 0 {
		add(shape.Use{Shape: &shape.Shape{Kind: shape.List, Place: s.place, Element: s.item.use(name)}})
	}
	if s.objects > 0 {
		add(s.objectUse(name))
	}
	switch {
	case len(u.Variants) == 0 && s.nulls > 0:
		return s.of(shape.Null, "")
	case len(u.Variants) == 0:
		return s.of(shape.Any, "")
	case len(u.Variants) == 1:
		one := u.Variants[0].Use
		one.Nullable = s.nulls > 0
		return one
	}
	return shape.Use{Shape: u, Nullable: s.nulls > 0}
}

func (s *seen) of(k shape.Kind, format string) shape.Use {
	return shape.Use{Shape: &shape.Shape{Kind: k, Format: format, Place: s.place}}
}

func (s *seen) stringUse() shape.Use {
	switch {
	case s.times == s.strings:
		return s.of(shape.Time, "date-time")
	case s.uris == s.strings:
		return s.of(shape.String, "uri")
	case s.isEnum():
		u := s.of(shape.Enum, "")
		u.Shape.Values = slices.Sorted(maps.Keys(s.texts))
		return u
	}
	return s.of(shape.String, "")
}

// The least that makes an enum of texts: so many of them, each so often.
const (
	enumTexts = 12
	enumEach  = 3
)

// isEnum reports whether the texts can be taken for the values of an enum.
func (s *seen) isEnum() bool {
	if s.many || s.strings < enumTexts || len(s.texts) < 2 || len(s.texts)*enumEach > s.strings {
		return false
	}
	for t, n := range s.texts {
		if n < enumEach || !isWord(t) {
			return false
		}
	}
	return true
}

func (s *seen) numberUse(name string) shape.Use {
	switch {
	case s.numbers > 0:
		return s.of(shape.Number, "")
	case s.epochs == s.integers && soundsLikeTime(name):
		return s.of(shape.Time, "unix-time")
	}
	return s.of(shape.Integer, "")
}

func (s *seen) objectUse(name string) shape.Use {
	u := s.of(shape.Object, "")
	if s.isMap() {
		u.Shape.Kind = shape.Map
		all := &seen{}
		for _, key := range s.order {
			all.join(s.member[key])
		}
		u.Shape.Element = all.use(name)
		return u
	}
	u.Shape.Open = true
	for _, key := range s.order {
		m := s.member[key]
		u.Shape.Fields = append(u.Shape.Fields, shape.Field{Name: key, Use: m.use(key), Optional: m.total() < s.objects})
	}
	return u
}

// join adds what was seen in another place.
func (s *seen) join(o *seen) {
	if s.place == nil {
		s.place = o.place
	}
	s.nulls, s.bools, s.integers, s.numbers = s.nulls+o.nulls, s.bools+o.bools, s.integers+o.integers, s.numbers+o.numbers
	s.strings, s.lists, s.objects = s.strings+o.strings, s.lists+o.lists, s.objects+o.objects
	s.times, s.uris, s.epochs = s.times+o.times, s.uris+o.uris, s.epochs+o.epochs
	s.many = true // texts of several places are no enum
	if o.item != nil {
		if s.item == nil {
			s.item = &seen{}
		}
		s.item.join(o.item)
	}
	for _, key := range o.order {
		if s.member == nil {
			s.member = map[string]*seen{}
		}
		m := s.member[key]
		if m == nil {
			m = &seen{}
			s.member[key] = m
			s.order = append(s.order, key)
		}
		m.join(o.member[key])
	}
}
