package slack_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/integrationtest"
	"github.com/plumbapi/plumb/integration/slack"
)

// reportLink is the link to the report, whatever its language.
var reportLink = regexp.MustCompile(`^<https://reports\.example/[^<>|]*\|(Whole report|Vollständiger Bericht|Informe completo|Rapport complet|レポート全文|Pełny raport)>$`)

func TestBot(t *testing.T) {
	integrationtest.Run(t, slack.New(), integrationtest.Options{
		Inputs: integration.Inputs{"interactive": "true"},
		Idle:   []string{"webhook_url", "webhook_url_next", "token_next", "signing_secret", "signing_secret_next"},
		Check:  alive,
	})
}

func TestWebhook(t *testing.T) {
	integrationtest.Run(t, slack.New(), integrationtest.Options{
		Inputs:  integration.Inputs{"edition": "webhook"},
		Idle:    []string{"token", "token_next", "webhook_url_next", "signing_secret", "signing_secret_next"},
		Edition: "webhook",
		Repeats: true,
		Check:   alive,
	})
}

// alive reports markup that a finding's text must not become: every < and > of
// mrkdwn is that of a link to the report.
func alive(t testing.TB, e *integrationtest.Exchange) {
	t.Helper()
	var p slack.Payload
	if e.Method != "POST" || json.Unmarshal(e.Body, &p) != nil {
		return
	}
	texts := []string{p.Text}
	for _, b := range p.Blocks {
		if b.Text != nil && b.Text.Type == "mrkdwn" {
			texts = append(texts, b.Text.Text)
		}
		for _, text := range b.Elements {
			texts = append(texts, text.Text)
		}
	}
	for _, text := range texts {
		if reportLink.MatchString(text) {
			continue
		}
		if strings.ContainsAny(text, "<>") {
			t.Errorf("there is markup in %q", text)
		}
		for rest := text; ; {
			_, after, ok := strings.Cut(rest, "&")
			if !ok {
				break
			}
			if !strings.HasPrefix(after, "amp;") && !strings.HasPrefix(after, "lt;") && !strings.HasPrefix(after, "gt;") {
				t.Errorf("an ampersand is alive in %q", text)
			}
			rest = after
		}
	}
}
