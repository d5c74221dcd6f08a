package googlechat_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/plumbapi/plumb/integration/googlechat"
	"github.com/plumbapi/plumb/integration/integrationtest"
)

func TestTool(t *testing.T) {
	integrationtest.Run(t, googlechat.New(), integrationtest.Options{Check: dead})
}

// dead reports HTML that a finding's text has become, in the texts that Chat
// reads as HTML.
func dead(t testing.TB, e *integrationtest.Exchange) {
	t.Helper()
	if len(e.Body) > 32_000 {
		t.Errorf("the message has %d bytes", len(e.Body))
	}
	var p googlechat.Payload
	if err := json.Unmarshal(e.Body, &p); err != nil {
		t.Fatal(err)
	}
	own := strings.NewReplacer("<b>", "", "</b>", "", "<i>", "", "</i>", "")
	for _, s := range p.Cards[0].Card.Sections {
		texts := []string{s.Header}
		for _, w := range s.Widgets {
			if w.Decorated != nil { // our own marks are not in these
				for _, text := range []string{w.Decorated.TopLabel, w.Decorated.Text, w.Decorated.BottomLabel} {
					if strings.ContainsAny(text, `<>"'`) {
						t.Errorf("there is HTML in %q", text)
					}
				}
			}
			if w.Paragraph != nil {
				texts = append(texts, w.Paragraph.Text)
			}
		}
		for _, text := range texts {
			if strings.ContainsAny(own.Replace(text), "<>") {
				t.Errorf("there is HTML in %q", text)
			}
		}
	}
}
