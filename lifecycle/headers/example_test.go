package headers_test

import (
	"context"
	"fmt"
	"net/http"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/lifecycle/headers"
	"github.com/plumbapi/plumb/openapi"
)

// A judge holds what a server sent against what the description promises.
func ExampleJudge() {
	doc, err := openapi.Parse("api.yaml", []byte(`
openapi: 3.1.0
info: {title: Shop, version: "1"}
paths:
  /orders:
    get: {deprecated: true, x-deprecated-at: 2026-01-15, x-sunset: 2026-12-31, responses: {}}
`))
	if err != nil {
		panic(err)
	}
	judge := headers.NewJudge(doc, headers.JudgeOptions{})
	judge.Add(&headers.Exchange{Method: "GET", URL: "https://shop.example/orders", Status: 200, Header: http.Header{"Deprecation": {"true"}}})
	report, err := headers.Check(context.Background(), judge.Result(), check.Policy{})
	if err != nil {
		panic(err)
	}
	for _, f := range report.Findings {
		fmt.Println(f.Rule)
	}
	// Output:
	// lifecycle-header-missing
	// lifecycle-header-value-invalid
}
