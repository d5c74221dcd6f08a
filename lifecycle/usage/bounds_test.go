package usage_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/lifecycle/usage"
)

const boards = `10.0.0.1 - - [05/Mar/2026:10:00:00 +0000] "GET /api/v3/boards HTTP/1.1" 200 1` + "\n"

// mixed has lines of all kinds, among them some that cannot be read, in a
// fixed order.
func mixed(size int) []byte {
	return benchLines(size, func(b *bytes.Buffer, r *rand.Rand, n int) {
		switch n % 50 {
		case 7:
			b.WriteString("what is this, line 7?\n")
		case 8:
			fmt.Fprintf(b, "10.0.%d.%d - - [05/Mar/2026:10:%02d:00 +0000] \"GET /api/v3/boards HTTP/1.1\" 200 1\n", r.IntN(9), r.IntN(250), r.IntN(60))
		default:
			combinedLine(b, r, n)
		}
	})
}

// The result must not depend on how the work is divided: over workers, over
// reads, over blocks.
func TestDivided(t *testing.T) {
	t.Parallel()
	text, graph := mixed(5<<20), benchLines(2<<20, graphqlLine)
	results := map[string]*usage.Result{}
	for name, tt := range map[string]struct {
		workers int
		wrap    func(r io.Reader) io.Reader
		live    bool
	}{
		"one":     {workers: 1},
		"four":    {workers: 4},
		"halves":  {workers: 3, wrap: iotest.HalfReader},
		"live":    {workers: 2, live: true},
		"the end": {workers: 2, wrap: iotest.DataErrReader},
	} {
		o := describe(t)
		o.Workers, o.Cap = tt.workers, 500
		logs := []usage.Log{{Name: "a", R: bytes.NewReader(text), Live: tt.live}, {Name: "b", R: bytes.NewReader(graph), Live: tt.live}}
		if tt.wrap != nil {
			logs[0].R, logs[1].R = tt.wrap(logs[0].R), tt.wrap(logs[1].R)
		}
		res, err := usage.Count(t.Context(), logs, o)
		if err != nil {
			t.Fatal(err)
		}
		results[name] = res
	}
	one := results["one"]
	if one.REST.Exact || one.Logs[0].Unreadable < 100 || len(one.Logs[0].Samples) != 3 || one.GraphQL.Calls < 1000 {
		t.Errorf("the test says too little: %+v, %+v, %+v", one.REST, one.Logs[0], one.GraphQL)
	}
	for name, res := range results {
		if diff := cmp.Diff(one, res); diff != "" {
			t.Errorf("%s: result (-one worker +got):\n%s", name, diff)
		}
	}
}

// Beyond the bound the number of consumers is an estimate, and a good one.
func TestManyConsumers(t *testing.T) {
	t.Parallel()
	const consumers = 40_000
	var text bytes.Buffer
	for i := range consumers {
		fmt.Fprintf(&text, "10.%d.%d.%d - - [05/Mar/2026:10:00:00 +0000] \"GET /api/v3/boards HTTP/1.1\" 200 1\n", i>>16, i>>8&255, i&255)
	}
	o := describe(t)
	o.Cap = 2000
	res := count(t, o, text.String())
	for _, n := range []int{res.REST.Consumers, element(t, res, "GET /boards").Consumers} {
		if n < consumers*9/10 || n > consumers*11/10 {
			t.Errorf("%d consumers, want about %d", n, consumers)
		}
	}
	if res.REST.Exact || element(t, res, "GET /boards").Exact {
		t.Error("estimates are called exact")
	}
	o.Cap = 0
	if res = count(t, o, text.String()); res.REST.Consumers != consumers || !res.REST.Exact {
		t.Errorf("within the bound: %+v", res.REST)
	}
}

func TestHashesAreKeyed(t *testing.T) {
	t.Parallel()
	label := func(salt string, show bool) string {
		o := describe(t)
		o.Salt, o.ShowConsumers = []byte(salt), show
		return element(t, count(t, o, boards), "GET /boards").Top[0].Consumer
	}
	a, b, again, shown := label("a", false), label("b", false), label("a", false), label("a", true)
	if a == b || a != again || strings.Contains(a, "10.0") || shown != "10.0.0.1" {
		t.Errorf("labels %q, %q, %q, %q", a, b, again, shown)
	}
}

func TestLongLines(t *testing.T) {
	t.Parallel()
	flood := io.LimitReader(repeat{}, 100<<20)
	logs := []usage.Log{{Name: "a.log", R: io.MultiReader(strings.NewReader(boards), flood, strings.NewReader("\n"+boards))}}
	res, err := usage.Count(t.Context(), logs, describe(t))
	if err != nil {
		t.Fatal(err)
	}
	want := usage.LogRead{Name: "a.log", Format: "combined", Lines: 3, Requests: 2, TooLong: 1}
	if diff := cmp.Diff(want, res.Logs[0]); diff != "" {
		t.Errorf("log (-want +got):\n%s", diff)
	}
}

// repeat yields one letter for ever.
type repeat struct{}

func (repeat) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'a'
	}
	return len(p), nil
}

func TestHostileLines(t *testing.T) {
	t.Parallel()
	deep := strings.Repeat("{a", 20000)
	lines := []string{
		strings.Repeat("\x00", 5000), strings.Repeat("\xff", 5000),
		"{" + strings.Repeat(`"a":{`, 20000), `{"a":` + strings.Repeat("[", 100000),
		logged(map[string]any{"query_string": deep}), logged(map[string]any{"query_string": "query " + deep + strings.Repeat("}", 20000)}),
		logged(map[string]any{"query_string": "{" + strings.Repeat("a ", 100000) + "}"}),
		logged(map[string]any{"query_string": "{" + strings.Repeat("...F ", 9000) + "} fragment F on Query { " + strings.Repeat("...F ", 9000) + "}"}),
		`{"query_string":"query($s: IssueFilter) { issues(filter: $s) { id } }","variables":` + strings.Repeat(`{"s":{"not":`, 300) + `"x}`,
		`{"query_string":"query($s: IssueFilter) { issues(filter: $s) { id } }","variables":"{\"s\"=>` + strings.Repeat(`{\"not\"=>`, 50000) + `"}`,
		strings.TrimSpace(boards),
	}
	o := describe(t)
	o.Format = "json"
	res := count(t, o, strings.Join(lines, "\n"))
	if got := res.Logs[0]; got.Lines != 11 || got.Requests != 5 || got.Unreadable != 6 {
		t.Errorf("log %+v", got)
	}
	if res.GraphQL.Unread != 2 || res.GraphQL.Strange != 1 {
		t.Errorf("GraphQL %+v", res.GraphQL)
	}
}

func TestSamplesAreMasked(t *testing.T) {
	t.Parallel()
	res := count(t, describe(t), "token=s3cr3t user@example.com "+strings.Repeat("é", 100)+"\n\x1b[31mred\n"+boards)
	want := []usage.Sample{
		{Line: 1, Shape: "xxxxx=x9xx9x xxxx@xxxxxxx.xxx " + strings.Repeat("x", 50) + "…"},
		{Line: 2, Shape: "?[99xxxx"},
	}
	if diff := cmp.Diff(want, res.Logs[0].Samples); diff != "" {
		t.Errorf("samples (-want +got):\n%s", diff)
	}
}

func TestGzip(t *testing.T) {
	t.Parallel()
	member := func(text string) string {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		_, _ = io.WriteString(z, text)
		_ = z.Close()
		return b.String()
	}
	long := strings.Repeat(boards, 5000)
	tests := []struct {
		name, text string
		calls      int64
		problem    string
	}{
		{"one", member(boards), 1, ""},
		{"two members, a line over both", member(boards+boards[:20]) + member(boards[20:]), 2, ""},
		{"empty", member(""), 0, ""},
		{"cut off", member(long)[:len(member(long))-20], 1, "not read to its end: the compressed data ends too soon: unexpected EOF"},
		{"damaged", member(boards)[:len(member(boards))-8] + "12345678", 1, "not read to its end: the compressed data is damaged: its checksum is another"},
		{"more behind it", member(boards) + "12345678901", 1, "not read to its end: what follows the compressed data is no gzip"},
		{"no gzip", "\x1f\x8bno", 0, "not read to its end: it is no gzip, though it begins like one: unexpected EOF"},
		{"zstd", "\x28\xb5\x2f\xfd0000", 0, "not read to its end: it is compressed with zstd, which is not read; pipe it in: zstd -dc FILE | plumb … --log -"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			res := count(t, describe(t), tt.text)
			if got := element(t, res, "GET /boards").Calls; got != tt.calls && (tt.name != "cut off" || got < 1000 || got >= 5000) {
				t.Errorf("%d calls, want %d", got, tt.calls)
			}
			var want []usage.Incomplete
			if tt.problem != "" {
				want = []usage.Incomplete{{Log: "a.log", Message: tt.problem}}
			}
			if diff := cmp.Diff(want, res.Incomplete); diff != "" {
				t.Errorf("incomplete (-want +got):\n%s", diff)
			}
		})
	}
}

func TestSourceFails(t *testing.T) {
	t.Parallel()
	logs := []usage.Log{
		{Name: "a.log", R: io.MultiReader(strings.NewReader(boards+boards), iotest.ErrReader(errors.New("connection lost")))},
		{Name: "b.har", R: strings.NewReader(`{"log":{"entries":[{"request":{"method":"GET","url":"/api/v3/boards"}},{"req`)},
		{Name: "c.log", R: strings.NewReader(boards)},
		{Name: "d.log", R: strings.NewReader("")},
	}
	for range 50 { // more logs than there are buffers
		logs = append(logs, usage.Log{Name: "e.log", R: strings.NewReader("\n")})
	}
	res, err := usage.Count(t.Context(), logs, describe(t))
	if err != nil {
		t.Fatal(err)
	}
	want := []usage.Incomplete{
		{Log: "a.log", Message: "not read to its end: connection lost"},
		{Log: "b.har", Message: "not read to its end: the file ends within a value"},
	}
	if diff := cmp.Diff(want, res.Incomplete); diff != "" {
		t.Errorf("incomplete (-want +got):\n%s", diff)
	}
	if got := element(t, res, "GET /boards").Calls; got != 4 {
		t.Errorf("%d calls, want 4", got)
	}
}

// What was read before an interrupt counts.
func TestInterrupted(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	r := io.MultiReader(strings.NewReader(boards), readerFunc(func([]byte) (int, error) {
		cancel()
		return 0, nil
	}), strings.NewReader(boards))
	res, err := usage.Count(ctx, []usage.Log{{Name: "a.log", R: r, Live: true}}, describe(t))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]usage.Incomplete{{Log: "a.log", Message: "not read to its end: interrupted"}}, res.Incomplete); diff != "" {
		t.Errorf("incomplete (-want +got):\n%s", diff)
	}
	if got := element(t, res, "GET /boards").Calls; got != 1 {
		t.Errorf("%d calls, want 1", got)
	}
}

type readerFunc func(p []byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

func element(tb testing.TB, res *usage.Result, name string) *usage.Element {
	tb.Helper()
	for i := range res.Elements {
		if res.Elements[i].Name == name {
			return &res.Elements[i]
		}
	}
	tb.Fatalf("no element %s", name)
	return nil
}
