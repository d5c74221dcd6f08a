package sqlite_test

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/plumbapi/plumb/webhook/send"
	"github.com/plumbapi/plumb/webhook/sqlite"
)

// messages is how many messages the killed processes send, all together.
const messages = 300

// options are those of every process: later says how many hours its clock is
// ahead, so that claims of those that were killed have ended.
func options(db *sqlite.DB, url string, later int) send.Options {
	waits := make([]time.Duration, 8)
	for i := range waits[1:] {
		waits[i+1] = 5 * time.Millisecond
	}
	return send.Options{
		Outbox: db.Outbox(), Workers: 8, Retry: send.Retry{Waits: waits},
		Guard:     send.Guard{HTTP: true, Networks: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}},
		Endpoints: []send.Endpoint{{ID: "a", URL: url, Unsigned: true, Concurrency: 8}},
		Now:       func() time.Time { return time.Now().Add(time.Duration(later) * time.Hour) },
	}
}

// TestSenderChild is no test: it is the process that TestKill kills. It sends
// messages from one that it is told, and says of each that it is in the outbox.
func TestSenderChild(t *testing.T) {
	path := os.Getenv("PLUMB_TEST_OUTBOX")
	if path == "" {
		t.Skip("runs as a process of TestKill only")
	}
	db := openFile(t, path)
	later, from := number(t, "PLUMB_TEST_LATER"), number(t, "PLUMB_TEST_FROM")
	s, err := send.New(options(db, os.Getenv("PLUMB_TEST_URL"), later))
	if err != nil {
		t.Fatal(err)
	}
	for i := from; i < messages; i++ {
		// Again, as a caller that was killed would not know.
		if _, err := s.Send(t.Context(), send.Message{ID: fmt.Sprintf("m%d", i), Event: "issues", Body: fmt.Appendf(nil, `{"n":%d}`, i)}); err != nil {
			t.Fatal(err)
		}
		fmt.Printf("put %d\n", i)
	}
	if err := s.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func number(t *testing.T, name string) int {
	t.Helper()
	n, err := strconv.Atoi(os.Getenv(name))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestKill kills the sending process in the middle, four times, without
// warning. Nothing that Send has returned for may be lost, and everything
// arrives under its one id.
func TestKill(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	taken, tries := map[string]int{}, 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		if tries++; tries%10 < 3 {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		taken[r.Header.Get("Webhook-Id")]++
	}))
	t.Cleanup(server.Close)
	path := filepath.Join(t.TempDir(), "hooks.db")
	put := -1
	for round := range 4 {
		put = child(t, path, server.URL, round, put+1, (round+1)*messages/5)
	}
	if put >= messages-1 {
		t.Fatal("every message was put before the last kill")
	}

	db := openFile(t, path)
	s, err := send.New(options(db, server.URL, 10))
	if err != nil {
		t.Fatal(err)
	}
	for i := put + 1; i < messages; i++ {
		if _, err := s.Send(t.Context(), send.Message{ID: fmt.Sprintf("m%d", i), Event: "issues", Body: fmt.Appendf(nil, `{"n":%d}`, i)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(context.Background()); err != nil {
		t.Fatal(err)
	}
	delivered, err := db.Outbox().Count(t.Context(), send.Query{State: send.Delivered})
	if err != nil || delivered != messages {
		t.Errorf("%d of %d delivered, %v", delivered, messages, err)
	}
	twice := 0
	for i := range messages {
		switch n := taken[fmt.Sprintf("m%d", i)]; {
		case n == 0:
			t.Errorf("m%d was lost", i)
		case n > 1:
			twice++
		}
	}
	// Only what was under way when a process was killed may come twice: 8 each.
	if len(taken) != messages || twice > 4*8 {
		t.Errorf("%d ids came, %d of them more than once", len(taken), twice)
	}
}

// child starts a process that sends from one message on, kills it when it has
// put another, and returns the last that it put.
func child(t *testing.T, path, url string, round, from, until int) int {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self, "-test.run=^TestSenderChild$", "-test.v")
	cmd.Env = append(os.Environ(), "PLUMB_TEST_OUTBOX="+path, "PLUMB_TEST_URL="+url,
		fmt.Sprint("PLUMB_TEST_LATER=", round), fmt.Sprint("PLUMB_TEST_FROM=", from))
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	last := from - 1
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		text, is := strings.CutPrefix(lines.Text(), "put ")
		if !is {
			continue
		}
		if last, err = strconv.Atoi(text); err != nil {
			t.Fatal(err)
		}
		if last >= until {
			break
		}
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	for lines.Scan() {
		if text, is := strings.CutPrefix(lines.Text(), "put "); is {
			// A last line may be cut short.
			if n, err := strconv.Atoi(text); err == nil && n == last+1 {
				last = n
			}
		}
	}
	_ = cmd.Wait()
	return last
}
