package email

import (
	"bytes"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/mail"
	"strings"
	"sync"

	"github.com/plumbapi/plumb/integration"
)

// fake is a mail server with mailboxes that keep one mail of each Message-ID.
type fake struct {
	inputs integration.Inputs

	mu      sync.Mutex
	had     map[string]bool
	objects []string
}

func newFake(inputs integration.Inputs) *fake { return &fake{inputs: inputs, had: map[string]bool{}} }

// ServeHTTP implements http.Handler. The statuses are those that Sender makes
// of a server's replies.
func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, int64(manifest().LimitOf("message"))+1))
	if err != nil {
		http.Error(w, "451 lost connection", http.StatusServiceUnavailable)
		return
	}
	user, password, _ := r.BasicAuth()
	known := user == f.inputs["user"] && (password == f.inputs["password"] || password == f.inputs["password_next"] && password != "")
	switch {
	case r.URL.Scheme != "file" && !known:
		http.Error(w, "535 5.7.8 authentication credentials invalid", http.StatusUnauthorized)
	case len(body) > manifest().LimitOf("message"):
		http.Error(w, "552 5.3.4 message too big", http.StatusRequestEntityTooLarge)
	case len(r.Header[headerTo]) == 0 || len(r.Header[headerTo]) > manifest().LimitOf("recipients"):
		http.Error(w, "452 4.5.3 too many recipients", http.StatusBadRequest)
	default:
		f.take(w, body)
	}
}

// take reads a mail strictly: what servers mend or pass on is refused.
func (f *fake) take(w http.ResponseWriter, body []byte) {
	m, problem := readMail(body)
	if problem != "" {
		http.Error(w, "550 5.6.0 "+problem, http.StatusBadRequest)
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	id := m.Header.Get("Message-ID")
	if !f.had[id] {
		f.had[id] = true
		subject, _ := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject")) // readMail has read it
		f.objects = append(f.objects, "mail to "+m.Header.Get("To")+": "+subject)
	}
	_, _ = io.WriteString(w, taken) // who does not listen any more has gone
}

// readMail reads a mail and says what is wrong with it.
func readMail(body []byte) (*mail.Message, string) {
	for line := range bytes.SplitSeq(body, []byte("\r\n")) {
		switch {
		case len(line) > manifest().LimitOf("line"):
			return nil, "a line is too long"
		case bytes.ContainsAny(line, "\r\n\x00"):
			return nil, "a bare line break"
		}
	}
	m, err := mail.ReadMessage(bytes.NewReader(body))
	if err != nil {
		return nil, "no message"
	}
	for _, name := range []string{"From", "To", "Date", "Subject", "Message-Id"} {
		if len(m.Header[name]) != 1 {
			return nil, name + " is not there once"
		}
	}
	if len(m.Header["Bcc"]) > 0 || len(m.Header["Cc"]) > 0 {
		return nil, "recipients that nobody asked for"
	}
	if _, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject")); err != nil {
		return nil, "the subject cannot be read"
	}
	kind, parameters, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		return nil, "no alternatives"
	}
	var kinds []string
	for parts := multipart.NewReader(m.Body, parameters["boundary"]); ; {
		part, err := parts.NextPart()
		if err != nil {
			break
		}
		if _, err := io.Copy(io.Discard, part); err != nil {
			return nil, "a part that cannot be read"
		}
		kinds = append(kinds, part.Header.Get("Content-Type"))
	}
	if strings.Join(kinds, ", ") != "text/plain; charset=utf-8, text/html; charset=utf-8" {
		return nil, "other parts than text and HTML"
	}
	return m, ""
}

// Objects implements integration.Fake.
func (f *fake) Objects() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]string(nil), f.objects...)
}
