package snapshot_test

import (
	"fmt"
	"log"
	"strings"
	"time"

	"github.com/plumbapi/plumb/snapshot"
)

// Two repositories measure one API each; the product's report is of both.
func ExampleMerge() {
	at := time.Date(2026, 11, 27, 9, 0, 0, 0, time.UTC)
	web := &snapshot.Snapshot{Product: "tracker", At: at, APIs: []snapshot.API{{Name: "web", Product: "tracker", At: at}}}
	billing := &snapshot.Snapshot{Product: "billing", At: at, APIs: []snapshot.API{{Name: "api", Product: "billing", At: at}}}
	all, err := snapshot.Merge("the company", web, billing)
	if err != nil {
		log.Fatal(err)
	}
	for _, a := range all.APIs {
		fmt.Println(a.Product, a.Name)
	}
	// Output:
	// billing api
	// tracker web
}

// What a strategy asks for is data; the answers come with their evidence.
func ExampleParseCriteria() {
	criteria, err := snapshot.ParseCriteria("criteria.yaml", []byte(`
criteria:
  - {name: GraphQL offers what REST does, metric: parity.breadth, at_least: 0.8}
  - {name: The guide for partners is out, done: true, evidence: https://example.com/guide}
`))
	if err != nil {
		log.Fatal(err)
	}
	now := &snapshot.Snapshot{APIs: []snapshot.API{{
		Name: "web", Parity: &snapshot.Parity{RESTToGraphQL: snapshot.Breadth{Total: 40, Match: 30, None: 10}},
	}}}
	for _, a := range criteria.Answer(now, &now.APIs[0]) {
		fmt.Printf("%s: %s (%s)\n", a.Name, a.State, a.Evidence)
	}
	// Output:
	// GraphQL offers what REST does: not met (parity: 75.0 %; asked for is at least 80.0 %)
	// The guide for partners is out: met (https://example.com/guide)
}

// A later plumb may write what this one does not understand.
func ExampleRead() {
	_, err := snapshot.Read(strings.NewReader(`{"version": 2, "at": "2027-01-01T00:00:00Z"}`))
	fmt.Println(err)
	// Output:
	// the snapshot has version 2, and this plumb reads up to version 1; update plumb, or write it with this one
}
