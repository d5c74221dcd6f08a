package signature_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"github.com/plumbapi/plumb/webhook/signature"
)

const hidden = "hunter2-hunter2-hunter2"

// TestSecretIsNeverShown prints what holds a secret in every way there is.
func TestSecretIsNeverShown(t *testing.T) {
	t.Parallel()
	type config struct {
		Secret signature.Secret
		inner  signature.Secret
		keys   *signature.Keyring
	}
	bad := signature.Standard("whsec_" + hidden + "***")
	short := signature.Standard("whpk_" + hidden)
	keys := signature.GitHub(hidden)
	header := http.Header{"X-Hub-Signature-256": {"sha256=" + hidden}}
	values := []any{
		signature.Hide(hidden), new(signature.Secret), config{signature.Hide(hidden), signature.Hide(hidden), keys},
		keys, signature.GitLab(hidden), bad, short, bad.Err(), short.Err(),
		keys.Verify(header, []byte(hidden), at), bad.Verify(header, []byte(hidden), at), bad.Sign(header, hidden, nil, at),
	}
	for i, v := range values {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d"} {
			text := fmt.Sprintf(verb, v)
			if strings.Contains(text, hidden) || strings.Contains(strings.ToLower(text), fmt.Sprintf("%x", hidden)) {
				t.Errorf("value %d with %s: %s", i, verb, text)
			}
		}
		var b bytes.Buffer
		slog.New(slog.NewTextHandler(&b, nil)).Info("x", "v", v)
		slog.New(slog.NewJSONHandler(&b, nil)).Info("x", "v", v)
		encoded, err := json.Marshal(v)
		if err != nil {
			t.Error(err)
		}
		if b.Write(encoded); strings.Contains(b.String(), hidden) {
			t.Errorf("value %d: %s", i, b.String())
		}
	}
	if got := signature.Hide(hidden).Reveal(); got != hidden {
		t.Errorf("Reveal = %q", got)
	}
	if got := signature.Hide(hidden).String(); got != "[secret]" {
		t.Errorf("String = %q", got)
	}
}

func TestSecretReadsText(t *testing.T) {
	t.Parallel()
	var v struct{ Secret signature.Secret }
	if err := json.Unmarshal([]byte(`{"Secret":"abc"}`), &v); err != nil || v.Secret.Reveal() != "abc" || v.Secret.IsZero() {
		t.Errorf("%v, %q", err, v.Secret.Reveal())
	}
}

func TestErrorsSayWhatToMend(t *testing.T) {
	t.Parallel()
	_, noScheme := signature.Named("githup", "s")
	_, wrongLength := signature.Named("standard", "", "whpk_AAAA")
	for want, err := range map[string]error{
		"github: X-Hub-Signature-256 is missing":                                                       signature.GitHub("s").Verify(nil, nil, at),
		"github: there is no secret: all that were given are empty":                                    signature.GitHub("").Verify(nil, nil, at),
		"standard: there is no secret: secret 2 is no key of ed25519: it has the wrong length":         wrongLength,
		"no signature scheme is called \"githup\"; there are " + strings.Join(signature.Names(), ", "): noScheme,
	} {
		if err == nil || err.Error() != want {
			t.Errorf("got  %v\nwant %s", err, want)
		}
	}
	var e *signature.Error
	if err := signature.GitHub("s").Verify(nil, nil, at); !errors.As(err, &e) || e.Header != "X-Hub-Signature-256" || e.Scheme != "github" {
		t.Errorf("%#v", e)
	}
}
