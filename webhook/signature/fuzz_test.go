package signature_test

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/plumbapi/plumb/webhook/signature"
)

// FuzzVerify sends strange headers to every scheme. None may be accepted, since
// nobody knows the secrets.
func FuzzVerify(f *testing.F) {
	for _, v := range vectors {
		for _, value := range v.header {
			f.Add(value, "1614265330", "one", []byte(v.body))
		}
	}
	f.Add("t=1,v1=,v1=,t=", "+1", "", []byte{})
	f.Add("v1, v1a, v1,====", "9223372036854775807", ".", []byte("{}"))
	var keys []*signature.Keyring
	for _, name := range signature.Names() {
		secrets := []string{newSecret}
		switch name {
		case "standard":
			secrets = append(secrets, "whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=")
		case "discord":
			secrets = []string{discordPrivate}
		case "gitlab":
			secrets = append(secrets, "a secret token that nobody knows")
		}
		k, err := signature.Named(name, secrets...)
		if err != nil {
			f.Fatal(err)
		}
		keys = append(keys, k.Within(-1, -1))
	}
	f.Fuzz(func(t *testing.T, value, stamp, id string, body []byte) {
		for _, k := range keys {
			h := http.Header{"Webhook-Id": {id}, "Svix-Id": {id}, "Webhook-Timestamp": {stamp}, "Svix-Timestamp": {stamp}}
			for _, name := range []string{"X-Slack-Request-Timestamp", "X-Zm-Request-Timestamp", "X-Signature-Timestamp"} {
				h.Set(name, stamp)
			}
			for _, name := range []string{
				"X-Hub-Signature-256", "X-Hub-Signature", "X-Gitea-Signature", "Linear-Signature", "X-Shopify-Hmac-Sha256",
				"X-Slack-Signature", "X-Zm-Signature", "X-Signature-Ed25519", "Stripe-Signature", "Webhook-Signature", "Svix-Signature", "X-Gitlab-Token",
			} {
				h.Set(name, value)
			}
			if err := k.Verify(h, body, at); err == nil {
				t.Errorf("%s accepts %q", k, value)
			}
			h.Del("Webhook-Signature")
			if err := k.Verify(h, body, at); err == nil {
				t.Errorf("%s accepts %q without a signature", k, value)
			}
		}
	})
}

// FuzzScheme reads schemes, and signs and verifies with those that are right.
func FuzzScheme(f *testing.F) {
	for _, name := range signature.Names() {
		schemes, err := signature.Schemes(name)
		if err != nil {
			f.Fatal(err)
		}
		text, err := json.Marshal(schemes)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text, newSecret, []byte("{}"))
	}
	f.Add([]byte(`{"type":"hmac","header":"x","encoding":"hex","payload-format":{"components":["timestamp","body"],"delimiter":"."},"timestamp":{"header":"t"}}`), "s", []byte("{}"))
	f.Add([]byte(`{"security":{"type":"signature","headerName":"x","signatureTextEncoding":"hex"}}`), "s", []byte("{}"))
	f.Fuzz(func(t *testing.T, text []byte, secret string, body []byte) {
		var all []signature.Scheme
		if schemes, err := signature.ParseSchemes(text); err == nil {
			all = schemes
		}
		for _, read := range []func([]byte) (*signature.Scheme, error){signature.FromFern, signature.FromSpeakeasy} {
			if s, err := read(text); err == nil {
				all = append(all, *s)
			}
		}
		for _, s := range all {
			k, err := signature.New("x", []signature.Scheme{s}, secret)
			if err != nil {
				continue
			}
			h := http.Header{}
			if err := k.Sign(h, "one", body, at); err != nil {
				continue
			}
			if err := k.Verify(h, body, at); err != nil && isPlain(&s) {
				t.Errorf("%+v does not accept what it has signed: %v", s, err)
			}
		}
	})
}

var plainPrefix = regexp.MustCompile(`^([a-z0-9]{1,9}=)?$`)

// isPlain reports whether a scheme is one that a sender could choose: the
// signature can be told from what stands around it, and no header is two
// things.
func isPlain(s *signature.Scheme) bool {
	same := func(a, b string) bool { return strings.EqualFold(a, b) }
	return s.Algorithm != "token" && len(s.Signed) < 1000 &&
		(s.Separator == "" || s.Separator == "," || s.Separator == " ") &&
		plainPrefix.MatchString(s.Prefix) && plainPrefix.MatchString(s.Timestamp.Prefix) &&
		(s.Timestamp.Prefix == "" || !strings.HasPrefix(s.Prefix, s.Timestamp.Prefix) && s.Prefix != "") &&
		!same(s.Header, s.ID) && !same(s.Header, s.Timestamp.Header) && (s.ID == "" || !same(s.ID, s.Timestamp.Header))
}
