package jsonscan

import "strconv"

// Find calls found with every value that a path of tokens leads to, in order,
// until that returns false. A token is the name of a member or the index of an
// item; "*" stands for every item of an array. It returns false where the text
// is no JSON as far as it was read.
func Find(s string, path []string, found func(value string) bool) bool {
	f := finder{s: s, found: found}
	_, ok := f.value(Space(s, 0), path, 0)
	return ok
}

type finder struct {
	s     string
	found func(string) bool
	done  bool
}

func (f *finder) value(i int, path []string, depth int) (end int, ok bool) {
	if len(path) == 0 || f.done {
		end, ok = Value(f.s, i, depth)
		if ok && !f.done {
			f.done = !f.found(f.s[i:end])
		}
		return end, ok
	}
	if i >= len(f.s) || depth > MaxDepth {
		return i, false
	}
	switch f.s[i] {
	case '{':
		return f.object(i, path, depth)
	case '[':
		return f.array(i, path, depth)
	}
	return Value(f.s, i, depth)
}

func (f *finder) object(i int, path []string, depth int) (end int, ok bool) {
	if i = Space(f.s, i+1); i < len(f.s) && f.s[i] == '}' {
		return i + 1, true
	}
	for {
		start := i
		var plain bool
		if i, plain, ok = String(f.s, i); !ok {
			return i, false
		}
		here := plain && f.s[start+1:i-1] == path[0] || !plain && Unquote(f.s[start:i]) == path[0]
		if i = Space(f.s, i); i >= len(f.s) || f.s[i] != ':' {
			return i, false
		}
		i = Space(f.s, i+1)
		if here {
			i, ok = f.value(i, path[1:], depth+1)
		} else {
			i, ok = Value(f.s, i, depth+1)
		}
		if !ok || f.done {
			return i, ok
		}
		var more bool
		if i, more, ok = Next(f.s, i, '}'); !more || !ok {
			return i, ok
		}
	}
}

func (f *finder) array(i int, path []string, depth int) (end int, ok bool) {
	if i = Space(f.s, i+1); i < len(f.s) && f.s[i] == ']' {
		return i + 1, true
	}
	want := -1
	if n, err := strconv.Atoi(path[0]); err == nil {
		want = n
	}
	for k := 0; ; k++ {
		if path[0] == "*" || k == want {
			i, ok = f.value(i, path[1:], depth+1)
		} else {
			i, ok = Value(f.s, i, depth+1)
		}
		if !ok || f.done {
			return i, ok
		}
		var more bool
		if i, more, ok = Next(f.s, i, ']'); !more || !ok {
			return i, ok
		}
	}
}

// Members calls f with the name and the value of each member of the object at
// the offset, until f returns false. It returns false where the object is not
// sound, as far as it was read.
func Members(s string, i int, f func(name, value string) bool) bool {
	if i >= len(s) || s[i] != '{' {
		return false
	}
	if i = Space(s, i+1); i < len(s) && s[i] == '}' {
		return true
	}
	for {
		start := i
		end, plain, ok := String(s, i)
		if !ok {
			return false
		}
		name := s[start:end]
		if plain {
			name = name[1 : len(name)-1]
		} else {
			name = Unquote(name)
		}
		if i = Space(s, end); i >= len(s) || s[i] != ':' {
			return false
		}
		i = Space(s, i+1)
		if end, ok = Value(s, i, 1); !ok || !f(name, s[i:end]) {
			return ok
		}
		var more bool
		if i, more, ok = Next(s, end, '}'); !more || !ok {
			return ok
		}
	}
}
