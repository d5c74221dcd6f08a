package hook_test

import (
	"encoding/json"
	"errors"
	"testing"
	"unicode/utf8"

	"github.com/plumbapi/plumb/webhook/hook"
	"github.com/plumbapi/plumb/webhook/hook/internal/mutate"
)

// FuzzDecode holds decoding against encoding/json: what that takes is taken, and
// says the same when it is encoded again; what it does not take is refused.
func FuzzDecode(f *testing.F) {
	for _, s := range []string{
		whole, base, `{}`, `[]`, `null`, "", `{"a":1,"a":2}`, `{"id":1,"id":"x","id":2}`, `{"title":"\ud800","x":"\udc00\ud800\udc00"}`,
		`{"sizes":["x",null,1],"grid":[[],["x"],1],"labels":{"a":1,"a":"b","a":2}}`, `{"owner":{"login":1,"login":"x"},"weight":-0.0e-0}`,
		`{"l\u006fgin":1,"\u0069d":4}`, "{\"title\":\"\xff\xed\xa0\x80\"}", `{"before":{"before":{"before":null}}}`, ` { "id" : 1 , "asked" : [ ] } `,
		`{"owner":null,"owner":"x","owner":[]}`, `{"created_at":"2026-02-30T10:00:00Z"}`, `{"asked":[{"x":1}],"asked":["y"]}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		var p ReviewAsked
		_, err := hook.Decode(&p, body)
		var syntax *hook.SyntaxError
		if err != nil && (!errors.As(err, &syntax) || syntax.Offset < 0 || syntax.Offset > len(body)) {
			t.Fatalf("error of no kind: %#v", err)
		}
		if valid := json.Valid(body); valid != (err == nil) && !deep(body) && !hasBOM(body) {
			t.Fatalf("encoding/json says %t, Decode says %v", valid, err)
		}
		hook.Find(body, "/before/action", "/a~1b", "")
		if err != nil {
			return
		}
		once, err := hook.Marshal(&p)
		if err != nil {
			t.Fatalf("encode: %v", err)
		}
		var q ReviewAsked
		if _, err := hook.Decode(&q, once); err != nil {
			t.Fatalf("%v\n%s", err, once)
		}
		if twice := hook.Append(nil, &q); string(twice) != string(once) {
			t.Fatalf("once  %s\ntwice %s", once, twice)
		}
		if deep(body) || hasBOM(body) || !utf8.Valid(body) {
			return
		}
		want, err := mutate.Parse(body)
		if err != nil {
			t.Fatal(err)
		}
		got, err := mutate.Parse(once)
		if err != nil {
			t.Fatalf("%v\n%s", err, once)
		}
		if at, same := mutate.Difference(want, got); !same {
			t.Fatalf("lost at %q\nencoded %s", at, once)
		}
	})
}

// deep reports whether a text is nested deeper than encoding/json takes.
func deep(body []byte) bool {
	depth, deepest := 0, 0
	for _, c := range body {
		switch c {
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		}
		deepest = max(deepest, depth)
	}
	return deepest > 5000
}

func hasBOM(body []byte) bool { return len(body) > 2 && string(body[:3]) == "\ufeff" }
