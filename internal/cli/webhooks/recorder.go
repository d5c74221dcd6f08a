package webhooks

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/cli/payload"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/webhook/hook"
	"github.com/plumbapi/plumb/webhook/receive"
)

// recorder takes deliveries through a receiver and records those that it
// accepts, as they came.
type recorder struct {
	env      *env.Env
	folder   string // "" records nothing
	most     int    // deliveries to take, 0 for no bound
	secret   []string
	route    hook.Routing
	receiver *receive.Receiver

	mu             sync.Mutex
	taken, refused int
	err            error
	done           chan struct{}
	ended          bool
}

// Serve is the handler of the receiver. Recording is done before.
func (r *recorder) Serve(context.Context, *hook.Delivery) error { return nil }

// ServeHTTP hands a request to the receiver and records it where that takes it.
func (r *recorder) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	now := r.env.Now()
	body, err := io.ReadAll(http.MaxBytesReader(nil, req.Body, receive.DefaultMaxBody+1))
	if err != nil && len(body) <= receive.DefaultMaxBody {
		http.Error(w, "the body is not complete", http.StatusBadRequest)
		r.tell(now, http.StatusBadRequest, req, nil, "")
		return
	}
	req.Body = io.NopCloser(bytes.NewReader(body))
	answer := &statusWriter{ResponseWriter: w, status: http.StatusOK}
	r.receiver.ServeHTTP(answer, req)
	file := ""
	if answer.status == http.StatusAccepted && r.folder != "" {
		if file, err = r.record(now, req, body); err != nil {
			r.fail(err)
		}
	}
	r.tell(now, answer.status, req, body, file)
}

// statusWriter remembers the status of an answer.
type statusWriter struct {
	http.ResponseWriter
	status int
}

// WriteHeader notes the status.
func (w *statusWriter) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

// record writes a delivery to a file of its own and returns its name.
func (r *recorder) record(now time.Time, req *http.Request, body []byte) (string, error) {
	rec := &payload.Recording{Received: now, Target: req.URL.EscapedPath(), Header: http.Header{}, Body: body}
	for name, values := range req.Header {
		if slices.Contains(r.secret, strings.ToLower(name)) {
			rec.Left = append(rec.Left, name)
			continue
		}
		rec.Header[name] = values
	}
	slices.Sort(rec.Left)
	name := now.UTC().Format("20060102T150405.000000000Z")
	if event := r.event(req, rec); event != "" {
		name += "-" + fileWord(event)
	}
	shown := filepath.ToSlash(filepath.Join(r.folder, name+payload.RecordingExt))
	err := output.WriteFile(r.env.Path(shown), shown, func(w io.Writer) error {
		_, err := w.Write(rec.Format())
		return err
	})
	return shown, err
}

// event is the event of a delivery with its action, as far as that is known.
func (r *recorder) event(req *http.Request, rec *payload.Recording) string {
	event, action := r.route.Route(req.Header, rec.Payload())
	if action != "" {
		return event + "." + action
	}
	return event
}

// fileWord is a text as part of the name of a file.
func fileWord(s string) string {
	const most = 60
	word := strings.Map(func(c rune) rune {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '_', c == '.', c == '-':
			return c
		}
		return '_'
	}, s)
	return word[:min(len(word), most)]
}

// tell says what came in, and ends the call where that was enough.
func (r *recorder) tell(now time.Time, status int, req *http.Request, body []byte, file string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if status/100 == 2 {
		r.taken++
	} else {
		r.refused++
	}
	line := fmt.Sprintf("%s  %d  %s", now.Format(time.TimeOnly), status, words.Count(len(body), "byte"))
	if body != nil {
		rec := &payload.Recording{Header: req.Header, Body: body}
		if event := r.event(req, rec); event != "" {
			line += "  " + safe.Brief(event)
		}
	}
	if file != "" {
		line += "  " + safe.Line(file)
	}
	if _, err := fmt.Fprintln(r.env.Stdout, line); err != nil && r.err == nil {
		r.err = env.Incompletef("%w", err)
	}
	if (r.most > 0 && r.taken+r.refused >= r.most || r.err != nil) && !r.ended {
		r.ended = true
		close(r.done)
	}
}

// fail notes that a delivery could not be recorded.
func (r *recorder) fail(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.err == nil {
		r.err = err
	}
}

// outcome returns how many deliveries were taken and refused, and what went
// wrong.
func (r *recorder) outcome() (taken, refused int, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.taken, r.refused, r.err
}

// quietLog logs nothing: what came in is told a line each.
func quietLog() *slog.Logger { return slog.New(slog.DiscardHandler) }
