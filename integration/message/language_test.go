package message_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/integrationtest"
	"github.com/plumbapi/plumb/integration/message"
	"github.com/plumbapi/plumb/internal/golden"
)

// TestLanguages writes messages in every language, to be read by whoever speaks
// it: runs that failed, passed and could not be finished, and a group.
func TestLanguages(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	deliveries := told()
	for _, language := range integration.Languages() {
		fmt.Fprintf(&b, "== %s ==\n", language)
		for _, d := range deliveries {
			d = d.In(language)
			fmt.Fprintf(&b, "%s\n", message.FromDelivery(d, message.Options{}).Plain())
		}
		d := deliveries[2].In(language)
		b.WriteString(message.Groups(d)[0].Message(message.Options{}).Markdown() + "\n")
	}
	golden.Compare(t, "testdata/languages.txt", []byte(b.String()))
}

// told are deliveries that say most of what there is to say.
func told() []*integration.Delivery {
	var many []check.Finding
	for i := range 12_345 {
		many = append(many, integrationtest.Finding(check.Severity(1+i%3), "operation-tags", fmt.Sprintf("/paths/~1a%d", i), "has no tags", i))
	}
	failed := integrationtest.Delivery("run-1", many, many[:0:0])
	failed.Before = many[:12_340]
	failed.Report.Findings = many[22:]
	failed.Events = []integration.Event{{Type: "lifecycle.sunset", Subject: "GET /a", Text: "GET /a goes", Due: time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC)}}
	passed := integrationtest.Delivery("run-2", nil, many[:1])
	unfinished := integrationtest.Delivery("run-3", many[:1], nil)
	unfinished.Report.Incomplete = []check.Incomplete{{Rule: "operation-tags", File: "api.yaml", Message: "the rule panicked"}}
	return []*integration.Delivery{failed, passed, unfinished}
}

// TestLanguageOfElsewhere shows that a tag with a region is its language, and
// one that there is not is English.
func TestLanguageOfElsewhere(t *testing.T) {
	t.Parallel()
	d := integrationtest.Delivery("run", nil, nil)
	for tag, want := range map[string]string{"de-AT": "de", "": "en", "tlh": "en"} {
		if got := message.FromDelivery(d.In(tag), message.Options{}).Language; got != want {
			t.Errorf("%q is told in %s, want %s", tag, got, want)
		}
	}
}
