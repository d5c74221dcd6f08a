package perf

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// The forms of quantities in slo.yaml; each is checked by the function of its
// name before it is read.
const (
	ratePattern     = `^[0-9]+(\.[0-9]+)?/(s|min|h)$`
	sharePattern    = `^[0-9]+(\.[0-9]+)?%$`
	durationPattern = `^([0-9]+(\.[0-9]+)?(us|µs|ms|s|m|h|d))+$`
)

var (
	rateForm     = regexp.MustCompile(ratePattern)
	shareForm    = regexp.MustCompile(sharePattern)
	decimalForm  = regexp.MustCompile(`^[0-9]+(\.[0-9]+)?$`)
	durationForm = regexp.MustCompile(durationPattern)
	durationPart = regexp.MustCompile(`([0-9.]+)(us|µs|ms|s|m|h|d)`)
)

// longestQuantity bounds the text of a number.
const longestQuantity = 40

// parseRate reads "100/s", "6000/min" or "10/h" as requests per second.
func parseRate(text string) (float64, bool) {
	if len(text) > longestQuantity || !rateForm.MatchString(text) {
		return 0, false
	}
	number, unit, _ := strings.Cut(text, "/")
	per := map[string]float64{"s": 1, "min": 60, "h": 3600}[unit]
	n, err := strconv.ParseFloat(number, 64)
	return n / per, err == nil
}

// parseShare reads "99.9%", or a number from 0 to 1, as a share. A percentage
// is shifted in its text, so that 99.9 % is the number nearest to 0.999.
func parseShare(text string) (float64, bool) {
	if len(text) > longestQuantity {
		return 0, false
	}
	if shareForm.MatchString(text) {
		text = strings.TrimSuffix(text, "%") + "e-2"
	} else if !decimalForm.MatchString(text) || text == "1" {
		return 0, false // 1 may be meant as 1 %
	}
	f, err := strconv.ParseFloat(text, 64)
	return f, err == nil && f <= 1
}

// parseDuration reads "300ms", "1.5s", "1h30m" or "28d".
func parseDuration(text string) (time.Duration, bool) {
	if len(text) > longestQuantity || !durationForm.MatchString(text) {
		return 0, false
	}
	var sum float64
	for _, part := range durationPart.FindAllStringSubmatch(text, -1) {
		n, err := strconv.ParseFloat(part[1], 64)
		if err != nil {
			return 0, false
		}
		sum += n * float64(unitOf(part[2]))
	}
	if sum > float64(longestDuration) {
		return 0, false
	}
	return time.Duration(sum + 0.5), true
}

// longestDuration bounds every duration of a plan.
const longestDuration = 10 * 366 * 24 * time.Hour

func unitOf(unit string) time.Duration {
	switch unit {
	case "ms":
		return time.Millisecond
	case "s":
		return time.Second
	case "m":
		return time.Minute
	case "h":
		return time.Hour
	case "d":
		return 24 * time.Hour
	}
	return time.Microsecond
}

// The functions below say what is wrong with a text, "" where nothing is.

func validRate(text string) string {
	if f, ok := parseRate(text); !ok || f == 0 {
		return "is no rate; expected one such as 100/s, 6000/min or 10/h"
	}
	return ""
}

func validRateOrNone(text string) string {
	if _, ok := parseRate(text); !ok {
		return "is no rate; expected one such as 100/s, 6000/min or 0/s"
	}
	return ""
}

func validShare(text string) string {
	if _, ok := parseShare(text); !ok {
		return "is no share; expected one such as 0.1%"
	}
	return ""
}

func validObjective(text string) string {
	switch f, ok := parseShare(text); {
	case !ok && strings.HasPrefix(strings.ToLower(text), "p"):
		return "is no share of requests; what is called p99 is written as 99%"
	case !ok || f == 0 || !strings.HasSuffix(text, "%"):
		return "is no share of requests; expected one such as 99.9%"
	}
	return ""
}

func validDuration(text string) string {
	if d, ok := parseDuration(text); !ok || d == 0 {
		return "is no duration; expected one such as 300ms, 1.5s, 5m or 28d"
	}
	return ""
}
