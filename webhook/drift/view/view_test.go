package view_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/webhook"
	"github.com/plumbapi/plumb/webhook/drift"
	"github.com/plumbapi/plumb/webhook/drift/view"
)

// compared has one payload of each kind, and one that cannot be judged.
func compared(t *testing.T) (*drift.Result, *drift.Mended) {
	t.Helper()
	doc, err := openapi.Parse("api.yaml", []byte(`openapi: 3.1.0
info: {title: Garden, version: "1"}
webhooks:
  watered:
    post:
      requestBody:
        content:
          application/json:
            schema: {type: object, required: [plant], properties: {plant: {type: string}, litres: {type: number}}}
`))
	if err != nil {
		t.Fatal(err)
	}
	m, err := webhook.FromOpenAPI(doc, webhook.Options{})
	if err != nil {
		t.Fatal(err)
	}
	payloads := []drift.Payload{
		{Name: "a.json", Event: "watered", JSON: []byte(`{"plant": "fern"}`)},
		{Name: "b.json", Event: "watered", JSON: []byte(`{"litres": "<b>|\u001b[31m", "<script>": 1}`)},
		{Name: "c.json", Event: "watered", JSON: []byte(`{`)},
		{Name: "d.json", Event: "sold", JSON: []byte(`{}`)},
	}
	res, err := drift.Compare(t.Context(), drift.Of(doc, m), payloads)
	if err != nil {
		t.Fatal(err)
	}
	mended, err := drift.Mend(t.Context(), res, payloads)
	if err != nil {
		t.Fatal(err)
	}
	return res, mended
}

func TestText(t *testing.T) {
	t.Parallel()
	res, mended := compared(t)
	var b strings.Builder
	if err := view.Text(&b, res, mended); err != nil {
		t.Fatal(err)
	}
	want := `                            times  places
required member missing         1       1
other type                      1       1
member not described            1       1
event not described             1       1

1 of 4 payloads match the description; 1 hold 2 violations, 1 hold 1 unknown member, 1 are for events that are not described, 1 could not be judged
Under the overlay, of 4 actions, 2 of 4 payloads match
left as it is: api.yaml:3:1: "sold" is sent once, and no webhook is described for it
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("Text (-want +got):\n%s", diff)
	}
}

func TestMarkdown(t *testing.T) {
	t.Parallel()
	res, _ := compared(t)
	var b strings.Builder
	if err := view.Markdown(&b, res, nil); err != nil {
		t.Fatal(err)
	}
	want := `| difference | times | places |
| --- | ---: | ---: |
| required member missing | 1 | 1 |
| other type | 1 | 1 |
| member not described | 1 | 1 |
| event not described | 1 | 1 |

1 of 4 payloads match the description; 1 hold 2 violations, 1 hold 1 unknown member, 1 are for events that are not described, 1 could not be judged
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("Markdown (-want +got):\n%s", diff)
	}
}

// Names of members come from whoever sends, and are shown as they are.
func TestHTML(t *testing.T) {
	t.Parallel()
	res, _ := compared(t)
	page, err := view.Facts(res, nil).HTML()
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(page), "<script>") || !strings.Contains(string(page), "&lt;script&gt;") {
		t.Errorf("a member called <script> is not shown as text:\n%s", page)
	}
}
