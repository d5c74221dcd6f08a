package signature

import (
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"hash"
	"strings"
)

// key is one secret, ready for use with one scheme.
type key struct {
	secret  Secret // as it was given, without spaces around
	macs    *macs
	token   [sha256.Size]byte // the sum of a token
	public  ed25519.PublicKey
	private ed25519.PrivateKey
}

// newKey makes a secret ready; detail says what is wrong with it, and nothing
// of the secret.
func newKey(s *Scheme, secret string) (k *key, detail string) {
	k = &key{secret: Hide(secret)}
	bare, private := strings.CutPrefix(secret, s.Secret.PrivatePrefix)
	private = private && s.Secret.PrivatePrefix != ""
	if !private {
		bare = strings.TrimPrefix(secret, s.Secret.Prefix)
	}
	raw, err := decodeSecret(s.Secret.Encoding, bare)
	if err != nil {
		return nil, "is not " + s.Secret.Encoding
	}
	if len(raw) == 0 {
		return nil, "is empty"
	}
	switch s.Algorithm {
	case ed25519Algorithm:
		return k, k.setPair(raw, private)
	case tokenAlgorithm:
		// Sums of both sides are compared, so that time says nothing of the
		// length either; the key of the sums is the token itself.
		k.macs = newMacs(sha256.New, raw)
		m := k.macs.get()
		m.bytes(raw)
		copy(k.token[:], m.end())
	default:
		k.macs = newMacs(hashes[s.Algorithm], raw)
	}
	return k, ""
}

func (k *key) setPair(raw []byte, private bool) (detail string) {
	switch {
	case len(raw) == ed25519.SeedSize && private:
		k.private = ed25519.NewKeyFromSeed(raw)
	case len(raw) == ed25519.PrivateKeySize:
		k.private = ed25519.NewKeyFromSeed(raw[:ed25519.SeedSize])
		if !k.private.Equal(ed25519.PrivateKey(raw)) {
			return "is a private key whose public half belongs to another"
		}
	case len(raw) == ed25519.PublicKeySize:
		k.public = raw
		return ""
	default:
		return "is no key of ed25519: it has the wrong length"
	}
	k.public, _ = k.private.Public().(ed25519.PublicKey)
	return ""
}

func decodeSecret(encoding, s string) ([]byte, error) {
	switch encoding {
	case "base64":
		return base64.RawStdEncoding.DecodeString(strings.TrimRight(s, "="))
	case "hex":
		return hex.DecodeString(s)
	}
	return []byte(s), nil
}

var hashes = map[string]func() hash.Hash{
	"hmac-sha1": sha1.New, "hmac-sha256": sha256.New, "hmac-sha384": sha512.New384, "hmac-sha512": sha512.New,
}

// mac computes HMACs with one key, and has the room that this needs.
type mac struct {
	hash hash.Hash
	room [256]byte
	sum  [sha512.Size]byte
}

// macs lends what computes HMACs with one key. Those that are not lent are kept
// for ever, unlike in a sync.Pool, so that a busy receiver makes no more of
// them after a while.
type macs struct {
	free chan *mac
	make func() *mac
}

// maxFree is how many are kept.
const maxFree = 32

func newMacs(h func() hash.Hash, key []byte) *macs {
	return &macs{make(chan *mac, maxFree), func() *mac { return &mac{hash: hmac.New(h, key)} }}
}

func (m *macs) get() *mac {
	select {
	case one := <-m.free:
		return one
	default:
		return m.make()
	}
}

func (m *macs) put(one *mac) {
	select {
	case m.free <- one:
	default:
	}
}

// text adds a string by way of the room, since a conversion would allocate.
func (m *mac) text(s string) {
	for len(s) > 0 {
		n := copy(m.room[:], s)
		_, _ = m.hash.Write(m.room[:n]) // a hash has no errors
		s = s[n:]
	}
}

func (m *mac) bytes(b []byte) { _, _ = m.hash.Write(b) }

// end returns the sum, valid until the next use, and makes ready for another.
func (m *mac) end() []byte {
	sum := m.hash.Sum(m.sum[:0])
	m.hash.Reset()
	return sum
}
