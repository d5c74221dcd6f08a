package integration

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// The waits between attempts: the first, doubled each time, up to the longest.
const (
	firstWait   = 500 * time.Millisecond
	longestWait = 15 * time.Second
)

// backoff is how long to wait after an attempt: a time by chance between half
// of firstWait·2^(number−1) and all of it, so that runs that failed together do
// not come back together.
func (c *Client) backoff(number int) time.Duration {
	wait := longestWait
	if number < 16 {
		wait = min(firstWait<<(number-1), longestWait)
	}
	return wait/2 + time.Duration(c.Random()*float64(wait/2))
}

// waitFor says whether an answer asks for another attempt, and after how long.
func (c *Client) waitFor(r *Request, response *Response, number int) (wait time.Duration, again bool) {
	asked, told := RetryAfter(response.Header, c.Now())
	switch response.Status {
	case http.StatusTooManyRequests:
		again = true
	case http.StatusServiceUnavailable:
		again = told || repeatable(r)
	case http.StatusForbidden: // how GitHub says that it was too often
		again = told
	case http.StatusRequestTimeout, http.StatusInternalServerError, http.StatusBadGateway, http.StatusGatewayTimeout:
		again = repeatable(r)
	}
	if told {
		// A little by chance, so that all who were told the same do not come
		// back at the same moment.
		return asked + time.Duration(c.Random()*float64(firstWait)), again
	}
	return c.backoff(number), again
}

// RetryAfter reads the header of that name: seconds, or a date in one of
// HTTP's three forms (RFC 9110, 10.2.3). It reports false where there is none
// that can be read. A date that has passed is no wait.
func RetryAfter(header http.Header, now time.Time) (time.Duration, bool) {
	value := strings.TrimSpace(header.Get("Retry-After"))
	if value == "" {
		return 0, false
	}
	if strings.Trim(value, "0123456789") == "" {
		seconds, err := strconv.ParseInt(value, 10, 64)
		if err != nil || seconds > int64(farFuture/time.Second) {
			return farFuture, true
		}
		return time.Duration(seconds) * time.Second, true
	}
	at, err := http.ParseTime(value)
	if err != nil {
		return 0, false
	}
	return min(max(at.Sub(now), 0), farFuture), true
}

// farFuture is longer than anybody waits.
const farFuture = 365 * 24 * time.Hour
