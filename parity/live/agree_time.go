package live

import (
	"encoding/json"
	"regexp"
	"time"
)

// moment is the form of RFC 3339: strings that have it are times whatever the
// descriptions say.
var moment = regexp.MustCompile(`^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d`)

var layouts = []string{
	time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05 MST",
	"2006-01-02 15:04:05", "2006-01-02T15:04Z07:00", "2006-01-02", time.RFC1123, time.RFC1123Z,
}

// agreeTimes compares two moments to the second, in UTC. Where one side has
// only a day, the day counts. A time without a zone is one in UTC. Numbers
// are times only where the descriptions say so: seconds since 1970, or
// milliseconds where they are large.
func agreeTimes(known bool, rest, gql any) bool {
	a, aDay, ok := moments(known, rest)
	b, bDay, okay := moments(known, gql)
	if !ok || !okay {
		return false
	}
	if aDay || bDay {
		return a.Format(time.DateOnly) == b.Format(time.DateOnly)
	}
	return a.Unix() == b.Unix()
}

func moments(known bool, v any) (at time.Time, day, ok bool) {
	switch v := v.(type) {
	case string:
		if !known && !moment.MatchString(v) {
			return at, false, false
		}
		for _, layout := range layouts {
			if at, err := time.Parse(layout, v); err == nil {
				return at.UTC(), layout == time.DateOnly, true
			}
		}
		if known {
			return moments(known, json.Number(v))
		}
	case json.Number:
		n, ok := number(v.String())
		if !known || !ok {
			return at, false, false
		}
		f, _ := n.Float64()
		switch {
		case f >= 1e11 && f < 1e14:
			return time.UnixMilli(int64(f)).UTC(), false, true
		case f >= 1e8 && f < 1e11:
			return time.Unix(int64(f), 0).UTC(), false, true
		}
	}
	return at, false, false
}
