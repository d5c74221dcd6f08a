package integration_test

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/integration"
)

// masked has a token and a hook, which is a URL.
func masked() *integration.Mask {
	m := &integration.Manifest{Inputs: []integration.Input{
		{Name: "token", Type: integration.TypeSecret, Env: "TOOL_TOKEN"}, {Name: "hook", Type: integration.TypeSecret, Env: "TOOL_HOOK"}, {Name: "channel", Type: integration.TypeString, Env: "TOOL_CHANNEL"},
	}}
	return integration.NewMask(m, integration.Inputs{"token": `s3"cr<et/&tok+en`, "hook": "https://hooks.example/services/T00000001/B2/abcdef123456?sig=zyxwv98765", "channel": "general"})
}

func TestMaskText(t *testing.T) {
	t.Parallel()
	token := `s3"cr<et/&tok+en`
	for name, text := range map[string]string{
		"as it is": token, "in a query": url.QueryEscape(token), "in a path": url.PathEscape(token), "in JSON": `"s3\"cr\u003cet/\u0026tok+en"`, "in Go": `s3\"cr<et/&tok+en`,
		"in HTML": "s3&#34;cr&lt;et/&amp;tok+en", "in base64": base64.StdEncoding.EncodeToString([]byte(token)),
		"after a user": base64.StdEncoding.EncodeToString([]byte("user:" + token)), "after another": base64.StdEncoding.EncodeToString([]byte("users:" + token)), "after a third": base64.URLEncoding.EncodeToString([]byte("user77:" + token)),
	} {
		got := masked().Text("before " + text + " after")
		if !strings.Contains(got, "$TOOL_TOKEN") || !strings.HasPrefix(got, "before ") || !strings.HasSuffix(got, " after") {
			t.Errorf("%s: %q is shown as %q", name, text, got)
		}
	}
	for text, want := range map[string]string{
		"POST https://hooks.example/services/T00000001/B2/abcdef123456?sig=zyxwv98765": "POST $TOOL_HOOK",
		"no service at /services/T00000001/B2/abcdef123456":                            "no service at $TOOL_HOOK",
		"abcdef123456 or T00000001, with zyxwv98765":                                   "$TOOL_HOOK or $TOOL_HOOK, with $TOOL_HOOK",
		"services of hooks.example in general":                                         "services of hooks.example in general",
	} {
		if diff := cmp.Diff(want, masked().Text(text)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

func TestMaskHeader(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, value, want string }{
		{"Authorization", `Bearer s3"cr<et/&tok+en`, "Bearer $TOOL_TOKEN"},
		{"authorization", "Bearer of-a-session", "Bearer [secret]"},
		{"Authorization", integration.BasicAuth("me", `s3"cr<et/&tok+en`), "Basic [secret]"},
		{"Cookie", "session=1", "[secret]"},
		{"Content-Type", "application/json", "application/json"},
	} {
		if got := masked().Header(tt.name, tt.value); got != tt.want {
			t.Errorf("%s: %s is shown as %q, want %q", tt.name, tt.value, got, tt.want)
		}
	}
}

// TestErrorsHideSecrets shows that a secret is masked before a text is cut, so
// that no half of it stays.
func TestErrorsHideSecrets(t *testing.T) {
	t.Parallel()
	for pad := 270; pad < 310; pad++ {
		c, _ := client(&script{steps: []step{{status: 400, body: strings.Repeat("x", pad) + "s3cret-token and more"}}})
		_, err := c.Do(t.Context(), &integration.Request{Method: http.MethodPost, URL: "https://hooks.example/services/T0/B1/abcdef123456"})
		if err == nil || strings.Contains(err.Error(), "s3cret") || strings.Contains(err.Error(), "abcdef") || !strings.Contains(err.Error(), "POST $TOOL_HOOK") {
			t.Fatalf("after %d characters: %v", pad, err)
		}
	}
}

func TestDryRun(t *testing.T) {
	t.Parallel()
	m := &integration.Manifest{Name: "tool", Inputs: []integration.Input{{Name: "token", Type: integration.TypeSecret, Env: "TOOL_TOKEN"}}}
	inputs := integration.Inputs{"token": "s3cret-token"}
	var out strings.Builder
	c := integration.NewClient(m, inputs, integration.DryRun(&out, m, inputs, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer s3cret-token" || r.Host != "api.example" || r.URL.RawQuery != "a=1" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		w.WriteHeader(http.StatusCreated)
	})))
	header := http.Header{"Authorization": {"Bearer s3cret-token"}}
	response, err := c.Call(t.Context(), &integration.Request{Method: http.MethodPost, URL: "https://api.example/x?a=1", Header: header}, map[string]any{"text": "<b>\x1b & s3cret-token\u202e"}, nil)
	if err != nil || response.Status != http.StatusCreated {
		t.Fatalf("answer %v, error %v", response, err)
	}
	want := `POST https://api.example/x?a=1
Accept: application/json
Authorization: Bearer $TOOL_TOKEN
Content-Type: application/json
User-Agent: plumb

{
  "text": "<b>\u001b & $TOOL_TOKEN\u202e"
}
→ 201 Created, says the fake; nothing was sent

`
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("dry run (-want +got):\n%s", diff)
	}
}
