package signature

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// FromSpeakeasy reads the value of the OpenAPI extension x-speakeasy-webhooks
// from JSON. Its type "signature" is HMAC-SHA256 of the body alone; "custom"
// says nothing that could be verified, which is an error.
func FromSpeakeasy(data []byte) (*Scheme, error) {
	const extension = "x-speakeasy-webhooks"
	var v struct {
		Security struct {
			Type                  string `json:"type"`
			HeaderName            string `json:"headerName"`
			SignatureTextEncoding string `json:"signatureTextEncoding"`
			Algorithm             string `json:"algorithm"`
		} `json:"security"`
	}
	if err := json.Unmarshal(data, &v); err != nil {
		return nil, fmt.Errorf("%s: %w", extension, err)
	}
	if v.Security.Type != "signature" {
		return nil, fmt.Errorf("%s: security.type is %q; only \"signature\" says how to verify", extension, v.Security.Type)
	}
	s := &Scheme{
		Name: extension, Algorithm: v.Security.Algorithm, Header: v.Security.HeaderName,
		Encoding: v.Security.SignatureTextEncoding, Signed: "{body}",
	}
	if s.Algorithm == "" {
		s.Algorithm = "hmac-sha256"
	}
	return s, s.Check()
}

// FromFern reads the value of the OpenAPI extension x-fern-webhook-signature
// from JSON. Type "hmac" is read whole; of type "asymmetric" ed25519 is, with
// the public key in base64 as the secret. What signs the URL or hashes the body
// apart is an error.
func FromFern(data []byte) (*Scheme, error) {
	const extension = "x-fern-webhook-signature"
	var v fern
	if err := json.Unmarshal(data, &v); err != nil {
		return nil, fmt.Errorf("%s: %w", extension, err)
	}
	s := &Scheme{
		Name: extension, Header: v.Header, Encoding: v.Encoding, Prefix: v.Prefix,
		Timestamp: Timestamp{Header: v.Timestamp.Header, Tolerance: int(v.Timestamp.Tolerance)},
	}
	errs := []error{v.algorithm(s), v.signed(s)}
	if s.Encoding == "" {
		errs = append(errs, errors.New("encoding is missing; write hex or base64"))
	}
	format, known := map[string]string{"": "unix", "unix-seconds": "unix", "unix-millis": "unix-ms", "iso8601": "rfc3339"}[v.Timestamp.Format]
	if s.Timestamp.Format = format; !known {
		errs = append(errs, fmt.Errorf("timestamp.format %q is not one of unix-seconds, unix-millis, iso8601", v.Timestamp.Format))
	}
	if len(v.BodyHash) > 0 || len(v.URL) > 0 {
		errs = append(errs, errors.New("body-hash-binding and url-normalization are not supported"))
	}
	if err := errors.Join(errs...); err != nil {
		return nil, fmt.Errorf("%s: %w", extension, err)
	}
	return s, s.Check()
}

type fern struct {
	Type       string `json:"type"`
	Header     string `json:"header"`
	Algorithm  string `json:"algorithm"`
	Asymmetric string `json:"asymmetric-algorithm"`
	Encoding   string `json:"encoding"`
	Prefix     string `json:"signature-prefix"`
	Payload    struct {
		Components []string `json:"components"`
		Delimiter  *string  `json:"delimiter"`
	} `json:"payload-format"`
	Timestamp struct {
		Header    string  `json:"header"`
		Format    string  `json:"format"`
		Tolerance float64 `json:"tolerance"`
	} `json:"timestamp"`
	BodyHash json.RawMessage `json:"body-hash-binding"`
	URL      json.RawMessage `json:"url-normalization"`
}

func (v *fern) algorithm(s *Scheme) error {
	switch v.Type {
	case "hmac":
		if s.Algorithm = "hmac-" + v.Algorithm; v.Algorithm == "" {
			s.Algorithm = "hmac-sha256"
		}
	case "asymmetric":
		if s.Algorithm = v.Asymmetric; v.Asymmetric != ed25519Algorithm {
			return fmt.Errorf("asymmetric-algorithm %q is not supported; ed25519 is", v.Asymmetric)
		}
		s.Secret.Encoding = "base64"
	default:
		return fmt.Errorf("type %q is not one of hmac, asymmetric", v.Type)
	}
	return nil
}

// signed joins the components. Braces of a delimiter cannot be written in
// Signed, so one that has any is an error.
func (v *fern) signed(s *Scheme) error {
	components := v.Payload.Components
	if len(components) == 0 {
		components = []string{"body"}
	}
	delimiter := ""
	if v.Payload.Delimiter != nil {
		delimiter = *v.Payload.Delimiter
	} else if len(components) > 1 {
		return errors.New(`payload-format.delimiter is missing; write it, "" where the components follow one another directly`)
	}
	if strings.Contains(delimiter, "{") {
		return fmt.Errorf("payload-format.delimiter %q is not supported", delimiter)
	}
	parts := make([]string, len(components))
	for i, c := range components {
		if c != "body" && c != "timestamp" {
			return fmt.Errorf("payload-format.components has %q; body and timestamp are supported", c)
		}
		parts[i] = "{" + c + "}"
	}
	s.Signed = strings.Join(parts, delimiter)
	return nil
}
