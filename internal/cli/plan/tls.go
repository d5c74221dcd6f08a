package plan

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/safe"
)

// tlsFlags say which servers are trusted, and how plumb identifies itself to
// them.
type tlsFlags struct {
	authorities []string
	cert, key   string
}

// maxPEM bounds a file of certificates.
const maxPEM = 4 << 20

func (f *tlsFlags) Register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringArrayVar(&f.authorities, "cacert", nil, "trust the authorities whose certificates are in the PEM `FILE` too, beside those of the system; repeatable")
	flags.StringVar(&f.cert, "cert", "", "identify to servers by the certificate in the PEM `FILE`")
	flags.StringVar(&f.key, "key", "", "the private key of --cert is in the PEM `FILE` (default in that of the certificate)")
}

// config reads the files; it is nil where there are none. What is in them is in
// no message.
func (f *tlsFlags) config(e *env.Env) (*tls.Config, error) {
	if f.key != "" && f.cert == "" {
		return nil, env.Usagef("--key is the key of a certificate: name that with --cert FILE")
	}
	if len(f.authorities) == 0 && f.cert == "" {
		return nil, nil
	}
	c := &tls.Config{MinVersion: tls.VersionTLS12}
	if len(f.authorities) > 0 {
		var err error
		if c.RootCAs, err = x509.SystemCertPool(); err != nil {
			c.RootCAs = x509.NewCertPool()
		}
		for _, name := range f.authorities {
			if err := trust(c.RootCAs, e, name); err != nil {
				return nil, env.Usagef("--cacert %s: %w", name, err)
			}
		}
	}
	if f.cert != "" {
		pair, err := f.pair(e)
		if err != nil {
			return nil, err
		}
		c.Certificates = []tls.Certificate{pair}
	}
	return c, nil
}

// trust adds all certificates of a file.
func trust(pool *x509.CertPool, e *env.Env, name string) error {
	text, err := readPEM(e, name)
	if err != nil {
		return err
	}
	found := 0
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		if block.Type != "CERTIFICATE" {
			continue
		}
		c, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return fmt.Errorf("certificate %d of the file cannot be read: %s", found+1, safe.Line(err.Error()))
		}
		pool.AddCert(c)
		found++
	}
	if found == 0 {
		return errors.New("there is no certificate in the file; expected PEM, which begins with -----BEGIN CERTIFICATE-----")
	}
	return nil
}

// pair reads the certificate and its key.
func (f *tlsFlags) pair(e *env.Env) (tls.Certificate, error) {
	var none tls.Certificate
	cert, err := readPEM(e, f.cert)
	if err != nil {
		return none, env.Usagef("--cert %s: %w", f.cert, err)
	}
	if !holds(cert, "CERTIFICATE") {
		return none, env.Usagef("--cert %s: there is no certificate in the file; expected PEM, which begins with -----BEGIN CERTIFICATE-----", f.cert)
	}
	key, from := cert, "--cert "+f.cert
	if f.key != "" {
		from = "--key " + f.key
		if key, err = readPEM(e, f.key); err != nil {
			return none, env.Usagef("%s: %w", from, err)
		}
	}
	switch {
	case !holds(key, "PRIVATE KEY") && f.key == "":
		return none, env.Usagef("%s: there is no private key in the file; --key FILE names the one that has it", from)
	case !holds(key, "PRIVATE KEY"):
		return none, env.Usagef("%s: there is no private key in the file; expected PEM, which begins with -----BEGIN PRIVATE KEY-----", from)
	case encrypted(key):
		return none, env.Usagef("%s: the private key is encrypted; plumb asks for no passphrase, so give it the key without one: openssl pkey -in %s -out FILE", from, strings.TrimPrefix(from, "--key "))
	}
	pair, err := tls.X509KeyPair(cert, key)
	if err != nil {
		return none, env.Usagef("%s: %s", from, strings.TrimPrefix(safe.Line(err.Error()), "tls: "))
	}
	return pair, nil
}

func readPEM(e *env.Env, name string) ([]byte, error) {
	text, err := ReadBounded(e.Path(name), maxPEM)
	if err != nil {
		return nil, errors.New(Unopened(err))
	}
	return text, nil
}

// holds reports whether a file has a block whose type ends so.
func holds(text []byte, kind string) bool {
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		if strings.HasSuffix(block.Type, kind) {
			return true
		}
	}
	return false
}

// encrypted reports whether the first key of a file needs a passphrase, in
// either form that keys have: PKCS #8, or the older one with a header.
func encrypted(text []byte) bool {
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		if strings.HasSuffix(block.Type, "PRIVATE KEY") {
			return block.Type == "ENCRYPTED PRIVATE KEY" || strings.Contains(block.Headers["Proc-Type"], "ENCRYPTED")
		}
	}
	return false
}
