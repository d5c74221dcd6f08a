package integration

import (
	"fmt"
	"strings"
	"time"
)

// Use says how long an integration has been in use: what its deliveries have
// left in the memory, a day at a time.
type Use struct {
	// First and Last are the first and the last day, in UTC, on which a delivery
	// arrived.
	First, Last time.Time
	// Days is on how many days one did.
	Days int
	// Gap is the largest number of days between two such days.
	Gap int
}

const useName = "in use "

// Used notes that a delivery of the tool has arrived. Later deliveries of a day
// change nothing, and neither does one of before the last.
func (m *Memory) Used(tool string, at time.Time) {
	today := at.UTC().Truncate(24 * time.Hour)
	u, known := m.Use(tool)
	switch {
	case !known:
		u = Use{First: today}
	case !today.After(u.Last):
		return
	default:
		u.Gap = max(u.Gap, DaysBetween(u.Last, today))
	}
	u.Last = today
	u.Days++
	m.Keep(useName+tool, fmt.Sprintf("%s %s %d %d", u.First.Format(time.DateOnly), u.Last.Format(time.DateOnly), u.Days, u.Gap))
}

// Use returns the use of a tool, false where no delivery of it is known.
func (m *Memory) Use(tool string) (Use, bool) {
	var first, last string
	var u Use
	if n, err := fmt.Sscanf(strings.TrimSpace(m.Recall(useName+tool)), "%s %s %d %d", &first, &last, &u.Days, &u.Gap); n != 4 || err != nil {
		return Use{}, false
	}
	var errs [2]error
	u.First, errs[0] = time.Parse(time.DateOnly, first)
	u.Last, errs[1] = time.Parse(time.DateOnly, last)
	if errs[0] != nil || errs[1] != nil || u.Last.Before(u.First) || u.Days < 1 || u.Gap < 0 {
		return Use{}, false
	}
	return u, true
}

// DaysBetween is how many days lie between two times, as whole days.
func DaysBetween(from, to time.Time) int { return int(to.Sub(from) / (24 * time.Hour)) }
