package drift

import (
	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

// Kind says in which way payloads and their description differ.
type Kind string

// The kinds. All but Format and Event are violations of the schema, Unknown only
// where that allows no other members.
const (
	// Missing: a member that is required is not there.
	Missing Kind = "missing"
	// Null: a value is null that must not be.
	Null Kind = "null"
	// Type: a value has another type.
	Type Kind = "type"
	// Enum: a value is none of those that are listed.
	Enum Kind = "enum"
	// Format: a string is not of the format that it is said to have. For JSON
	// Schema that is no violation, though some validators make it one.
	Format Kind = "format"
	// Value: a value breaks another rule of its schema: a pattern, a limit, a
	// union that several alternatives fit.
	Value Kind = "value"
	// Unknown: a member is nowhere described, although others beside it are.
	Unknown Kind = "unknown"
	// Event: no webhook is described for the event, or not for the action.
	Event Kind = "event"
)

// Kinds returns all kinds, in the order in which they are shown.
func Kinds() []Kind { return []Kind{Missing, Null, Type, Enum, Format, Value, Unknown, Event} }

// Result is what payloads carry that their description does not say.
type Result struct {
	// Complete says that every payload could be judged; Incomplete lists those
	// that could not.
	Complete   bool      `json:"complete"`
	Incomplete []Problem `json:"incomplete"`
	Counts     Counts    `json:"counts"`
	// Places are where the description would have to be another, in its order.
	Places []*Place `json:"places"`
	// Payloads are those that were judged, in the order given.
	Payloads []PayloadResult `json:"payloads"`

	description *Description
}

// Problem is a payload that could not be judged.
type Problem struct {
	Payload string `json:"payload"`
	Message string `json:"message"`
}

// Counts counts payloads and how they differ.
type Counts struct {
	// Payloads are all that were given: NotJudged, Undescribed, and those that
	// were held against a schema.
	Payloads  int `json:"payloads"`
	NotJudged int `json:"not_judged"`
	// Undescribed are for an event or action that the description does not have.
	Undescribed int `json:"undescribed"`
	// Valid match their schema; Exact do, hold nothing unknown, and strings are of
	// their formats.
	Valid int `json:"valid"`
	Exact int `json:"exact"`
	// Violations are the values that break a rule of their schema, in all
	// payloads together; of a union that nothing fits, those that keep its
	// closest alternative from fitting. Violating counts their payloads.
	Violations int `json:"violations"`
	Violating  int `json:"violating"`
	// Assertions are the same as validators count them: a union that nothing
	// fits is one.
	Assertions int `json:"assertions"`
	// Formats are the strings that are not of their format.
	Formats int `json:"formats"`
	// Unknown are the members that nobody described, UnknownIn the payloads that
	// have some.
	Unknown   int `json:"unknown"`
	UnknownIn int `json:"unknown_in"`
}

func (c *Counts) add(row *PayloadResult) {
	c.Violations += row.Violations
	c.Unknown += row.Unknown
	c.Formats += row.Formats
	if row.Violations > 0 {
		c.Violating++
	} else {
		c.Valid++
	}
	if row.Unknown > 0 {
		c.UnknownIn++
	}
	if len(row.Places) == 0 {
		c.Exact++
	}
}

// PayloadResult is what came of one payload.
type PayloadResult struct {
	Name   string `json:"name"`
	Event  string `json:"event"`
	Action string `json:"action"`
	// Webhook is the webhook that it was held against, as the description names
	// it; "" where none is described for the event.
	Webhook    string `json:"webhook"`
	Violations int    `json:"violations"`
	Assertions int    `json:"assertions"`
	Formats    int    `json:"formats"`
	Unknown    int    `json:"unknown"`
	// Places are the IDs of the places, each once, as they came.
	Places []string `json:"places"`
}

func (r *PayloadResult) add(p *Place) {
	for _, id := range r.Places {
		if id == p.ID {
			return
		}
	}
	r.Places = append(r.Places, p.ID)
}

// Place is a place of the description with one way in which payloads differ
// from it.
type Place struct {
	// ID identifies the place over revisions of the description that do not
	// move it.
	ID   string `json:"id"`
	Kind Kind   `json:"kind"`
	// Element is the JSON Pointer of the schema that says otherwise; that of
	// the description's webhooks for the kind Event.
	Element  string         `json:"element"`
	Location check.Location `json:"location"`
	// Member is the member that is missing or unknown, and for the kind Event
	// the event with its action; else "".
	Member string `json:"member,omitempty"`
	// Keyword is the keyword that fails: "required", "format"; "" for events and
	// for unknown members that are allowed.
	Keyword string `json:"keyword,omitempty"`
	// Want is what the description says, Got what was sent, each once: the
	// types of values, for the kind Enum the values themselves, at most 20.
	// More were sent where GotMore is set.
	Want    string   `json:"want,omitempty"`
	Got     []string `json:"got"`
	GotMore bool     `json:"got_more,omitempty"`
	// Count is how often, Payloads in how many payloads.
	Count    int `json:"count"`
	Payloads int `json:"payloads"`
	// Webhooks are the described webhooks that it was seen in, sorted.
	Webhooks []string `json:"webhooks"`
	// Examples are the first places in payloads, at most three, each of another
	// payload.
	Examples []Example `json:"examples"`

	schema *openapi.Node
	last   *Payload // that was counted last
	values []*openapi.Node
	// refs are where the value's schema is referred to, by a reference that is
	// no union.
	refs []*openapi.Node
}

// Example is a place in a payload.
type Example struct {
	Payload string `json:"payload"`
	// Pointer is the JSON Pointer of the value; of the object, for members that
	// are missing.
	Pointer  string         `json:"pointer"`
	Location check.Location `json:"-"`
}

// ByKind counts the places of a kind, and how often they were seen.
func (r *Result) ByKind(k Kind) (places, count int) {
	for _, p := range r.Places {
		if p.Kind == k {
			places++
			count += p.Count
		}
	}
	return places, count
}
