package sqlite_test

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/plumbapi/plumb/webhook/hook"
	"github.com/plumbapi/plumb/webhook/receive"
	"github.com/plumbapi/plumb/webhook/signature"
	"github.com/plumbapi/plumb/webhook/sqlite"
)

const (
	restartFile   = "PLUMB_TEST_RESTART_FILE" // tells a process that it is the receiver
	restartSecret = "whsec_bmV3IG5ldyBuZXcgbmV3IG5ldyBuZXc="
)

// TestRestartReceiver is the receiver that TestRestart kills.
func TestRestartReceiver(t *testing.T) {
	path := os.Getenv(restartFile)
	if path == "" {
		t.Skip("this is run by TestRestart, in a process of its own")
	}
	db, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	in := db.Inbox("test")
	handler := receive.HandlerFunc(func(ctx context.Context, d *hook.Delivery) error {
		if len(d.ID)%3 == d.Attempt%3 {
			return errors.New("not yet")
		}
		time.Sleep(time.Millisecond)
		return in.Once(ctx, func(ctx context.Context, tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, `CREATE TABLE IF NOT EXISTS effect (id TEXT NOT NULL) STRICT`)
			if err == nil {
				_, err = tx.ExecContext(ctx, `INSERT INTO effect VALUES (?)`, d.ID)
			}
			return err
		})
	})
	r := receive.New(handler, receive.Options{
		Verify: signature.Standard(restartSecret), Routing: hook.Routing{DeliveryHeader: "webhook-id"}, Store: in,
		Attempts: 1000, Lease: 300 * time.Millisecond, Workers: 4, Log: slog.New(slog.DiscardHandler),
		Backoff: func(int) time.Duration { return 5 * time.Millisecond },
	})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	fmt.Printf("listening on http://%s\n", l.Addr())
	t.Log(receive.Server("", r).Serve(l)) // until it is killed
}

// receiver is the process that is killed and started again.
type receiver struct {
	t    *testing.T
	path string
	cmd  *exec.Cmd
	url  atomic.Value
}

func (p *receiver) start() {
	p.t.Helper()
	p.cmd = exec.Command(os.Args[0], "-test.run=^TestRestartReceiver$", "-test.timeout=5m") //nolint:gosec // this test itself
	p.cmd.Env = append(os.Environ(), restartFile+"="+p.path)
	out, err := p.cmd.StdoutPipe()
	if err == nil {
		err = p.cmd.Start()
	}
	if err != nil {
		p.t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if url, ok := strings.CutPrefix(lines.Text(), "listening on "); ok {
			p.url.Store(url)
			return
		}
	}
	p.t.Fatalf("the receiver does not start: %v", lines.Err())
}

// kill ends the process as a crash would: SIGKILL, no farewell.
func (p *receiver) kill() {
	if err := p.cmd.Process.Kill(); err != nil {
		p.t.Error(err)
	}
	_ = p.cmd.Wait() // killed, as it says
}

// deliver sends until the receiver says that it has the delivery.
func (p *receiver) deliver(ctx context.Context, client *http.Client, id string) error {
	keys, body := signature.Standard(restartSecret), `{"type":"test"}`
	for {
		url, _ := p.url.Load().(string)
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, strings.NewReader(body))
		if err != nil {
			return err
		}
		req.Header.Set("Content-Type", "application/json")
		if err := keys.Sign(req.Header, id, []byte(body), time.Now()); err != nil {
			return err
		}
		response, err := client.Do(req)
		if err == nil {
			if err := response.Body.Close(); err != nil {
				return err
			}
			if response.StatusCode/100 == 2 {
				return nil
			}
			if response.StatusCode != http.StatusServiceUnavailable {
				return fmt.Errorf("%s: %s", id, response.Status)
			}
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// TestRestart sends every delivery three times, from three senders at once and
// each in another order, a third of the attempts to handle them fail, and the
// receiver is killed again and again. Each delivery has its effect once.
func TestRestart(t *testing.T) {
	t.Parallel()
	deliveries := 300
	if testing.Short() {
		deliveries = 90
	}
	p := &receiver{t: t, path: filepath.Join(t.TempDir(), "hooks.db")}
	p.start()
	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Minute)
	defer cancel()
	var sent atomic.Int32
	var senders sync.WaitGroup
	for _, step := range []int{1, 7, 11} { // which share no factor with 300 or 90
		senders.Go(func() {
			client := &http.Client{Transport: &http.Transport{}, Timeout: 30 * time.Second}
			defer client.CloseIdleConnections()
			for i := range deliveries {
				n := i * step % deliveries
				id := fmt.Sprint("d", n) + strings.Repeat("x", n%3)
				if err := p.deliver(ctx, client, id); err != nil {
					t.Error(err)
					return
				}
				sent.Add(1)
			}
		})
	}
	kills := 0
	for next := int32(deliveries / 3); next < int32(3*deliveries) && ctx.Err() == nil && !t.Failed(); {
		if sent.Load() < next {
			time.Sleep(time.Millisecond)
			continue
		}
		p.kill()
		kills++
		p.start()
		next += int32(deliveries * 2 / 3)
	}
	senders.Wait()
	p.kill() // while there is still something to do
	kills++
	p.start()
	db := openFile(t, p.path)
	for {
		waiting, dead, err := db.Inbox("test").Count(ctx)
		if err != nil || dead > 0 {
			t.Fatalf("%d dead letters, %v", dead, err)
		}
		if waiting == 0 {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	p.kill()
	raw, err := sql.Open("sqlite", p.path)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	var effects, different int
	if err := raw.QueryRow(`SELECT count(*), count(DISTINCT id) FROM effect`).Scan(&effects, &different); err != nil {
		t.Fatal(err)
	}
	if effects != deliveries || different != deliveries {
		t.Errorf("%d deliveries have %d effects, %d of them different", deliveries, effects, different)
	}
	t.Logf("%d deliveries, each sent 3 times, %d kills, %d effects", deliveries, kills, effects)
}
