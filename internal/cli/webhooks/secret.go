package webhooks

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/webhook"
	"github.com/plumbapi/plumb/webhook/signature"
)

// secretFlags say by which scheme deliveries are signed, and where the secrets
// are. Secrets come from the environment only, so that they stand in no list of
// processes and no history of a shell.
type secretFlags struct {
	variables []string
	scheme    string
}

func (f *secretFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringArrayVar(&f.variables, "secret-env", nil, "`VARIABLE` of the environment that has the secret; repeatable, the newest first")
	flags.StringVar(&f.scheme, "scheme", "", "how deliveries are signed: a `NAME` such as github or standard, or a JSON file with a scheme")
	output.CompleteWords(cmd, "scheme", signature.Names)
}

// given reports whether a secret is named.
func (f *secretFlags) given() bool { return len(f.variables) > 0 }

// variable is what names of variables look like. What looks otherwise may be the
// secret itself and is not repeated.
var variable = regexp.MustCompile(`^[A-Z_][A-Z0-9_]*$`)

// secrets reads the variables.
func (f *secretFlags) secrets(e *env.Env) ([]string, error) {
	var list []string
	for _, name := range f.variables {
		value := e.Getenv(name)
		switch {
		case value != "":
			list = append(list, value)
		case variable.MatchString(name):
			return nil, env.Usagef("--secret-env: the environment variable %s is not set", name)
		default:
			return nil, env.Usagef("--secret-env takes the name of an environment variable, such as WEBHOOK_SECRET, never the secret itself")
		}
	}
	return list, nil
}

// keyring makes the keyring of the secrets: by --scheme, else as the provider
// signs, else as the headers of a delivery show, which may be nil.
func (f *secretFlags) keyring(e *env.Env, provider *webhook.Provider, header http.Header) (*signature.Keyring, error) {
	secrets, err := f.secrets(e)
	if err != nil {
		return nil, err
	}
	name := f.scheme
	switch {
	case name != "" && !slices.Contains(signature.Names(), name):
		return f.described(e, secrets)
	case name == "" && provider != nil && len(provider.Signatures) > 0:
		name = schemeOf(provider, header)
	case name == "" && header != nil:
		if name, err = detect(header); err != nil {
			return nil, err
		}
	case name == "":
		name = "standard"
	}
	return ready(signature.Named(name, secrets...))
}

// described makes the keyring of a scheme that a file describes.
func (f *secretFlags) described(e *env.Env, secrets []string) (*signature.Keyring, error) {
	data, err := os.ReadFile(e.Path(f.scheme))
	if err != nil {
		if !strings.ContainsAny(f.scheme, "./") {
			return nil, env.Usagef("--scheme: %w", env.Unknown("scheme", f.scheme, signature.Names()))
		}
		return nil, env.Usagef("--scheme: %s cannot be read: %w", f.scheme, env.Bare(err))
	}
	schemes, err := signature.ParseSchemes(data)
	if err != nil {
		return nil, env.Usagef("%s: %w", f.scheme, err)
	}
	name := strings.TrimSuffix(filepath.Base(f.scheme), filepath.Ext(f.scheme))
	return ready(signature.New(name, schemes, secrets...))
}

// ready is a keyring that can verify and sign.
func ready(k *signature.Keyring, err error) (*signature.Keyring, error) {
	if err == nil {
		err = k.Err()
	}
	if err != nil {
		return nil, env.Usagef("--secret-env: %w", err)
	}
	return k, nil
}

// schemeOf is the scheme of a provider whose header a delivery has, else its
// first.
func schemeOf(p *webhook.Provider, header http.Header) string {
	for _, s := range p.Signatures {
		if header.Get(s.Header) != "" {
			return s.Scheme
		}
	}
	return p.Signatures[0].Scheme
}

// detect finds the only product that signs with the headers of a delivery.
func detect(header http.Header) (string, error) {
	var found []string
	for _, name := range signature.Names() {
		schemes, err := signature.Schemes(name)
		if err != nil {
			return "", err
		}
		if slices.ContainsFunc(schemes, func(s signature.Scheme) bool { return header.Get(s.Header) != "" }) {
			found = append(found, name)
		}
	}
	switch len(found) {
	case 0:
		return "", env.Usagef("no header of the delivery is known to have a signature; --scheme or --provider says how it is signed: %s", strings.Join(signature.Names(), ", "))
	case 1:
		return found[0], nil
	}
	return "", env.Usagef("the delivery may be signed as %s does; say which with --scheme or --provider", strings.Join(found, " or "))
}

// secretHeaders are headers that hold secrets of any known scheme, or of HTTP
// itself, in lower case. They are never recorded.
func secretHeaders() ([]string, error) {
	list := []string{"authorization", "proxy-authorization", "cookie"}
	for _, name := range signature.Names() {
		schemes, err := signature.Schemes(name)
		if err != nil {
			return nil, err
		}
		for _, s := range schemes {
			if s.Algorithm == "token" {
				list = append(list, strings.ToLower(s.Header))
			}
		}
	}
	return list, nil
}
