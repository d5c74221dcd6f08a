// Package mutate changes payloads in ways that senders change theirs, and tells
// whether two JSON texts say the same. It is for tests and measurements only.
package mutate

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"math/rand/v2"
	"strings"
)

// Node is a JSON value whose members have an order.
type Node struct {
	// Open is '{' or '[' for an object or array, else 0.
	Open byte
	// Token is a scalar: a string, a json.Number, a bool, or nil for null.
	Token any
	// Names are those of the Items of an object.
	Names []string
	Items []*Node
}

// Parse reads a JSON text.
func Parse(text []byte) (*Node, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	n, err := parse(d)
	if err != nil {
		return nil, fmt.Errorf("parse: %w", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("parse: something after the value")
	}
	return n, nil
}

func parse(d *json.Decoder) (*Node, error) {
	token, err := d.Token()
	if err != nil {
		return nil, err
	}
	open, ok := token.(json.Delim)
	if !ok {
		return &Node{Token: token}, nil
	}
	n := &Node{Open: byte(open)}
	for d.More() {
		if n.Open == '{' {
			name, err := d.Token()
			if err != nil {
				return nil, err
			}
			n.Names = append(n.Names, fmt.Sprint(name))
		}
		item, err := parse(d)
		if err != nil {
			return nil, err
		}
		n.Items = append(n.Items, item)
	}
	_, err = d.Token()
	return n, err
}

// Append appends the value as JSON.
func (n *Node) Append(b []byte) []byte {
	if n.Open == 0 {
		return appendToken(b, n.Token)
	}
	b = append(b, n.Open)
	for i, item := range n.Items {
		if i > 0 {
			b = append(b, ',')
		}
		if n.Open == '{' {
			b = append(appendToken(b, n.Names[i]), ':')
		}
		b = item.Append(b)
	}
	return append(b, n.Open+2)
}

func appendToken(b []byte, token any) []byte {
	text, err := json.Marshal(token)
	if err != nil {
		return append(b, "null"...)
	}
	return append(b, text...)
}

// Mutate drops, adds, nulls or retypes one value somewhere in n, which is an
// object or array with something in it. It returns what it did and what undoes
// it.
func (n *Node) Mutate(r *rand.Rand) (did string, undo func()) {
	var parents []*Node
	var places []int
	var walk func(*Node)
	walk = func(p *Node) {
		for i, item := range p.Items {
			parents, places = append(parents, p), append(places, i)
			walk(item)
		}
	}
	walk(n)
	k := r.IntN(len(places))
	p, i := parents[k], places[k]
	names, items := p.Names, p.Items
	undo = func() { p.Names, p.Items = names, items }
	p.Items = append([]*Node(nil), items...)
	switch r.IntN(4) {
	case 0:
		p.Items = append(p.Items[:i], items[i+1:]...)
		if p.Open == '{' {
			p.Names = append(append([]string(nil), names[:i]...), names[i+1:]...)
		}
		return "drop", undo
	case 1:
		p.Items = append(append(p.Items[:i:i], value(r, 3)), items[i:]...)
		if p.Open == '{' {
			p.Names = append(append(append([]string(nil), names[:i]...), fmt.Sprintf("added %d", r.IntN(1000))), names[i:]...)
		}
		return "add", undo
	case 2:
		if items[i].kind() != (&Node{}).kind() {
			p.Items[i] = &Node{}
			return "null", undo
		}
	}
	was := items[i].kind()
	for p.Items[i].kind() == was {
		p.Items[i] = value(r, 3)
	}
	return "retype", undo
}

func (n *Node) kind() string { return fmt.Sprintf("%d %T", n.Open, n.Token) }

// value returns any value.
func value(r *rand.Rand, depth int) *Node {
	kinds := 8
	if depth == 0 {
		kinds = 6
	}
	switch r.IntN(kinds) {
	case 0:
		return &Node{}
	case 1:
		return &Node{Token: r.IntN(2) == 0}
	case 2:
		return &Node{Token: json.Number(fmt.Sprint(r.IntN(5)))}
	case 3:
		numbers := []string{"1.5", "1e3", "9223372036854775808", "-0.0", "1.0", "-9223372036854775808", "1e400", "0.1e1"}
		return &Node{Token: json.Number(numbers[r.IntN(len(numbers))])}
	case 4:
		return &Node{Token: strings.Repeat("a\"\\\n\u00e9\u2028\U0001F600", r.IntN(4))}
	case 5:
		texts := []string{"", "0", "2026-01-02T03:04:05Z", "null", "User"}
		return &Node{Token: texts[r.IntN(len(texts))]}
	}
	n := &Node{Open: '['}
	if r.IntN(2) == 0 {
		n.Open = '{'
	}
	for i := range r.IntN(4) {
		n.Items = append(n.Items, value(r, depth-1))
		if n.Open == '{' {
			n.Names = append(n.Names, fmt.Sprint("n", i))
		}
	}
	return n
}

// Difference returns a JSON Pointer to the first place where two values do not
// say the same, and "" and true where they do. The order of members does not
// count, and of members given twice the last one does; numbers are compared by
// their value.
func Difference(a, b *Node) (at string, same bool) {
	if a.Open != b.Open {
		return "", false
	}
	switch a.Open {
	case 0:
		return "", equalTokens(a.Token, b.Token)
	case '[':
		if len(a.Items) != len(b.Items) {
			return "", false
		}
		for i := range a.Items {
			if at, same := Difference(a.Items[i], b.Items[i]); !same {
				return fmt.Sprintf("/%d%s", i, at), false
			}
		}
		return "", true
	}
	ours, theirs := members(a), members(b)
	for _, name := range a.Names {
		other := theirs[name]
		if other == nil {
			return "/" + name, false
		}
		if at, same := Difference(ours[name], other); !same {
			return "/" + name + at, false
		}
	}
	for _, name := range b.Names {
		if ours[name] == nil {
			return "/" + name, false
		}
	}
	return "", true
}

func members(n *Node) map[string]*Node {
	m := make(map[string]*Node, len(n.Items))
	for i, name := range n.Names {
		m[name] = n.Items[i]
	}
	return m
}

func equalTokens(a, b any) bool {
	if a == b {
		return true
	}
	x, ok := a.(json.Number)
	y, also := b.(json.Number)
	if !ok || !also || len(x)+len(y) > 200 || strings.ContainsAny(string(x+y), "eE") && (exponent(x) > 1000 || exponent(y) > 1000) {
		return false
	}
	p, ok := new(big.Rat).SetString(string(x))
	q, also := new(big.Rat).SetString(string(y))
	return ok && also && p.Cmp(q) == 0
}

// exponent returns the size of a number's exponent.
func exponent(n json.Number) int {
	i := strings.IndexAny(string(n), "eE")
	if i < 0 {
		return 0
	}
	e, ok := new(big.Int).SetString(string(n[i+1:]), 10)
	if !ok || !e.IsInt64() || e.Int64() > 1<<20 || e.Int64() < -1<<20 {
		return 1 << 20
	}
	return int(max(e.Int64(), -e.Int64()))
}
