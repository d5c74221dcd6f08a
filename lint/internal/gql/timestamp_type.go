package gql

import (
	"context"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

var timestampType = &rule{
	Meta: check.Meta{
		ID:      "graphql-timestamp-type",
		Summary: "A date or a time must have a scalar of its own.",
		Rationale: "`createdAt: String` leaves open which of a dozen forms comes back and in which time zone, and `Int` " +
			"whether seconds or milliseconds. A scalar such as `DateTime` says so once, and generated clients make a " +
			"date of it.",
		Severity: check.Warning, Tags: []string{"graphql", "dates", "plumb:recommended", "plumb:gitlab"}, Since: "0.1.0",
	},
	Check: checkTimestampType,
}

func checkTimestampType(_ context.Context, p *pass) error {
	eachValue(p.Subject, func(e value, r *graphql.TypeRef) {
		switch r.Name {
		case "String", "Int", "Float":
		default:
			return
		}
		if isDated(e.Base().Name) && !isRetired(e) {
			reportf(p, e.TypeLocation(), "%s is %q, not a scalar for dates", called(e), r)
		}
	})
	return nil
}

// isDated reports whether a name is that of a moment or a day: createdAt,
// dueDate, timestamp, and the like in snake case. A name that only ends in
// "at", such as "format" or "lookAt", is none.
func isDated(name string) bool {
	switch name {
	case "date", "datetime", "dateTime", "timestamp", "dueOn", "createdOn", "updatedOn", "startsOn", "endsOn", "expiresOn":
		return true
	}
	switch lastWord(name) {
	case "Date", "date", "Timestamp", "timestamp", "Datetime":
		return true
	case "Time":
		return strings.HasSuffix(name, "DateTime")
	case "At", "at":
		stem := strings.TrimRight(name[:len(name)-2], "_")
		verb := lastWord(stem)
		return stem != "" && (strings.HasSuffix(verb, "ed") || strings.HasSuffix(verb, "s") && len(verb) > 2 || irregular[strings.ToLower(verb)])
	}
	return false
}

// irregular are participles and other words that stand before At in names of
// moments.
var irregular = map[string]bool{
	"begun": true, "built": true, "due": true, "frozen": true, "held": true, "hidden": true, "left": true, "lost": true,
	"made": true, "paid": true, "read": true, "run": true, "seen": true, "sent": true, "set": true, "shown": true,
	"sold": true, "spent": true, "taken": true, "won": true, "written": true,
}
