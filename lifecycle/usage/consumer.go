package usage

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"maps"
	"math/bits"
	"slices"
	"strings"
)

// identity is a consumer: a keyed hash of its name. Two consumers share one
// with a likelihood that does not matter.
type identity uint64

// names turns names of consumers into identities and labels.
type names struct {
	salt   []byte
	k0, k1 uint64
	show   bool
}

func newNames(o *Options) *names {
	sum := hmac.New(sha256.New, o.Salt)
	_, _ = sum.Write([]byte("identity")) // a hash takes all
	key := sum.Sum(nil)
	return &names{
		salt: o.Salt, show: o.ShowConsumers,
		k0: binary.LittleEndian.Uint64(key), k1: binary.LittleEndian.Uint64(key[8:]),
	}
}

// identity hashes a name, eight bytes at a time.
func (n *names) identity(name []byte) identity {
	h := n.k0 ^ uint64(len(name))*0x9e3779b97f4a7c15
	for len(name) >= 8 {
		h = mix(h^binary.LittleEndian.Uint64(name), n.k1^0xa0761d6478bd642f)
		name = name[8:]
	}
	var rest uint64
	for i, c := range name {
		rest |= uint64(c) << (8 * i)
	}
	h = mix(h^rest, n.k1^0xe7037ed1a0b428db)
	return identity(mix(h^n.k1, 0x8ebc6af09c88c6e3))
}

func mix(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	return hi ^ lo
}

// label is what a consumer is called in the result.
func (n *names) label(name []byte, secret bool) string {
	if n.show && !secret {
		return strings.ToValidUTF8(string(name[:min(len(name), maxLabel)]), "\ufffd")
	}
	sum := hmac.New(sha256.New, n.salt)
	_, _ = sum.Write([]byte("consumer\x00"))
	_, _ = sum.Write(name)
	return hex.EncodeToString(sum.Sum(nil)[:6])
}

// maxLabel bounds the bytes of a name that is shown.
const maxLabel = 200

// sketch tells identities apart exactly up to a bound. Beyond it keeps every
// second one, every fourth one and so on, chosen by hash, and the number of
// all is an estimate. What is kept depends on the set of identities alone, not
// on their order nor on how they are divided over sketches that are merged.
type sketch[T any] struct {
	kept  map[identity]T
	level uint // identities with so many leading zero bits are kept
	bound int
}

func newSketch[T any](bound int) sketch[T] {
	return sketch[T]{kept: map[identity]T{}, bound: bound}
}

func (s *sketch[T]) keeps(id identity) bool {
	return bits.LeadingZeros64(uint64(id)) >= int(s.level)
}

// put sets what is known of an identity.
func (s *sketch[T]) put(id identity, v T) {
	if !s.keeps(id) {
		return
	}
	s.kept[id] = v
	s.shrink()
}

func (s *sketch[T]) shrink() {
	for len(s.kept) > s.bound && s.level < 63 {
		s.level++
		maps.DeleteFunc(s.kept, func(id identity, _ T) bool { return !s.keeps(id) })
	}
}

// merge takes over what another sketch knows; both says what becomes of an
// identity that both have.
func (s *sketch[T]) merge(other *sketch[T], both func(a, b T) T) {
	s.level = max(s.level, other.level)
	maps.DeleteFunc(s.kept, func(id identity, _ T) bool { return !s.keeps(id) })
	for id, v := range other.kept {
		if !s.keeps(id) {
			continue
		}
		if a, ok := s.kept[id]; ok {
			v = both(a, v)
		}
		s.kept[id] = v
	}
	s.shrink()
}

// count returns how many identities there are, and whether that is exact.
func (s *sketch[T]) count() (n int, exact bool) { return len(s.kept) << s.level, s.level == 0 }

// ids returns what is kept, in order.
func (s *sketch[T]) ids() []identity { return slices.Sorted(maps.Keys(s.kept)) }
