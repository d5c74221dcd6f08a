package sqlite_test

import (
	"context"
	"database/sql"
	"errors"
	"net/http"

	"github.com/plumbapi/plumb/webhook/hook"
	"github.com/plumbapi/plumb/webhook/receive"
	"github.com/plumbapi/plumb/webhook/signature"
	"github.com/plumbapi/plumb/webhook/sqlite"
)

// A receiver whose deliveries survive a crash, and whose effect happens once:
// the payment is counted in the transaction that ends the delivery.
func ExampleInbox_Once() {
	run := func(ctx context.Context, path string, keys *signature.Keyring, routing hook.Routing) error {
		db, err := sqlite.Open(ctx, path)
		if err != nil {
			return err
		}
		in := db.Inbox("payments")
		count := func(ctx context.Context, d *hook.Delivery) error {
			return in.Once(ctx, func(ctx context.Context, tx *sql.Tx) error {
				_, err := tx.ExecContext(ctx, `UPDATE payments SET total = total + 1`)
				return err
			})
		}
		receiver := receive.New(receive.HandlerFunc(count), receive.Options{Verify: keys, Routing: routing, Store: in})
		server := receive.Server(":8080", receiver)
		context.AfterFunc(ctx, func() { _ = server.Shutdown(context.WithoutCancel(ctx)) })
		if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		if err := receiver.Close(context.WithoutCancel(ctx)); err != nil {
			return err
		}
		return db.Close()
	}
	_ = run
}
