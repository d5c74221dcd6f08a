package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/plumbapi/plumb/webhook/send"
)

func TestOpenOther(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	none := filepath.Join(dir, "text.db")
	if err := os.WriteFile(none, []byte(strings.Repeat("no database\n", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	newer := filepath.Join(dir, "newer.db")
	d, err := Open(t.Context(), newer)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.db.ExecContext(t.Context(), `UPDATE plumb_schema SET version = 99 WHERE part = 'outbox'`); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{none: "not a database", newer: "version 99"} {
		_, err := Open(t.Context(), path)
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), path) {
			t.Errorf("Open(%s): %v", path, err)
		}
	}
}

// TestUpdateApart makes changes together, of which some fail or panic: the
// others are made all the same, and nothing of the failed ones is.
func TestUpdateApart(t *testing.T) {
	t.Parallel()
	d, err := Open(t.Context(), filepath.Join(t.TempDir(), "hooks.db"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.db.ExecContext(t.Context(), `CREATE TABLE t (n INTEGER PRIMARY KEY)`); err != nil {
		t.Fatal(err)
	}
	wrong := errors.New("wrong")
	var wg sync.WaitGroup
	for i := range 300 {
		wg.Go(func() {
			err := d.update(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
				if _, err := tx.ExecContext(ctx, `INSERT INTO t VALUES (?)`, i); err != nil {
					return err
				}
				switch i % 4 {
				case 1:
					return wrong
				case 2:
					panic("broken")
				case 3:
					_, err := tx.ExecContext(ctx, `INSERT INTO t VALUES (?)`, i)
					return err
				}
				return nil
			})
			if (i%4 == 0) != (err == nil) || (i%4 == 1 && !errors.Is(err, wrong)) {
				t.Errorf("change %d: %v", i, err)
			}
		})
	}
	wg.Wait()
	var n, rest int
	if err := d.db.QueryRowContext(t.Context(), `SELECT count(*), sum(n % 4) FROM t`).Scan(&n, &rest); err != nil || n != 75 || rest != 0 {
		t.Errorf("%d rows, %d, %v", n, rest, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := d.update(ctx, func(context.Context, *sql.Tx) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("with a context that has ended: %v", err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if err := d.update(t.Context(), func(context.Context, *sql.Tx) error { return nil }); !errors.Is(err, errClosed) {
		t.Errorf("after Close: %v", err)
	}
}

// TestPlans sees that what is asked for with every delivery is found through
// an index, however much there is.
func TestPlans(t *testing.T) {
	t.Parallel()
	d, err := Open(t.Context(), filepath.Join(t.TempDir(), "hooks.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	dead, deadArgs := where(send.Query{State: send.Dead})
	waiting, waitingArgs := where(send.Query{State: send.Pending, Endpoint: "a"})
	since, sinceArgs := where(send.Query{Since: time.Unix(1, 0)})
	for _, c := range []struct {
		query string
		args  []any
		want  string
	}{
		{claimDue, []any{"a", 1, 1}, "outbox_due"},
		{claimOldest, []any{"a", 1, 1}, "outbox_oldest"},
		{nextDue, []any{"a"}, "outbox_due"},
		{nextOldest, []any{"a"}, "outbox_oldest"},
		{`SELECT count(*) FROM outbox_delivery d WHERE ` + waiting, waitingArgs, "outbox_"},
		{`SELECT d.endpoint FROM outbox_delivery d JOIN outbox_message m ON m.seq = d.message WHERE ` + dead + ` ORDER BY d.message, d.endpoint LIMIT 9`, deadArgs, "outbox_dead"},
		{`SELECT d.endpoint FROM outbox_delivery d JOIN outbox_message m ON m.seq = d.message WHERE ` + since, sinceArgs, "outbox_created"},
	} {
		rows, err := d.db.QueryContext(t.Context(), `EXPLAIN QUERY PLAN `+c.query, c.args...)
		if err != nil {
			t.Fatal(err)
		}
		var plan []string
		for rows.Next() {
			var id, parent, unused int
			var detail string
			if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
				t.Fatal(err)
			}
			plan = append(plan, detail)
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		text := strings.Join(plan, "; ")
		if !strings.Contains(text, c.want) || strings.Contains(text, "TEMP B-TREE FOR ORDER BY") || strings.Contains(text, "SCAN outbox_message") || strings.Contains(text, "SCAN m") {
			t.Errorf("%s\n%s", c.query, text)
		}
	}
}
