package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/plumbapi/plumb/webhook/send"
)

// Outbox keeps what is to be sent; it is a send.Outbox. Several processes may
// send from one file: each delivery is claimed by one of them, while the limits
// of an endpoint hold for each process alone.
type Outbox struct{ d *DB }

// Outbox returns the outbox of the file.
func (d *DB) Outbox() *Outbox { return &Outbox{d} }

var _ send.Outbox = (*Outbox)(nil)

// Put implements send.Outbox.
func (o *Outbox) Put(ctx context.Context, m send.Message, deliveries []send.Delivery) (added bool, err error) {
	err = o.d.update(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var event, action string
		var body []byte
		err := o.d.queryRow(ctx, tx, `SELECT event, action, body FROM outbox_message WHERE id = ?`, m.ID).Scan(&event, &action, &body)
		switch {
		case err == nil && event == m.Event && action == m.Action && bytes.Equal(body, m.Body):
			return nil
		case err == nil:
			return send.ErrConflict
		case !errors.Is(err, sql.ErrNoRows):
			return err
		}
		body = m.Body
		if body == nil {
			body = []byte{}
		}
		result, err := o.d.exec(ctx, tx, `INSERT INTO outbox_message (id, event, action, body, created) VALUES (?, ?, ?, ?, ?)`,
			m.ID, m.Event, m.Action, body, nanos(m.Created))
		if err != nil {
			return err
		}
		seq, err := result.LastInsertId()
		if err != nil {
			return err
		}
		for _, d := range deliveries {
			_, err := o.d.exec(ctx, tx, `INSERT INTO outbox_delivery VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
				seq, d.Endpoint, d.State, d.Attempts, nanos(d.Due), nanos(d.Finished), d.Status, string(d.Class))
			if err != nil {
				return err
			}
		}
		added = true
		return nil
	})
	return added && err == nil, err
}

// Message implements send.Outbox.
func (o *Outbox) Message(ctx context.Context, id string) (send.Message, error) {
	m := send.Message{ID: id}
	var created int64
	err := o.d.db.QueryRowContext(ctx, `SELECT event, action, body, created FROM outbox_message WHERE id = ?`, id).
		Scan(&m.Event, &m.Action, &m.Body, &created)
	if errors.Is(err, sql.ErrNoRows) {
		return send.Message{}, send.ErrNoMessage
	}
	m.Created = instant(created)
	return m, err
}

// How deliveries are claimed: by when they are due, or the oldest alone.
const (
	claimDue = `SELECT d.message, d.attempts, d.due, d.finished, d.status, d.class, m.id, m.event, m.action, m.body, m.created
		FROM outbox_delivery d JOIN outbox_message m ON m.seq = d.message
		WHERE d.endpoint = ?1 AND d.state = 1 AND d.due <= ?2 ORDER BY d.due, d.message LIMIT ?3`
	claimOldest = `SELECT d.message, d.attempts, d.due, d.finished, d.status, d.class, m.id, m.event, m.action, m.body, m.created
		FROM outbox_delivery d JOIN outbox_message m ON m.seq = d.message
		WHERE d.message = (SELECT min(message) FROM outbox_delivery WHERE endpoint = ?1 AND state = 1)
		AND d.endpoint = ?1 AND d.state = 1 AND d.due <= ?2 LIMIT ?3`
	nextDue    = `SELECT coalesce(min(due), 0) FROM outbox_delivery WHERE endpoint = ? AND state = 1`
	nextOldest = `SELECT due FROM outbox_delivery WHERE endpoint = ? AND state = 1 ORDER BY message LIMIT 1`
)

// Claim implements send.Outbox. Where nothing is due it only reads.
func (o *Outbox) Claim(ctx context.Context, c send.Claim) (claimed []send.Delivery, next time.Time, err error) {
	pick, soonest := claimDue, nextDue
	if c.Ordered {
		pick, soonest, c.Max = claimOldest, nextOldest, 1
	}
	due, err := o.next(ctx, nil, soonest, c.Endpoint)
	if err != nil || due.IsZero() || due.After(c.Now) {
		return nil, due, err
	}
	err = o.d.update(ctx, func(ctx context.Context, tx *sql.Tx) error {
		rows, err := o.d.query(ctx, tx, pick, c.Endpoint, nanos(c.Now), c.Max)
		if err != nil {
			return err
		}
		var seqs []int64
		claimed, seqs, err = scanClaimed(rows, c.Endpoint)
		if err != nil {
			return err
		}
		for _, seq := range seqs {
			if _, err := o.d.exec(ctx, tx, `UPDATE outbox_delivery SET due = ? WHERE message = ? AND endpoint = ?`, nanos(c.Until), seq, c.Endpoint); err != nil {
				return err
			}
		}
		next, err = o.next(ctx, tx, soonest, c.Endpoint)
		return err
	})
	if err != nil {
		return nil, time.Time{}, err
	}
	return claimed, next, nil
}

// next says when something is due.
func (o *Outbox) next(ctx context.Context, tx *sql.Tx, query, endpoint string) (time.Time, error) {
	var due int64
	err := o.d.queryRow(ctx, tx, query, endpoint).Scan(&due)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return instant(due), err
}

func scanClaimed(rows *sql.Rows, endpoint string) (list []send.Delivery, seqs []int64, err error) {
	defer rows.Close() //nolint:errcheck // rows.Err has it
	for rows.Next() {
		d := send.Delivery{Endpoint: endpoint, State: send.Pending}
		var seq, due, finished, created int64
		m := &d.Message
		err := rows.Scan(&seq, &d.Attempts, &due, &finished, &d.Status, (*string)(&d.Class), &m.ID, &m.Event, &m.Action, &m.Body, &created)
		if err != nil {
			return nil, nil, err
		}
		d.Due, d.Finished, m.Created = instant(due), instant(finished), instant(created)
		list, seqs = append(list, d), append(seqs, seq)
	}
	return list, seqs, rows.Err()
}

// Release implements send.Outbox.
func (o *Outbox) Release(ctx context.Context, d send.Delivery) error {
	return o.d.update(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := o.d.exec(ctx, tx, `UPDATE outbox_delivery SET due = ?
			WHERE message = (SELECT seq FROM outbox_message WHERE id = ?) AND endpoint = ? AND state = 1 AND attempts = ?`,
			nanos(d.Due), d.Message.ID, d.Endpoint, d.Attempts)
		return err
	})
}

// Record implements send.Outbox.
func (o *Outbox) Record(ctx context.Context, a send.Attempt, d send.Delivery) (h send.Health, err error) {
	err = o.d.update(ctx, func(ctx context.Context, tx *sql.Tx) error {
		h, err = o.healthOf(ctx, tx, a.Endpoint)
		if err != nil {
			return err
		}
		if after := h.After(a); after != h {
			h = after
			if err := o.setHealth(ctx, tx, h); err != nil {
				return err
			}
		}
		var seq int64
		err := o.d.queryRow(ctx, tx, `SELECT seq FROM outbox_message WHERE id = ?`, a.Message).Scan(&seq)
		if errors.Is(err, sql.ErrNoRows) {
			return nil // it was pruned meanwhile
		}
		if err != nil {
			return err
		}
		_, err = o.d.exec(ctx, tx, `INSERT INTO outbox_attempt VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			seq, a.Endpoint, a.Number, nanos(a.Start), int64(a.Duration), a.Status, string(a.Class), a.Detail, int64(a.RetryAfter))
		if err != nil {
			return err
		}
		_, err = o.d.exec(ctx, tx, `UPDATE outbox_delivery SET state = ?1, attempts = ?2, due = ?3, finished = ?4, status = ?5, class = ?6
			WHERE message = ?7 AND endpoint = ?8 AND (?1 = 2 OR (state = 1 AND attempts = ?2 - 1))`,
			d.State, d.Attempts, nanos(d.Due), nanos(d.Finished), d.Status, string(d.Class), seq, d.Endpoint)
		return err
	})
	return h, err
}

// Prune implements send.Outbox.
func (o *Outbox) Prune(ctx context.Context, before time.Time) (n int, err error) {
	// By parts, so that nobody waits for long.
	for {
		removed := 0
		err := o.d.update(ctx, func(ctx context.Context, tx *sql.Tx) error {
			result, err := o.d.exec(ctx, tx, `DELETE FROM outbox_message WHERE seq IN (
				SELECT seq FROM outbox_message m WHERE created < ?1
				AND NOT EXISTS (SELECT 1 FROM outbox_delivery d WHERE d.message = m.seq AND d.state = 1)
				ORDER BY created LIMIT 1000)`, nanos(before))
			if err != nil {
				return err
			}
			rows, err := result.RowsAffected()
			removed = int(rows)
			return err
		})
		n += removed
		if err != nil || removed == 0 {
			return n, err
		}
	}
}

// nanos returns a time as the tables have it.
func nanos(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixNano()
}

// instant returns a time of the tables.
func instant(nanos int64) time.Time {
	if nanos == 0 {
		return time.Time{}
	}
	return time.Unix(0, nanos).UTC()
}
