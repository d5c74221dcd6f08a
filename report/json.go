package report

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/plumbapi/plumb/check"
)

// JSONVersion is the version of the envelope that [JSON] writes. It rises
// when a member is removed or changes its meaning, not when one is added.
const JSONVersion = 1

// envelopeMembers are the names that Options.Extra cannot take.
var envelopeMembers = [...]string{
	"version", "tool", "complete", "summary", "findings", "suppressed", "incomplete",
}

// summary counts what the envelope holds.
type summary struct {
	Error      int `json:"error"`
	Warning    int `json:"warning"`
	Info       int `json:"info"`
	Suppressed int `json:"suppressed"`
}

// JSON writes the report as one JSON object on several lines, each finding
// on a line of its own. Names are snake_case, arrays are never null, numbers
// that JSON cannot hold (NaN, infinities) are null, and strings that are not
// UTF-8 are mended. The members of opts.Extra follow the envelope's own.
func JSON(w io.Writer, rep *check.Report, opts Options) error {
	j := newJSONWriter(w)
	errors, warnings, infos := rep.Count()
	j.text("{")
	j.member("version", JSONVersion)
	j.text(",")
	j.member("tool", opts.tool())
	j.text(",")
	j.member("complete", rep.Complete())
	j.text(",")
	j.member("summary", summary{errors, warnings, infos, len(rep.Suppressed)})
	j.text(",\n")
	array(j, "findings", rep.Findings)
	j.text(",\n")
	array(j, "suppressed", rep.Suppressed)
	j.text(",\n")
	array(j, "incomplete", rep.Incomplete)
	for i, m := range opts.Extra {
		if slices.Contains(envelopeMembers[:], m.Name) || slices.ContainsFunc(opts.Extra[:i],
			func(other Member) bool { return other.Name == m.Name }) {
			return fmt.Errorf("extra JSON member %q is there already", m.Name)
		}
		j.text(",\n")
		j.member(m.Name, m.Value)
	}
	j.text("}\n")
	return j.flush()
}

// Value writes a value as JSON on several lines, by the same rules: arrays are
// never null, members in the order of the fields, map keys sorted. It is for
// answers that are no report.
func Value(w io.Writer, v any) error {
	j := newJSONWriter(w)
	j.opts = json.JoinOptions(j.opts, jsontext.WithIndent("  "))
	j.value(v)
	j.text("\n")
	return j.flush()
}

// jsonWriter writes JSON piece by piece and keeps the first error.
type jsonWriter struct {
	w    *bufio.Writer
	opts json.Options
	err  error
}

func newJSONWriter(w io.Writer) *jsonWriter {
	return &jsonWriter{
		w: bufio.NewWriterSize(w, 1<<16),
		opts: json.JoinOptions(
			json.Deterministic(true),
			jsontext.AllowInvalidUTF8(true),
			json.WithMarshalers(json.MarshalToFunc(finite)),
		),
	}
}

// finite writes null for the numbers that JSON does not have.
func finite(enc *jsontext.Encoder, f float64) error {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return enc.WriteToken(jsontext.Null)
	}
	return errors.ErrUnsupported
}

func (j *jsonWriter) text(s string) {
	if j.err == nil {
		_, j.err = j.w.WriteString(s)
	}
}

func (j *jsonWriter) value(v any) {
	if j.err == nil {
		j.err = json.MarshalWrite(j.w, v, j.opts)
	}
}

func (j *jsonWriter) member(name string, v any) {
	j.value(strings.ToValidUTF8(name, "\ufffd"))
	j.text(":")
	j.value(v)
}

// array writes a member that is an array, each item on its own line.
func array[T any](j *jsonWriter, name string, items []T) {
	j.value(name)
	j.text(":[")
	for i := range items {
		if i > 0 {
			j.text(",")
		}
		j.text("\n")
		j.value(&items[i])
	}
	if len(items) > 0 {
		j.text("\n")
	}
	j.text("]")
}

func (j *jsonWriter) flush() error {
	if j.err != nil {
		return fmt.Errorf("write JSON: %w", j.err)
	}
	return j.w.Flush()
}
