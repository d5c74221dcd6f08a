package send

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Retry says when attempts are made. The zero value is the schedule of the
// Standard Webhooks specification: ten attempts over 75 hours and 35 minutes.
type Retry struct {
	// Waits are how long to wait before each attempt, after the one before; the
	// first is before the first attempt. After the last the delivery is a dead
	// letter. Nil means 0, 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h.
	Waits []time.Duration
	// Jitter is by which share a wait may be shorter or longer, by chance, so
	// that deliveries that failed together are not tried together: 0.1 where it
	// is 0, none where it is negative, at most 1.
	Jitter float64
	// MaxRetryAfter bounds what an endpoint can ask for with Retry-After, 24
	// hours where it is 0.
	MaxRetryAfter time.Duration
}

// standardWaits is the schedule that Standard Webhooks 1.0.0 gives as an
// example.
func standardWaits() []time.Duration {
	return []time.Duration{
		0, 5 * time.Second, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 5 * time.Hour,
		10 * time.Hour, 14 * time.Hour, 20 * time.Hour, 24 * time.Hour,
	}
}

func (r Retry) complete() Retry {
	if len(r.Waits) == 0 {
		r.Waits = standardWaits()
	}
	orDefault(&r.Jitter, 0.1)
	r.Jitter = min(max(r.Jitter, 0), 1)
	orDefault(&r.MaxRetryAfter, 24*time.Hour)
	return r
}

// wait returns how long to wait after a number of attempts, of which the last
// was answered with a Retry-After, and false where the schedule has ended. A
// Retry-After makes a wait longer, never shorter. Random is in [0, 1).
func (r Retry) wait(attempts int, after time.Duration, random float64) (time.Duration, bool) {
	if attempts >= len(r.Waits) {
		return 0, false
	}
	w := r.Waits[attempts]
	w += time.Duration(float64(w) * r.Jitter * (2*random - 1))
	return max(w, min(after, r.MaxRetryAfter), 0), true
}

// retryAfter reads the header Retry-After: seconds, or a date of HTTP. What is
// neither, or is past, is 0. The result is at most a year. Source: RFC 9110,
// section 10.2.3.
func retryAfter(header http.Header, now time.Time) time.Duration {
	const most = 365 * 24 * time.Hour
	text := strings.Trim(header.Get("Retry-After"), " \t")
	if text == "" {
		return 0
	}
	if strings.Trim(text, "0123456789") == "" {
		seconds, err := strconv.ParseInt(text, 10, 64)
		if err != nil || seconds > int64(most/time.Second) {
			return most
		}
		return time.Duration(seconds) * time.Second
	}
	at, err := http.ParseTime(text)
	if err != nil || !at.After(now) {
		return 0
	}
	return min(at.Sub(now), most)
}
