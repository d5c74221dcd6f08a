package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/plumbapi/plumb/webhook/receive"
)

// Count implements receive.Store.
func (in *Inbox) Count(ctx context.Context) (waiting, dead int, err error) {
	err = in.db.queryRow(ctx, nil, `SELECT waiting, dead FROM inbox_size WHERE box = ?`, in.box).Scan(&waiting, &dead)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, 0, nil
	}
	if err != nil {
		return 0, 0, fmt.Errorf("inbox: %w", err)
	}
	return waiting, dead, nil
}

// Dead implements receive.Store.
func (in *Inbox) Dead(ctx context.Context, most int) (letters []receive.DeadLetter, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("inbox: %w", err)
		}
	}()
	rows, err := in.db.query(ctx, nil, `SELECT key, cause, due, attempts, received, id, event, action, header, body
		FROM inbox_delivery WHERE box = ? AND state = 3 ORDER BY due DESC, rowid DESC LIMIT ?`, in.box, most)
	if err != nil {
		return nil, err
	}
	defer rows.Close() //nolint:errcheck // what went wrong is in Err
	for rows.Next() {
		var l receive.DeadLetter
		var died int64
		if l.Delivery, err = scan(rows, &l.Key, &l.Cause, &died); err != nil {
			return nil, err
		}
		l.Died = time.Unix(0, died)
		letters = append(letters, l)
	}
	return letters, rows.Err()
}

// Revive implements receive.Store.
func (in *Inbox) Revive(ctx context.Context, key string, now time.Time) (bool, error) {
	revived := false
	err := in.update(ctx, func(ctx context.Context, tx *sql.Tx) error {
		result, err := in.db.exec(ctx, tx, `UPDATE inbox_delivery SET state = 0, due = ?, attempts = 0 WHERE box = ? AND key = ? AND state = 3`,
			now.UnixNano(), in.box, key)
		if err != nil {
			return err
		}
		n, err := result.RowsAffected()
		revived = n == 1
		return err
	})
	return revived, err
}

// Discard removes the dead letters that died before a time, and returns how
// many. They are kept until then: a delivery that nobody could handle is for
// people to look at. The id of one that was removed is no longer known.
func (in *Inbox) Discard(ctx context.Context, before time.Time) (int, error) {
	var n int64
	err := in.update(ctx, func(ctx context.Context, tx *sql.Tx) error {
		result, err := in.db.exec(ctx, tx, `DELETE FROM inbox_delivery WHERE box = ? AND state = 3 AND due < ?`, in.box, before.UnixNano())
		if err != nil {
			return err
		}
		n, err = result.RowsAffected()
		return err
	})
	return int(n), err
}
