package live

import (
	"encoding/json"
	"math"
	"math/big"
	"net/url"
	"strconv"
	"strings"
)

// verdict says how two values compare.
type verdict uint8

const (
	same         verdict = iota // the same, in the forms of the two sides
	other                       // not the same
	oneNull                     // one side has none
	incomparable                // forms that say nothing about one another
)

// hint says what the values of a pair are, as far as the descriptions know.
type hint struct {
	time, enum, url, id, decimal bool
	// typ is the GraphQL type whose ID the value is; "" where that is not
	// known.
	typ string
}

// agree compares what REST and GraphQL say, each in its own form. An absent
// value and null are the same.
func agree(h hint, rest, gql any) verdict {
	switch {
	case rest == nil && gql == nil:
		return same
	case rest == nil || gql == nil:
		return oneNull
	}
	a, aObject := rest.(map[string]any)
	b, bObject := gql.(map[string]any)
	if aObject && bObject {
		return agreeObjects(h, a, b)
	}
	x, aList := rest.([]any)
	y, bList := gql.([]any)
	switch {
	case aList && bList:
		return agreeLists(h, x, y)
	case aObject || bObject || aList || bList:
		return incomparable
	case agreeScalars(h, rest, gql):
		return same
	case h.enum && (!isText(rest) || !isText(gql)):
		return incomparable // a flag or a number says nothing about a name
	}
	if h.id {
		return agreeIDs(h.typ, rest, gql)
	}
	return other
}

func agreeScalars(h hint, rest, gql any) bool {
	a, b := scalarText(rest), scalarText(gql)
	if a == b {
		return true
	}
	if h.enum {
		return fold(a) == fold(b) && fold(a) != ""
	}
	if agreeTimes(h.time, rest, gql) {
		return true
	}
	if agreeURLs(h.url, a, b) {
		return true
	}
	if isText(rest) && isText(gql) && !h.decimal {
		return false
	}
	return agreeNumbers(a, b)
}

// agreeNumbers compares numbers, in text or not: 7 and "7", 1.50 and 1.5.
func agreeNumbers(a, b string) bool {
	x, ok := number(a)
	y, okay := number(b)
	if !ok || !okay {
		return false
	}
	if x.Cmp(y) == 0 {
		return true
	}
	if x.IsInt() && y.IsInt() {
		return false
	}
	// Floating point is written in more than one way.
	f, _ := x.Float64()
	g, _ := y.Float64()
	return math.Abs(f-g) <= 1e-12*math.Max(math.Abs(f), math.Abs(g))
}

// number reads a number exactly. One that is absurdly large is none: an
// exponent must not cost memory.
func number(text string) (*big.Rat, bool) {
	if len(text) == 0 || len(text) > 64 || strings.ContainsAny(text, "/_xXpP") {
		return nil, false
	}
	if i := strings.IndexAny(text, "eE"); i >= 0 {
		if exp, err := strconv.Atoi(text[i+1:]); err != nil || exp > 400 || exp < -400 {
			return nil, false
		}
	}
	return new(big.Rat).SetString(text)
}

// agreeURLs compares addresses. Where hosts differ, as between two servers of
// one product, the path and the query count.
func agreeURLs(known bool, a, b string) bool {
	x, y := address(a), address(b)
	if x == nil || y == nil || x.Host == "" && y.Host == "" && !known {
		return false
	}
	return strings.TrimSuffix(x.EscapedPath(), "/") == strings.TrimSuffix(y.EscapedPath(), "/") &&
		x.RawQuery == y.RawQuery && x.Fragment == y.Fragment
}

// address reads an absolute http URL or a path.
func address(text string) *url.URL {
	if !strings.HasPrefix(text, "/") && !strings.HasPrefix(text, "http://") && !strings.HasPrefix(text, "https://") {
		return nil
	}
	u, err := url.Parse(text)
	if err != nil {
		return nil
	}
	return u
}

// agreeLists compares lists of scalars as multisets: no description promises
// an order.
func agreeLists(h hint, a, b []any) verdict {
	if len(a) != len(b) {
		return other
	}
	if len(a) > maxPairwise {
		return agreeKeys(h, a, b)
	}
	used := make([]bool, len(b))
	worst := same
next:
	for _, x := range a {
		opaque := false
		for i, y := range b {
			if used[i] {
				continue
			}
			switch agree(h, x, y) {
			case same:
				used[i] = true
				continue next
			case incomparable:
				opaque = true
			}
		}
		if !opaque {
			return other
		}
		worst = incomparable
	}
	return worst
}

// maxPairwise is how long lists are whose elements are compared each with
// each; those of longer ones are compared by their keys.
const maxPairwise = 200

func agreeKeys(h hint, a, b []any) verdict {
	count := map[string]int{}
	for i := range a {
		count[h.key(a[i])]++
		count[h.key(b[i])]--
	}
	for _, n := range count {
		if n != 0 {
			return other
		}
	}
	return same
}

// agreeObjects compares values without a described form, as a JSON scalar
// has: members by name whatever the casing.
func agreeObjects(h hint, a, b map[string]any) verdict {
	folded := make(map[string]any, len(b))
	for name, v := range b {
		folded[fold(name)] = v
	}
	for name, x := range a {
		y := folded[fold(name)]
		delete(folded, fold(name))
		if v := agree(hint{}, x, y); v != same {
			return other
		}
	}
	for _, y := range folded {
		if y != nil {
			return other
		}
	}
	return same
}

func isText(v any) bool {
	_, ok := v.(string)
	return ok
}

// scalarText is a scalar as text.
func scalarText(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		return strconv.FormatBool(v)
	}
	return jsonText(v)
}

// steady reports whether one side says the same twice.
func steady(first, second any) bool {
	return first == nil && second == nil || jsonText(first) == jsonText(second)
}
