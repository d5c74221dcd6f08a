package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// write is a change that waits to be made.
type write struct {
	ctx    context.Context
	change func(context.Context, *sql.Tx) error
	done   chan error
}

// maxBatch is how many changes go into one transaction.
const maxBatch = 256

// errClosed says that the file has been closed.
var errClosed = errors.New("the database is closed")

// update makes a change, whole or not at all, and returns when it is on the
// disk. Changes that come at the same time share a transaction, since it is the
// disk that takes the time; one that fails takes nothing of the others with
// it. The change must not keep the transaction, and may run on another
// goroutine.
func (d *DB) update(ctx context.Context, change func(context.Context, *sql.Tx) error) error {
	w := write{ctx: ctx, change: change, done: make(chan error, 1)}
	select {
	case d.queue <- w:
		return <-w.done
	case <-d.stop:
		return errClosed
	case <-ctx.Done():
		return ctx.Err()
	}
}

// writer makes the changes.
func (d *DB) writer() {
	defer close(d.stopped)
	for {
		select {
		case w := <-d.queue:
			d.commit(w)
		case <-d.stop:
			return
		}
	}
}

// commit makes the first change, and those that come while it is made, in one
// transaction.
func (d *DB) commit(first write) {
	ctx := context.Background()
	var made []write
	err := func() error {
		tx, err := d.db.BeginTx(ctx, nil)
		if err != nil {
			made = append(made, first)
			return err
		}
		defer tx.Rollback() //nolint:errcheck // after a commit there is nothing to take back
		for w, more := first, true; more; w, more = d.waiting(len(made)) {
			err := apply(ctx, tx, w)
			if errors.Is(err, errBroken) {
				made = append(made, w)
				return err
			}
			if err != nil {
				w.done <- err
				continue
			}
			made = append(made, w)
		}
		return tx.Commit()
	}()
	for _, w := range made {
		w.done <- err
	}
}

// waiting returns a change that waits, if one does.
func (d *DB) waiting(made int) (write, bool) {
	if made >= maxBatch {
		return write{}, false
	}
	select {
	case w := <-d.queue:
		return w, true
	default:
		return write{}, false
	}
}

// errBroken says that a transaction is of no use any more: SQLite ends it
// itself where the disk is full or cannot be written.
var errBroken = errors.New("the transaction is broken")

// apply makes one change, and takes it back where it fails.
func apply(ctx context.Context, tx *sql.Tx, w write) (err error) {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `SAVEPOINT one`); err != nil {
		return err
	}
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the change broke: %v", p)
		}
		if err != nil {
			if _, back := tx.ExecContext(ctx, `ROLLBACK TO one`); back != nil {
				err = errors.Join(errBroken, err, back)
				return
			}
		}
		if _, end := tx.ExecContext(ctx, `RELEASE one`); end != nil {
			err = errors.Join(errBroken, err, end)
		}
	}()
	return w.change(ctx, tx)
}
