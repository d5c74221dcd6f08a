package ident

import (
	"strconv"
	"strings"
)

// Set is a set of names in use. Names that differ in case alone are the same,
// so that what is made of names (files, names in lower case) is apart too.
type Set struct {
	used map[string]bool
	next map[string]int
}

// NewSet returns a set in which names are taken.
func NewSet(names ...string) *Set {
	s := &Set{used: make(map[string]bool, len(names)), next: map[string]int{}}
	for _, n := range names {
		s.used[strings.ToLower(n)] = true
	}
	return s
}

// Has reports whether a name is taken.
func (s *Set) Has(name string) bool { return s.used[strings.ToLower(name)] }

// Take takes a name and reports whether it was free.
func (s *Set) Take(name string) bool {
	if name == "" || s.Has(name) {
		return false
	}
	s.used[strings.ToLower(name)] = true
	return true
}

// Free takes the first of the candidates that is free, else the first that is
// not "" with a number after it, and returns it. With no candidate it is
// fallback.
func (s *Set) Free(fallback string, candidates ...string) string {
	first := ""
	for _, c := range candidates {
		if c == "" {
			continue
		}
		if s.Take(c) {
			return c
		}
		if first == "" {
			first = c
		}
	}
	if first == "" {
		first = fallback
		if s.Take(first) {
			return first
		}
	}
	for n := max(s.next[first], 2); ; n++ {
		if name := With(first, strconv.Itoa(n)); s.Take(name) {
			s.next[first] = n + 1
			return name
		}
	}
}
