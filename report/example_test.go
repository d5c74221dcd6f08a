package report_test

import (
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/report"
)

// found is a report of one finding.
func found() *check.Report {
	return &check.Report{
		Subjects: []string{"api.yaml"},
		Rules:    []check.Meta{{ID: "operation-operationId-unique", Summary: "Every operation has an operationId of its own.", Severity: check.Error}},
		Findings: []check.Finding{{
			Rule: "operation-operationId-unique", Severity: check.Error,
			Message:     `operationId "list" is already used by GET /boards (line 3)`,
			Location:    check.Location{File: "api.yaml", Line: 5, Column: 20, EndLine: 5, EndColumn: 24, Element: "/paths/~1tickets/get"},
			Fingerprint: "8f1d",
		}},
	}
}

func ExampleWrite() {
	err := report.Write(os.Stdout, "text", found(), report.Options{Duration: 18 * time.Millisecond})
	if err != nil {
		fmt.Println(err)
	}
	// Output:
	// api.yaml
	//     5:20  error    operation-operationId-unique  operationId "list" is already used by GET /boards (line 3)
	//
	// 1 error · 1 document, 1 rule, 18 ms
	// plumb explain operation-operationId-unique
}

func ExampleText_codeFrames() {
	source := func(string) ([]byte, bool) {
		return []byte("paths:\n  /boards:\n    get: {operationId: list}\n  /tickets:\n    get: {operationId: list}\n"), true
	}
	_ = report.Text(os.Stdout, found(), report.Options{Source: source})
	// Output:
	// api.yaml
	//     5:20  error    operation-operationId-unique  operationId "list" is already used by GET /boards (line 3)
	//           4 │   /tickets:
	//           5 │     get: {operationId: list}
	//             │                    ^^^^
	//
	// 1 error · 1 document, 1 rule
	// plumb explain operation-operationId-unique
}

func ExampleFormats() {
	fmt.Println(strings.Join(report.Formats(), " "))
	// Output: text json sarif junit codequality github markdown html
}

// A check adds the facts that it found to the envelope.
func ExampleJSON() {
	_ = report.JSON(os.Stdout, found(), report.Options{
		Tool:  report.Tool{Version: "0.1.0"},
		Extra: []report.Member{{Name: "score", Value: map[string]float64{"operations": 0.61}}},
	})
	// Output:
	// {"version":1,"tool":{"name":"plumb","version":"0.1.0"},"complete":true,"summary":{"error":1,"warning":0,"info":0,"suppressed":0},
	// "findings":[
	// {"rule":"operation-operationId-unique","severity":"error","message":"operationId \"list\" is already used by GET /boards (line 3)","fingerprint":"8f1d","location":{"file":"api.yaml","line":5,"column":20,"end_line":5,"end_column":24,"element":"/paths/~1tickets/get"},"related":[],"properties":{}}
	// ],
	// "suppressed":[],
	// "incomplete":[],
	// "score":{"operations":0.61}}
}

func ExampleSARIF() {
	var b strings.Builder
	_ = report.SARIF(&b, found(), report.Options{
		HelpURL: func(rule string) string { return "https://docs.example.org/rules/" + rule },
	})
	fmt.Println(strings.Contains(b.String(), `"partialFingerprints":{"plumb/v1":"8f1d"}`))
	// Output: true
}

func ExampleJUnit() {
	_ = report.JUnit(os.Stdout, found(), report.Options{})
	// Output:
	// <?xml version="1.0" encoding="UTF-8"?>
	// <testsuites name="plumb" tests="1" failures="1" errors="0" skipped="0" time="0.000">
	//   <testsuite name="api.yaml" tests="1" failures="1" errors="0" skipped="0">
	//     <testcase name="operation-operationId-unique" classname="api.yaml" file="api.yaml">
	//       <failure message="api.yaml:5:20: error: operationId &#34;list&#34; is already used by GET /boards (line 3) (/paths/~1tickets/get)" type="error">api.yaml:5:20: error: operationId &#34;list&#34; is already used by GET /boards (line 3) (/paths/~1tickets/get)</failure>
	//     </testcase>
	//   </testsuite>
	// </testsuites>
}

func ExampleCodeQuality() {
	_ = report.CodeQuality(os.Stdout, found(), report.Options{})
	// Output:
	// [
	// {"description":"operationId \"list\" is already used by GET /boards (line 3)","check_name":"operation-operationId-unique","fingerprint":"8f1d","severity":"major","location":{"path":"api.yaml","lines":{"begin":5}}}
	// ]
}

func ExampleGitHub() {
	_ = report.GitHub(os.Stdout, found(), report.Options{})
	// Output:
	// ::error file=api.yaml,line=5,endLine=5,col=20,endColumn=23,title=operation-operationId-unique::operationId "list" is already used by GET /boards (line 3)
}

func ExampleMarkdown() {
	_ = report.Markdown(os.Stdout, found(), report.Options{Title: "plumb lint", Context: "boards, main"})
	// Output:
	// ### plumb lint: 1 error
	//
	// **Fix first:** `api.yaml:5:20` operationId "list" is already used by GET /boards (line 3) (`operation-operationId-unique`)
	//
	// boards, main · 1 document, 1 rule
}

func ExampleHTML() {
	var b strings.Builder
	_ = report.HTML(&b, found(), report.Options{Title: "plumb lint"})
	fmt.Println(strings.Contains(b.String(), `<h1 class="mark error">1 error in 1 document</h1>`))
	// Output: true
}
