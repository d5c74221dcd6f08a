package teams_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/integrationtest"
	"github.com/plumbapi/plumb/integration/message"
	"github.com/plumbapi/plumb/integration/teams"
)

const workflow = "https://prod-00.westeurope.logic.azure.com:443/workflows/0001/triggers/manual/paths/invoke?api-version=2016-06-01&sig=example-signature-"

// deliver makes a delivery and returns what was done.
func deliver(t *testing.T, in integration.Inputs, sender integration.Sender, memory *integration.Memory, d *integration.Delivery) (string, error) {
	t.Helper()
	c, _ := integrationtest.Client(teams.New(), in, sender)
	c.Memory = memory
	receipt, err := teams.New().Deliver(t.Context(), c, d)
	var done []string
	for _, a := range receipt.Actions {
		done = append(done, a.Verb+" "+a.Object)
	}
	return strings.Join(done, ", "), err
}

// answering is a Sender that answers every request alike, and counts them.
type answering struct {
	status int
	body   string
	asked  int
}

func (a *answering) Do(*http.Request) (*http.Response, error) {
	a.asked++
	return &http.Response{StatusCode: a.status, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader([]byte(a.body)))}, nil
}

func TestCard(t *testing.T) {
	integrationtest.Run(t, teams.New(), integrationtest.Options{
		Inputs: integration.Inputs{"edition": "card"}, Edition: "card", Repeats: true, Unlimited: true,
	})
}

func TestHosts(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, url, host, want string }{
		{"logic apps", workflow + "1", "", ""},
		{"power platform", "https://default0.12.environment.api.powerplatform.com:443/powerautomate/automations/direct/workflows/1/triggers/manual/paths/invoke?sig=x", "", ""},
		{"power automate", "https://api.powerautomate.com/webhook/1?sig=x", "", ""},
		{"connector", "https://contoso.webhook.office.com/webhookb2/1@2/IncomingWebhook/3/4", "", "a connector of Office 365 (contoso.webhook.office.com), which Microsoft has switched off; make a workflow instead"},
		{"old connector", "https://outlook.office.com/webhook/1", "", "which Microsoft has switched off"},
		{"look-alike", "https://logic.azure.com.evil.example/?sig=x", "", "which is none of a workflow"},
		{"look-alike before", "https://notlogic.azure.com/?sig=x", "", "which is none of a workflow"},
		{"relay", "http://relay.internal:8080/teams", "relay.internal", ""},
		{"another relay", "http://relay.internal:8080/teams", "other.internal", "which is none of a workflow"},
		{"plain", "http://prod.logic.azure.com/?sig=x", "", "is not https"},
		{"half", "https://prod.logic.azure.com/workflows/1", "", "has no signature (sig=)"},
		{"none", "::", "", "is no address"},
		{"scheme", "ftp://prod.logic.azure.com/?sig=x", "", "is no address"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			server := &answering{status: http.StatusAccepted}
			_, err := deliver(t, integration.Inputs{"webhook_url": tt.url, "host": tt.host}, server, nil, integrationtest.Story()[0].Delivery)
			var e *integration.Error
			switch {
			case tt.want == "" && (err != nil || server.asked != 1):
				t.Errorf("Deliver = %v after %d requests", err, server.asked)
			case tt.want != "" && (!errors.As(err, &e) || e.Kind != integration.Config || !strings.Contains(err.Error(), tt.want) || server.asked > 0):
				t.Errorf("Deliver = %v after %d requests, want %q", err, server.asked, tt.want)
			}
		})
	}
}

func TestWhatWorkflowsSay(t *testing.T) {
	t.Parallel()
	tests := []struct {
		status     int
		body, want string
		kind       integration.Kind
	}{
		{401, `{"error":{"code":"DirectApiAuthorizationRequired"}}`, "the address is not whole", integration.Auth},
		{403, `{"error":{"code":"Other"}}`, "copy the workflow's address again", integration.Auth},
		{404, `{"error":{"code":"WorkflowNotFound"}}`, "the workflow was deleted", integration.Config},
		{400, `{"error":{"code":"WorkflowTriggerIsNotEnabled"}}`, "turn it on in Power Automate", integration.Config},
		{413, `{"error":{"code":"TriggerRequestContentTooLarge"}}`, "--dry-run", integration.Limit},
		{200, `<html>sign in</html>`, "a workflow answers 202 without a body", integration.Remote},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprint(tt.status), func(t *testing.T) {
			t.Parallel()
			_, err := deliver(t, integration.Inputs{"webhook_url": workflow + "1"}, &answering{status: tt.status, body: tt.body}, nil, integrationtest.Story()[0].Delivery)
			var e *integration.Error
			if !errors.As(err, &e) || e.Kind != tt.kind || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Deliver = %v; want %s, %q", err, tt.kind, tt.want)
			}
		})
	}
}

func TestSecretChanges(t *testing.T) {
	t.Parallel()
	in := integration.Inputs{"webhook_url": workflow + "1", "webhook_url_next": workflow + "2"}
	for _, accepted := range []string{"1", "2"} {
		fake := teams.New().Fake(integration.Inputs{"webhook_url": workflow + accepted})
		if _, err := deliver(t, in, integration.Local(fake), nil, integrationtest.Story()[0].Delivery); err != nil || len(fake.Objects()) != 1 {
			t.Errorf("where %s is accepted: %v, %q", accepted, err, fake.Objects())
		}
	}
	if _, err := deliver(t, integration.Inputs{}, nil, nil, integrationtest.Story()[0].Delivery); err == nil || !strings.Contains(err.Error(), "set TEAMS_WEBHOOK_URL") {
		t.Errorf("without an address: %v", err)
	}
}

func TestAcceptedIsNotPosted(t *testing.T) {
	t.Parallel()
	in := integration.Inputs{"webhook_url": workflow + "1"}
	fake, memory := teams.New().Fake(in), integration.NewMemory()
	story := integrationtest.Story()
	var got []string
	for _, i := range []int{0, 0, 1, 3} {
		done, err := deliver(t, in, integration.Local(fake), memory, story[i].Delivery)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, done)
	}
	want := []string{
		"posted the workflow's channel (accepted as run 08584000000000000000001CU00; its history says whether it was shown)",
		"unchanged the workflow's channel",
		"posted the workflow's channel (accepted as run 08584000000000000000002CU00; its history says whether it was shown)",
		"unchanged the workflow's channel",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("done (-want +got):\n%s", diff)
	}
}

func TestSizeAtItsLimit(t *testing.T) {
	t.Parallel()
	largest := 0
	for _, n := range []int{1, 10, 30, 60, 61, 62, 63, 64, 65, 100, 400} {
		d := integrationtest.Delivery("run", nil, nil)
		for i := range n {
			d.Report.Findings = append(d.Report.Findings, integrationtest.Finding(check.Error, "operation-tags", fmt.Sprintf("/paths/%d", i), strings.Repeat("漢", 60), i))
		}
		p := teams.Render(message.FromDelivery(d, message.Options{Items: -1}))
		content, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		body := p.Attachments[0].Content.Body
		last := body[len(body)-1].Inlines
		shown := strings.Count(string(content), `"operation-tags"`)
		if len(content) > 20_000 {
			t.Errorf("%d findings: %d bytes", n, len(content))
		}
		if more := fmt.Sprintf("and %d more", n-shown); shown < n && last[0].Text != more {
			t.Errorf("%d findings: %d are shown, and the last line is %q, not %q", n, shown, last[0].Text, more)
		}
		largest = max(largest, len(content))
	}
	if largest < 19_000 {
		t.Errorf("the largest message has %d bytes; there is room for more", largest)
	}
}

func TestPreview(t *testing.T) {
	t.Parallel()
	p, err := teams.New().Preview(nil, integrationtest.Story()[1].Delivery)
	if err != nil {
		t.Fatal(err)
	}
	want := `✗ tracker failed: 2 errors; 1 new, 1 mended
Branch main · Revision 4be1d0c7a2f3 · Change 12 · Date 22 Nov 2026 09:30 UTC

New (1)
- error operation-tags operation has no tags · api/openapi.yaml:71, /paths/~1boards/get

Mended (1)
- warning operation-operationId operationId "list" is already used by GET /issues · api/openapi.yaml:40, /paths/~1issues~1{id}/get
Whole report https://reports.example/tracker/run-2.html
`
	if diff := cmp.Diff(want, p.Text); diff != "" {
		t.Errorf("text (-want +got):\n%s", diff)
	}
	if !strings.Contains(string(p.HTML), "of 28,000 bytes") {
		t.Error("the page does not say how large the message is")
	}
}

// TestLanguage shows that a card says which language it is in.
func TestLanguage(t *testing.T) {
	t.Parallel()
	c := teams.Render(message.FromDelivery(integrationtest.Story()[1].In("fr"), message.Options{})).Attachments[0].Content
	if c.Lang != "fr" || c.Body[0].Inlines[0].Text != "✗ tracker a échoué\u00a0: 2 erreurs\u202f; 1 nouveau, 1 corrigé" || c.Actions[0].Title != "Rapport complet" {
		t.Errorf("card %+v", c)
	}
}
