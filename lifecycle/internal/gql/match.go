package gql

// match visits what two lists have: each item of old with the one of new that
// has its name, or with nil where it is gone, in the order of old; then each
// item that only new has, with nil for old. Names are unique in each list.
func match[T any](old, new []*T, name func(*T) string, visit func(o, n *T)) {
	same := 0
	for same < len(old) && same < len(new) && name(old[same]) == name(new[same]) {
		visit(old[same], new[same])
		same++
	}
	old, new = old[same:], new[same:]
	if len(old) == 0 {
		for _, n := range new {
			visit(nil, n)
		}
		return
	}
	byName := make(map[string]*T, len(new))
	for _, n := range new {
		byName[name(n)] = n
	}
	known := make(map[string]bool, len(old))
	for _, o := range old {
		known[name(o)] = true
		visit(o, byName[name(o)])
	}
	for _, n := range new {
		if !known[name(n)] {
			visit(nil, n)
		}
	}
}
