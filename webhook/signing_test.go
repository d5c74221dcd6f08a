package webhook_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/webhook"
	"github.com/plumbapi/plumb/webhook/signature"
)

func TestSigning(t *testing.T) {
	t.Parallel()
	const head = "openapi: 3.1.0\ninfo: {title: Shop, version: '1'}\n"
	for name, c := range map[string]struct{ text, header, err string }{
		"nothing":           {"", "", ""},
		"speakeasy":         {"x-speakeasy-webhooks: {security: {type: signature, headerName: x-sig, signatureTextEncoding: hex}}\n", "x-sig", ""},
		"fern":              {"x-fern-webhook-signature: {type: hmac, header: x-sig, encoding: hex}\n", "x-sig", ""},
		"fern, one webhook": {"webhooks: {paid: {post: {x-fern-webhook-signature: {type: hmac, header: x-one, encoding: base64}, responses: {}}}}\n", "x-one", ""},
		"fern, inherited":   {"webhooks: {paid: {post: {x-fern-webhook-signature: true, responses: {}}}}\n", "", ""},
		"custom":            {"x-speakeasy-webhooks: {security: {type: custom}}\n", "", `shop.yaml:3: x-speakeasy-webhooks: security.type is "custom"`},
		"hostile":           {"x-fern-webhook-signature: {type: hmac, header: \"a\\r\\nb\", encoding: hex}\n", "", `header "a\r\nb" is no name of a header`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			doc, err := openapi.Parse("shop.yaml", []byte(head+c.text))
			if err != nil {
				t.Fatal(err)
			}
			s, at, err := webhook.Signing(doc)
			if (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) {
				t.Fatalf("error %v, want one with %q", err, c.err)
			}
			if (s != nil) != (c.header != "") || s != nil && (s.Header != c.header || at == nil) {
				t.Errorf("scheme %+v", s)
			}
		})
	}
}

// TestProvidersSign sees that the schemes of every sender that is known are
// known too.
func TestProvidersSign(t *testing.T) {
	t.Parallel()
	all, err := webhook.Providers()
	if err != nil || len(all) == 0 {
		t.Fatal(len(all), err)
	}
	for _, p := range all {
		schemes, err := signature.Schemes(p.Name)
		if err != nil {
			t.Error(err)
		}
		for _, want := range p.Signatures {
			if !slices.ContainsFunc(schemes, func(s signature.Scheme) bool { return strings.EqualFold(s.Header, want.Header) }) {
				t.Errorf("%s signs in %s, which none of its schemes has", p.Name, want.Header)
			}
		}
	}
}
