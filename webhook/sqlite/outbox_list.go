package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"github.com/plumbapi/plumb/webhook/send"
)

// where returns the condition of a query, over outbox_delivery d and
// outbox_message m, and its arguments.
func where(q send.Query) (string, []any) {
	var conditions []string
	var args []any
	and := func(condition string, arg any) {
		conditions, args = append(conditions, condition), append(args, arg)
	}
	if q.Message != "" {
		and(`m.id = ?`, q.Message)
	}
	if q.Endpoint != "" {
		and(`d.endpoint = ?`, q.Endpoint)
	}
	// The states stand in the text, so that the indexes of one state are used.
	switch q.State {
	case 0:
	case send.Pending:
		conditions = append(conditions, `d.state = 1`)
	case send.Dead:
		conditions = append(conditions, `d.state = 3`)
	default:
		and(`d.state = ?`, q.State)
	}
	if !q.Since.IsZero() {
		and(`m.created >= ?`, nanos(q.Since))
	}
	if !q.Until.IsZero() {
		and(`m.created < ?`, nanos(q.Until))
	}
	if len(conditions) == 0 {
		return `1`, nil
	}
	return strings.Join(conditions, ` AND `), args
}

// Deliveries implements send.Outbox.
func (o *Outbox) Deliveries(ctx context.Context, q send.Query) (list []send.Delivery, err error) {
	if q.Limit <= 0 {
		q.Limit = 1000
	}
	condition, args := where(q)
	rows, err := o.d.db.QueryContext(ctx, `SELECT d.endpoint, d.state, d.attempts, d.due, d.finished, d.status, d.class, m.id, m.event, m.action, m.created
		FROM outbox_delivery d JOIN outbox_message m ON m.seq = d.message WHERE `+condition+` ORDER BY d.message, d.endpoint LIMIT ?`, append(args, q.Limit)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close() //nolint:errcheck // rows.Err has it
	for rows.Next() {
		var d send.Delivery
		var due, finished, created int64
		m := &d.Message
		err := rows.Scan(&d.Endpoint, (*uint8)(&d.State), &d.Attempts, &due, &finished, &d.Status, (*string)(&d.Class), &m.ID, &m.Event, &m.Action, &created)
		if err != nil {
			return nil, err
		}
		d.Due, d.Finished, m.Created = instant(due), instant(finished), instant(created)
		list = append(list, d)
	}
	return list, rows.Err()
}

// Count implements send.Outbox.
func (o *Outbox) Count(ctx context.Context, q send.Query) (n int, err error) {
	condition, args := where(q)
	from := `outbox_delivery d JOIN outbox_message m ON m.seq = d.message`
	if q.Message == "" && q.Since.IsZero() && q.Until.IsZero() {
		from = `outbox_delivery d`
	}
	err = o.d.db.QueryRowContext(ctx, `SELECT count(*) FROM `+from+` WHERE `+condition, args...).Scan(&n)
	return n, err
}

// Attempts implements send.Outbox.
func (o *Outbox) Attempts(ctx context.Context, message string) (list []send.Attempt, err error) {
	var seq int64
	err = o.d.db.QueryRowContext(ctx, `SELECT seq FROM outbox_message WHERE id = ?`, message).Scan(&seq)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, send.ErrNoMessage
	}
	if err != nil {
		return nil, err
	}
	rows, err := o.d.db.QueryContext(ctx, `SELECT endpoint, number, start, duration, status, class, detail, retry_after
		FROM outbox_attempt WHERE message = ? ORDER BY rowid`, seq)
	if err != nil {
		return nil, err
	}
	defer rows.Close() //nolint:errcheck // rows.Err has it
	for rows.Next() {
		a := send.Attempt{Message: message}
		var start int64
		err := rows.Scan(&a.Endpoint, &a.Number, &start, (*int64)(&a.Duration), &a.Status, (*string)(&a.Class), &a.Detail, (*int64)(&a.RetryAfter))
		if err != nil {
			return nil, err
		}
		a.Start = instant(start)
		list = append(list, a)
	}
	return list, rows.Err()
}

// Replay implements send.Outbox.
func (o *Outbox) Replay(ctx context.Context, q send.Query, now time.Time) (n int, err error) {
	condition, args := where(q)
	err = o.d.update(ctx, func(ctx context.Context, tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, `UPDATE outbox_delivery SET state = 1, attempts = 0, due = ?, finished = 0
			WHERE state <> 1 AND (message, endpoint) IN (SELECT d.message, d.endpoint
			FROM outbox_delivery d JOIN outbox_message m ON m.seq = d.message WHERE `+condition+`)`, append([]any{nanos(now)}, args...)...)
		if err != nil {
			return err
		}
		rows, err := result.RowsAffected()
		n = int(rows)
		return err
	})
	return n, err
}

// Health implements send.Outbox.
func (o *Outbox) Health(ctx context.Context) (list []send.Health, err error) {
	rows, err := o.d.db.QueryContext(ctx, `SELECT id, failures, since, disabled, reason FROM outbox_endpoint ORDER BY id`)
	if err != nil {
		return nil, err
	}
	defer rows.Close() //nolint:errcheck // rows.Err has it
	for rows.Next() {
		h, err := scanHealth(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, h)
	}
	return list, rows.Err()
}

// SetHealth implements send.Outbox.
func (o *Outbox) SetHealth(ctx context.Context, h send.Health) error {
	return o.d.update(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := o.setHealth(ctx, tx, h); err != nil || h.Disabled.IsZero() {
			return err
		}
		_, err := o.d.exec(ctx, tx, `UPDATE outbox_delivery SET state = 3, class = ?, finished = ? WHERE endpoint = ? AND state = 1`,
			string(send.ClassDisabled), nanos(h.Disabled), h.Endpoint)
		return err
	})
}

func (o *Outbox) setHealth(ctx context.Context, tx *sql.Tx, h send.Health) error {
	_, err := o.d.exec(ctx, tx, `INSERT INTO outbox_endpoint VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE
		SET failures = excluded.failures, since = excluded.since, disabled = excluded.disabled, reason = excluded.reason`,
		h.Endpoint, h.Failures, nanos(h.Since), nanos(h.Disabled), h.Reason)
	return err
}

func (o *Outbox) healthOf(ctx context.Context, tx *sql.Tx, endpoint string) (send.Health, error) {
	h, err := scanHealth(o.d.queryRow(ctx, tx, `SELECT id, failures, since, disabled, reason FROM outbox_endpoint WHERE id = ?`, endpoint))
	if errors.Is(err, sql.ErrNoRows) {
		return send.Health{}, nil
	}
	return h, err
}

func scanHealth(row interface{ Scan(...any) error }) (send.Health, error) {
	var h send.Health
	var since, disabled int64
	err := row.Scan(&h.Endpoint, &h.Failures, &since, &disabled, &h.Reason)
	h.Since, h.Disabled = instant(since), instant(disabled)
	return h, err
}
