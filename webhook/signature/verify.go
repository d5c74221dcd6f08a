package signature

import (
	"crypto/ed25519"
	"crypto/hmac"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// The bounds of what is read of a header. Senders that rotate secrets send two
// or three signatures of some hundred bytes.
const (
	maxHeader     = 4096
	maxSignatures = 16
	maxSignature  = 64 // bytes: SHA-512 and ed25519
)

// Verify implements Verifier. It returns an *Error; what it returns was made
// before, so that a delivery that is not accepted costs next to nothing.
func (k *Keyring) Verify(header http.Header, body []byte, now time.Time) error {
	if k.err != nil {
		return k.err
	}
	for i := range k.groups {
		g := &k.groups[i]
		if len(header[g.header]) > 0 {
			return k.verifyGroup(g, header, body, now)
		}
	}
	return k.groups[0].schemes[0].why.missing
}

// verifyGroup returns nil where one of the schemes accepts the delivery, else
// the error of the one that came closest.
func (k *Keyring) verifyGroup(g *group, header http.Header, body []byte, now time.Time) error {
	var worst *Error
	for _, s := range g.schemes {
		err := k.verify(s, header, body, now)
		if err == nil {
			return nil
		}
		if worst == nil || errors.Is(worst.Reason, ErrMalformed) {
			worst = err
		}
	}
	return worst
}

// found is what the headers of a delivery say.
type found struct {
	id, stamp  string
	signatures [maxSignatures][maxSignature]byte
	n          int
}

func (k *Keyring) verify(s *keyed, header http.Header, body []byte, now time.Time) *Error {
	value, err := single(header, s.header, &s.why)
	if err != nil {
		return err
	}
	if s.Algorithm == tokenAlgorithm {
		return s.verifyToken(value)
	}
	var f found
	if s.stamp != "" {
		if f.stamp, err = single(header, s.stamp, &s.whyStamp); err != nil {
			return err
		}
	}
	if s.id != "" {
		if f.id, err = single(header, s.id, &s.whyID); err != nil {
			return err
		}
	}
	if err := s.read(&f, value); err != nil {
		return err
	}
	if s.hasStamp() {
		if err := k.inWindow(s, f.stamp, now); err != nil {
			return err
		}
	}
	if s.Algorithm == ed25519Algorithm {
		return s.verifyPublic(&f, body)
	}
	return s.verifyMac(&f, body)
}

// single returns the one value of a header. Two would mean that one of them is
// not the sender's.
func single(header http.Header, name string, why *reasons) (string, *Error) {
	values := header[name]
	if len(values) > 1 {
		return "", why.malformed
	}
	if len(values) == 0 {
		return "", why.missing
	}
	v := trim(values[0])
	if v == "" {
		return "", why.missing
	}
	if len(v) > maxHeader {
		return "", why.malformed
	}
	return v, nil
}

// read takes the signatures, and the timestamp where it is among them, out of
// the header's value.
func (s *keyed) read(f *found, value string) *Error {
	stamps := 0
	for more := true; more; {
		item := value
		if more = s.Separator != ""; more {
			item, value, more = strings.Cut(value, s.Separator)
		}
		item = trim(item)
		if p := s.Timestamp.Prefix; p != "" {
			if t, ok := strings.CutPrefix(item, p); ok {
				f.stamp = trim(t)
				stamps++
				continue
			}
		}
		text, ok := strings.CutPrefix(item, s.Prefix)
		if !ok || text == "" {
			continue
		}
		if f.n == maxSignatures {
			return s.why.malformed
		}
		if decode(&f.signatures[f.n], s.Encoding, text, s.size()) {
			f.n++
		}
	}
	if f.n == 0 || s.Timestamp.Prefix != "" && stamps != 1 {
		return s.why.malformed
	}
	return nil
}

// size is the length of a signature in bytes.
func (s *keyed) size() int {
	if s.Algorithm == ed25519Algorithm {
		return ed25519.SignatureSize
	}
	return hashSizes[s.Algorithm]
}

var hashSizes = map[string]int{"hmac-sha1": 20, "hmac-sha256": 32, "hmac-sha384": 48, "hmac-sha512": 64}

// decode reads a signature of just that size.
func decode(to *[maxSignature]byte, encoding, text string, size int) bool {
	var room [2*maxSignature + 4]byte
	if encoding == "hex" {
		if len(text) != 2*size {
			return false
		}
		copy(room[:], text)
		_, err := hex.Decode(to[:], room[:2*size])
		return err == nil
	}
	text = strings.TrimRight(text, "=")
	if len(text) != base64.RawStdEncoding.EncodedLen(size) {
		return false
	}
	n := copy(room[:], text)
	n, err := base64.RawStdEncoding.Decode(to[:], room[:n])
	return err == nil && n == size
}

func (s *keyed) hasStamp() bool { return s.stamp != "" || s.Timestamp.Prefix != "" }

// inWindow holds the time of signing against the window.
func (k *Keyring) inWindow(s *keyed, stamp string, now time.Time) *Error {
	past, future := s.tolerance, s.tolerance
	if k.window {
		past, future = k.past, k.future
	}
	t, ok := parseTime(s.Timestamp.Format, stamp)
	switch {
	case !ok:
		return s.whyStamp.malformed
	case past >= 0 && t.Before(now.Add(-past)):
		return s.whyStamp.expired
	case future >= 0 && t.After(now.Add(future)):
		return s.whyStamp.future
	}
	return nil
}

func parseTime(format, s string) (time.Time, bool) {
	if format == "rfc3339" {
		t, err := time.Parse(time.RFC3339, s)
		return t, err == nil
	}
	if s == "" || len(s) > 15 || s[0] < '0' || s[0] > '9' { // ParseInt takes a sign, which no sender writes
		return time.Time{}, false
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return time.Time{}, false
	}
	if format == "unix-ms" {
		return time.UnixMilli(n), true
	}
	return time.Unix(n, 0), true
}

func (s *keyed) verifyMac(f *found, body []byte) *Error {
	size := s.size()
	for _, key := range s.keys {
		m := key.macs.get()
		sum := m.signed(s.parts, f.id, f.stamp, body)
		fits := false
		for i := range f.n {
			fits = hmac.Equal(sum, f.signatures[i][:size]) || fits
		}
		key.macs.put(m)
		if fits {
			return nil
		}
	}
	return s.why.mismatch
}

func (s *keyed) verifyPublic(f *found, body []byte) *Error {
	message := appendSigned(nil, s.parts, f.id, f.stamp, body)
	for _, key := range s.keys {
		for i := range f.n {
			if ed25519.Verify(key.public, message, f.signatures[i][:]) {
				return nil
			}
		}
	}
	return s.why.mismatch
}

func (s *keyed) verifyToken(value string) *Error {
	value, ok := strings.CutPrefix(value, s.Prefix)
	if !ok {
		return s.why.malformed
	}
	for _, key := range s.keys {
		m := key.macs.get()
		m.text(value)
		fits := hmac.Equal(key.token[:], m.end())
		key.macs.put(m)
		if fits {
			return nil
		}
	}
	return s.why.mismatch
}

// trim takes spaces and tabs away, as HTTP does around values.
func trim(s string) string { return strings.Trim(s, " \t") }
