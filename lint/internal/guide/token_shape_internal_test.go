package guide

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Secrets are made here and not written down, so that no scanner of this
// repository takes them for real ones.

// random returns characters of a set, mixed well enough to be no placeholder.
func random(r *rand.Rand, set charset, n int) string {
	const all = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	for {
		b := make([]byte, 0, n)
		for len(b) < n {
			if c := all[r.IntN(len(all))]; set.has(c) {
				b = append(b, c)
			}
		}
		if !isPlaceholder(string(b)) {
			return string(b)
		}
	}
}

func TestFindSecrets(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for _, s := range tokenShapes {
		t.Run(s.what, func(t *testing.T) {
			if s.prefix == "eyJ" {
				t.Skip("its cases are in testdata/no-secrets.txtar")
			}
			token := s.prefix + random(r, s.characters, s.min)
			for _, around := range [][2]string{{"", ""}, {`"`, `"`}, {"token: ", "."}, {`see\n`, `\n`}, {"https://x:", "@host/"}} {
				text := around[0] + token + around[1]
				want := []secret{{s.what, len(around[0]), len(around[0]) + len(token)}}
				if diff := cmp.Diff(want, findSecrets(text), cmp.AllowUnexported(secret{})); diff != "" {
					t.Errorf("findSecrets(%q) (-want +got):\n%s", text, diff)
				}
			}
			for _, text := range []string{
				s.prefix,
				s.prefix + strings.Repeat("X", s.min),
				token[:len(token)-1],
				"a" + token,
				s.prefix + "example" + token[len(s.prefix)+7:],
			} {
				if got := findSecrets(text); len(got) > 0 {
					t.Errorf("findSecrets(%q) = %+v, want none", text, got)
				}
			}
		})
	}
}

func TestFindPrivateKeys(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	line := random(r, alphanumeric, 64)
	const begin = "-----BEGIN "
	tests := []struct {
		name, text string
		want       int
	}{
		{"rsa", begin + "RSA PRIVATE KEY-----\n" + line + "\n" + line, 1},
		{"escaped", `"pem": "` + begin + `PRIVATE KEY-----\n` + line + `\n` + line + `"`, 1},
		{"indented", begin + "OPENSSH PRIVATE KEY-----\n    " + line + "\n    " + line, 1},
		{"two", begin + "PRIVATE KEY-----\n" + line + "\n-----END PRIVATE KEY-----\n" + begin + "EC PRIVATE KEY-----\n" + line, 2},
		{"ellipsis", begin + "PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----", 0},
		{"only the end", "-----END PRIVATE KEY-----\n" + line, 0},
		{"public", begin + "PUBLIC KEY-----\n" + line, 0},
		{"cut", begin + "PRIVATE KEY-----", 0},
		{"zeros", begin + "PRIVATE KEY-----\n" + strings.Repeat("0", 64), 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := findPrivateKeys(test.text); len(got) != test.want {
				t.Errorf("findPrivateKeys found %+v, want %d", got, test.want)
			}
		})
	}
}

func FuzzFindSecrets(f *testing.F) {
	f.Add("token: \\n")
	f.Add("-----BEGIN PRIVATE KEY-----\\n")
	f.Add("eyJ..eyJ")
	f.Fuzz(func(t *testing.T, text string) {
		for _, s := range findSecrets(text) {
			if s.start < 0 || s.start >= s.end || s.end > len(text) {
				t.Errorf("findSecrets(%q) has the range %d to %d", text, s.start, s.end)
			}
		}
	})
}
