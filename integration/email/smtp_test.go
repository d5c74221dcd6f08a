package email_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/http/httptest"
	"net/textproto"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/email"
	"github.com/plumbapi/plumb/integration/integrationtest"
)

// server is a mail server on a pipe, of one conversation at a time. Replies may
// be set by the command that they are to.
type server struct {
	tls     *tls.Config
	replies map[string]string
	noTLS   bool
	mute    string // the command that is never answered

	mu    sync.Mutex
	log   []string
	mails []string
}

// dial starts a conversation.
func (s *server) dial(_ context.Context, _, address string) (net.Conn, error) {
	client, conn := net.Pipe()
	s.note("dial " + address)
	go s.talk(conn, strings.HasSuffix(address, ":465"))
	return client, nil
}

func (s *server) note(line string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.log = append(s.log, line)
}

func (s *server) talk(conn net.Conn, secure bool) {
	defer conn.Close()
	if secure {
		conn = tls.Server(conn, s.tls)
	}
	r := textproto.NewReader(bufio.NewReader(conn))
	say := func(text string) { fmt.Fprintf(conn, "%s\r\n", text) }
	say("220 mail.example ESMTP")
	for {
		line, err := r.ReadLine()
		if err != nil {
			return
		}
		verb, rest, _ := strings.Cut(line, " ")
		verb = strings.ToUpper(verb)
		if verb == "AUTH" {
			_, encoded, _ := strings.Cut(rest, " ")
			plain, _ := base64.StdEncoding.DecodeString(encoded)
			rest = fmt.Sprintf("%q", plain)
		}
		s.note(strings.TrimSpace(verb + " " + rest))
		if verb == s.mute {
			continue
		}
		if reply := s.replies[verb]; reply != "" {
			say(reply)
			continue
		}
		switch verb {
		case "EHLO":
			if secure || s.noTLS {
				say("250-mail.example\r\n250 AUTH PLAIN")
			} else {
				say("250-mail.example\r\n250 STARTTLS")
			}
		case "STARTTLS":
			say("220 go ahead")
			conn, secure = tls.Server(conn, s.tls), true
			r = textproto.NewReader(bufio.NewReader(conn))
		case "AUTH":
			say("235 welcome")
		case "DATA":
			say("354 go on")
			lines, err := r.ReadDotLines()
			if err != nil {
				return
			}
			s.mu.Lock()
			s.mails = append(s.mails, strings.Join(lines, "\r\n"))
			s.mu.Unlock()
			say("250 queued")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}

// certificate is one for example.com, and who trusts it.
func certificate(t *testing.T) (server, client *tls.Config) {
	t.Helper()
	s := httptest.NewTLSServer(nil)
	defer s.Close()
	pool := x509.NewCertPool()
	pool.AddCert(s.Certificate())
	return &tls.Config{Certificates: s.TLS.Certificates}, &tls.Config{RootCAs: pool}
}

// mailTo delivers over SMTP.
func mailTo(t *testing.T, s *server, url string) error {
	t.Helper()
	serverTLS, clientTLS := certificate(t)
	s.tls = serverTLS
	tool := email.New()
	inputs := tool.Manifest().Examples()
	inputs["server"] = url
	if strings.Contains(url, "tls=none") {
		delete(inputs, "user")
	}
	c, _ := integrationtest.Client(tool, inputs, &email.Sender{Dial: s.dial, TLS: clientTLS})
	c.Timeout = time.Minute
	if s.mute != "" {
		c.Timeout = 20 * time.Millisecond
	}
	_, err := tool.Deliver(t.Context(), c, integrationtest.Story()[0].Delivery)
	return err
}

func TestSMTP(t *testing.T) {
	t.Parallel()
	auth, mail := `AUTH "\x00plumb\x00example-mail-password-1"`, []string{"MAIL FROM:<plumb@mail.example>", "RCPT TO:<api-team@mail.example>", "RCPT TO:<lead@mail.example>", "DATA", "QUIT"}
	tests := []struct {
		name, url string
		server    server
		want      []string
	}{
		{"STARTTLS", "smtp://example.com", server{}, append([]string{"dial example.com:587", "EHLO localhost", "STARTTLS", "EHLO localhost", auth}, mail...)},
		{"TLS from the start", "smtps://example.com", server{}, append([]string{"dial example.com:465", "EHLO localhost", auth}, mail...)},
		{"no TLS where that is said", "smtp://example.com:25?tls=none", server{noTLS: true}, append([]string{"dial example.com:25", "EHLO localhost"}, mail...)},
	}
	for i := range tests {
		tt := &tests[i]
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if err := mailTo(t, &tt.server, tt.url); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, tt.server.log); diff != "" {
				t.Errorf("conversation (-want +got):\n%s", diff)
			}
			subject, _ := readable(t, []byte(tt.server.mails[0]+"\r\n"))
			if want := "tracker failed: 1 error, 1 warning"; subject != want {
				t.Errorf("subject %q, want %q", subject, want)
			}
		})
	}
}

func TestSMTPRefusals(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, url string
		server    server
		kind      integration.Kind
	}{
		{"no STARTTLS", "smtp://example.com", server{noTLS: true}, integration.Auth},
		{"wrong password", "smtp://example.com", server{replies: map[string]string{"AUTH": "535 5.7.8 credentials invalid"}}, integration.Auth},
		{"no such mailbox", "smtp://example.com", server{replies: map[string]string{"RCPT": "550 5.1.1 no such user"}}, integration.Config},
		{"too large", "smtp://example.com", server{replies: map[string]string{"MAIL": "552 5.3.4 too big"}}, integration.Limit},
		{"spam", "smtp://example.com", server{replies: map[string]string{"DATA": "554 5.7.1 rejected"}}, integration.Auth},
		{"greylisted", "smtp://example.com", server{replies: map[string]string{"RCPT": "450 4.2.0 try later"}}, integration.Remote},
		{"another name", "smtp://mail.invalid", server{}, integration.Remote},
		{"silent", "smtp://example.com", server{mute: "EHLO"}, integration.Remote},
	}
	for i := range tests {
		tt := &tests[i]
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			err := mailTo(t, &tt.server, tt.url)
			var e *integration.Error
			if !errors.As(err, &e) || e.Kind != tt.kind {
				t.Fatalf("error %v; want one of kind %q", err, tt.kind)
			}
			if strings.Contains(err.Error(), "example-mail-password") {
				t.Errorf("the password is shown: %v", err)
			}
			if len(tt.server.mails) > 0 {
				t.Error("the mail went out")
			}
		})
	}
}
