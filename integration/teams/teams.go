// Package teams tells a channel of Microsoft Teams what a run has found, as an
// Adaptive Card through a workflow's webhook.
//
// A workflow takes a message and says so (202) before it posts it; whether it is
// shown, and what the channel holds, it does not tell. So a receipt says that
// the message was accepted, and what was told before is known from the memory of
// deliveries only. It is not for the connectors of Office 365 that Microsoft has
// switched off.
package teams

import (
	_ "embed" // the manifest
	"net/url"
	"strings"

	"github.com/plumbapi/plumb/integration"
)

//go:embed manifest.yaml
var manifestFile []byte

var manifest = integration.Embedded(manifestFile)

// Tool is the integration with Microsoft Teams.
type Tool struct{}

// New returns the tool.
func New() Tool { return Tool{} }

// Manifest implements [integration.Tool].
func (Tool) Manifest() *integration.Manifest { return manifest() }

// The interfaces that the tool offers.
var (
	_ integration.Tool      = Tool{}
	_ integration.Previewer = Tool{}
)

// hosts are those of workflows, each with all hosts below it: those of Logic
// Apps in the public cloud and the national ones, and those of Power Platform.
var hosts = []string{
	"logic.azure.com", "logic.azure.us", "logic.azure.cn",
	"api.powerplatform.com", "api.gov.powerplatform.microsoft.us", "api.high.powerplatform.microsoft.us", "api.powerplatform.partner.microsoftonline.cn",
	"powerautomate.com", "flow.microsoft.com",
}

// retired are the hosts of connectors. Source:
// https://devblogs.microsoft.com/microsoft365dev/retirement-of-office-365-connectors-within-microsoft-teams/
var retired = []string{"webhook.office.com", "outlook.office.com", "outlook.office365.com"}

// judge says what is wrong with an address, and what to do; "" for nothing. It
// holds nothing of the address but its host.
func judge(address, own string) (problem, hint string) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return "TEAMS_WEBHOOK_URL is no address", "copy the address that the workflow shows when it is saved"
	}
	host := strings.ToLower(u.Hostname())
	switch {
	case own != "" && strings.EqualFold(own, host):
		return "", ""
	case below(host, retired):
		return "TEAMS_WEBHOOK_URL is of a connector of Office 365 (" + host + "), which Microsoft has switched off",
			"make a workflow instead: in the channel's menu choose Workflows, then \"Post to a channel when a webhook request is received\", and set its address"
	case !below(host, hosts):
		return "TEAMS_WEBHOOK_URL is of the host " + host + ", which is none of a workflow",
			"copy the address that the workflow shows when it is saved; of a relay of your own set the host as TEAMS_WEBHOOK_HOST"
	case u.Scheme != "https":
		return "TEAMS_WEBHOOK_URL is not https", "copy the address that the workflow shows when it is saved"
	case u.Query().Get("sig") == "":
		return "TEAMS_WEBHOOK_URL has no signature (sig=)",
			"copy the whole address; where the workflow shows none with sig=, let its trigger be called by anyone"
	}
	return "", ""
}

// below says whether a host is one of a list, or below one.
func below(host string, list []string) bool {
	for _, h := range list {
		if host == h || strings.HasSuffix(host, "."+h) {
			return true
		}
	}
	return false
}
