package script

import (
	"bytes"
	"encoding/json"
	"strings"
)

// conditions are those of exports that hold here; a package is asked for them in
// its own order.
// What only an ES module may import is found last.
var conditions = map[string]bool{"node": true, "require": true, "default": true}

// exportOf is the file that exports of a package.json names for a path in the
// package.
func exportOf(exports json.RawMessage, sub string) (string, bool) {
	want := "."
	if sub != "" {
		want = "./" + sub
	}
	keys, members := ordered(exports)
	if len(keys) == 0 || keys[0] == "" || keys[0][0] != '.' {
		if want != "." {
			return "", false
		}
		return target(exports, "", 0)
	}
	if t, ok := members[want]; ok {
		return target(t, "", 0)
	}
	for _, key := range keys {
		before, after, wild := strings.Cut(key, "*")
		if wild && len(want) >= len(before)+len(after) && strings.HasPrefix(want, before) && strings.HasSuffix(want, after) {
			return target(members[key], want[len(before):len(want)-len(after)], 0)
		}
	}
	return "", false
}

// maxConditions bounds how many conditions stand within one another.
const maxConditions = 10

// target is the file that one of exports leads to, with star filled in.
func target(value json.RawMessage, star string, depth int) (string, bool) {
	var text string
	if json.Unmarshal(value, &text) == nil && text != "" {
		return strings.ReplaceAll(text, "*", star), true
	}
	var list []json.RawMessage
	if json.Unmarshal(value, &list) == nil && len(list) > 0 && depth < maxConditions {
		return target(list[0], star, depth+1)
	}
	keys, members := ordered(value)
	for _, key := range keys {
		if conditions[key] && depth < maxConditions {
			if file, ok := target(members[key], star, depth+1); ok {
				return file, true
			}
		}
	}
	if m, ok := members["import"]; ok && depth < maxConditions {
		return target(m, star, depth+1)
	}
	return "", false
}

// ordered are the members of a JSON object, with their names in order.
func ordered(value json.RawMessage) (keys []string, members map[string]json.RawMessage) {
	if json.Unmarshal(value, &members) != nil {
		return nil, nil
	}
	d := json.NewDecoder(bytes.NewReader(value))
	_, _ = d.Token()
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return keys, members
		}
		if name, ok := key.(string); ok {
			keys = append(keys, name)
		}
		var skipped json.RawMessage
		if d.Decode(&skipped) != nil {
			return keys, members
		}
	}
	return keys, members
}
