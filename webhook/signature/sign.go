package signature

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Sign implements Signer. Every scheme that has a secret signs, and every
// secret where the header has room for several signatures, so that a receiver
// that knows one of them accepts the delivery.
func (k *Keyring) Sign(header http.Header, id string, body []byte, now time.Time) error {
	if k.err != nil {
		return k.err
	}
	for i := range k.groups {
		if err := k.groups[i].sign(header, id, body, now); err != nil {
			return err
		}
	}
	return nil
}

func (g *group) sign(header http.Header, id string, body []byte, now time.Time) error {
	var items []string
	var stamped bool
	var separator string
	for _, s := range g.schemes {
		stamp := formatTime(s.Timestamp.Format, now)
		if s.id != "" {
			if !isID(id) {
				return s.whyID.malformed
			}
			header[s.id] = []string{id}
		}
		if s.stamp != "" {
			header[s.stamp] = []string{stamp}
		}
		if p := s.Timestamp.Prefix; p != "" && !stamped {
			items, stamped = append(items, p+stamp), true
		}
		separator = s.Separator
		for _, key := range s.keys {
			if s.Algorithm == ed25519Algorithm && key.private == nil {
				continue
			}
			items = append(items, s.Prefix+s.signature(key, id, stamp, body))
			if s.Separator == "" {
				break
			}
		}
	}
	if len(items) == 0 || stamped && len(items) == 1 {
		return g.schemes[0].noKey
	}
	header[g.header] = []string{strings.Join(items, separator)}
	return nil
}

func (s *keyed) signature(key *key, id, stamp string, body []byte) string {
	var sum []byte
	switch s.Algorithm {
	case tokenAlgorithm:
		return key.secret.Reveal()
	case ed25519Algorithm:
		sum = ed25519.Sign(key.private, appendSigned(nil, s.parts, id, stamp, body))
	default:
		m := key.macs.get()
		defer key.macs.put(m)
		sum = m.signed(s.parts, id, stamp, body)
	}
	if s.Encoding == "hex" {
		return hex.EncodeToString(sum)
	}
	return base64.StdEncoding.EncodeToString(sum)
}

// signed returns the sum of what is signed, valid until the next use.
func (m *mac) signed(parts []part, id, stamp string, body []byte) []byte {
	for i := range parts {
		switch p := &parts[i]; p.kind {
		case textPart:
			m.text(p.text)
		case idPart:
			m.text(id)
		case timestampPart:
			m.text(stamp)
		case bodyPart:
			m.bytes(body)
		}
	}
	return m.end()
}

// appendSigned is what is signed, for algorithms that need it in one piece.
func appendSigned(dst []byte, parts []part, id, stamp string, body []byte) []byte {
	for _, p := range parts {
		switch p.kind {
		case textPart:
			dst = append(dst, p.text...)
		case idPart:
			dst = append(dst, id...)
		case timestampPart:
			dst = append(dst, stamp...)
		case bodyPart:
			dst = append(dst, body...)
		}
	}
	return dst
}

func formatTime(format string, t time.Time) string {
	switch format {
	case "rfc3339":
		return t.UTC().Format(time.RFC3339)
	case "unix-ms":
		return strconv.FormatInt(t.UnixMilli(), 10)
	}
	return strconv.FormatInt(t.Unix(), 10)
}

// isID reports whether an id can stand in a header and, between full stops, in
// what is signed, without being taken for something else.
func isID(id string) bool {
	for i := range len(id) {
		if c := id[i]; c <= ' ' || c >= 0x7f || c == '.' {
			return false
		}
	}
	return id != "" && len(id) <= maxHeader
}
