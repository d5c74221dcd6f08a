package teams_test

import (
	"encoding/json"
	"testing"

	"github.com/plumbapi/plumb/integration/integrationtest"
	"github.com/plumbapi/plumb/integration/teams"
)

func TestTool(t *testing.T) {
	integrationtest.Run(t, teams.New(), integrationtest.Options{Repeats: true, Check: shown})
}

// shown reports what Teams would take and not show: 202 says nothing of it.
func shown(t testing.TB, e *integrationtest.Exchange) {
	t.Helper()
	if len(e.Body) > 20_000 {
		t.Errorf("the message has %d bytes", len(e.Body))
	}
	var p teams.Payload
	if err := json.Unmarshal(e.Body, &p); err != nil {
		t.Fatal(err)
	}
	for _, b := range p.Attachments[0].Content.Body {
		if b.Type != "RichTextBlock" {
			t.Errorf("%q reads its text as Markdown", b.Type)
		}
	}
}
