package integrationtest

import (
	"fmt"
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration"
)

// Finding makes a finding at a place of the example product.
func Finding(severity check.Severity, rule, element, message string, line int) check.Finding {
	return check.Finding{
		Rule: rule, Severity: severity, Message: message, Fingerprint: check.Fingerprint(rule, "api/openapi.yaml", element, message),
		Location: check.Location{File: "api/openapi.yaml", Line: line, Column: 5, Element: element}, Related: []check.Related{}, Properties: map[string]any{},
	}
}

// Delivery makes a delivery of the example product. Before nil means that
// nothing is known of the delivery before.
func Delivery(id string, findings, before []check.Finding) *integration.Delivery {
	return &integration.Delivery{
		ID: id, Product: "tracker", At: Start, Revision: "4be1d0c7a2f35e6897b0c1d2e3f4a5b6c7d8e9f0", Branch: "main", Change: 12,
		URL: "https://reports.example/tracker/" + id + ".html", Report: &check.Report{Findings: findings}, FailOn: check.Error, Before: before,
	}
}

// Named is a delivery with the name of its golden file.
type Named struct {
	Name string
	*integration.Delivery
}

// Story is a week of deliveries, each after the one before: the first findings,
// one more while one is mended, all mended, and nothing to tell.
func Story() []Named {
	tags := Finding(check.Error, "operation-tags", "/paths/~1issues/get", "operation has no tags", 12)
	id := Finding(check.Warning, "operation-operationId", "/paths/~1issues~1{id}/get", `operationId "list" is already used by GET /issues`, 40)
	other := Finding(check.Error, "operation-tags", "/paths/~1boards/get", "operation has no tags", 71)
	return []Named{
		{"1-first", Delivery("run-1", []check.Finding{tags, id}, nil)},
		{"2-worse", Delivery("run-2", []check.Finding{tags, other}, []check.Finding{tags, id})},
		{"3-mended", Delivery("run-3", nil, []check.Finding{tags, other})},
		{"4-quiet", Delivery("run-4", nil, []check.Finding{})},
		{"5-again", Delivery("run-5", []check.Finding{tags}, []check.Finding{})},
	}
}

// Singles are deliveries that stand alone.
func Singles() []Named {
	first := Story()[0].Report.Findings
	unfinished := Delivery("run-unfinished", first[:1], first)
	unfinished.Report.Incomplete = []check.Incomplete{{Rule: "operation-tags", File: "api/other.yaml", Message: "it cannot be read: no such file"}}
	events := Delivery("run-events", first[1:], []check.Finding{})
	events.Events = []integration.Event{
		{Type: "api.breaking_change", Subject: "GET /issues", Text: "the response lost its property labels"},
		{Type: "slo.breached", Subject: "GET /issues", Text: "97.1 % of requests took less than 500 ms, of 99 % that were promised"},
		{Type: "lifecycle.sunset", Subject: "Query.board", Text: "deprecated and still used by 3 consumers", Due: Start.AddDate(0, 1, 0)},
	}
	bare := &integration.Delivery{ID: "run-bare", Product: "tracker", At: Start, Report: &check.Report{Findings: first[:1]}, FailOn: check.Error}
	return []Named{{"unfinished", unfinished}, {"events", events}, {"bare", bare}, {"hostile", Hostile()}}
}

// Texts that mean something to one tool or another, none of which may get
// through alive.
func hostileTexts() []string {
	return []string{
		`<!channel> <!here> <!everyone> <@U0123ABC> <#C0123ABC|x> <https://evil.example|click>`,
		`@here @channel @all @everyone <users/all> <at>everyone</at>`,
		`<script>alert(1)</script><img src=x onerror=alert(1)><!--`,
		`]]></failure><testcase name="x"/><![CDATA[`,
		`[click](javascript:alert(1)) ![x](https://evil.example/p.png) <https://evil.example>`,
		"`` ` `` ``` ~~~ **bold** _it_ | cell | # head #12 !34 $5 %6 ~label /close /assign @root",
		"{code}{noformat}h1. x{panel} {{x}} ${x} #{x} <%= x %>",
		"line\r\nBcc: victim@evil.example\r\n\r\nbody\n.\nQUIT",
		"nul \x00 bell \a escape \x1b[31m rtl \u202e zero \u200b tag \U000e0041 bad \xff\xfe half \xed\xa0\x80",
		`{"type":"AdaptiveCard","actions":[]} \" \\ \u0000 '; drop table x; --`,
		`(c_Fingerprint = "x") OR (1 = 1) ^ORactive=true`,
		"e\u0301\u0302\u0303 👩‍👩‍👧‍👦 🇩🇪🇫🇷 각 क्षि 𝒳",
	}
}

// Hostile is a delivery whose every text tries something.
func Hostile() *integration.Delivery {
	var findings []check.Finding
	for i, text := range hostileTexts() {
		f := Finding(check.Error, "operation-tags", text, text, i+1)
		f.Location.File = text
		findings = append(findings, f)
	}
	d := Delivery("run-hostile", findings, findings[:1])
	d.Product, d.Branch = hostileTexts()[0], hostileTexts()[1]
	d.Events = []integration.Event{{Type: "api.breaking_change", Subject: hostileTexts()[2], Text: hostileTexts()[4], Due: Start.Add(48 * time.Hour)}}
	return d
}

// Many is a delivery of n findings, each of a group of its own.
func Many(id string, n int) *integration.Delivery {
	var findings []check.Finding
	for i := range n {
		findings = append(findings, Finding(check.Warning, "operation-tags", fmt.Sprintf("/paths/~1p%d/get", i), "operation has no tags", i+1))
	}
	return Delivery(id, findings, nil)
}
