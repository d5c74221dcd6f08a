package googlechat_test

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
	"github.com/plumbapi/plumb/integration/googlechat"
	"github.com/plumbapi/plumb/integration/integrationtest"
	"github.com/plumbapi/plumb/integration/message"
)

const space = "https://chat.googleapis.com/v1/spaces/AAAAexample/messages?key=example-key&token=example-token-"

// deliver makes a delivery and returns what was done.
func deliver(t *testing.T, in integration.Inputs, sender integration.Sender, memory *integration.Memory, d *integration.Delivery) (string, error) {
	t.Helper()
	c, _ := integrationtest.Client(googlechat.New(), in, sender)
	c.Memory = memory
	receipt, err := googlechat.New().Deliver(t.Context(), c, d)
	var done []string
	for _, a := range receipt.Actions {
		done = append(done, a.Verb)
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

func TestRefusals(t *testing.T) {
	t.Parallel()
	const whole = space + "1"
	tests := []struct {
		name, url string
		sender    integration.Sender
		kind      integration.Kind
		want      string
	}{
		{"no address", "", nil, integration.Config, "set GOOGLE_CHAT_WEBHOOK_URL"},
		{"another address", "https://chat.google.com/room/AAAA", nil, integration.Config, "it is no address of a space's messages"},
		{"half an address", "https://chat.googleapis.com/v1/spaces/AAAA/messages?key=k", nil, integration.Config, "it has no key and token"},
		{"401", whole, answering{401, "{}"}, integration.Auth, "copy the webhook's address again"},
		{"403", whole, answering{403, "{}"}, integration.Auth, "copy the webhook's address again"},
		{"404", whole, answering{404, "{}"}, integration.Config, "the space or its webhook was deleted"},
		{"429", whole, answering{429, "{}"}, integration.Limit, "one post a second"},
		{"400", whole, answering{400, "{}"}, integration.Config, "--dry-run"},
		{"no name", whole, answering{200, "{}"}, integration.Remote, "it has no name of a message"},
		{"no JSON", whole, answering{200, "<html>"}, integration.Remote, "it is no JSON"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := deliver(t, integration.Inputs{"webhook_url": tt.url}, tt.sender, nil, integrationtest.Story()[0].Delivery)
			var e *integration.Error
			if !errors.As(err, &e) || e.Kind != tt.kind || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Deliver = %v; want %s, %q", err, tt.kind, tt.want)
			}
		})
	}
}

func TestSecretChanges(t *testing.T) {
	t.Parallel()
	in := integration.Inputs{"webhook_url": space + "1", "webhook_url_next": space + "2"}
	for _, accepted := range []string{"1", "2"} {
		fake := googlechat.New().Fake(integration.Inputs{"webhook_url": space + accepted})
		if _, err := deliver(t, in, integration.Local(fake), nil, integrationtest.Story()[0].Delivery); err != nil || len(fake.Objects()) != 1 {
			t.Errorf("where %s is accepted: %v, %q", accepted, err, fake.Objects())
		}
	}
}

func TestTold(t *testing.T) {
	t.Parallel()
	in := integration.Inputs{"webhook_url": space + "1"}
	fake, memory := googlechat.New().Fake(in), integration.NewMemory()
	story := integrationtest.Story()
	var got []string
	for _, i := range []int{0, 0, 1, 3} {
		done, err := deliver(t, in, integration.Local(fake), memory, story[i].Delivery)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, done)
	}
	if diff := cmp.Diff([]string{"posted", "unchanged", "posted", "unchanged"}, got); diff != "" {
		t.Errorf("done (-want +got):\n%s", diff)
	}
	// Without a memory Chat itself knows the request.
	if done, err := deliver(t, in, integration.Local(fake), nil, story[0].Delivery); err != nil || done != "posted" || len(fake.Objects()) != 2 {
		t.Errorf("%s, %v, %q", done, err, fake.Objects())
	}
}

func TestSizeAtItsLimit(t *testing.T) {
	t.Parallel()
	largest := 0
	for _, n := range []int{1, 50, 90, 98, 99, 100, 101, 400} {
		for _, length := range []int{10, 60, 70, 300} {
			d := integrationtest.Delivery("run", nil, nil)
			for i := range n {
				d.Report.Findings = append(d.Report.Findings, integrationtest.Finding(check.Error, "operation-tags", fmt.Sprintf("/paths/%d", i), strings.Repeat("漢", length), i))
			}
			p := googlechat.Render(d, message.FromDelivery(d, message.Options{Items: -1}))
			content, err := json.Marshal(p)
			if err != nil {
				t.Fatal(err)
			}
			widgets := p.Cards[0].Card.Sections[0].Widgets
			if len(content) > 32_000 || len(widgets) > 100 {
				t.Errorf("%d findings of %d: %d bytes, %d widgets", n, length, len(content), len(widgets))
			}
			last := widgets[len(widgets)-1].Paragraph
			if shown := strings.Count(string(content), "error operation-tags\""); shown < n && (last == nil || last.Text != fmt.Sprintf("<i>and %d more</i>", n-shown)) {
				t.Errorf("%d findings: %d are shown, and nothing says how many are missing", n, shown)
			}
			largest = max(largest, len(content))
		}
	}
	if largest < 31_000 {
		t.Errorf("the largest message has %d bytes; there is room for more", largest)
	}
}

func TestPreview(t *testing.T) {
	t.Parallel()
	p, err := googlechat.New().Preview(nil, integrationtest.Story()[1].Delivery)
	if err != nil {
		t.Fatal(err)
	}
	want := `✗ tracker failed: 2 errors; 1 new, 1 mended
Branch main · Revision 4be1d0c7a2f3 · Change 12 · Date 22 Nov 2026 09:30 UTC

New (1)
- error operation-tags · operation has no tags · api/openapi.yaml:71, /paths/~1boards/get

Mended (1)
- warning operation-operationId · operationId "list" is already used by GET /issues · api/openapi.yaml:40, /paths/~1issues~1{id}/get
Whole report https://reports.example/tracker/run-2.html
`
	if diff := cmp.Diff(want, p.Text); diff != "" {
		t.Errorf("text (-want +got):\n%s", diff)
	}
}

func TestOneCardWhereThereIsNothing(t *testing.T) {
	t.Parallel()
	d := integrationtest.Delivery("run", nil, nil)
	d.URL = "javascript:alert(1)"
	p := googlechat.Render(d, message.FromDelivery(d, message.Options{}))
	if got := p.Cards[0].Card.Sections; len(got) != 1 || got[0].Widgets[0].Paragraph.Text != "There is nothing to list." {
		t.Errorf("sections %+v", got)
	}
}
