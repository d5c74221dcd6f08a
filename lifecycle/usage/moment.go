package usage

import (
	"bytes"
	"strconv"
	"time"
)

// lastTime remembers a moment: lines that follow one another often have the
// same.
type lastTime struct {
	text [32]byte
	n    int
	at   int64
}

// of is timeOf.
func (l *lastTime) of(b []byte) int64 {
	if len(b) > len(l.text) {
		return timeOf(b)
	}
	if len(b) == l.n && string(b) == string(l.text[:l.n]) {
		return l.at
	}
	l.n, l.at = copy(l.text[:], b), timeOf(b)
	return l.at
}

// timeOf reads a moment as logs write it, in seconds since 1970; 0 where the
// text is none: 10/Oct/2026:13:55:36 +0200, ISO 8601 with T or a space and with
// a zone or without (UTC), seconds or milliseconds or more since 1970.
func timeOf(b []byte) int64 {
	switch {
	case len(b) >= 20 && b[2] == '/' && b[6] == '/':
		return commonTime(b)
	case len(b) >= 19 && b[4] == '-' && b[7] == '-':
		return isoTime(b)
	}
	return sinceEpoch(b)
}

// commonTime reads the form of access logs.
func commonTime(b []byte) int64 {
	day, okDay := digits(b[0:2])
	year, okYear := digits(b[7:11])
	month := monthOf(b[3:6])
	clock, okClock := clockOf(b[12:])
	if !okDay || !okYear || month == 0 || !okClock || b[11] != ':' {
		return 0
	}
	at, ok := secondsOf(year, month, day, clock)
	if !ok {
		return 0
	}
	zone, ok := zoneOf(bytes.TrimLeft(b[20:], " "))
	if !ok {
		return 0
	}
	return at - zone
}

// isoTime reads ISO 8601.
func isoTime(b []byte) int64 {
	year, okYear := digits(b[0:4])
	month, okMonth := digits(b[5:7])
	day, okDay := digits(b[8:10])
	clock, okClock := clockOf(b[11:])
	if !okYear || !okMonth || !okDay || !okClock || b[10] != 'T' && b[10] != ' ' && b[10] != 't' {
		return 0
	}
	at, ok := secondsOf(year, month, day, clock)
	if !ok {
		return 0
	}
	rest := b[19:]
	if len(rest) > 0 && (rest[0] == '.' || rest[0] == ',') {
		rest = bytes.TrimLeft(rest[1:], "0123456789")
	}
	zone, ok := zoneOf(bytes.TrimLeft(rest, " "))
	if !ok {
		return 0
	}
	return at - zone
}

// clockOf reads hh:mm:ss in seconds.
func clockOf(b []byte) (int, bool) {
	if len(b) < 8 || b[2] != ':' || b[5] != ':' {
		return 0, false
	}
	h, okH := digits(b[0:2])
	m, okM := digits(b[3:5])
	s, okS := digits(b[6:8])
	return h*3600 + m*60 + s, okH && okM && okS && h < 24 && m < 60 && s < 61
}

// zoneOf reads a zone, in seconds ahead of UTC: nothing, Z, UTC, +0200,
// +02:00.
func zoneOf(b []byte) (int64, bool) {
	switch string(b) {
	case "", "Z", "z", "UTC", "GMT":
		return 0, true
	}
	if b[0] != '+' && b[0] != '-' || len(b) < 5 {
		return 0, false
	}
	minutes := b[3:]
	if minutes[0] == ':' {
		minutes = minutes[1:]
	}
	if len(minutes) != 2 {
		return 0, false
	}
	h, okH := digits(b[1:3])
	m, okM := digits(minutes)
	if !okH || !okM {
		return 0, false
	}
	offset := int64(h*3600 + m*60)
	if b[0] == '-' {
		offset = -offset
	}
	return offset, true
}

// secondsOf returns the seconds from 1970 to a moment in UTC.
func secondsOf(year, month, day, clock int) (int64, bool) {
	if year < 1971 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month) {
		return 0, false
	}
	// Years begin with March here, so that a leap day is the last of one.
	y, m := year, month-3
	if m < 0 {
		y, m = y-1, m+12
	}
	days := y*365 + y/4 - y/100 + y/400 + (m*153+2)/5 + day - 1 - 719468
	return int64(days)*86400 + int64(clock), true
}

func daysIn(year, month int) int {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

func monthOf(b []byte) int {
	const names = "JanFebMarAprMayJunJulAugSepOctNovDec"
	for i := 0; i < len(names); i += 3 {
		if string(b) == names[i:i+3] {
			return i/3 + 1
		}
	}
	return 0
}

func digits(b []byte) (int, bool) {
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}

// sinceEpoch reads a number since 1970. How many digits it has before the
// point says what it counts: seconds, milliseconds, microseconds, nanoseconds.
func sinceEpoch(b []byte) int64 {
	if i := bytes.IndexByte(b, '.'); i >= 0 {
		if _, ok := digits(b[i+1:]); !ok {
			return 0
		}
		b = b[:i]
	}
	if len(b) < 9 || len(b) > 19 {
		return 0
	}
	n, err := strconv.ParseInt(string(b), 10, 64)
	if err != nil || n <= 0 {
		return 0
	}
	for n > maxSeconds {
		n /= 1000
	}
	return n
}

// maxSeconds is in the year 5138: numbers above it do not count seconds.
const maxSeconds = 99_999_999_999

// moment is a number of seconds as a time.
func moment(seconds int64) *time.Time {
	if seconds == 0 {
		return nil
	}
	t := time.Unix(seconds, 0).UTC()
	return &t
}
