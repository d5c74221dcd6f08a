package hook_test

import (
	"encoding/json"
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/webhook/hook"
)

func TestNumber(t *testing.T) {
	t.Parallel()
	tests := []struct {
		token string
		whole int64
		ok    bool
		float float64
	}{
		{"0", 0, true, 0},
		{"-0", 0, true, 0},
		{"1.0", 1, true, 1},
		{"1e3", 1000, true, 1000},
		{"-1.20e1", -12, true, -12},
		{"1.5", 0, false, 1.5},
		{"15e-1", 0, false, 1.5},
		{"1500e-2", 15, true, 15},
		{"9223372036854775807", math.MaxInt64, true, math.MaxInt64},
		{"9223372036854775808", 0, false, math.MaxInt64},
		{"-9223372036854775808", math.MinInt64, true, math.MinInt64},
		{"1e18", 1e18, true, 1e18},
		{"1e19", 0, false, 1e19},
		{"0e999999999999999999999", 0, false, 0},
		{"1e400", 0, false, math.Inf(1)},
		{"1e-400", 0, false, 0},
	}
	for _, tt := range tests {
		n, ok := hook.ParseNumber(tt.token)
		if !ok {
			t.Errorf("ParseNumber(%s) refuses it", tt.token)
			continue
		}
		whole, isWhole := n.Int64()
		if whole != tt.whole || isWhole != tt.ok {
			t.Errorf("%s: Int64 = %d, %t; want %d, %t", tt.token, whole, isWhole, tt.whole, tt.ok)
		}
		if got := n.Float64(); got != tt.float {
			t.Errorf("%s: Float64 = %v, want %v", tt.token, got, tt.float)
		}
		if n.String() != tt.token {
			t.Errorf("%s became %s", tt.token, n)
		}
	}
	for _, token := range []string{"", "01", "+1", "1.", ".5", "1e", "NaN", "1 ", "0x1", "1,2"} {
		if n, ok := hook.ParseNumber(token); ok {
			t.Errorf("ParseNumber(%q) = %s, want it refused", token, n)
		}
	}
	for n, want := range map[hook.Number]string{
		{}: "0", hook.Int(-5): "-5", hook.Float(0.1): "0.1", hook.Float(1e21): "1e+21", hook.Float(math.NaN()): "0", hook.Float(math.Inf(1)): "0",
	} {
		if n.String() != want {
			t.Errorf("number is %s, want %s", n, want)
		}
	}
}

func TestTime(t *testing.T) {
	t.Parallel()
	utc := func(s string) time.Time {
		at, err := time.Parse(time.RFC3339Nano, s)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	tests := []struct {
		token string
		want  time.Time
	}{
		{`"2018-04-25T20:42:10Z"`, utc("2018-04-25T20:42:10Z")},
		{`"2018-04-25T20:42:10.123456Z"`, utc("2018-04-25T20:42:10.123456Z")},
		{`"2018-04-25T20:42:10+02:00"`, utc("2018-04-25T18:42:10Z")},
		{`"2018-04-25T20:42:10-0700"`, utc("2018-04-26T03:42:10Z")},
		{`"2018-04-25T20:42:10"`, utc("2018-04-25T20:42:10Z")},
		{`"2018-04-25 20:42:10"`, utc("2018-04-25T20:42:10Z")},
		{`"2018-04-25 20:42:10 UTC"`, utc("2018-04-25T20:42:10Z")},
		{`"2018-04-25 20:42:10 +0200"`, utc("2018-04-25T18:42:10Z")},
		{`"2018-04-25 20:42:10 -07:00"`, utc("2018-04-26T03:42:10Z")},
		{`"2018-04-25 20:42:10+02:00"`, utc("2018-04-25T18:42:10Z")},
		{`"2018-04-25"`, utc("2018-04-25T00:00:00Z")},
		{`"2018-04-25T20:42\u003a10Z"`, utc("2018-04-25T20:42:10Z")},
		{`1524688930`, utc("2018-04-25T20:42:10Z")},
		{`1524688930.25`, utc("2018-04-25T20:42:10.25Z")},
		{`1524688930123`, utc("2018-04-25T20:42:10.123Z")},
		{`"1524688930.000200"`, utc("2018-04-25T20:42:10.0002Z")},
		{`1.524688930e9`, utc("2018-04-25T20:42:10Z")},
		{`-1`, utc("1969-12-31T23:59:59Z")},
		{`-0.5`, utc("1969-12-31T23:59:59.5Z")},
	}
	for _, tt := range tests {
		var at hook.Time
		if err := json.Unmarshal([]byte(tt.token), &at); err != nil {
			t.Errorf("%s: %v", tt.token, err)
			continue
		}
		got, err := at.Time()
		if err != nil || !got.Equal(tt.want) {
			t.Errorf("%s is %v, %v; want %v", tt.token, got, err, tt.want)
		}
		if out, err := json.Marshal(at); err != nil || !sameText(string(out), tt.token) {
			t.Errorf("%s is written as %s, %v", tt.token, out, err)
		}
	}
	for _, token := range []string{`"soon"`, `""`, `"2018-02-30T00:00:00Z"`, `"2018-04-25T24:00:00Z"`, `1e300`, `"2018-04-25 20:42:10 CET"`, `"99999999999999999999"`} {
		var at hook.Time
		if err := json.Unmarshal([]byte(token), &at); err != nil {
			t.Errorf("%s: %v", token, err)
		}
		if got, err := at.Time(); err == nil {
			t.Errorf("%s is %v, want an error", token, got)
		}
	}
	now := utc("2026-02-03T10:00:00.5Z")
	if got, err := hook.NewTime(now).Time(); err != nil || !got.Equal(now) {
		t.Errorf("NewTime(%v) is %v, %v", now, got, err)
	}
	if got, err := (hook.Time{}).Time(); err != nil || !got.IsZero() {
		t.Errorf("the zero Time is %v, %v", got, err)
	}
}

// sameText reports whether two JSON strings or numbers are equal, their escapes
// aside.
func sameText(a, b string) bool {
	var x, y any
	return a == b || json.Unmarshal([]byte(a), &x) == nil && json.Unmarshal([]byte(b), &y) == nil && x == y
}

func TestText(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, token, want, written string }{
		{"plain", `"abc"`, "abc", `"abc"`},
		{"empty", `""`, "", `""`},
		{"escapes", `"\"\\\/\b\f\n\r\t"`, "\"\\/\b\f\n\r\t", `"\"\\/\u0008\u000c\n\r\t"`},
		{"unicode", `"\u00e9\u20ac\uD83d\ude00"`, "é€😀", `"é€😀"`},
		{"nul", `"\u0000"`, "\x00", `"\u0000"`},
		{"lone halves", `"\ud83d-\ude00"`, "\xed\xa0\xbd-\xed\xb8\x80", `"\ud83d-\ude00"`},
		{"halves in the wrong order", `"\ude00\ud83d"`, "\xed\xb8\x80\xed\xa0\xbd", `"\ude00\ud83d"`},
		{"half before an escape", `"\ud83d\n\ud83d\u0041"`, "\xed\xa0\xbd\n\xed\xa0\xbdA", `"\ud83d\n\ud83dA"`},
		{"no UTF-8", "\"a\xff\xc3\"", "a\xff\xc3", "\"a\xff\xc3\""},
		{"long", `"` + "0123456789abcdef" + `\n` + "0123456789abcdef" + `"`, "0123456789abcdef\n0123456789abcdef", `"0123456789abcdef\n0123456789abcdef"`},
		{"separators", "\"\u2028\ud55c\"", "\u2028\ud55c", "\"\u2028\ud55c\""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var p Person
			if _, err := hook.Decode(&p, []byte(`{"login":`+tt.token+`,"email":`+tt.token+`}`)); err != nil {
				t.Fatal(err)
			}
			email, there := p.Email.Get()
			if diff := cmp.Diff([]string{tt.want, tt.want}, []string{p.Login, email}); diff != "" || !there {
				t.Errorf("text (-want +got):\n%s", diff)
			}
			if got, want := string(hook.Append(nil, &p)), `{"login":`+tt.written+`,"email":`+tt.written+`}`; got != want {
				t.Errorf("written as %s, want %s", got, want)
			}
		})
	}
}

func TestPresence(t *testing.T) {
	t.Parallel()
	p := Person{Login: "ada"}
	steps := []struct {
		name   string
		change func()
		want   string
	}{
		{"absent", func() {}, `{"login":"ada"}`},
		{"null", func() { p.Email.SetNull() }, `{"login":"ada","email":null}`},
		{"set", func() { p.Email.Set("") }, `{"login":"ada","email":""}`},
		{"made", func() { p.Email = hook.SomeValue("a@b") }, `{"login":"ada","email":"a@b"}`},
		{"made null", func() { p.Email = hook.SomeNull[string]() }, `{"login":"ada","email":null}`},
		{"cleared", func() { p.Email.Clear() }, `{"login":"ada"}`},
	}
	for _, s := range steps {
		s.change()
		out, err := json.Marshal(p)
		if err != nil || string(out) != s.want {
			t.Errorf("%s: %s, %v; want %s", s.name, out, err, s.want)
		}
	}
	opt, null, both := hook.Some(3.5), hook.Value(int64(4)), hook.SomeValue(true)
	out, err := json.Marshal([]any{opt, null, both, hook.Opt[string]{}, hook.Null[string]{}, hook.SomeNull[string]()})
	if want := `[3.5,4,true,null,null,null]`; err != nil || string(out) != want {
		t.Errorf("%s, %v; want %s", out, err, want)
	}
	if v := null.Or(9); v != 4 {
		t.Errorf("Or = %d, want 4", v)
	}
	null.SetNull()
	if v := null.Or(9); v != 9 || null.Ptr() != nil {
		t.Errorf("Or of null = %d, want 9", v)
	}
	if v := opt.Ptr(); v == nil || *v != 3.5 {
		t.Errorf("Ptr = %v, want 3.5", v)
	}
}

func TestJSONPackage(t *testing.T) {
	t.Parallel()
	p := ReviewAsked{ID: 5, Extra: hook.Extra{}}
	if err := json.Unmarshal([]byte(base), &p); err != nil {
		t.Fatal(err)
	}
	out, err := json.Marshal(&p)
	if err != nil || string(out) != base {
		t.Errorf("%s, %v; want %s", out, err, base)
	}
	if err := json.Unmarshal([]byte(`{"id":1}`), &p); err != nil {
		t.Fatal(err)
	}
	if got := string(hook.Append(nil, p.HookNew())); got == "" {
		t.Error("an empty payload is written as nothing")
	}
	if got := string(hook.Append(nil, &p)); got != `{"id":1}` {
		t.Errorf("after another Unmarshal: %s, want what was read last", got)
	}
}

func TestWhatIsNoJSONIsNotWritten(t *testing.T) {
	t.Parallel()
	var p ReviewAsked
	p.Anything.Set(`{"a":`)
	if out, err := hook.Marshal(&p); err == nil {
		t.Errorf("Marshal = %s, want an error", out)
	}
	if out := hook.Append(nil, &p); !json.Valid(out) {
		t.Errorf("Append = %s, which is no JSON", out)
	}
	p.Anything.Set(`{}`)
	p.Before.Set(&p)
	if _, err := hook.Marshal(&p); err == nil {
		t.Error("Marshal of a payload within itself ends without an error")
	}
	p.Before.Set(nil)
	if _, err := hook.Marshal(&p); err != nil {
		t.Errorf("Marshal with a nil object: %v", err)
	}
}

func TestEncode(t *testing.T) {
	t.Parallel()
	body := []byte("{ \"draft\" : true,\n \"id\": 1.0, \"x\": \"\\u0041\" }")
	d := &hook.Delivery{Body: body}
	var p ReviewAsked
	if _, err := hook.Decode(&p, body); err != nil {
		t.Fatal(err)
	}
	out, err := hook.Encode(d, &p)
	if err != nil || string(out) != string(body) {
		t.Errorf("untouched: %s, %v; want the body", out, err)
	}
	p.ID = 2
	out, err = hook.Encode(d, &p)
	if want := `{"id":2,"draft":true,"x":"\u0041"}`; err != nil || string(out) != want {
		t.Errorf("touched: %s, %v; want %s", out, err, want)
	}
}
