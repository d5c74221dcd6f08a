package slack_test

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/integrationtest"
	"github.com/plumbapi/plumb/integration/slack"
)

const (
	hookOne = "https://hooks.slack.com/services/T0EXAMPLE/B0EXAMPLE/example-webhook-0001"
	hookTwo = "https://hooks.slack.com/services/T0EXAMPLE/B0EXAMPLE/example-webhook-0002"
)

func bot() integration.Inputs {
	return integration.Inputs{"token": "xoxb-example-bot-token", "channel": "C0EXAMPLE01", "api_url": "https://slack.com/api"}
}

// deliver makes a delivery and returns what was done, as "VERB OBJECT".
func deliver(t *testing.T, in integration.Inputs, sender integration.Sender, memory *integration.Memory, d *integration.Delivery) (string, error) {
	t.Helper()
	c, _ := integrationtest.Client(slack.New(), in, sender)
	c.Memory = memory
	receipt, err := slack.New().Deliver(t.Context(), c, d)
	var done []string
	for _, a := range receipt.Actions {
		done = append(done, a.Verb+" "+a.Object)
	}
	return strings.Join(done, ", "), err
}

// answering is a Sender that answers every request alike.
type answering struct {
	status int
	body   string
}

func (a answering) Do(*http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: a.status, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader([]byte(a.body)))}, nil
}

func TestMergeRequestHasOneMessage(t *testing.T) {
	t.Parallel()
	fake := slack.New().Fake(bot())
	var got []string
	for _, d := range integrationtest.Story() {
		done, err := deliver(t, bot(), integration.Local(fake), nil, d.Delivery)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, done)
	}
	const object = " a message in C0EXAMPLE01"
	want := []string{"posted" + object, "updated" + object, "updated" + object, "unchanged" + object, "updated" + object}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("done (-want +got):\n%s", diff)
	}
	if objects := fake.Objects(); len(objects) != 1 {
		t.Errorf("there are %d messages: %q", len(objects), objects)
	}
}

func TestBranchHasAMessageForEachRunWithNews(t *testing.T) {
	t.Parallel()
	fake := slack.New().Fake(bot())
	for range 2 {
		for _, d := range integrationtest.Story() {
			d.Change = 0
			if _, err := deliver(t, bot(), integration.Local(fake), nil, d.Delivery); err != nil {
				t.Fatal(err)
			}
		}
	}
	if objects := fake.Objects(); len(objects) != 4 { // the fourth of five has no news
		t.Errorf("there are %d messages: %q", len(objects), objects)
	}
}

func TestRunThatEndsOtherwiseIsEdited(t *testing.T) {
	t.Parallel()
	fake := slack.New().Fake(bot())
	d := integrationtest.Story()[0].Delivery
	d.Change = 0
	again := *d
	report := *d.Report
	report.Findings = report.Findings[:1]
	again.Report = &report
	for i, want := range []string{"posted", "updated", "unchanged"} {
		done, err := deliver(t, bot(), integration.Local(fake), nil, []*integration.Delivery{d, &again, &again}[i])
		if err != nil || !strings.HasPrefix(done, want+" ") {
			t.Errorf("%d: %s, %v; want %s", i, done, err, want)
		}
	}
}

func TestWebhookRemembers(t *testing.T) {
	t.Parallel()
	in := integration.Inputs{"webhook_url": hookOne}
	fake := slack.New().Fake(in)
	memory := integration.NewMemory()
	story := integrationtest.Story()
	for i, step := range []struct {
		d    *integration.Delivery
		want string
	}{{story[0].Delivery, "posted"}, {story[0].Delivery, "unchanged"}, {story[1].Delivery, "posted"}, {story[0].Delivery, "unchanged"}, {story[3].Delivery, "unchanged"}} {
		done, err := deliver(t, in, integration.Local(fake), memory, step.d)
		if err != nil || done != step.want+" the webhook's channel" {
			t.Errorf("%d: %s, %v; want %s", i, done, err, step.want)
		}
	}
	if objects := fake.Objects(); len(objects) != 2 {
		t.Errorf("there are %d messages: %q", len(objects), objects)
	}
}

func TestSecretsChange(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name           string
		in, accepted   integration.Inputs
		secret, follow string
	}{
		{"token", bot(), bot(), "token", "xoxb-example-that-follows"},
		{"webhook", integration.Inputs{"webhook_url": hookOne}, integration.Inputs{"webhook_url": hookOne}, "webhook_url", hookTwo},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			tt.accepted[tt.secret] = tt.follow
			fake := slack.New().Fake(tt.accepted)
			_, err := deliver(t, tt.in, integration.Local(fake), nil, integrationtest.Story()[0].Delivery)
			var e *integration.Error
			if !errors.As(err, &e) || e.Kind != integration.Auth {
				t.Errorf("the old one alone: %v", err)
			}
			tt.in[tt.secret+"_next"] = tt.follow
			if _, err := deliver(t, tt.in, integration.Local(fake), nil, integrationtest.Story()[0].Delivery); err != nil {
				t.Errorf("with the one that follows: %v", err)
			}
			if n := len(fake.Objects()); n != 1 {
				t.Errorf("there are %d messages", n)
			}
		})
	}
}

func TestWhatSlackSays(t *testing.T) {
	t.Parallel()
	hook := integration.Inputs{"webhook_url": hookOne}
	channel := bot()
	channel["channel"] = "#general"
	tests := []struct {
		name   string
		in     integration.Inputs
		sender integration.Sender
		kind   integration.Kind
		want   string
	}{
		{"nothing", integration.Inputs{}, nil, integration.Config, "there is nothing to post with; set SLACK_BOT_TOKEN and SLACK_CHANNEL, or SLACK_WEBHOOK_URL"},
		{"no webhook", integration.Inputs{"edition": "webhook"}, nil, integration.Config, "there is nothing to post with"},
		{"a name", channel, nil, integration.Config, `SLACK_CHANNEL "#general" is no ID of a channel; give the ID`},
		{"a scope", bot(), answering{200, `{"ok":false,"error":"missing_scope","needed":"channels:history"}`}, integration.Auth, `Slack says "missing_scope", and that the scope "channels:history" is missing; add the scopes`},
		{"not there", bot(), answering{200, `{"ok":false,"error":"not_in_channel"}`}, integration.Config, "/invite @app"},
		{"an unknown word", bot(), answering{200, `{"ok":false,"error":"fatal_error"}`}, integration.Remote, `Slack says "fatal_error"`},
		{"no service", hook, answering{404, "no_service"}, integration.Auth, "make a new one"},
		{"archived", hook, answering{410, "channel_is_archived"}, integration.Config, "not archived"},
		{"no blocks", hook, answering{400, "invalid_blocks"}, integration.Limit, "--dry-run"},
		{"forbidden", hook, answering{403, "no"}, integration.Auth, "Slack answers 403"},
		{"another ok", hook, answering{200, "fine"}, integration.Remote, `it is not "ok"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			done, err := deliver(t, tt.in, tt.sender, nil, integrationtest.Story()[0].Delivery)
			var e *integration.Error
			if !errors.As(err, &e) || e.Kind != tt.kind || !strings.Contains(err.Error(), tt.want) || done != "" {
				t.Errorf("Deliver = %q, %v; want %s, %q", done, err, tt.kind, tt.want)
			}
		})
	}
}
