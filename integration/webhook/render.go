package webhook

import (
	"cmp"
	"net/url"
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/message"
)

// event is one event before it has a form.
type event struct {
	// id is the same however often the delivery is made.
	id, kind, subject string
	at                time.Time
	data              data
}

// data is what every event tells. What does not fit the event is left out.
type data struct {
	Run      string   `json:"run"`
	Product  string   `json:"product"`
	Branch   string   `json:"branch,omitempty"`
	Revision string   `json:"revision,omitempty"`
	Change   int      `json:"change,omitempty"`
	URL      string   `json:"url,omitempty"`
	Text     string   `json:"text"`
	Report   *summary `json:"report,omitempty"`
	Finding  *finding `json:"finding,omitempty"`
	Due      string   `json:"due,omitempty"`
	Subject  string   `json:"subject,omitempty"`
}

type summary struct {
	Verdict  string `json:"verdict"`
	Errors   int    `json:"errors"`
	Warnings int    `json:"warnings"`
	Infos    int    `json:"infos"`
	New      int    `json:"new"`
	Fixed    int    `json:"fixed"`
	// Unsent is how many findings have no event of their own in this run.
	Unsent int `json:"unsent"`
}

type finding struct {
	Rule        string `json:"rule"`
	Severity    string `json:"severity"`
	Message     string `json:"message"`
	Place       string `json:"place"`
	Element     string `json:"element"`
	Fingerprint string `json:"fingerprint"`
}

// events are those of a delivery: what happened, the findings that are new and
// those that are mended, at most as many as the manifest says, and the report as
// a whole at last, so that whoever waits for it has had the others.
func events(d *integration.Delivery) []event {
	m := message.FromDelivery(d, message.Options{Items: manifest().LimitOf("events")})
	common := data{Run: d.ID, Product: m.Product, Change: d.Change, URL: bounded(m.URL)}
	for _, f := range m.Facts {
		switch f.Key {
		case message.Branch:
			common.Branch = f.Value
		case message.Revision:
			common.Revision = f.Value
		}
	}
	errors, warnings, infos := d.Report.Count()
	s := &summary{Verdict: string(m.Verdict), Errors: errors, Warnings: warnings, Infos: infos, New: len(d.New()), Fixed: len(d.Fixed())}
	var all []event
	for i := range m.Sections {
		section := &m.Sections[i]
		kind := map[message.Kind]string{message.New: "finding.opened", message.Mended: "finding.fixed"}[section.Kind]
		for j := range section.Items {
			item := &section.Items[j]
			switch {
			case kind != "":
				all = append(all, findingEvent(d, common, kind, item))
			case section.Kind == message.Events && isEvent(item.Rule):
				one := common
				one.Text, one.Subject, one.Due = cmp.Or(item.Text, item.Rule), item.Element, due(d, j)
				all = append(all, event{id: id(d, item.Rule, item.Element+" "+item.Text), kind: item.Rule, subject: item.Element, at: d.At, data: one})
			}
		}
		if kind != "" {
			s.Unsent += section.More()
		}
	}
	common.Text, common.Report = m.Headline, s
	return append(all, event{id: id(d, "report.completed", ""), kind: "report.completed", subject: m.Product, at: d.At, data: common})
}

func findingEvent(d *integration.Delivery, common data, kind string, item *message.Item) event {
	common.Text = item.Line()
	common.Finding = &finding{
		Rule: item.Rule, Severity: item.Severity.String(), Message: item.Text,
		Place: item.Place, Element: item.Element, Fingerprint: item.Fingerprint,
	}
	return event{id: id(d, kind, item.Fingerprint), kind: kind, subject: item.Element, at: d.At, data: common}
}

// isEvent reports whether an event of a delivery is one that is sent under its
// own name.
func isEvent(kind string) bool {
	return kind == "api.breaking_change" || kind == "slo.breached" || kind == "lifecycle.sunset"
}

func due(d *integration.Delivery, i int) string {
	if d.Events[i].Due.IsZero() {
		return ""
	}
	return d.Events[i].Due.UTC().Format(time.DateOnly)
}

// bounded leaves out an address that is longer than any that works.
func bounded(address string) string {
	if len(address) > 2048 {
		return ""
	}
	return address
}

// id names an event of a run for good: receivers know by it what they have
// had.
func id(d *integration.Delivery, kind, what string) string {
	return "plumb_" + check.Fingerprint(kind, d.Product+"\n"+d.ID, what, "event")
}

// standard is the body of Standard Webhooks.
type standard struct {
	Type      string `json:"type"`
	Timestamp string `json:"timestamp"`
	Data      data   `json:"data"`
}

// cloudEvent is the body of a CloudEvent in structured mode.
type cloudEvent struct {
	SpecVersion     string `json:"specversion"`
	ID              string `json:"id"`
	Source          string `json:"source"`
	Type            string `json:"type"`
	Subject         string `json:"subject,omitempty"`
	Time            string `json:"time"`
	DataContentType string `json:"datacontenttype"`
	Data            data   `json:"data"`
}

// body returns the body of an event with its content type.
func (e *event) body(format string) (contentType string, body any) {
	at := e.at.UTC().Format(time.RFC3339)
	if format == "cloudevents" {
		return "application/cloudevents+json", cloudEvent{
			SpecVersion: "1.0", ID: e.id, Source: "/plumb/" + url.PathEscape(e.data.Product), Type: "plumb." + e.kind, Subject: e.subject, Time: at,
			DataContentType: "application/json", Data: e.data,
		}
	}
	return "application/json", standard{Type: e.kind, Timestamp: at, Data: e.data}
}
