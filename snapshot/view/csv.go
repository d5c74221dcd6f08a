package view

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/snapshot"
)

// columns are those of the CSV, in their order. They are permanent: new ones are
// added at the end.
var columns = []string{
	"product", "api", "feature", "owner",
	"graphql", "rest", "webhooks",
	"parity", "exempt",
	"graphql_maturity", "rest_maturity", "webhook_maturity",
	"graphql_slo", "rest_slo", "graphql_p95_ms", "rest_p95_ms",
	"described",
}

// CSV writes a row for each operation of an API, under its names on all surfaces:
// which field of GraphQL, which operation of REST and which webhooks there are for
// a feature, how mature each is and whether it keeps its budget. It is the table
// that GitLab draws in epic 7520 for the observability of its APIs.
//
// Where nothing is known a cell is empty. Cells that a spreadsheet would take for
// a formula begin with an apostrophe.
func CSV(w io.Writer, s *snapshot.Snapshot) error {
	out := csv.NewWriter(w)
	_ = out.Write(columns)
	for i := range s.APIs {
		a := &s.APIs[i]
		for k := range a.Resources {
			r := &a.Resources[k]
			row := []string{
				a.Product, a.Name, r.Feature, r.Owner,
				r.GraphQL, r.REST, strings.Join(r.Webhooks, " "),
				r.Parity, r.Exempt,
				r.GraphQLMaturity, r.RESTMaturity, r.WebhookMaturity,
				r.GraphQLSLO, r.RESTSLO, milliseconds(r.GraphQLP95), milliseconds(r.RESTP95),
				yesNo(r.Described),
			}
			for c := range row {
				row[c] = cell(row[c])
			}
			_ = out.Write(row)
		}
	}
	out.Flush()
	return out.Error()
}

func milliseconds(v float64) string {
	if v <= 0 {
		return ""
	}
	return strconv.FormatFloat(v, 'f', 1, 64)
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// cell keeps a spreadsheet from running a text as a formula.
func cell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
