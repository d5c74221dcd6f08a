package email

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/smtp"
	"net/textproto"
	"net/url"
	"strings"
	"time"

	"github.com/plumbapi/plumb/integration"
)

// Sender sends the mails of the Tool, and leaves all other requests to Next. It
// is safe for concurrent use.
type Sender struct {
	Next integration.Sender
	// Dial connects to a mail server.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
	// TLS is the configuration of connections; nil is the machine's.
	TLS *tls.Config
	// Write writes a mail to a file, whole or not at all.
	Write func(name string, data []byte) error
}

// Do implements integration.Sender. What an SMTP server replies is answered as
// the status of HTTP that means the same.
func (s *Sender) Do(r *http.Request) (*http.Response, error) {
	switch r.URL.Scheme {
	case "smtp", "smtps", "file":
	default:
		if s.Next == nil {
			return nil, fmt.Errorf("nothing is sent to %s here", r.URL.Scheme)
		}
		return s.Next.Do(r)
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	if r.URL.Scheme == "file" {
		return s.write(r, body)
	}
	err = s.mail(r, body)
	var reply *textproto.Error
	switch {
	case err == nil:
		return answer(r, http.StatusOK, taken), nil
	case errors.As(err, &reply):
		return answer(r, statusOf(reply.Code), fmt.Sprintf("%d %s", reply.Code, reply.Msg)), nil
	}
	return nil, err
}

func (s *Sender) write(r *http.Request, body []byte) (*http.Response, error) {
	name, err := url.PathUnescape(r.URL.Opaque)
	if err != nil || s.Write == nil {
		return nil, errors.New("no file is written here")
	}
	if err := s.Write(name, body); err != nil {
		return nil, err
	}
	return answer(r, http.StatusOK, taken), nil
}

func answer(r *http.Request, code int, text string) *http.Response {
	header := http.Header{"Content-Type": {"text/plain"}}
	if code == http.StatusServiceUnavailable {
		header.Set("Retry-After", "2") // the server says that it has taken nothing
	}
	return &http.Response{StatusCode: code, Header: header, Body: io.NopCloser(strings.NewReader(text)), Request: r}
}

// statusOf is the status of HTTP that says what a reply of SMTP says.
// Source: RFC 5321, 4.2; RFC 4954, 6.
func statusOf(code int) int {
	switch {
	case code == 530 || code == 534 || code == 535 || code == 538:
		return http.StatusUnauthorized
	case code == 552:
		return http.StatusRequestEntityTooLarge
	case code == 550 || code == 551 || code == 553:
		return http.StatusNotFound
	case code == 554:
		return http.StatusForbidden
	case code >= 400 && code < 500:
		return http.StatusServiceUnavailable
	}
	return http.StatusBadGateway
}

// mail holds the conversation.
func (s *Sender) mail(r *http.Request, body []byte) error {
	ctx := r.Context()
	port := map[string]string{"smtp": "587", "smtps": "465"}[r.URL.Scheme]
	if p := r.URL.Port(); p != "" {
		port = p
	}
	host := r.URL.Hostname()
	conn, err := s.Dial(ctx, "tcp", net.JoinHostPort(host, port))
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }() // QUIT has said goodbye, or there is nothing to keep
	// The connection ends with the context, whatever the server does.
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	config := s.config(host)
	if r.URL.Scheme == "smtps" {
		conn = tls.Client(conn, config)
	}
	err = s.talk(conn, r, host, config, body)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

func (s *Sender) config(host string) *tls.Config {
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if s.TLS != nil {
		config = s.TLS.Clone()
	}
	config.ServerName = host
	return config
}

func (s *Sender) talk(conn net.Conn, r *http.Request, host string, config *tls.Config, body []byte) error {
	c, err := smtp.NewClient(conn, host)
	if err != nil {
		return err
	}
	secure := r.URL.Scheme == "smtps"
	if !secure && r.URL.Query().Get("tls") != "none" {
		if ok, _ := c.Extension("STARTTLS"); !ok {
			return &textproto.Error{Code: 538, Msg: "the server offers no STARTTLS; with ?tls=none mail goes unencrypted"}
		}
		if err := c.StartTLS(config); err != nil {
			return err
		}
		secure = true
	}
	if user, password, ok := r.BasicAuth(); ok {
		if !secure {
			return &textproto.Error{Code: 538, Msg: "a password is not sent without TLS"}
		}
		if err := c.Auth(login{user, password}); err != nil {
			return err
		}
	}
	if err := c.Mail(r.Header.Get(headerFrom)); err != nil {
		return err
	}
	for _, to := range r.Header[headerTo] {
		if err := c.Rcpt(to); err != nil {
			return err
		}
	}
	w, err := c.Data()
	if err != nil {
		return err
	}
	if _, err := io.Copy(w, bytes.NewReader(body)); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	_ = c.Quit() // the mail has been taken, whatever comes of this
	return nil
}

// login is AUTH PLAIN (RFC 4616) over a connection that is known to be
// encrypted; that of net/smtp insists on the name of the server, which a proxy
// may change.
type login struct{ user, password string }

// Start implements smtp.Auth.
func (l login) Start(*smtp.ServerInfo) (string, []byte, error) {
	return "PLAIN", []byte("\x00" + l.user + "\x00" + l.password), nil
}

// Next implements smtp.Auth.
func (l login) Next(_ []byte, more bool) ([]byte, error) {
	if more {
		return nil, errors.New("the server asks for more than a password")
	}
	return nil, nil
}
