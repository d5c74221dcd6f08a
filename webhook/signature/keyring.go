package signature

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// DefaultWindow is how far, in both directions, the time of signing may lie
// from the time of checking.
const DefaultWindow = 5 * time.Minute

// Keyring is schemes with their secrets: it verifies and it signs. It is safe
// for concurrent use, and shows no secret however it is printed.
type Keyring struct {
	name         string
	groups       []group
	window       bool // past and future count, not what the schemes say
	past, future time.Duration
	secrets      int
	err          error
}

// group are schemes that share a header: any of them may fit.
type group struct {
	header  string // canonical
	schemes []*keyed
}

// keyed is a scheme with its keys.
type keyed struct {
	*Scheme
	parts             []part
	keys              []*key
	header, id, stamp string // canonical
	why               reasons
	whyID, whyStamp   reasons
	noKey             *Error
	tolerance         time.Duration
}

var (
	_ Verifier = (*Keyring)(nil)
	_ Signer   = (*Keyring)(nil)
)

// New returns schemes with their secrets. Schemes that share a header are
// alternatives; of others the first counts whose header a delivery has.
// Several secrets are alternatives too, the newest first, which signs where a
// header has room for one signature. Empty secrets are passed over.
//
// The error, where there is one, is ErrNoSecret in the sense of errors.Is, or
// says what is wrong with a scheme.
func New(name string, schemes []Scheme, secrets ...string) (*Keyring, error) {
	k := &Keyring{name: name}
	all := make([]*keyed, len(schemes))
	for i := range schemes {
		if err := schemes[i].Check(); err != nil {
			return nil, err
		}
		all[i] = newKeyed(schemes[i])
	}
	for i, secret := range secrets {
		if secret = strings.TrimSpace(secret); secret == "" {
			continue
		}
		k.secrets++
		if detail := addSecret(all, secret); detail != "" {
			return nil, &Error{Scheme: name, Reason: ErrNoSecret, Detail: fmt.Sprintf("secret %d %s", i+1, detail)}
		}
	}
	if k.secrets == 0 {
		return nil, &Error{Scheme: name, Reason: ErrNoSecret, Detail: "all that were given are empty"}
	}
	for _, s := range all {
		if len(s.keys) == 0 {
			continue
		}
		if n := len(k.groups); n == 0 || k.groups[n-1].header != s.header {
			k.groups = append(k.groups, group{header: s.header})
		}
		last := &k.groups[len(k.groups)-1]
		last.schemes = append(last.schemes, s)
	}
	return k, nil
}

// addSecret gives a secret to the scheme whose prefix it has, else to all that
// ask for none.
func addSecret(schemes []*keyed, secret string) (detail string) {
	claims := func(s *keyed) bool {
		f := s.Secret
		return f.Prefix != "" && strings.HasPrefix(secret, f.Prefix) ||
			f.PrivatePrefix != "" && strings.HasPrefix(secret, f.PrivatePrefix)
	}
	claimed := slices.ContainsFunc(schemes, claims)
	taken := false
	for _, s := range schemes {
		if claimed && !claims(s) || !claimed && s.Secret.Required {
			continue
		}
		k, detail := newKey(s.Scheme, secret)
		if detail != "" {
			return detail
		}
		s.keys = append(s.keys, k)
		taken = true
	}
	if !taken {
		return "has the prefix of no scheme"
	}
	return ""
}

func newKeyed(s Scheme) *keyed {
	parts, _ := parseSigned(s.Signed) // checked
	k := &keyed{
		Scheme: &s, parts: parts, why: newReasons(s.Name, s.Header),
		header: http.CanonicalHeaderKey(s.Header), id: http.CanonicalHeaderKey(s.ID),
		stamp: http.CanonicalHeaderKey(s.Timestamp.Header),
		whyID: newReasons(s.Name, s.ID), whyStamp: newReasons(s.Name, s.Timestamp.Header),
		noKey: &Error{Scheme: s.Name, Reason: ErrNoSecret, Detail: "a public key does not sign"},
	}
	if k.tolerance = time.Duration(s.Timestamp.Tolerance) * time.Second; k.tolerance == 0 {
		k.tolerance = DefaultWindow
	}
	if k.stamp == "" {
		k.whyStamp = newReasons(s.Name, s.Header)
	}
	return k
}

// Err returns why the keyring verifies and signs nothing: a secret was missing
// or not what the scheme asks for. It is nil where all is well.
func (k *Keyring) Err() error { return k.err }

// Within returns the keyring with another window for the time of signing: at
// most past ago and at most future to come. A negative duration is no bound.
// Schemes that sign no time have no window.
func (k *Keyring) Within(past, future time.Duration) *Keyring {
	c := *k
	c.window, c.past, c.future = true, past, future
	return &c
}

// String says which schemes the keyring has, and nothing of the secrets.
func (k *Keyring) String() string {
	if k.err != nil {
		return k.err.Error()
	}
	return fmt.Sprintf("%s with %d secrets", k.name, k.secrets)
}

// GoString is String.
func (k *Keyring) GoString() string { return k.String() }

// SecretHeaders returns the headers, in canonical form, in which a sender sends
// the secret itself: they are nothing to keep or to log.
func (k *Keyring) SecretHeaders() []string {
	var names []string
	for i := range k.groups {
		g := &k.groups[i]
		if slices.ContainsFunc(g.schemes, func(s *keyed) bool { return s.Algorithm == tokenAlgorithm }) {
			names = append(names, g.header)
		}
	}
	return names
}
