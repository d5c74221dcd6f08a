package signature_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/webhook/signature"
)

func TestFromExtensions(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		read func([]byte) (*signature.Scheme, error)
		text string
		want *signature.Scheme
		err  string
	}{
		"speakeasy": {
			signature.FromSpeakeasy, `{"security":{"type":"signature","headerName":"x-signature","signatureTextEncoding":"base64","algorithm":"hmac-sha256"}}`,
			&signature.Scheme{Name: "x-speakeasy-webhooks", Algorithm: "hmac-sha256", Header: "x-signature", Encoding: "base64", Signed: "{body}"}, "",
		},
		"speakeasy, custom":  {signature.FromSpeakeasy, `{"security":{"type":"custom"}}`, nil, `security.type is "custom"`},
		"speakeasy, header":  {signature.FromSpeakeasy, `{"security":{"type":"signature","signatureTextEncoding":"hex"}}`, nil, `header "" is no name of a header`},
		"speakeasy, no JSON": {signature.FromSpeakeasy, `{`, nil, `unexpected end`},
		"fern": {
			signature.FromFern, `{"type":"hmac","header":"x-sig","algorithm":"sha512","encoding":"hex","signature-prefix":"s=",
				"payload-format":{"components":["timestamp","body"],"delimiter":"."},
				"timestamp":{"header":"x-time","format":"unix-millis","tolerance":60}}`,
			&signature.Scheme{
				Name: "x-fern-webhook-signature", Algorithm: "hmac-sha512", Header: "x-sig", Encoding: "hex", Prefix: "s=", Signed: "{timestamp}.{body}",
				Timestamp: signature.Timestamp{Header: "x-time", Format: "unix-ms", Tolerance: 60},
			}, "",
		},
		"fern, ed25519": {
			signature.FromFern, `{"type":"asymmetric","header":"x-sig","asymmetric-algorithm":"ed25519","encoding":"base64"}`,
			&signature.Scheme{
				Name: "x-fern-webhook-signature", Algorithm: "ed25519", Header: "x-sig", Encoding: "base64", Signed: "{body}",
				Timestamp: signature.Timestamp{Format: "unix"}, Secret: signature.SecretForm{Encoding: "base64"},
			}, "",
		},
		"fern, rsa":              {signature.FromFern, `{"type":"asymmetric","header":"x","asymmetric-algorithm":"rsa-sha256","encoding":"hex"}`, nil, `"rsa-sha256" is not supported`},
		"fern, type":             {signature.FromFern, `{"header":"x","encoding":"hex"}`, nil, `type "" is not one of`},
		"fern, url":              {signature.FromFern, `{"type":"hmac","header":"x","encoding":"hex","payload-format":{"components":["notification-url","body"],"delimiter":""}}`, nil, `"notification-url"`},
		"fern, no delimiter":     {signature.FromFern, `{"type":"hmac","header":"x","encoding":"hex","payload-format":{"components":["timestamp","body"]}}`, nil, `delimiter is missing`},
		"fern, time not signed":  {signature.FromFern, `{"type":"hmac","header":"x","encoding":"hex","timestamp":{"header":"t"}}`, nil, `anyone could change`},
		"fern, unknown format":   {signature.FromFern, `{"type":"hmac","header":"x","encoding":"hex","timestamp":{"header":"t","format":"stardate"}}`, nil, `"stardate"`},
		"fern, unknown encoding": {signature.FromFern, `{"type":"hmac","header":"x"}`, nil, `encoding is missing`},
		"fern, body hash":        {signature.FromFern, `{"type":"hmac","header":"x","encoding":"hex","body-hash-binding":{}}`, nil, `not supported`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := c.read([]byte(c.text))
			if c.err != "" {
				if err == nil || !strings.Contains(err.Error(), c.err) {
					t.Errorf("error %v, want one with %s", err, c.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestParseSchemes(t *testing.T) {
	t.Parallel()
	const good = `{"name":"mine","algorithm":"hmac-sha1","header":"X-Mine","encoding":"hex","signed":"{timestamp}|{body}","timestamp":{"header":"X-Time","format":"unix-ms"}}`
	for name, c := range map[string]struct{ text, err string }{
		"one":             {good, ""},
		"a list":          {"[" + good + "," + good + "]", ""},
		"unknown field":   {`{"nome":"x"}`, `"nome"`},
		"more":            {good + good, "more after"},
		"nothing":         {``, "EOF"},
		"algorithm":       {strings.Replace(good, "hmac-sha1", "md5", 1), `algorithm "md5" is not one of hmac-sha256,`},
		"no body":         {strings.Replace(good, "{body}", "", 1), `has {body} 0 times`},
		"unknown part":    {strings.Replace(good, "{body}", "{url}", 1), `{url} is not one of`},
		"not closed":      {strings.Replace(good, "{body}", "{body", 1), `is not one of`},
		"id not there":    {strings.Replace(good, "{body}", "{id}{body}", 1), `{id} is signed just where`},
		"time not there":  {strings.Replace(good, `"header":"X-Time",`, "", 1), `{timestamp} is signed just where`},
		"header":          {strings.Replace(good, "X-Mine", "X Mine", 1), `header "X Mine" is no name`},
		"format":          {strings.Replace(good, "unix-ms", "x", 1), `timestamp.format "x"`},
		"a token signs":   {`{"name":"t","algorithm":"token","header":"X","signed":"{body}"}`, `a token signs nothing`},
		"encoding":        {strings.Replace(good, "hex", "octal", 1), `encoding "octal"`},
		"no separator":    {strings.Replace(good, `"header":"X-Time"`, `"prefix":"t="`, 1), `needs a separator`},
		"secret encoding": {strings.Replace(good, `"timestamp"`, `"secret":{"encoding":"octal"},"timestamp"`, 1), `secret.encoding "octal"`},
		"tolerance":       {strings.Replace(good, `"format"`, `"tolerance":-1,"format"`, 1), `must not be negative`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := signature.ParseSchemes([]byte(c.text))
			if (c.err == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), c.err) {
				t.Errorf("error %v, want one with %q", err, c.err)
			}
		})
	}
}

// TestCustomScheme holds a described scheme against a signature that Python's
// hmac has made.
func TestCustomScheme(t *testing.T) {
	t.Parallel()
	schemes, err := signature.ParseSchemes([]byte(`{"name":"mine","algorithm":"hmac-sha1","header":"x-mine","encoding":"hex",
		"signed":"{timestamp}|{body}","timestamp":{"header":"x-time","format":"unix-ms","tolerance":1}}`))
	if err != nil {
		t.Fatal(err)
	}
	k, err := signature.New("mine", schemes, "shop")
	if err != nil {
		t.Fatal(err)
	}
	h := http.Header{"X-Mine": {"570e963371bbf5472b77e49ae61d1172df45bad1"}, "X-Time": {"1700000000000"}}
	if err := k.Verify(h, []byte(`{"id":1}`), at.Add(time.Second)); err != nil {
		t.Error(err)
	}
	if err := k.Verify(h, []byte(`{"id":1}`), at.Add(1001*time.Millisecond)); err == nil {
		t.Error("the tolerance of the scheme does not count")
	}
}

// TestSchemesAreRight reads the data of this package as strictly as that of
// users.
func TestSchemesAreRight(t *testing.T) {
	t.Parallel()
	for _, name := range signature.Names() {
		schemes, err := signature.Schemes(name)
		if err != nil || len(schemes) == 0 {
			t.Fatalf("%s: %d schemes, %v", name, len(schemes), err)
		}
		for i := range schemes {
			if err := schemes[i].Check(); err != nil {
				t.Error(err)
			}
			if schemes[i].Name != name {
				t.Errorf("%s has a scheme called %s", name, schemes[i].Name)
			}
		}
	}
}
