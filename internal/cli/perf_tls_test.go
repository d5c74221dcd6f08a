package cli_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/plumbapi/plumb/internal/cli/env"
)

// authority signs certificates of a private network.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	a := &authority{cert: &x509.Certificate{IsCA: true, KeyUsage: x509.KeyUsageCertSign}}
	_, a.key = a.sign(t, a.cert)
	return a
}

// sign makes a certificate for this hour, and its key.
func (a *authority) sign(t *testing.T, c *x509.Certificate) (der []byte, key *ecdsa.PrivateKey) {
	t.Helper()
	return a.signFor(t, c, time.Now().Add(-time.Hour), time.Now().Add(time.Hour))
}

func (a *authority) signFor(t *testing.T, c *x509.Certificate, from, until time.Time) (der []byte, key *ecdsa.PrivateKey) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c.SerialNumber, c.Subject = big.NewInt(1), pkix.Name{CommonName: "private"}
	c.NotBefore, c.NotAfter, c.BasicConstraintsValid = from, until, true
	by := a.key
	if by == nil {
		by = key
	}
	if der, err = x509.CreateCertificate(rand.Reader, c, a.cert, &key.PublicKey, by); err != nil {
		t.Fatal(err)
	}
	if a.key == nil {
		if a.cert, err = x509.ParseCertificate(der); err != nil {
			t.Fatal(err)
		}
	}
	return der, key
}

func pemOf(kind string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
}

// privately starts a server that only clients may talk to which the authority
// has signed.
func privately(t *testing.T, a *authority) string {
	t.Helper()
	der, key := a.sign(t, &x509.Certificate{IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}})
	clients := x509.NewCertPool()
	clients.AddCert(a.cert)
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, "[]")
	}))
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.TLS = &tls.Config{
		Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}},
		ClientAuth:   tls.RequireAndVerifyClientCert, ClientCAs: clients, MinVersion: tls.VersionTLS12,
	}
	s.StartTLS()
	t.Cleanup(s.Close)
	return s.URL
}

// TestPerfPrivateAuthority sends to a server whose certificate, and whose
// clients', are by an authority that no system knows.
func TestPerfPrivateAuthority(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	url := privately(t, a)
	der, key := a.sign(t, &x509.Certificate{ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}})
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	cert, private := pemOf("CERTIFICATE", der), pemOf("PRIVATE KEY", secret)
	_, other := a.sign(t, &x509.Certificate{})
	foreign, err := x509.MarshalPKCS8PrivateKey(other)
	if err != nil {
		t.Fatal(err)
	}
	plan := map[string]string{
		"ca.pem": pemOf("CERTIFICATE", a.cert.Raw), "cert.pem": cert, "key.pem": private, "both.pem": private + cert,
		"other.pem": pemOf("PRIVATE KEY", foreign), "locked.pem": pemOf("ENCRYPTED PRIVATE KEY", secret),
		"old.pem":    string(pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: secret, Headers: map[string]string{"Proc-Type": "4,ENCRYPTED"}})),
		"broken.pem": pemOf("CERTIFICATE", der[:20]), "notes.txt": "hunter2",
		"api.yaml": `{openapi: 3.1.0, info: {title: Nursery, version: "1"}, paths: {/plants: {get: {responses: {"200": {description: All.}}}}}}`,
		"slo.yaml": `descriptions: [api.yaml]
targets: {rest: {url: "` + url + `"}}
load: {constant: {rate: 100/s, for: 400ms}, timeout: 1m, catch-up: 1m}
operations:
  GET /plants: {weight: 1, budget: {latency: {50%: 50s}, errors: 50%}}
`,
	}
	for _, tt := range []struct {
		name string
		args []string
		code int
		says string
	}{
		{"trusted", []string{"run", "--cacert", "ca.pem", "--cert", "cert.pem", "--key", "key.pem"}, env.Clean, "100.0 %"},
		{"over HTTP/1.1, key and certificate in one file", []string{"run", "--http2=false", "--cacert", "ca.pem", "--cert", "both.pem"}, env.Clean, "100.0 %"},
		{"compared", []string{"compare", "--pairs", "3", "--requests", "20", "--base", url, "--head", url, "--cacert", "ca.pem", "--cert", "both.pem"}, env.Clean, "GET /plants"},
		{"searched", []string{"capacity", "--probes", "1", "--probe", "1s", "--start", "50", "--cacert", "ca.pem", "--cert", "both.pem"}, -1, "50/s"},
		{"of an unknown authority", []string{"run"}, env.Incomplete, "tls: certificate of an unknown authority"},
		{"without a certificate", []string{"run", "--cacert", "ca.pem"}, env.Incomplete, "tls: refused by the server"},

		{"no such authority", []string{"run", "--cacert", "none.pem"}, env.Usage, "--cacert none.pem: there is no such file"},
		{"no certificate of an authority", []string{"run", "--cacert", "key.pem"}, env.Usage, "--cacert key.pem: there is no certificate in the file"},
		{"a broken certificate", []string{"run", "--cacert", "broken.pem"}, env.Usage, "--cacert broken.pem: certificate 1 of the file cannot be read"},
		{"no such certificate", []string{"run", "--cert", "none.pem"}, env.Usage, "--cert none.pem: there is no such file"},
		{"no certificate", []string{"run", "--cert", "notes.txt"}, env.Usage, "--cert notes.txt: there is no certificate in the file"},
		{"no key", []string{"run", "--cert", "cert.pem"}, env.Usage, "--cert cert.pem: there is no private key in the file; --key FILE names the one that has it"},
		{"no key in its file", []string{"run", "--cert", "cert.pem", "--key", "notes.txt"}, env.Usage, "--key notes.txt: there is no private key in the file"},
		{"no such key", []string{"run", "--cert", "cert.pem", "--key", "none.pem"}, env.Usage, "--key none.pem: there is no such file"},
		{"another's key", []string{"run", "--cert", "cert.pem", "--key", "other.pem"}, env.Usage, "--key other.pem: private key does not match public key"},
		{"a key with a passphrase", []string{"run", "--cert", "cert.pem", "--key", "locked.pem"}, env.Usage, "--key locked.pem: the private key is encrypted"},
		{"an old key with a passphrase", []string{"run", "--cert", "cert.pem", "--key", "old.pem"}, env.Usage, "openssl pkey -in old.pem -out FILE"},
		{"a key alone", []string{"run", "--key", "key.pem"}, env.Usage, "name that with --cert FILE"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			args := append([]string{"perf"}, append(tt.args, "--max-lag", "1m", "--fail-on", "never", "slo.yaml")...)
			code, out, problems := run(t, plan, args...)
			if tt.code >= 0 && code != tt.code || !strings.Contains(out+problems, tt.says) {
				t.Errorf("exit code %d, want %d with %q:\n%s%s", code, tt.code, tt.says, out, problems)
			}
			for _, hidden := range []string{"hunter2", strings.Split(private, "\n")[1]} {
				if strings.Contains(out+problems, hidden) {
					t.Errorf("what is in a file is shown:\n%s%s", out, problems)
				}
			}
		})
	}
}
