package report_test

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/report"
)

// The documents that the findings of rich are about.
var documents = map[string]string{
	"./api/öffentlich api.yaml": "openapi: 3.1.0\ninfo: {title: Boards}\npaths:\n  /boards:\n    get:\n      operationId: listBoards\n" +
		"  /tickets:\n    get:\n\t  operationId: listBoards\n      summary: 漢字 and 🙂 then «wide»\n" +
		"      description: \"evil \x1b[31mred\x1b[0m \u202etxt.exe\"\n\n",
	"api/schema.graphql": "type Query {\n  boards: [Board] @deprecated(reason: \"soon\")\n}\n",
	"min.json": `{"openapi":"3.0.3","paths":{` + strings.Repeat(`"/p":{"get":{"tags":["ä"]}},`, 4000) +
		`"/last":{"get":{"operationId":"bad id"}}}}` + "\n",
}

func source(file string) ([]byte, bool) {
	text, ok := documents[file]
	return []byte(text), ok
}

// hostile is a text that tries every reader: terminal, XML, HTML, Markdown,
// workflow commands.
const hostile = "evil \x1b]0;owned\x07 \x00 | `code` <script>alert(1)</script> @all #12 ![x](http://e.example) 100% \"q\" 'a' & \u202eflip\xff\nsecond line ]]> ::error::"

// rich is a report with every field set somewhere.
func rich() *check.Report {
	const yaml, sdl = "./api/öffentlich api.yaml", "api/schema.graphql"
	again := strings.LastIndex(documents[yaml], "listBoards")
	rep := &check.Report{
		Subjects: []string{yaml, sdl, "min.json", "gone.yaml"},
		Rules: []check.Meta{
			{
				ID: "operation-operationId-unique", Summary: "Every operation has an operationId of its own.",
				Rationale: "Generators name **methods** by it. With `operationId` given twice, one hides the other.\n\n- Rename one.\n- Or leave both out.",
				Severity:  check.Error, Tags: []string{"openapi", "naming", "openapi"}, Since: "0.1.0", Aliases: []string{"operation-id-unique"},
			},
			{
				ID: "graphql-deprecation-reason", Summary: "A deprecation says what to use and from when.",
				Rationale: "Readers < plan > by it.", Severity: check.Warning, Tags: []string{"graphql"}, Since: "0.1.0",
			},
			{ID: "tags-used", Summary: "Every tag is used.", Severity: check.Info, OptIn: true},
			{ID: "path-crash", Summary: "Never crashes.", Severity: check.Error},
		},
		Findings: []check.Finding{
			{
				Rule: "document-readable", Severity: check.Error, Message: "no such document", Location: check.Location{File: "gone.yaml"},
			},
			{
				Rule: "tags-used", Severity: check.Info, Message: hostile,
				Location: check.Location{File: yaml, Line: 11, Column: 20, EndLine: 11, EndColumn: 36, Element: "/paths/~1tickets/get/description"},
			},
			{
				Rule: "operation-operationId-unique", Severity: check.Error,
				Message:  `operationId "listBoards" is already used by GET /boards (line 6)`,
				Location: check.Location{File: yaml, Line: 9, Column: 17, EndLine: 9, EndColumn: 27, Element: "/paths/~1tickets/get/operationId"},
				Related: []check.Related{
					{Message: "first used here", Location: check.Location{File: yaml, Line: 6, Column: 20, EndLine: 6, EndColumn: 30, Element: "/paths/~1boards/get/operationId"}},
					{Location: check.Location{Element: "/paths"}},
				},
				Fix: &check.Fix{Title: "Rename it to listTickets", Edits: []check.Edit{
					{File: yaml, Start: again, End: again + len("listBoards"), NewText: "listTickets"},
					{File: "other.yaml", Start: 3, End: 5, NewText: ""},
				}},
				Properties: map[string]any{"uses": 2, "first": "GET /boards", "near": []string{"listTickets"}, "share": 0.5},
			},
			{
				Rule: "tags-used", Severity: check.Info, Message: "wide text has a mark that is as wide",
				Location: check.Location{File: yaml, Line: 10, Column: 16, EndLine: 10, EndColumn: 18},
			},
			{
				Rule: "graphql-deprecation-reason", Severity: check.Warning, Message: `reason of Query.boards names no milestone: "soon"`,
				Location: check.Location{File: sdl, Line: 2, Column: 20, EndLine: 3, EndColumn: 2, Element: "Query.boards"},
			},
			{
				Rule: "graphql-deprecation-reason", Severity: check.Warning, Message: "a place without a line",
				Location: check.Location{File: sdl, Element: "Query"},
			},
			{
				Rule: "operation-operationId-unique", Severity: check.Error, Message: `operationId "bad id" has a space`,
				Location: check.Location{File: "min.json", Line: 1, Column: 112059, EndLine: 1, EndColumn: 112067},
			},
			{Rule: "graphql-deprecation-reason", Severity: check.Warning, Message: "a finding without a place"},
		},
		Incomplete: []check.Incomplete{
			{File: "gone.yaml", Message: "no such document"},
			{File: yaml, Rule: "path-crash", Message: "panic: index out of range"},
			{Message: "stopped by the caller"},
		},
	}
	rep.Suppressed = []check.Suppressed{
		{By: "waiver", Reason: "old clients, until <spring> | @ops", Finding: check.Finding{
			Rule: "tags-used", Severity: check.Info, Message: `tag "old" is not used`,
			Location: check.Location{File: yaml, Line: 1, Column: 1},
		}},
		{By: "baseline", Finding: check.Finding{
			Rule: "graphql-deprecation-reason", Severity: check.Warning, Message: "known for long",
			Location: check.Location{File: sdl, Line: 1, Column: 6, EndLine: 1, EndColumn: 11, Element: "Query"},
		}},
		{By: "baseline", Finding: check.Finding{
			Rule: "graphql-deprecation-reason", Severity: check.Warning, Message: "known as well",
			Location: check.Location{File: sdl, Line: 3, Column: 1},
		}},
	}
	slices.SortFunc(rep.Findings, func(f, g check.Finding) int { return f.Compare(&g) })
	for i := range rep.Findings {
		f := &rep.Findings[i]
		f.Fingerprint = check.Fingerprint(f.Rule, f.Location.File, f.Location.Element, fmt.Sprint(i))
	}
	for i := range rep.Suppressed {
		f := &rep.Suppressed[i].Finding
		f.Fingerprint = check.Fingerprint(f.Rule, f.Location.File, f.Location.Element, fmt.Sprint("s", i))
	}
	return rep
}

// richOptions has every option set that changes what is written.
func richOptions() report.Options {
	return report.Options{
		Tool:     report.Tool{Name: "plumb", Version: "0.1.0"},
		Title:    "plumb lint",
		Context:  "boards · main · 1a2b3c4",
		Source:   source,
		HelpURL:  func(rule string) string { return "https://docs.example.org/rules/" + rule },
		Duration: 1418 * time.Millisecond,
		Extra: []report.Member{
			{Name: "score", Value: map[string]float64{"types": 0.58, "operations": 0.61}},
			{Name: "changes", Value: []string(nil)},
		},
	}
}

// clean is a report of nothing.
func clean() *check.Report {
	return &check.Report{
		Subjects: []string{"api.yaml"},
		Rules:    []check.Meta{{ID: "tags-used", Summary: "Every tag is used.", Severity: check.Info}},
	}
}

// many is a report of n findings over a hundred rules and ten files.
func many(n int) *check.Report {
	rep := &check.Report{}
	for i := range 10 {
		rep.Subjects = append(rep.Subjects, fmt.Sprintf("api/service-%d.yaml", i))
	}
	for i := range 100 {
		rep.Rules = append(rep.Rules, check.Meta{
			ID: fmt.Sprintf("rule-number-%d", i), Summary: "Something holds.", Rationale: "It matters because of `this` and that.",
			Severity: check.Severity(i%3 + 1), Tags: []string{"openapi", "recommended"}, Since: "0.1.0",
		})
	}
	for i := range n {
		m := rep.Rules[i*7%100]
		at := check.Location{
			File: rep.Subjects[i*10/n], Line: i%997 + 1, Column: 7, EndLine: i%997 + 1, EndColumn: 21,
			Element: fmt.Sprintf("/paths/~1items~1%d/get/responses/200/content/application~1json", i),
		}
		rep.Findings = append(rep.Findings, check.Finding{
			Rule: m.ID, Severity: m.Severity, Location: at, Related: []check.Related{},
			Message:     fmt.Sprintf("operationId %q of GET /items/%d is not camelCase", fmt.Sprintf("get_item_%d", i), i),
			Fingerprint: check.Fingerprint(m.ID, at.File, at.Element, ""),
			Properties:  map[string]any{},
		})
	}
	return rep
}

// manySource gives every file of many a thousand lines.
func manySource(string) ([]byte, bool) {
	return []byte(strings.Repeat("      operationId: get_item\n", 1000)), true
}
