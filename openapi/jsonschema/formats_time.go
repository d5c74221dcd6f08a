package jsonschema

import "strings"

func isDate(s string) bool {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' || !digits(s[:4]) || !digits(s[5:7]) || !digits(s[8:]) {
		return false
	}
	year, month, day := number(s[:4]), number(s[5:7]), number(s[8:])
	if month < 1 || month > 12 || day < 1 {
		return false
	}
	days := [...]int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}[month-1]
	if month == 2 && year%4 == 0 && (year%100 != 0 || year%400 == 0) {
		days = 29
	}
	return day <= days
}

// isTime takes hh:mm:ss, a fraction, and a zone that may be missing.
func isTime(s string) bool {
	if len(s) < 8 || s[2] != ':' || s[5] != ':' || !digits(s[:2]) || !digits(s[3:5]) || !digits(s[6:8]) {
		return false
	}
	hour, minute, second := number(s[:2]), number(s[3:5]), number(s[6:8])
	if !(hour <= 23 && minute <= 59 && second <= 59 || hour == 23 && minute == 59 && second == 60) {
		return false
	}
	rest := s[8:]
	if strings.HasPrefix(rest, ".") {
		i := 1
		for i < len(rest) && rest[i] >= '0' && rest[i] <= '9' {
			i++
		}
		if i == 1 {
			return false
		}
		rest = rest[i:]
	}
	return isZone(rest)
}

func isZone(s string) bool {
	switch {
	case s == "" || s == "z" || s == "Z":
		return true
	case s[0] != '+' && s[0] != '-':
		return false
	}
	s = s[1:]
	switch len(s) {
	case 2, 4:
		return digits(s)
	case 5:
		return digits(s[:2]) && s[2] == ':' && digits(s[3:])
	}
	return false
}

// isDateTime takes a date and a time with one T or white space between them.
func isDateTime(s string) bool {
	if len(s) < 19 || !strings.ContainsRune("tT \t\n\r\v\f", rune(s[10])) {
		return false
	}
	return isDate(s[:10]) && isTime(s[11:])
}

// isDuration takes RFC 3339, appendix A: P1Y2M3DT4H5M6S or P7W.
func isDuration(s string) bool {
	rest, ok := strings.CutPrefix(s, "P")
	if !ok || rest == "" {
		return false
	}
	if weeks, ok := strings.CutSuffix(rest, "W"); ok {
		return digits(weeks)
	}
	date, clock, hasClock := strings.Cut(rest, "T")
	return units(date, "YMD") && (!hasClock || clock != "" && units(clock, "HMS"))
}

// units takes numbers, each with one of the letters, in their order.
func units(s, letters string) bool {
	for s != "" {
		i := 0
		for i < len(s) && s[i] >= '0' && s[i] <= '9' {
			i++
		}
		if i == 0 || i == len(s) {
			return false
		}
		at := strings.IndexByte(letters, s[i])
		if at < 0 {
			return false
		}
		letters, s = letters[at+1:], s[i+1:]
	}
	return true
}
