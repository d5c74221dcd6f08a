package signature

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Scheme says, as data, how a sender signs. What this package knows of
// products is nothing but such data (see [Named]); a scheme of one's own is
// no less.
type Scheme struct {
	// Name is what errors call the scheme.
	Name string `json:"name"`
	// Algorithm is "hmac-sha256", "hmac-sha1", "hmac-sha384", "hmac-sha512",
	// "ed25519", or "token": the secret itself is sent.
	Algorithm string `json:"algorithm"`
	// Header is the header with the signature: "X-Hub-Signature-256".
	Header string `json:"header"`
	// Prefix stands before each signature: "sha256=".
	Prefix string `json:"prefix,omitempty"`
	// Separator stands between the signatures of a header that may have
	// several: "," or " ". Those without the prefix are passed over. Spaces
	// around signatures mean nothing.
	Separator string `json:"separator,omitempty"`
	// Encoding is how the signature is written: "hex" or "base64". It is ""
	// for a token.
	Encoding string `json:"encoding,omitempty"`
	// Signed is what is signed, with {id}, {timestamp} and {body} in place of
	// the values as they were sent: "v0:{timestamp}:{body}". It is "" for a
	// token, which signs nothing.
	Signed string `json:"signed,omitempty"`
	// ID is the header with the id, where {id} is signed.
	ID string `json:"id,omitempty"`
	// Timestamp says where the time of signing is, where {timestamp} is signed.
	Timestamp Timestamp `json:"timestamp,omitzero"`
	// Secret says how the secret is written.
	Secret SecretForm `json:"secret,omitzero"`
}

// Timestamp says where a delivery has the time at which it was signed: in a
// header of its own or, with a prefix such as "t=", among the signatures.
type Timestamp struct {
	Header string `json:"header,omitempty"`
	Prefix string `json:"prefix,omitempty"`
	// Format is "unix", in seconds, which "" means too; "unix-ms", or
	// "rfc3339".
	Format string `json:"format,omitempty"`
	// Tolerance is how many seconds the time may lie from that of checking, in
	// both directions; 0 means DefaultWindow.
	Tolerance int `json:"tolerance,omitempty"`
}

// SecretForm says how a secret is written.
type SecretForm struct {
	// Encoding is "text", which "" means too: the secret's bytes are the key;
	// "base64" or "hex".
	Encoding string `json:"encoding,omitempty"`
	// Prefix stands before the secret and is no part of the key: "whsec_".
	// Secrets may lack it, unless Required is set.
	Prefix string `json:"prefix,omitempty"`
	// PrivatePrefix tells the private key of ed25519 from the public one:
	// "whsk_". Without it, 64 bytes are a private key and 32 a public one.
	PrivatePrefix string `json:"private_prefix,omitempty"`
	// Required says that secrets without the prefix are for another scheme.
	Required bool `json:"required,omitempty"`
}

// ParseSchemes reads schemes from JSON: one object, or an array of them in the
// order in which they are tried. It names every field that is wrong.
func ParseSchemes(data []byte) ([]Scheme, error) {
	var list []Scheme
	var err error
	if data = bytes.TrimSpace(data); len(data) > 0 && data[0] == '[' {
		err = decodeStrict(data, &list)
	} else {
		list = make([]Scheme, 1)
		err = decodeStrict(data, &list[0])
	}
	if err != nil {
		return nil, fmt.Errorf("signature scheme: %w", err)
	}
	for i := range list {
		if err := list[i].Check(); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func decodeStrict(data []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("there is more after the JSON value")
	}
	return nil
}

// Check returns what is wrong with the scheme, all of it, or nil.
func (s *Scheme) Check() error {
	var errs []error
	wrong := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("signature scheme %q: "+format, append([]any{s.Name}, args...)...))
	}
	if !isHeader(s.Header) {
		wrong("header %q is no name of a header", s.Header)
	}
	if s.ID != "" && !isHeader(s.ID) {
		wrong("id %q is no name of a header", s.ID)
	}
	if s.Timestamp.Header != "" && !isHeader(s.Timestamp.Header) {
		wrong("timestamp.header %q is no name of a header", s.Timestamp.Header)
	}
	if !slices.Contains(algorithms, s.Algorithm) {
		wrong("algorithm %q is not one of %s", s.Algorithm, strings.Join(algorithms, ", "))
	}
	if !slices.Contains(timeFormats, s.Timestamp.Format) {
		wrong("timestamp.format %q is not one of unix, unix-ms, rfc3339", s.Timestamp.Format)
	}
	if s.Timestamp.Tolerance < 0 {
		wrong("timestamp.tolerance is %d seconds; it must not be negative", s.Timestamp.Tolerance)
	}
	if !slices.Contains(secretEncodings, s.Secret.Encoding) {
		wrong("secret.encoding %q is not one of text, base64, hex", s.Secret.Encoding)
	}
	if s.Algorithm == tokenAlgorithm {
		if s.Signed != "" || s.ID != "" || s.Timestamp != (Timestamp{}) || s.Encoding != "" || s.Separator != "" {
			wrong("a token signs nothing: signed, id, timestamp, encoding and separator must be empty")
		}
		return errors.Join(errs...)
	}
	if s.Encoding != "hex" && s.Encoding != "base64" {
		wrong("encoding %q is not one of hex, base64", s.Encoding)
	}
	return errors.Join(append(errs, s.checkSigned(wrong)...)...)
}

// checkSigned sees that all that is signed can be found, and that what is
// found is signed.
func (s *Scheme) checkSigned(wrong func(string, ...any)) []error {
	parts, err := parseSigned(s.Signed)
	if err != nil {
		return []error{fmt.Errorf("signature scheme %q: signed %q: %w", s.Name, s.Signed, err)}
	}
	count := map[part]int{}
	for _, p := range parts {
		count[part{kind: p.kind}]++
	}
	has := func(k partKind) bool { return count[part{kind: k}] > 0 }
	if n := count[part{kind: bodyPart}]; n != 1 {
		wrong("signed %q has {body} %d times; it must be there once", s.Signed, n)
	}
	if has(idPart) != (s.ID != "") {
		wrong("{id} is signed just where id names a header; signed is %q and id %q", s.Signed, s.ID)
	}
	where := s.Timestamp.Header != "" || s.Timestamp.Prefix != ""
	if has(timestampPart) != where {
		wrong("{timestamp} is signed just where timestamp says where it is, since anyone could change one that is not signed; signed is %q", s.Signed)
	}
	if s.Timestamp.Header != "" && s.Timestamp.Prefix != "" {
		wrong("timestamp has a header or a prefix, not both")
	}
	if s.Timestamp.Prefix != "" && s.Separator == "" {
		wrong("timestamp.prefix %q needs a separator", s.Timestamp.Prefix)
	}
	return nil
}

const tokenAlgorithm, ed25519Algorithm = "token", "ed25519"

var (
	algorithms      = []string{"hmac-sha256", "hmac-sha1", "hmac-sha384", "hmac-sha512", ed25519Algorithm, tokenAlgorithm}
	timeFormats     = []string{"", "unix", "unix-ms", "rfc3339"}
	secretEncodings = []string{"", "text", "base64", "hex"}
)

type partKind uint8

const (
	textPart partKind = iota
	idPart
	timestampPart
	bodyPart
)

// part is a piece of what is signed: a value, or a text between values.
type part struct {
	kind partKind
	text string
}

// parseSigned takes "v0:{timestamp}:{body}" apart.
func parseSigned(s string) ([]part, error) {
	var parts []part
	for s != "" {
		text, rest, found := strings.Cut(s, "{")
		if text != "" {
			parts = append(parts, part{textPart, text})
		}
		if !found {
			break
		}
		name, after, closed := strings.Cut(rest, "}")
		kind := map[string]partKind{"id": idPart, "timestamp": timestampPart, "body": bodyPart}[name]
		if !closed || kind == textPart {
			return nil, fmt.Errorf("{%s is not one of {id}, {timestamp}, {body}", rest)
		}
		parts = append(parts, part{kind: kind})
		s = after
	}
	return parts, nil
}

// isHeader reports whether s is a token of HTTP, as names of headers are.
func isHeader(s string) bool {
	for i := range len(s) {
		c := s[i]
		if c <= ' ' || c >= 0x7f || strings.IndexByte(`"(),/:;<=>?@[\]{}`, c) >= 0 {
			return false
		}
	}
	return s != ""
}
