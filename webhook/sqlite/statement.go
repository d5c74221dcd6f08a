package sqlite

import (
	"context"
	"database/sql"
	"sync"
)

// statements are the statements that have been prepared, by their text. Only
// texts that are constant go through them.
type statements struct {
	mu     sync.Mutex
	byText map[string]*sql.Stmt
}

// prepared returns a statement, inside tx where that is not nil.
func (d *DB) prepared(ctx context.Context, tx *sql.Tx, text string) (*sql.Stmt, error) {
	d.statements.mu.Lock()
	defer d.statements.mu.Unlock()
	s := d.statements.byText[text]
	if s == nil {
		var err error
		if s, err = d.db.PrepareContext(ctx, text); err != nil {
			return nil, err
		}
		if d.statements.byText == nil {
			d.statements.byText = map[string]*sql.Stmt{}
		}
		d.statements.byText[text] = s
	}
	if tx != nil {
		return tx.StmtContext(ctx, s), nil
	}
	return s, nil
}

// exec executes a statement.
func (d *DB) exec(ctx context.Context, tx *sql.Tx, text string, args ...any) (sql.Result, error) {
	s, err := d.prepared(ctx, tx, text)
	if err != nil {
		return nil, err
	}
	return s.ExecContext(ctx, args...)
}

// query returns the rows of a statement.
func (d *DB) query(ctx context.Context, tx *sql.Tx, text string, args ...any) (*sql.Rows, error) {
	s, err := d.prepared(ctx, tx, text)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(ctx, args...)
}

// row is a row, or why there is none.
type row struct {
	*sql.Row
	err error
}

// Scan copies the columns.
func (r row) Scan(to ...any) error {
	if r.err != nil {
		return r.err
	}
	return r.Row.Scan(to...)
}

// queryRow returns the first row of a statement.
func (d *DB) queryRow(ctx context.Context, tx *sql.Tx, text string, args ...any) row {
	s, err := d.prepared(ctx, tx, text)
	if err != nil {
		return row{err: err}
	}
	return row{Row: s.QueryRowContext(ctx, args...)}
}
