package webhook_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/integrationtest"
	"github.com/plumbapi/plumb/integration/webhook"
	"github.com/plumbapi/plumb/webhook/signature"
)

func TestTool(t *testing.T) {
	t.Parallel()
	integrationtest.Run(t, webhook.New(), integrationtest.Options{})
}

func TestCloudEvents(t *testing.T) {
	t.Parallel()
	integrationtest.Run(t, webhook.New(), integrationtest.Options{Edition: "cloudevents", Inputs: integration.Inputs{"format": "cloudevents"}})
}

// TestEvents shows which events a run sends, and that a choice of them holds.
func TestEvents(t *testing.T) {
	t.Parallel()
	worse, events := integrationtest.Story()[1].Delivery, integrationtest.Singles()[1].Delivery
	untold := &integration.Delivery{Product: "tracker", ID: "untold", At: integrationtest.Start, Report: events.Report, Events: []integration.Event{{Type: "slo.breached", Text: ""}}}
	tests := []struct {
		name, events string
		delivery     *integration.Delivery
		want         []string
	}{
		{"all", "*", worse, []string{"finding.opened", "finding.fixed", "report.completed"}},
		{"what happened", "*", events, []string{"finding.opened", "api.breaking_change", "slo.breached", "lifecycle.sunset", "report.completed"}},
		{"one", "report.completed", worse, []string{"report.completed"}},
		{"some", "finding.*, slo.breached", events, []string{"finding.opened", "slo.breached"}},
		{"without a text", "slo.*", untold, []string{"slo.breached"}},
		{"none", "other", worse, nil},
		{"no pattern", "[", worse, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			tool := webhook.New()
			inputs := tool.Manifest().Examples()
			inputs["events"] = tt.events
			c, _ := integrationtest.Client(tool, inputs, integration.Local(tool.Fake(inputs)))
			receipt, err := tool.Deliver(t.Context(), c, tt.delivery)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, a := range receipt.Actions {
				got = append(got, strings.TrimPrefix(a.Object, "event "))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("events (-want +got):\n%s", diff)
			}
		})
	}
}

// TestRefusedAddresses shows that nothing is sent where a webhook has no
// business, unless that is asked for.
func TestRefusedAddresses(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"http://hooks.example/plumb", "https://127.0.0.1/plumb", "https://[::1]/", "https://169.254.169.254/latest", "https://10.0.0.1:8443/x"} {
		for _, private := range []string{"false", "true"} {
			tool := webhook.New()
			inputs := tool.Manifest().Examples()
			inputs["url"], inputs["private"] = address, private
			recorder := &integrationtest.Recorder{Next: integration.Local(tool.Fake(inputs))}
			c, _ := integrationtest.Client(tool, inputs, recorder)
			_, err := tool.Deliver(t.Context(), c, integrationtest.Story()[0].Delivery)
			if sent := len(recorder.Exchanges()) > 0; sent != (private == "true") || sent != (err == nil) {
				t.Errorf("%s, private %s: sent %t, error %v", address, private, sent, err)
			}
		}
	}
}

// TestLimit shows that the fake keeps to the size that is advised.
func TestLimit(t *testing.T) {
	t.Parallel()
	tool := webhook.New()
	inputs := tool.Manifest().Examples()
	integrationtest.Limits(t, tool, inputs, []integrationtest.Limit{{
		Name: "body", Max: tool.Manifest().LimitOf("body"), Request: func(n int) *integration.Request {
			frame := `{"type":"report.completed","timestamp":"2026-11-22T09:30:00Z","data":{"text":""}}`
			body := strings.Replace(frame, `""`, `"`+strings.Repeat("a", n-len(frame))+`"`, 1)
			header := http.Header{"Webhook-Id": {"plumb_1"}, "Webhook-Timestamp": {strconv.FormatInt(integrationtest.Start.Unix(), 10)}}
			if err := signature.Standard(inputs["secret"]).Sign(header, "plumb_1", []byte(body), integrationtest.Start); err != nil {
				t.Error(err)
			}
			return &integration.Request{Method: http.MethodPost, URL: inputs["url"], Header: header, Body: []byte(body)}
		},
	}})
}
