package jsonpath

// step is one selector of a path.
type step struct {
	kind stepKind
	// names are those of a child step; a decimal one is an index as well.
	names []string
	slice slice
	// test is the condition of a filter, or the expression of a script.
	test *expression
	// is is the type of a type selector.
	is typeName
	// need says what of a place the steps from this one on can tell apart.
	need need
}

type stepKind uint8

const (
	child    stepKind = iota + 1 // .name, ['a','b'], [0]
	wildcard                     // .*, [*]
	descend                      // ..
	slicing                      // [1:3]
	filter                       // [?(…)]
	script                       // [(…)]
	parent                       // ^
	name                         // ~
	typed                        // .@string(): what is in a value, and of the type
)

// slice is [from:to:by]; nil is what was left out.
type slice struct{ from, to, by *int }

// bounds are the first index, the end and the step, for a length, as Python and
// RFC 9535 count them.
func (s slice) bounds(n int) (from, to, by int) {
	by = 1
	if s.by != nil {
		by = max(-maxIndex, min(*s.by, maxIndex))
	}
	from, to = 0, n
	if by < 0 {
		from, to = n-1, -1
	}
	if s.from != nil {
		from = clip(*s.from, n, by)
	}
	if s.to != nil {
		to = clip(*s.to, n, by)
	}
	return from, to, by
}

// maxIndex is beyond all elements.
const maxIndex = 1 << 40

func clip(i, n, by int) int {
	if i = max(-maxIndex, min(i, maxIndex)); i < 0 {
		i += n
	}
	if by < 0 {
		return max(-1, min(i, n-1))
	}
	return max(0, min(i, n))
}

// need is how much of the way to a value matters from a step on.
type need uint8

const (
	needValue  need = iota // the value alone
	needHolder             // the name that it has in its parent
	needParent             // the parent as well
	needRoute              // the whole way
)

// setNeeds sets the needs of steps, from the last to the first.
func setNeeds(steps []step) {
	most := needValue
	for i := len(steps) - 1; i >= 0; i-- {
		s := &steps[i]
		own := needValue
		switch {
		case s.kind == parent:
			most = max(most, needParent)
			if i+1 < len(steps) && steps[i+1].kind == parent {
				most = needRoute
			}
		case s.kind == name:
			own = needHolder
		case s.test != nil && s.test.asksPath:
			most = needRoute
		case s.test != nil && s.test.asksAbove:
			own = needParent
		case s.test != nil && s.test.asksParent:
			own = needHolder
		}
		s.need = max(most, own)
	}
}

type typeName uint8

// typeNames are the words of type selectors.
var typeNames = map[string]typeName{
	"@null()": typeNull, "@boolean()": typeBoolean, "@number()": typeNumber, "@integer()": typeInteger,
	"@string()": typeString, "@array()": typeArray, "@object()": typeObject, "@scalar()": typeScalar,
	"@nonFinite()": typeNone, "@undefined()": typeNone, "@function()": typeNone, "@other()": typeNone,
}

const (
	typeNone typeName = iota + 1 // what JSON has no values of
	typeNull
	typeBoolean
	typeNumber
	typeInteger
	typeString
	typeArray
	typeObject
	typeScalar
)
