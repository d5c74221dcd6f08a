package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"github.com/plumbapi/plumb/webhook/hook"
	"github.com/plumbapi/plumb/webhook/receive"
)

// Inbox keeps what one receiver has taken in: a receive.Store. Several
// receivers, in one process or several, may share an inbox; each delivery is
// handed to one of them.
type Inbox struct {
	db    *DB
	box   string
	taken atomic.Int64
}

var _ receive.Store = (*Inbox)(nil)

// Inbox returns the inbox with the name. Deliveries of senders that give ids
// of their own belong in inboxes of their own.
func (d *DB) Inbox(name string) *Inbox { return &Inbox{db: d, box: name} }

// Durable returns true.
func (in *Inbox) Durable() bool { return true }

// Add implements receive.Store.
func (in *Inbox) Add(ctx context.Context, key string, d *hook.Delivery, limit receive.Limit) (receive.Added, error) {
	header, err := json.Marshal(d.Header)
	if err != nil {
		return 0, fmt.Errorf("inbox: %w", err)
	}
	added := receive.Fresh
	err = in.update(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var state int
		err := in.db.queryRow(ctx, tx, `SELECT state FROM inbox_delivery WHERE box = ? AND key = ?`, in.box, key).Scan(&state)
		switch {
		case errors.Is(err, sql.ErrNoRows):
		case err != nil:
			return err
		case state != dead:
			added = receive.Known
			return nil
		}
		var waiting int
		var bytes int64
		err = in.db.queryRow(ctx, tx, `SELECT waiting, bytes FROM inbox_size WHERE box = ?`, in.box).Scan(&waiting, &bytes)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if waiting >= limit.Deliveries || bytes+int64(len(d.Body)) > limit.Bytes {
			added = receive.NoRoom
			return nil
		}
		now := d.Received.UnixNano()
		_, err = in.db.exec(ctx, tx, `DELETE FROM inbox_delivery WHERE box = ? AND key = ? AND state = 3`, in.box, key)
		if err != nil {
			return err
		}
		_, err = in.db.exec(ctx, tx, `INSERT INTO inbox_delivery (box, key, state, due, received, id, event, action, header, body)
			VALUES (?, ?, 0, ?, ?, ?, ?, ?, ?, ?)`, in.box, key, now, now, d.ID, d.Event, d.Action, string(header), notNil(d.Body))
		return err
	})
	return added, err
}

// dead is the state of a row that is a dead letter.
const dead = 3

// notNil returns b, since a nil slice would be NULL.
func notNil(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}

// update makes a change, and says whose error it is.
func (in *Inbox) update(ctx context.Context, change func(context.Context, *sql.Tx) error) error {
	if err := in.db.update(ctx, change); err != nil {
		return fmt.Errorf("inbox: %w", err)
	}
	return nil
}

// Take implements receive.Store.
func (in *Inbox) Take(ctx context.Context, now, until time.Time, most int) (items []*receive.Item, next time.Time, err error) {
	// Most looks find nothing, and need not disturb the writer.
	if next, err = in.next(ctx); err != nil || next.IsZero() || next.After(now) {
		return nil, next, err
	}
	err = in.update(ctx, func(ctx context.Context, tx *sql.Tx) error {
		items = nil
		rows, err := in.db.query(ctx, tx, `UPDATE inbox_delivery SET state = 1, due = ?, token = token + 1, attempts = attempts + 1
			WHERE rowid IN (SELECT rowid FROM inbox_delivery WHERE box = ? AND state < 2 AND due <= ? ORDER BY due LIMIT ?)
			RETURNING key, token, attempts - 1, received, id, event, action, header, body`,
			until.UnixNano(), in.box, now.UnixNano(), most)
		if err != nil {
			return err
		}
		defer rows.Close() //nolint:errcheck // what went wrong is in Err
		for rows.Next() {
			it := &receive.Item{}
			if it.Delivery, err = scan(rows, &it.Key, &it.Token); err != nil {
				return err
			}
			items = append(items, it)
		}
		return errors.Join(rows.Err(), rows.Close(), in.sweep(ctx, tx, now))
	})
	if err != nil {
		return nil, time.Time{}, err
	}
	slices.SortStableFunc(items, func(a, b *receive.Item) int { return a.Delivery.Received.Compare(b.Delivery.Received) })
	next, err = in.next(ctx)
	if err != nil {
		return items, time.Time{}, nil //nolint:nilerr // what was taken must be handled; the next look says what is wrong
	}
	return items, next, nil
}

// next returns when the next delivery is due, zero where none waits.
func (in *Inbox) next(ctx context.Context) (time.Time, error) {
	var due sql.NullInt64
	err := in.db.queryRow(ctx, nil, `SELECT min(due) FROM inbox_delivery WHERE box = ? AND state < 2`, in.box).Scan(&due)
	if err != nil {
		return time.Time{}, fmt.Errorf("inbox: %w", err)
	}
	if !due.Valid {
		return time.Time{}, nil
	}
	return time.Unix(0, due.Int64), nil
}

// scan reads a delivery, and what stands before it in the row.
func scan(rows *sql.Rows, before ...any) (*hook.Delivery, error) {
	d := &hook.Delivery{}
	var received int64
	var header string
	to := append(before, &d.Attempt, &received, &d.ID, &d.Event, &d.Action, &header, &d.Body)
	if err := rows.Scan(to...); err != nil {
		return nil, err
	}
	d.Received = time.Unix(0, received)
	return d, json.Unmarshal([]byte(header), &d.Header)
}

// Settle implements receive.Store. A delivery that Once has ended stays ended.
func (in *Inbox) Settle(ctx context.Context, it *receive.Item, s receive.Settlement) error {
	at := s.At.UnixNano()
	return in.update(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var set string
		args := []any{at}
		switch s.State {
		case receive.Held:
			set = `due = ?`
		case receive.Again:
			set = `state = 0, due = ?, cause = ?`
			args = append(args, s.Cause)
		case receive.GivenBack:
			set = `state = 0, due = ?, attempts = attempts - 1`
		case receive.Buried:
			set = `state = 3, due = ?, cause = ?`
			args = append(args, s.Cause)
		default:
			set = handledSet
		}
		err := in.change(ctx, tx, it, set, args...)
		if errors.Is(err, receive.ErrLost) {
			return in.ended(ctx, tx, it, s)
		}
		return err
	})
}

// handledSet is what becomes of a row that was handled: the key stays.
const handledSet = `state = 2, due = ?, header = '', body = x'', cause = ''`

// change changes the row of a delivery that is held.
func (in *Inbox) change(ctx context.Context, tx *sql.Tx, it *receive.Item, set string, args ...any) error {
	args = append(args, in.box, it.Key, it.Token)
	result, err := in.db.exec(ctx, tx, `UPDATE inbox_delivery SET `+set+` WHERE box = ? AND key = ? AND token = ? AND state = 1`, args...) //nolint:gosec // set is one of this package's own texts
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n == 1 {
		return err
	}
	return receive.ErrLost
}

// ended is nil where this hold has ended the delivery, as Once does, and sees
// that its id is known for as long as it should be.
func (in *Inbox) ended(ctx context.Context, tx *sql.Tx, it *receive.Item, s receive.Settlement) error {
	until := int64(0)
	if s.State == receive.Handled {
		until = s.At.UnixNano()
	}
	result, err := in.db.exec(ctx, tx, `UPDATE inbox_delivery SET due = max(due, ?) WHERE box = ? AND key = ? AND token = ? AND state = 2`,
		until, in.box, it.Key, it.Token)
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n == 1 {
		return err
	}
	return receive.ErrLost
}

// Once makes a handler's effect and the end of its delivery one: the effect is
// made in a transaction that ends the delivery too, so that both happen, once,
// or neither. It is called in the handler, with the handler's context, as the
// last thing that can fail; receive.ErrLost says that the delivery was handled
// by somebody else meanwhile, and the effect was not made.
//
// The effect changes tables of one's own in the same file, whose names do not
// begin with "inbox", "outbox" or "plumb". It holds up all other writers, must not use the
// transaction after it has returned, and may run on another goroutine.
func (in *Inbox) Once(ctx context.Context, effect func(context.Context, *sql.Tx) error) error {
	it := receive.ItemOf(ctx)
	if it == nil {
		return errors.New("inbox: Once needs the context of a handler")
	}
	return in.update(ctx, func(ctx context.Context, tx *sql.Tx) error {
		forget := it.Delivery.Received.Add(receive.DefaultRemember).UnixNano()
		if err := in.change(ctx, tx, it, handledSet, forget); err != nil {
			return err
		}
		return effect(ctx, tx)
	})
}

// sweepEvery is after how many looks that found something old ids are
// forgotten, and sweepMost how many at a time.
const sweepEvery, sweepMost = 64, 10_000

// sweep forgets the ids whose time has come.
func (in *Inbox) sweep(ctx context.Context, tx *sql.Tx, now time.Time) error {
	if in.taken.Add(1)%sweepEvery != 0 {
		return nil
	}
	_, err := in.db.exec(ctx, tx, `DELETE FROM inbox_delivery WHERE rowid IN
		(SELECT rowid FROM inbox_delivery WHERE box = ? AND state = 2 AND due < ? ORDER BY due LIMIT ?)`,
		in.box, now.UnixNano(), sweepMost)
	return err
}
