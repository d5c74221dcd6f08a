package view

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/parity"
)

// csvHeader names the columns. More may come at the end.
var csvHeader = [...]string{
	"api", "direction", "element", "group", "status", "reason", "confidence", "counterparts",
	"source", "need", "exempt", "deprecated", "weight", "file", "line",
}

// CSV writes a row for every operation of REST and every root field of
// GraphQL, for a spreadsheet. Several tags or counterparts are
// separated by commas, the best first. A text that a spreadsheet would take as a formula
// begins with an apostrophe.
func CSV(w io.Writer, apis ...API) error {
	c := csv.NewWriter(w)
	if err := c.Write(csvHeader[:]); err != nil {
		return err
	}
	for _, a := range apis {
		for _, op := range a.Result.Operations {
			if err := c.Write(operationRow(op, &a.Options)); err != nil {
				return err
			}
		}
		for _, r := range a.Result.Roots {
			if err := c.Write(rootRow(r, &a.Options)); err != nil {
				return err
			}
		}
	}
	c.Flush()
	return c.Error()
}

func operationRow(op *parity.Operation, o *Options) []string {
	return cells(
		o.Name, string(parity.RESTToGraphQL), op.Operation, strings.Join(op.Tags, ", "), string(op.Status), string(op.Reason),
		decimal(op.Confidence), strings.Join(op.GraphQL, ", "), string(op.Source), string(op.Need), op.Exempt,
		strconv.FormatBool(op.Deprecated), decimal(op.Weight), o.file(op.Location.File), line(op.Location.Line),
	)
}

func rootRow(r *parity.Root, o *Options) []string {
	return cells(
		o.Name, string(parity.GraphQLToREST), r.Coordinate, r.Group, string(r.Status), "",
		decimal(r.Confidence), strings.Join(r.Operations, ", "), "", string(r.Need), r.Exempt,
		strconv.FormatBool(r.Deprecated), "", o.file(r.Location.File), line(r.Location.Line),
	)
}

// cells makes texts safe to be opened as a spreadsheet.
func cells(texts ...string) []string {
	for i, s := range texts {
		s = safe.Line(s)
		if s != "" && strings.ContainsRune("=+-@", rune(s[0])) {
			s = "'" + s
		}
		texts[i] = s
	}
	return texts
}

func decimal(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

func line(n int) string {
	if n < 1 {
		return ""
	}
	return strconv.Itoa(n)
}
