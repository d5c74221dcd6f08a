package load

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"strings"
	"syscall"
)

// The classes of what goes wrong on the way. Errors themselves hold URLs and
// ports, so that no two are the same, and secrets in URLs; their text is
// never kept.
const (
	classNoAnswer   = "timeout: no answer"
	classHalfAnswer = "timeout: answer not complete"
	classCutOff     = "timeout: no answer when the run was stopped"
	classTooLong    = "transport: answer too long to be checked"
	classBadURL     = "transport: URL that cannot be read"
	classNoPort     = "generator: no free local port"
	classNoFile     = "generator: no free file"
	classForbidden  = "generator: address not allowed"
	classRefused    = "tls: refused by the server"
	classOther      = "transport: other"
)

// errorClasses are told by errors.Is, the first that fits.
var errorClasses = [...]struct {
	err   error
	class string
}{
	{errForbidden, classForbidden},
	{syscall.EADDRNOTAVAIL, classNoPort},
	{syscall.EMFILE, classNoFile},
	{syscall.ENFILE, classNoFile},
	{syscall.ECONNREFUSED, "transport: connection refused"},
	{syscall.ECONNRESET, "transport: connection reset"},
	{syscall.EPIPE, "transport: connection closed"},
	{syscall.EHOSTUNREACH, "transport: host unreachable"},
	{syscall.ENETUNREACH, "transport: network unreachable"},
	{syscall.ETIMEDOUT, "transport: connection timed out"},
	{syscall.ENOENT, "transport: no such socket"},
	{io.ErrUnexpectedEOF, "transport: answer cut short"},
	{io.EOF, "transport: connection closed"},
	{net.ErrClosed, "transport: connection closed"},
}

// textClasses are told by what the message says, since the standard library
// exports no error for them.
var textClasses = [...]struct{ text, class string }{
	{"remote error: tls: ", classRefused}, // an alert of a kind that crypto/tls keeps to itself
	{"server closed idle connection", "transport: connection closed"},
	{"malformed HTTP", "transport: not an HTTP answer"},
	{"malformed MIME header", "transport: not an HTTP answer"},
	{"HTTP response to HTTPS client", "tls: the server does not speak TLS"},
	{"response headers exceeded", "transport: header too long"},
	{"stream error", "transport: HTTP/2 stream ended"},
	{"http2:", "transport: HTTP/2 connection ended"},
	{"GOAWAY", "transport: HTTP/2 connection ended"},
	{"connection broken", "transport: connection closed"},
	{"chunked encoding", "transport: answer cut short"},
	{"TLS handshake timeout", "tls: handshake timed out"},
	{"gzip: invalid", "transport: answer cannot be decompressed"},
}

// classOf returns the class of an error of the transport.
func classOf(err error) string {
	var (
		dns       *net.DNSError
		invalid   x509.CertificateInvalidError
		authority x509.UnknownAuthorityError
		host      x509.HostnameError
		record    tls.RecordHeaderError
		alert     tls.AlertError
		verify    *tls.CertificateVerificationError
	)
	switch {
	case errors.As(err, &dns):
		switch {
		case dns.IsNotFound:
			return "dns: no such host"
		case dns.IsTimeout:
			return "dns: timed out"
		}
		return "dns: lookup went wrong"
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return "tls: certificate expired or not yet valid"
	case errors.As(err, &authority):
		return "tls: certificate of an unknown authority"
	case errors.As(err, &host):
		return "tls: certificate for another host"
	case errors.As(err, &invalid), errors.As(err, &verify):
		return "tls: certificate not valid"
	case errors.As(err, &record):
		return "tls: the server does not speak TLS"
	case errors.As(err, &alert):
		return classRefused
	}
	for _, c := range errorClasses {
		if errors.Is(err, c.err) {
			return c.class
		}
	}
	text := err.Error()
	for _, c := range textClasses {
		if strings.Contains(text, c.text) {
			return c.class
		}
	}
	var timeout net.Error
	if errors.Is(err, context.DeadlineExceeded) || errors.As(err, &timeout) && timeout.Timeout() {
		return classNoAnswer
	}
	return classOther
}
