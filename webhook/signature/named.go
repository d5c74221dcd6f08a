package signature

import (
	_ "embed" // the schemes of products are data
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// GitHub is Named("github", secrets...): X-Hub-Signature-256. GitHub signs no
// time, so only the id of a delivery protects from replays.
func GitHub(secrets ...string) *Keyring { return named("github", secrets) }

// GitLab is Named("gitlab", secrets...). Secrets that begin with "whsec_" are
// signing tokens; deliveries with the header webhook-signature are held
// against them. Others are secret tokens, as X-Gitlab-Token has them.
//
// The header webhook-signature decides, since GitLab sends webhook-id and
// webhook-timestamp with every delivery, whether it is signed or not. Where
// only one kind of secret is given, only that kind is accepted.
func GitLab(secrets ...string) *Keyring { return named("gitlab", secrets) }

// Stripe is Named("stripe", secrets...): Stripe-Signature.
func Stripe(secrets ...string) *Keyring { return named("stripe", secrets) }

// Slack is Named("slack", secrets...): X-Slack-Signature.
func Slack(secrets ...string) *Keyring { return named("slack", secrets) }

// Standard is Named("standard", secrets...): Standard Webhooks 1.0.0, v1 with
// secrets in base64 that begin with "whsec_", or with nothing, and v1a with
// public keys ("whpk_") or private ones ("whsk_").
func Standard(secrets ...string) *Keyring { return named("standard", secrets) }

// Bitbucket is Named("bitbucket", secrets...): X-Hub-Signature with SHA-256.
func Bitbucket(secrets ...string) *Keyring { return named("bitbucket", secrets) }

// named returns a keyring that says what is wrong when it is used: Err tells
// before that.
func named(name string, secrets []string) *Keyring {
	k, err := Named(name, secrets...)
	if err != nil {
		return &Keyring{name: name, err: err}
	}
	return k
}

// Named returns the schemes of a product with their secrets. Names lists the
// products that are known.
func Named(name string, secrets ...string) (*Keyring, error) {
	schemes, err := Schemes(name)
	if err != nil {
		return nil, err
	}
	return New(name, schemes, secrets...)
}

// Schemes returns the schemes of a product, in the order in which they are
// tried.
func Schemes(name string) ([]Scheme, error) {
	for _, p := range products() {
		if p.Name == name {
			return slices.Clone(p.Schemes), nil
		}
	}
	return nil, fmt.Errorf("no signature scheme is called %q; there are %s", name, strings.Join(Names(), ", "))
}

// Names returns the names of the products whose schemes are known, sorted.
func Names() []string {
	names := make([]string, 0, len(products()))
	for _, p := range products() {
		names = append(names, p.Name)
	}
	slices.Sort(names)
	return names
}

type product struct {
	Name    string   `json:"name"`
	Schemes []Scheme `json:"schemes"`
}

//go:embed schemes.json
var schemesJSON []byte

// products are what is embedded; a test reads it strictly.
var products = sync.OnceValue(func() []product {
	var list []product
	_ = json.Unmarshal(schemesJSON, &list) // a test sees that it is right
	return list
})
