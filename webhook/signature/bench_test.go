package signature_test

import (
	"crypto/sha256"
	"strings"
	"testing"

	"github.com/plumbapi/plumb/webhook/signature"
)

// BenchmarkVerify verifies a body of 10 kB. The floor is the hash of it alone.
func BenchmarkVerify(b *testing.B) {
	body := []byte(strings.Repeat("x", 10000))
	b.Run("floor", func(b *testing.B) {
		b.SetBytes(int64(len(body)))
		b.ReportAllocs()
		for b.Loop() {
			sha256.Sum256(body)
		}
	})
	for _, c := range []struct {
		name string
		keys *signature.Keyring
	}{
		{"github", signature.GitHub("s")},
		{"stripe", signature.Stripe("s")},
		{"standard", signature.Standard(newSecret)},
		{"ed25519", signature.Standard("whsk_nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=")},
	} {
		header := signed(b, c.keys, at)
		if err := c.keys.Sign(header, "one", body, at); err != nil {
			b.Fatal(err)
		}
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(body)))
			b.ReportAllocs()
			for b.Loop() {
				if err := c.keys.Verify(header, body, at); err != nil {
					b.Fatal(err)
				}
			}
		})
		body[0]++
		b.Run(c.name+"/rejected", func(b *testing.B) {
			b.SetBytes(int64(len(body)))
			b.ReportAllocs()
			for b.Loop() {
				if err := c.keys.Verify(header, body, at); err == nil {
					b.Fatal("accepted")
				}
			}
		})
		body[0]--
	}
}
