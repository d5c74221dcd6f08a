package parity

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/form"
)

// MaxUsage is the largest file of usage that is read: 64 MiB.
const MaxUsage = 64 << 20

// maxCalls is how often an operation may have been called, so that the sum
// over any number of rows is one; maxCalled is how many operations there may
// be.
const (
	maxCalls  = 1e15
	maxCalled = 200_000
)

// ReadUsage reads how often operations are called, from CSV with a header:
// operation,calls with operations such as "GET /pets/{id}", or
// method,path,calls. Other columns are passed over, rows of one operation
// added up. The names of path variables do not matter, and :id stands for
// {id}. The error is a *[FileError] whose name is empty, with the place of
// every problem; that an operation does not exist is none, see
// [Result.Decisions].
func ReadUsage(r io.Reader) (map[string]float64, error) {
	limited := &io.LimitedReader{R: r, N: MaxUsage + 1}
	u := &usage{csv: csv.NewReader(limited), calls: map[string]float64{}}
	u.csv.TrimLeadingSpace = true
	u.csv.FieldsPerRecord = -1
	u.csv.Comment = '#'
	u.csv.ReuseRecord = true
	if err := u.read(); err != nil {
		return nil, err
	}
	if limited.N == 0 {
		return nil, form.Errorf("", check.Location{}, "the file is larger than %d MiB", MaxUsage>>20)
	}
	if len(u.problems) > 0 {
		return nil, &FileError{Problems: u.problems}
	}
	return u.calls, nil
}

// usage is a file of usage while it is read. The columns are -1 where there
// are none.
type usage struct {
	csv                                *csv.Reader
	operation, method, path, callCount int

	calls    map[string]float64
	problems []FileProblem
	full     bool
}

func (u *usage) read() error {
	header, err := u.record()
	if err != nil {
		return err
	}
	if header == nil {
		return form.Errorf("", check.Location{}, "the file is empty; expected a header such as operation,calls")
	}
	column := func(name string) int {
		return slices.IndexFunc(header, func(h string) bool {
			return strings.EqualFold(strings.TrimSpace(strings.TrimPrefix(h, "\ufeff")), name)
		})
	}
	u.operation, u.method, u.path, u.callCount = column("operation"), column("method"), column("path"), column("calls")
	if u.callCount < 0 || u.operation < 0 && (u.method < 0 || u.path < 0) {
		return form.Errorf("", check.Location{}, "the header is %.80q; expected operation,calls or method,path,calls", strings.Join(header, ","))
	}
	for len(u.problems) < 20 && !u.full {
		row, err := u.record()
		if err != nil || row == nil {
			return err
		}
		u.row(row)
	}
	return nil
}

// record reads the next row, nil at the end.
func (u *usage) record() ([]string, error) {
	row, err := u.csv.Read()
	var syntax *csv.ParseError
	switch {
	case errors.Is(err, io.EOF):
		return nil, nil
	case errors.As(err, &syntax):
		return nil, form.Errorf("", check.Location{Line: syntax.Line, Column: syntax.Column}, "%v", syntax.Err)
	case err != nil:
		return nil, fmt.Errorf("read usage: %w", err)
	}
	return row, nil
}

func (u *usage) row(row []string) {
	cell := func(i int) string {
		if i < 0 || i >= len(row) {
			return ""
		}
		return strings.TrimSpace(row[i])
	}
	report := func(i int, format string, args ...any) {
		line, column := u.csv.FieldPos(max(min(i, len(row)-1), 0))
		u.problems = append(u.problems, FileProblem{Line: line, Column: column, Message: fmt.Sprintf(format, args...)})
	}
	name := cell(u.operation)
	at := u.operation
	if u.operation < 0 {
		name, at = strings.TrimSpace(cell(u.method)+" "+cell(u.path)), u.path
	}
	if problem := operationName(name); problem != "" {
		report(at, "%.120q %s", name, problem)
		return
	}
	text := cell(u.callCount)
	calls, err := strconv.ParseFloat(text, 64)
	if err != nil || !(calls >= 0 && calls <= maxCalls) {
		report(u.callCount, "%.40q is no number of calls", text)
		return
	}
	method, path, _ := strings.Cut(name, " ")
	name = strings.ToUpper(method) + " " + strings.TrimSpace(path)
	if _, known := u.calls[name]; !known && len(u.calls) >= maxCalled {
		report(at, "the file has more than %d operations", maxCalled)
		u.full = true
		return
	}
	u.calls[name] += calls
}
