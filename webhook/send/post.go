package send

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"strconv"
	"syscall"
	"time"
)

// post makes one attempt.
func (s *Sender) post(ctx context.Context, l *lane, d Delivery) Attempt {
	start := s.options.Now()
	a := Attempt{Message: d.Message.ID, Endpoint: d.Endpoint, Number: d.Attempts + 1, Start: start, Class: OK}
	ctx, cancel := context.WithTimeout(ctx, s.options.Timeout)
	defer cancel()
	request, err := s.request(ctx, l, d.Message, start)
	if err != nil {
		a.Class = ClassSign
		return a
	}
	// RoundTrip, unlike a client's Do, follows no redirect and keeps no cookie.
	response, err := s.transport.RoundTrip(request)
	end := s.options.Now()
	a.Duration = end.Sub(start)
	if err != nil {
		a.Class, a.Detail = classOf(ctx, err), detailOf(err)
		return a
	}
	defer drain(response, cancel)
	a.Status = response.StatusCode
	a.Class = classOfStatus(a.Status)
	if a.Class != OK {
		a.RetryAfter = retryAfter(response.Header, end)
	}
	return a
}

// request makes the request of an attempt. What tells who sends and what is
// sent goes over what an endpoint's own headers say.
func (s *Sender) request(ctx context.Context, l *lane, m Message, now time.Time) (*http.Request, error) {
	e := &l.endpoint
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, l.url.String(), bytes.NewReader(m.Body))
	if err != nil {
		return nil, err
	}
	h := request.Header
	h.Set("User-Agent", s.options.UserAgent)
	for name, values := range e.Header {
		h[http.CanonicalHeaderKey(name)] = values
	}
	h.Set("Content-Type", "application/json")
	h.Set("Webhook-Id", m.ID)
	h.Set("Webhook-Timestamp", strconv.FormatInt(now.Unix(), 10))
	if e.EventHeader != "" {
		h.Set(e.EventHeader, m.Event)
	}
	if e.DeliveryHeader != "" {
		h.Set(e.DeliveryHeader, m.ID)
	}
	if e.Signer == nil {
		return request, nil
	}
	return request, e.Signer.Sign(h, m.ID, m.Body, now)
}

// How much of an answer is read, and for how long: only so much that the
// connection can be used again. What it says is of no interest.
const (
	maxAnswer  = 64 << 10
	answerTime = time.Second
)

func drain(response *http.Response, cancel context.CancelFunc) {
	t := time.AfterFunc(answerTime, cancel)
	defer t.Stop()
	_, _ = io.Copy(io.Discard, io.LimitReader(response.Body, maxAnswer)) // a broken body costs the connection, nothing else
	_ = response.Body.Close()
}

// classOfStatus says what a status means. Source: Standard Webhooks 1.0.0.
func classOfStatus(status int) Class {
	switch {
	case status >= 200 && status < 300:
		return OK
	case status >= 300 && status < 400:
		return ClassRedirect
	case status == http.StatusGone:
		return ClassGone
	case status == http.StatusTooManyRequests, status == http.StatusBadGateway, status == http.StatusGatewayTimeout:
		return ClassThrottled
	case status >= 400 && status < 500:
		return ClassClient
	}
	return ClassServer
}

// classOf says what went wrong before there was an answer.
func classOf(ctx context.Context, err error) Class {
	var (
		guard       *BlockedError
		resolve     *resolveError
		timeout     net.Error
		certificate *tls.CertificateVerificationError
		record      tls.RecordHeaderError
		alert       tls.AlertError
		authority   x509.UnknownAuthorityError
		host        x509.HostnameError
	)
	switch {
	case errors.As(err, &guard):
		return ClassBlocked
	case errors.Is(ctx.Err(), context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return ClassTimeout
	case errors.As(err, &resolve):
		return ClassName
	case errors.Is(err, syscall.ECONNREFUSED):
		return ClassRefused
	case errors.As(err, &certificate), errors.As(err, &record), errors.As(err, &alert), errors.As(err, &authority), errors.As(err, &host):
		return ClassTLS
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF),
		errors.Is(err, io.ErrClosedPipe), errors.Is(err, net.ErrClosed):
		return ClassReset
	}
	return ClassNetwork
}

// detailOf says more of an error, in words of our own: those of others may
// tell what is not for a log.
func detailOf(err error) string {
	var (
		guard     *BlockedError
		record    tls.RecordHeaderError
		authority x509.UnknownAuthorityError
		host      x509.HostnameError
		invalid   x509.CertificateInvalidError
	)
	switch {
	case errors.As(err, &guard):
		return guard.Reason
	case errors.As(err, &record):
		return "no TLS is spoken there"
	case errors.As(err, &authority):
		return "the certificate is of no known authority"
	case errors.As(err, &host):
		return "the certificate is for another host"
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return "the certificate has expired, or is not valid yet"
	}
	return ""
}
