package signature_test

import (
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/plumbapi/plumb/webhook/signature"
)

// A receiver knows the new secret and the old one while they are rotated.
func ExampleGitHub() {
	keys := signature.GitHub("the new secret", "It's a Secret to Everybody")
	header := http.Header{}
	header.Set("X-Hub-Signature-256", "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")
	fmt.Println(keys.Verify(header, []byte("Hello, World!"), time.Now()))
	fmt.Println(keys.Verify(header, []byte("Hello, world!"), time.Now()))
	// Output:
	// <nil>
	// github: X-Hub-Signature-256 does not match
}

// A sender signs with a scheme of its own, which is data.
func ExampleNew() {
	schemes, err := signature.ParseSchemes([]byte(`{
		"name": "acme", "algorithm": "hmac-sha256", "header": "Acme-Signature", "encoding": "base64",
		"signed": "{timestamp}.{body}", "timestamp": {"header": "Acme-Time"}}`))
	if err != nil {
		panic(err)
	}
	keys, err := signature.New("acme", schemes, "the secret")
	if err != nil {
		panic(err)
	}
	header, body, now := http.Header{}, []byte(`{"event":"paid"}`), time.Unix(1700000000, 0)
	if err := keys.Sign(header, "", body, now); err != nil {
		panic(err)
	}
	fmt.Println(header.Get("Acme-Time"), header.Get("Acme-Signature"))
	err = keys.Verify(header, body, now.Add(time.Hour))
	fmt.Println(err, errors.Is(err, signature.ErrExpired))
	// Output:
	// 1700000000 z8TKJl9Bw9kXfADrN/GS6pz4blPTeN3m6Z5rHaql5mM=
	// acme: Acme-Time is too old true
}
