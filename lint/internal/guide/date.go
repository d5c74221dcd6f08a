package guide

// dateName says what the name of a value tells about it being a moment.
type dateName uint8

const (
	noDate  dateName = iota
	anyDate          // a date, with or without the time
	moment           // a date and a time
	mark             // a timestamp, which may be any mark that a system sets
)

// dateNameOf recognises names of dates: "created_at", "dueDate",
// "merged_on", "pushTimestamp".
func dateNameOf(name string) dateName {
	if len(name) < 4 || len(name) > 64 {
		return noDate
	}
	switch name[len(name)-1] | 0x20 {
	case 't', 'n', 'e', 'p':
	default:
		return noDate
	}
	before, last := lastWord(name)
	switch {
	case is(last, "at"):
		_, verb := lastWord(before)
		if isAlphanumericWord(verb) && !is(verb, notBeforeAt...) {
			return moment
		}
	case is(last, "on"):
		if _, verb := lastWord(before); is(verb, events...) {
			return anyDate
		}
	case is(last, "date"):
		if _, of := lastWord(before); before != "" && !is(of, notBeforeDate...) {
			return anyDate
		}
	case is(last, "datetime"):
		return moment
	case is(last, "timestamp"):
		return mark
	}
	return noDate
}

func isAlphanumericWord(s string) bool { return s != "" && isLetter(s[0]) }

// events are what happens to things at a moment, as a participle: the words
// after which "on" means a date. After other words it means something else:
// "depends_on", "based_on", "turned_on".
var events = []string{
	"accepted", "activated", "added", "approved", "archived", "assigned", "born", "cancelled", "canceled", "changed",
	"closed", "committed", "completed", "confirmed", "created", "deactivated", "deleted", "delivered", "disabled",
	"due", "enabled", "ended", "expired", "expires", "finished", "fixed", "hired", "installed", "invited", "issued",
	"joined", "locked", "merged", "modified", "opened", "paid", "posted", "published", "purchased", "received",
	"registered", "rejected", "released", "removed", "renewed", "resolved", "returned", "revoked", "scheduled",
	"sent", "shipped", "signed", "started", "submitted", "terminated", "triggered", "updated", "uploaded", "used",
	"verified", "viewed", "voided", "withdrawn",
}

// notBeforeAt are words after which "at" does not mean a moment.
var notBeforeAt = []string{"look", "looked", "looking", "point", "pointed", "pointing", "is", "are", "that", "what", "who", "not", "located", "hosted", "aimed"}

// notBeforeDate are words after which "date" does not mean a date: "up to
// date", "is out of date", "invalid date".
var notBeforeDate = []string{"to", "of", "candi", "man", "up", "in", "has", "is", "no", "invalid"}
