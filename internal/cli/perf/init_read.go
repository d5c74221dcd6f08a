package perf

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/plan"
	"github.com/plumbapi/plumb/internal/cli/project"
	perflib "github.com/plumbapi/plumb/perf"
)

// maxWeights bounds the rows of a file of counts.
const maxWeights = 100_000

// readWeights reads how often operations are asked for: CSV with the columns
// operation and count (or calls), or method, path and count.
func readWeights(path, shown string) ([]perflib.DraftWeight, error) {
	data, err := plan.ReadBounded(path, perflib.MaxPlan)
	if err != nil {
		return nil, env.Usagef("%s: %s", shown, plan.Unopened(err))
	}
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	r.TrimLeadingSpace = true
	header, err := r.Read()
	if err != nil {
		return nil, env.Usagef("%s: %s", shown, wrongCSV(err))
	}
	column := map[string]int{}
	for i, name := range header {
		column[strings.ToLower(strings.TrimSpace(name))] = i + 1
	}
	counts := max(column["count"], column["calls"], column["weight"])
	if counts == 0 || column["operation"] == 0 && (column["method"] == 0 || column["path"] == 0) {
		return nil, env.Usagef("%s:1: the header is %.80q; expected operation,count or method,path,count", shown, strings.Join(header, ","))
	}
	var list []perflib.DraftWeight
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return list, nil
		}
		if err != nil {
			return nil, env.Usagef("%s: %s", shown, wrongCSV(err))
		}
		line, _ := r.FieldPos(0)
		w := perflib.DraftWeight{}
		if k := column["operation"]; k > 0 {
			w.Operation = strings.TrimSpace(row[k-1])
		} else {
			w.Operation = strings.ToUpper(strings.TrimSpace(row[column["method"]-1])) + " " + strings.TrimSpace(row[column["path"]-1])
		}
		if w.Weight, err = strconv.ParseFloat(strings.TrimSpace(row[counts-1]), 64); err != nil || !(w.Weight >= 0 && w.Weight <= 1e12) {
			return nil, env.Usagef("%s:%d: %.80q is no count", shown, line, row[counts-1])
		}
		if list = append(list, w); len(list) > maxWeights {
			return nil, env.Usagef("%s has more than %d rows", shown, maxWeights)
		}
	}
}

func wrongCSV(err error) string {
	if errors.Is(err, io.EOF) {
		return "the file is empty; expected a header such as operation,count"
	}
	return err.Error()
}

// readOpenSLO reads the objectives of production.
func readOpenSLO(p *project.Project, arg string) (*perflib.Production, error) {
	path := p.Env.Path(arg)
	name := p.Canonical(path)
	p.Type(name, arg)
	data, err := plan.ReadBounded(path, perflib.MaxPlan)
	if err != nil {
		return nil, env.Usagef("%s: %s", arg, plan.Unopened(err))
	}
	production, err := perflib.ReadOpenSLO(name, data)
	if err != nil {
		return nil, plan.Wrong(p, name, err)
	}
	return production, nil
}
