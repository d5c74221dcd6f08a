// Package sqlite keeps deliveries of webhooks in one SQLite file, so that they
// outlive the process: what was received and waits to be handled, what has
// been handled before, and what is to be sent. It is the only door to SQLite.
//
// It is no general database: it holds what package receive and package send
// ask of their stores, and its tables are its own.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	driver "modernc.org/sqlite"
)

// DB is an open file. It may be used by many goroutines, and the file by
// several processes.
type DB struct {
	db *sql.DB
	// queue holds what the one writer of this process is to change: SQLite has
	// one at a time, and waits for it by sleeping.
	queue   chan write
	stop    chan struct{}
	stopped chan struct{}
	closing sync.Once

	statements statements
}

// settings are those of every connection: readers and a writer do not wait for
// each other (WAL), a writer waits 10 seconds for that of another process, and
// what is committed outlives a loss of power, not only of the process.
const settings = "_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)&_txlock=immediate"

// Open opens the file at path, and makes it where there is none, readable by
// its owner only: payloads are private. A file of an older version of this
// package is brought up to date; one of a newer version is an error.
func Open(ctx context.Context, path string) (*DB, error) {
	if path == "" || strings.ContainsRune(path, 0) {
		return nil, errors.New("open the database: the path is empty or no path")
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open the database: %w", err)
	}
	if err := f.Close(); err != nil {
		return nil, fmt.Errorf("open the database: %w", err)
	}
	connector, err := driver.NewConnector("file:" + uriPath(path) + "?" + settings)
	if err != nil {
		return nil, fmt.Errorf("open the database %s: %w", path, err)
	}
	d := &DB{db: sql.OpenDB(connector), queue: make(chan write), stop: make(chan struct{}), stopped: make(chan struct{})}
	d.db.SetMaxOpenConns(4)
	d.db.SetMaxIdleConns(4)
	if err := d.prepare(ctx); err != nil {
		return nil, fmt.Errorf("open the database %s: %w", path, errors.Join(err, d.db.Close()))
	}
	go d.writer()
	return d, nil
}

// prepare brings the file up to date. While another process makes or closes
// the same file SQLite says that it is busy without having waited, so it is
// asked again, for up to 10 seconds.
func (d *DB) prepare(ctx context.Context) error {
	const tries, pause = 200, 50 * time.Millisecond
	for try := 1; ; try++ {
		err := d.migrate(ctx)
		if !isBusy(err) || try == tries {
			return err
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return errors.Join(err, ctx.Err())
		}
	}
}

// isBusy reports whether another has the file locked.
func isBusy(err error) bool {
	const busy = 5 // SQLITE_BUSY; the bits above the lowest eight say more
	var e *driver.Error
	return errors.As(err, &e) && e.Code()&0xff == busy
}

// uriPath returns a path as SQLite reads it in a URI: escaped, and never one of
// the names that mean something to SQLite, such as ":memory:".
func uriPath(path string) string {
	path = filepath.ToSlash(filepath.Clean(path))
	if !filepath.IsAbs(path) {
		path = "./" + path
	}
	return (&url.URL{Path: path}).EscapedPath()
}

// Close ends the use of the file. What was written before is there.
func (d *DB) Close() error {
	var err error
	d.closing.Do(func() {
		close(d.stop)
		<-d.stopped
		err = d.db.Close()
	})
	return err
}
