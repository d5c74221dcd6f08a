package hook

import (
	"math"
	"strconv"
	"strings"
)

// Number is a JSON number that keeps its token: "1.10" stays "1.10". The zero
// Number is 0.
type Number struct{ token string }

// Int returns a whole number.
func Int(n int64) Number { return Number{strconv.FormatInt(n, 10)} }

// Float returns a number, 0 for what JSON has no number for.
func Float(f float64) Number {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return Number{}
	}
	return Number{string(appendFloat(nil, f))}
}

// ParseNumber returns the number of a token, and whether it is one in JSON.
func ParseNumber(token string) (n Number, ok bool) {
	if !isNumber(token) {
		return Number{}, false
	}
	return Number{token}, true
}

// String returns the token.
func (n Number) String() string {
	if n.token == "" {
		return "0"
	}
	return n.token
}

// Float64 returns the nearest float64; it is infinite for what is too large.
func (n Number) Float64() float64 {
	f, _ := strconv.ParseFloat(n.String(), 64)
	return f
}

// Int64 returns the number, and whether it is whole and an int64 holds it.
func (n Number) Int64() (int64, bool) { return wholeNumber(n.String()) }

// IsZero reports whether the number was never set.
func (n Number) IsZero() bool { return n.token == "" }

// MarshalJSON returns the token.
func (n Number) MarshalJSON() ([]byte, error) { return Marshal(&n) }

// UnmarshalJSON keeps a token.
func (n *Number) UnmarshalJSON(b []byte) error { return Unmarshal(b, n) }

func appendFloat(dst []byte, f float64) []byte {
	if a := math.Abs(f); a != 0 && (a < 1e-6 || a >= 1e21) {
		return strconv.AppendFloat(dst, f, 'e', -1, 64)
	}
	return strconv.AppendFloat(dst, f, 'f', -1, 64)
}

// wholeNumber returns the value of a JSON number exactly: 1.0 and 1e3 are
// whole, 1.5 is not, and what is beyond an int64 is refused.
func wholeNumber(token string) (int64, bool) {
	if n, err := strconv.ParseInt(token, 10, 64); err == nil {
		return n, true
	}
	mantissa, exponent := token, 0
	if i := strings.IndexAny(token, "eE"); i >= 0 {
		var err error
		if exponent, err = strconv.Atoi(token[i+1:]); err != nil || exponent > 1000 || exponent < -100000 {
			return 0, false
		}
		mantissa = token[:i]
	}
	whole, fraction, _ := strings.Cut(mantissa, ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	fraction = strings.TrimRight(fraction, "0")
	digits := strings.TrimLeft(whole+fraction, "0")
	exponent -= len(fraction)
	if digits == "" {
		return 0, true
	}
	if exponent < 0 {
		trimmed := strings.TrimRight(digits, "0")
		if len(digits)-len(trimmed) < -exponent {
			return 0, false
		}
		digits, exponent = digits[:len(digits)+exponent], 0
	}
	if len(digits)+exponent > 19 {
		return 0, false
	}
	n, err := strconv.ParseInt(sign+digits+strings.Repeat("0", exponent), 10, 64)
	if err != nil {
		return 0, false
	}
	return n, true
}

func isNumber(token string) bool {
	b := append([]byte(token), padding...)
	end, ok := numberEnd(b, 0)
	return ok && end == len(token)
}
