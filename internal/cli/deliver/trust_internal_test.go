package deliver

import (
	"testing"

	"github.com/plumbapi/plumb/integration"
)

// Hosts that look like others must not pass for them.
func TestHosts(t *testing.T) {
	t.Parallel()
	slack := &integration.Input{Default: "https://slack.com/api"}
	allowed := []string{"jira.example", " Git.Example:8443 ", ""}
	for address, want := range map[string]bool{
		"https://slack.com/api": true, "https://SLACK.com/other": true, "https://slack.com:8443/api": false, "https://slack.com.evil.example/api": false,
		"https://evil.example/slack.com": false, "https://jira.example": true, "https://jira.example:8443": true, "https://a.jira.example": false,
		"https://git.example:8443": true, "https://git.example": false, "http://127.0.0.1:8080": true, "http://[::1]:80": true, "http://localhost": true,
		"https://localhost.evil.example": false, "https://127.0.0.1.evil.example": false,
	} {
		host := hostOf(address)
		if got := isOwn(host, slack) || isLoopback(host) || contains(allowed, host); got != want {
			t.Errorf("%s: trusted %t, want %t", address, got, want)
		}
	}
}
