package deliver

import (
	"net"
	"net/url"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/project"
)

// AllowHostVariable names the variable with the hosts that plumb.yaml may name
// as those to which secrets are sent, with commas between them.
const AllowHostVariable = "PLUMB_ALLOW_HOST"

// trusted checks that no secret goes where plumb.yaml alone leads it. Whoever can
// propose a change can edit that file, and a pipeline that runs on the change has
// the secrets: an address in it counts only where its host is the vendor's own,
// which is that of the manifest's default, or is named outside of the repository.
// Why so is in docs/decisions/hosts-of-secrets.md.
func trusted(p *project.Project, t *Target) error {
	m := t.Tool.Manifest()
	secret := sentSecret(m, t.Inputs)
	if secret == "" {
		return nil
	}
	get := environment(p.Env)
	allowed := strings.Split(p.Env.Getenv(AllowHostVariable), ",")
	for _, s := range settings(p, m.Name) {
		in, err := m.Input(s.Name)
		if err != nil || in.Type != integration.TypeURL {
			continue
		}
		host := hostOf(t.Inputs[in.Name])
		if _, outside := get(in.Env); outside || host == "" || isOwn(host, in) || isLoopback(host) || contains(allowed, host) {
			continue
		}
		return env.Usagef("%s:%d:%d: %s of %s leads to %q, and %s would be sent there on the word of a file that any change can edit; set %s to the address, or %s to the host, outside of the repository",
			s.At.File, s.At.Line, s.At.Column, in.Name, m.Name, host, secret, in.Env, AllowHostVariable)
	}
	return nil
}

// sentSecret is the variable of a secret that is set and is sent, "" for none. A
// secret that only signs never leaves.
func sentSecret(m *integration.Manifest, inputs integration.Inputs) string {
	if m.Auth == "hmac" {
		return ""
	}
	i := slices.IndexFunc(m.Inputs, func(in integration.Input) bool { return in.Type == integration.TypeSecret && inputs[in.Name] != "" })
	if i < 0 {
		return ""
	}
	return m.Inputs[i].Env
}

// hostOf is the host of an address with its port, in lower case.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Host)
}

// isOwn says whether a host is the vendor's own.
func isOwn(host string, in *integration.Input) bool {
	return in.Default != "" && host == hostOf(in.Default)
}

// isLoopback says whether a host is this machine.
func isLoopback(host string) bool {
	name := strings.Trim(host, "[]")
	if bare, _, err := net.SplitHostPort(host); err == nil {
		name = bare
	}
	ip := net.ParseIP(name)
	return name == "localhost" || ip != nil && ip.IsLoopback()
}

// contains says whether a host is in a list, with its port or without.
func contains(list []string, host string) bool {
	name, _, err := net.SplitHostPort(host)
	return slices.ContainsFunc(list, func(one string) bool {
		one = strings.ToLower(strings.TrimSpace(one))
		return one != "" && (one == host || err == nil && one == name)
	})
}
