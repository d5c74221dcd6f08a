package parity_test

import (
	"context"
	"fmt"
	"os"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/parity"
	"github.com/plumbapi/plumb/parity/view"
)

func Example_view() {
	ctx, api := context.Background(), os.DirFS("../testdata/tracker")
	doc, err := openapi.Load(ctx, api, "openapi.yaml")
	if err != nil {
		fmt.Println(err)
		return
	}
	schema, err := graphql.Load(ctx, api, "schema.graphql")
	if err != nil {
		fmt.Println(err)
		return
	}
	res, err := parity.Match(ctx, doc, schema, parity.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, op := range res.Operations[:3] {
		fmt.Println(op.Operation, op.Status, op.GraphQL)
	}
	if err := view.Text(os.Stdout, res, view.Options{Width: 80}); err != nil {
		fmt.Println(err)
	}
	// Output:
	// GET /issues/{issue_id} match [Query.issue]
	// GET /issues/{issue_id}/comments/ none []
	// GET /projects match [Query.projects]
	// REST → GraphQL  7 operations   5 match  0 partial  2 none  breadth 71.4 %
	// GraphQL → REST  6 root fields  4 match  0 partial  2 none  breadth 66.7 %
	// depth 71.4 % of fields · fidelity 60.0 % alike · lifecycle 100.0 % agree
	//
	// tag           ops    match  partial     none
	// projects        4        3        0        1  ███████████████·····   75.0 %
	// issues          2        1        0        1  ██████████··········   50.0 %
	// issue           1        1        0        0  ████████████████████  100.0 %
	//
	// largest gaps
	//   Mutation.closeIssue               no operation closes an issue
	//   Mutation.createIssue              no operation creates an issue
	//   DELETE /projects/{project_id}     no mutation deletes a project
	//   GET /issues/{issue_id}/comments/  no field lists the comments of an issue
}
