package hook

import (
	"context"
	"fmt"
)

// MaxDrifts is how many drifts of one payload are told. If there are more, the
// last of them is one of the kind [DriftMore] and says in Got how many are not.
const MaxDrifts = 1000

// Drift is one place where a payload is not as its type says.
type Drift struct {
	// Path is a JSON Pointer (RFC 6901) into the payload.
	Path string
	Kind DriftKind
	// Want is what the type says: "string", "integer", "object", or the name of
	// a type.
	Want string
	// Got is what the payload has: the kind of JSON value, or for an enum, a
	// constant, a number or a time its token, of at most 80 bytes.
	Got string
}

// DriftKind is in which way a payload is not as its type says.
type DriftKind string

// The kinds of drift.
const (
	DriftUnknown   DriftKind = "unknown"   // a member that the description does not know
	DriftMissing   DriftKind = "missing"   // a required member is absent
	DriftNull      DriftKind = "null"      // null where the description has none
	DriftType      DriftKind = "type"      // another kind of JSON value
	DriftEnum      DriftKind = "enum"      // a value that an enum is not known to have
	DriftConst     DriftKind = "const"     // another value than the only one
	DriftNumber    DriftKind = "number"    // a number that an int64 does not hold
	DriftTime      DriftKind = "time"      // text or a number that is no time
	DriftVariant   DriftKind = "variant"   // a value that is no known variant of a union
	DriftDuplicate DriftKind = "duplicate" // a member given twice; the last one counts
	DriftDepth     DriftKind = "depth"     // nested too deep to be made values of
	DriftMore      DriftKind = "more"      // drifts that are not told
)

func (d Drift) String() string {
	path := d.Path
	if path == "" {
		path = "the payload"
	}
	switch d.Kind {
	case DriftUnknown:
		return fmt.Sprintf("%s: %s, of which the description knows nothing", path, d.Got)
	case DriftMissing:
		return fmt.Sprintf("%s: missing, where %s is required", path, d.Want)
	case DriftDuplicate:
		return fmt.Sprintf("%s: given twice", path)
	case DriftDepth:
		return fmt.Sprintf("%s: nested too deep", path)
	case DriftMore:
		return fmt.Sprintf("%s more", d.Got)
	}
	return fmt.Sprintf("%s: %s instead of %s", path, d.Got, d.Want)
}

// DriftError is the error of who takes no drift.
type DriftError struct {
	Event, Action string
	Drifts        []Drift
}

func (e *DriftError) Error() string {
	name := e.Event
	if e.Action != "" {
		name += " " + e.Action
	}
	s := fmt.Sprintf("payload of %s is not as described: %s", name, e.Drifts[0])
	if n := len(e.Drifts) - 1; n > 0 {
		s += fmt.Sprintf(" (and %d more)", n)
	}
	return s
}

// Strict returns a *[DriftError] where there is drift. Given to [Mux.OnDrift], it
// keeps payloads that are not as described from their handlers.
func Strict(_ context.Context, d *Delivery, drifts []Drift) error {
	if len(drifts) == 0 {
		return nil
	}
	return &DriftError{Event: d.Event, Action: d.Action, Drifts: drifts}
}
