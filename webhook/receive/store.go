package receive

import (
	"context"
	"errors"
	"time"

	"github.com/plumbapi/plumb/webhook/hook"
)

// Store keeps deliveries from when they were taken in until they are handled,
// and the ids of those that were. [Memory] is one; package sqlite has one that
// outlives the process. It is safe for concurrent use.
type Store interface {
	// Add keeps a delivery that is due at once, unless one with the key waits
	// or was handled, or the limit is reached. One that is a dead letter comes
	// to life again: its sender has been asked to send it once more.
	Add(ctx context.Context, key string, d *hook.Delivery, limit Limit) (Added, error)
	// Take hands out at most that many deliveries that are due now, and again
	// those whose hold has ended, until the time given; each counts as an
	// attempt. Next is when another is due, zero where none waits.
	Take(ctx context.Context, now, until time.Time, most int) (items []*Item, next time.Time, err error)
	// Settle says what has become of a delivery that was handed out. It is
	// ErrLost where the hold has ended and somebody else has it. One that was
	// settled as handled stays so.
	Settle(ctx context.Context, it *Item, s Settlement) error
	// Count returns how many deliveries wait or are being handled, and how
	// many are dead letters.
	Count(ctx context.Context) (waiting, dead int, err error)
	// Dead returns at most that many dead letters, the newest first.
	Dead(ctx context.Context, most int) ([]DeadLetter, error)
	// Revive makes a dead letter due now, with all its attempts before it. It
	// returns false where there is no such.
	Revive(ctx context.Context, key string, now time.Time) (bool, error)
	// Durable reports whether what is kept outlives the process.
	Durable() bool
}

// ErrLost says that a delivery is no longer one's own: it took longer than its
// hold, and somebody else has taken it.
var ErrLost = errors.New("somebody else has taken the delivery")

// Limit bounds what waits in a store, being handled included. Of bodies that
// are being read a receiver holds as much again, and one of the largest.
type Limit struct {
	Deliveries int
	Bytes      int64 // of bodies
}

// Added is what has become of a delivery that was to be kept.
type Added uint8

// What becomes of a delivery that was to be kept.
const (
	Fresh  Added = iota // it is kept
	Known               // one with its key waits, or was handled
	NoRoom              // the limit is reached
)

// Item is a delivery that was handed out to be handled.
type Item struct {
	// Key is what Add was given.
	Key string
	// Delivery has in Attempt how often it was handed out before.
	Delivery *hook.Delivery
	// Token tells this hold from others of the same delivery; it is the
	// store's.
	Token int64
}

// State is what a delivery is in a store.
type State uint8

// The states in which a delivery can be settled.
const (
	// Handled: it was handled. Settlement.At is when its id may be forgotten.
	Handled State = iota
	// Again: it is to be handled again. At is when.
	Again
	// GivenBack: it is to be handled as if it had not been handed out. At is
	// when.
	GivenBack
	// Buried: it is a dead letter since At.
	Buried
	// Held: it is still being handled. At is until when it is held.
	Held
)

// Settlement says what has become of a delivery.
type Settlement struct {
	State State
	At    time.Time
	// Cause is the text of the error of the last attempt.
	Cause string
}

// DeadLetter is a delivery that is not tried any more.
type DeadLetter struct {
	Key      string
	Delivery *hook.Delivery
	// Cause is the text of the error of the last attempt; it may hold what the
	// body held.
	Cause string
	Died  time.Time
}
