package phrase

// Plural is a plural form, as Unicode's CLDR names it.
type Plural int

// The forms that the languages here have of whole numbers.
const (
	Other Plural = iota
	One
	Few
	Many
)

// Plural returns the form that a number takes.
// Source: https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html
func (l *Language) Plural(n int) Plural { return l.plural(max(n, -n)) }

// oneOther is the rule of English and German.
func oneOther(n int) Plural {
	if n == 1 {
		return One
	}
	return Other
}

// frenchPlural has nothing in the singular, and whole millions apart: "un
// million de constats".
func frenchPlural(n int) Plural {
	switch {
	case n < 2:
		return One
	case n%1_000_000 == 0:
		return Many
	}
	return Other
}

// spanishPlural has whole millions apart.
func spanishPlural(n int) Plural {
	switch {
	case n == 1:
		return One
	case n != 0 && n%1_000_000 == 0:
		return Many
	}
	return Other
}

func polishPlural(n int) Plural {
	switch tens, ones := n%100, n%10; {
	case n == 1:
		return One
	case ones >= 2 && ones <= 4 && (tens < 12 || tens > 14):
		return Few
	}
	return Many
}

func noPlural(int) Plural { return Other }
