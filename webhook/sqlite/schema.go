package sqlite

import (
	"context"
	"database/sql"
	"fmt"
)

// part is one independent set of tables in the file.
type part struct {
	name string
	// steps bring the tables from one version to the next; a new file takes
	// them all. A step that was released is never changed.
	steps []string
}

// parts are all sets of tables.
func parts() []part {
	return []part{inboxTables(), outboxTables()}
}

// migrate brings every part of the file to the version that this program
// knows.
func (d *DB) migrate(ctx context.Context) error {
	tx, err := d.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // after a commit there is nothing to take back
	const table = `CREATE TABLE IF NOT EXISTS plumb_schema (part TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT`
	if _, err := tx.ExecContext(ctx, table); err != nil {
		return err
	}
	for _, p := range parts() {
		if err := p.migrate(ctx, tx); err != nil {
			return fmt.Errorf("tables of the %s: %w", p.name, err)
		}
	}
	return tx.Commit()
}

func (p part) migrate(ctx context.Context, tx *sql.Tx) error {
	var version int
	err := tx.QueryRowContext(ctx, `SELECT coalesce(max(version), 0) FROM plumb_schema WHERE part = ?`, p.name).Scan(&version)
	if err != nil {
		return err
	}
	if version > len(p.steps) {
		return fmt.Errorf("the file has version %d, this program knows %d: use the newer program that wrote it", version, len(p.steps))
	}
	for _, step := range p.steps[version:] {
		if _, err := tx.ExecContext(ctx, step); err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO plumb_schema VALUES (?, ?) ON CONFLICT DO UPDATE SET version = excluded.version`,
		p.name, len(p.steps))
	return err
}
