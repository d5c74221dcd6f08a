package live

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func n(text string) any { return json.Number(text) }

func TestAgree(t *testing.T) {
	t.Parallel()
	moment, day := hint{time: true}, hint{time: true}
	id := hint{id: true, typ: "Book"}
	for _, test := range []struct {
		name string
		hint hint
		a, b any
		want verdict
	}{
		{"both absent", hint{}, nil, nil, same},
		{"one absent", hint{}, nil, "", oneNull},
		{"zero is no null", hint{}, n("0"), nil, oneNull},
		{"text", hint{}, "a", "a", same},
		{"other text", hint{}, "a", "A", other},
		{"number and text", hint{}, n("7"), "7", same},
		{"text and number", hint{}, "1.50", n("1.5"), same},
		{"two texts", hint{}, "1.50", "1.5", other},
		{"two decimals", hint{decimal: true}, "1.50", "1.5", same},
		{"large integers", hint{}, n("9007199254740993"), n("9007199254740992"), other},
		{"large integer as text", hint{}, n("9007199254740993"), "9007199254740993", same},
		{"exponent", hint{}, n("1e3"), n("1000"), same},
		{"absurd exponent", hint{}, n("1e999999999"), n("1"), other},
		{"float noise", hint{}, n("0.1"), n("0.10000000000000001"), same},
		{"flags", hint{}, true, true, same},
		{"flag and text", hint{}, true, "true", same},
		{"flag and number", hint{}, true, n("1"), other},

		{"enum", hint{enum: true}, "in-progress", "IN_PROGRESS", same},
		{"enum in camel case", hint{enum: true}, "inProgress", "IN_PROGRESS", same},
		{"other value of an enum", hint{enum: true}, "open", "CLOSED", other},
		{"flag and enum", hint{enum: true}, true, "MERGEABLE", incomparable},
		{"sign of an enum", hint{enum: true}, "+", "-", other},

		{"moment in another zone", moment, "2024-05-01T10:00:00Z", "2024-05-01T12:00:00+02:00", same},
		{"moment that is not described", hint{}, "2024-05-01T10:00:00Z", "2024-05-01T12:00:00.7+02:00", same},
		{"moment of another zone", moment, "2024-05-01T10:00:00Z", "2024-05-01T10:00:00+02:00", other},
		{"a second later", moment, "2024-05-01T10:00:00Z", "2024-05-01T10:00:01Z", other},
		{"parts of a second", moment, "2024-05-01T10:00:00.999Z", "2024-05-01T10:00:00Z", same},
		{"without a zone", moment, "2024-05-01 10:00:00", "2024-05-01T10:00:00Z", same},
		{"with a name for the zone", moment, "2024-05-01 10:00:00 UTC", "2024-05-01T10:00:00Z", same},
		{"day and moment", day, "2024-05-01", "2024-05-01T00:00:00Z", same},
		{"another day", day, "2024-05-01", "2024-05-02T00:00:00Z", other},
		{"seconds", moment, n("1714557600"), "2024-05-01T10:00:00Z", same},
		{"milliseconds", moment, n("1714557600123"), "2024-05-01T10:00:00Z", same},
		{"seconds as text", moment, "1714557600", "2024-05-01T10:00:00Z", same},
		{"a number that is no time", hint{}, n("1714557600"), "2024-05-01T10:00:00Z", other},
		{"no times at all", moment, "soon", "later", other},

		{"another host", hint{}, "https://api.a.example/b/1", "https://www.a.example/b/1", same},
		{"only a path", hint{url: true}, "https://api.a.example/b/1/", "/b/1", same},
		{"another path", hint{url: true}, "https://a.example/b/1", "https://a.example/b/2", other},
		{"another query", hint{url: true}, "https://a.example/b?x=1", "https://a.example/b?x=2", other},
		{"paths that are texts", hint{}, "/b", "/b/", other},

		{"number and gid", id, n("7"), "gid://shop/Book/7", same},
		{"number and gid of another type", id, n("7"), "gid://shop/Author/7", other},
		{"number and gid with a module", id, n("7"), "gid://shop/Store::Book/7", same},
		{"other number", id, n("7"), "gid://shop/Book/8", other},
		{"number and base64", id, n("7"), "Qm9vazo3", same},
		{"number and base64 with a length", id, n("7"), "MDQ6Qm9vazc=", same},
		{"number and base64 of a gid", id, n("7"), "Z2lkOi8vc2hvcC9Cb29rLzc=", same},
		{"two writings", id, "gid://shop/Book/7", "Qm9vazo3", same},
		{"opaque", id, n("7"), "R_kgDOABCD", incomparable},
		{"both opaque", id, "R_kgDOABCD", "R_kgDOABCE", incomparable},
		{"both opaque and equal", id, "R_kgDOABCD", "R_kgDOABCD", same},
		{"UUIDs", id, "0b6bcd1e-7e2c-4f6e-9d5a-0a1b2c3d4e5f", "0B6BCD1E-7E2C-4F6E-9D5A-0A1B2C3D4E5F", same},

		{"lists in any order", hint{}, []any{"a", "b", "a"}, []any{"a", "a", "b"}, same},
		{"lists as multisets", hint{}, []any{"a", "b", "b"}, []any{"a", "a", "b"}, other},
		{"shorter list", hint{}, []any{"a"}, []any{"a", "b"}, other},
		{"list of enums", hint{enum: true}, []any{"on-loan"}, []any{"ON_LOAN"}, same},
		{"list and scalar", hint{}, []any{"a"}, "a", incomparable},
		{"objects", hint{}, map[string]any{"a_b": n("1"), "c": nil}, map[string]any{"aB": "1"}, same},
		{"other objects", hint{}, map[string]any{"a": n("1")}, map[string]any{"a": n("1"), "b": n("2")}, other},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := agree(test.hint, test.a, test.b); got != test.want {
				t.Errorf("agree(%v, %v) = %v, want %v", test.a, test.b, got, test.want)
			}
		})
	}
}

// What agrees has one key, so that it is joined.
func TestKey(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		hint hint
		all  []any
	}{
		{hint{id: true}, []any{n("7"), "7", "gid://shop/Book/7", "Qm9vazo3"}},
		{hint{enum: true}, []any{"on-loan", "ON_LOAN"}},
		{hint{}, []any{n("7"), "7", n("7.0")}},
		{hint{}, []any{"2024-05-01T10:00:00Z", "2024-05-01T12:00:00+02:00"}},
		{hint{url: true}, []any{"https://a.example/b", "https://c.example/b/", "/b"}},
	} {
		want := test.hint.key(test.all[0])
		for _, v := range test.all {
			if got := test.hint.key(v); got != want {
				t.Errorf("key(%v) = %q, want %q", v, got, want)
			}
		}
	}
	if got := (hint{}).key("007"); got != "007" {
		t.Errorf("key(007) = %q", got)
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	for name, want := range map[string][]string{
		"book_id": {"book", "id"}, "bookID": {"book", "id"}, "HTTPServer": {"http", "server"}, "x": {"x"}, "a-b.c d": {"a", "b", "c", "d"}, "": nil, "__": nil,
	} {
		if diff := cmp.Diff(want, words(name)); diff != "" {
			t.Errorf("words(%q) (-want +got):\n%s", name, diff)
		}
	}
}

func TestParamValue(t *testing.T) {
	t.Parallel()
	object := map[string]any{"id": n("7"), "slug": "dune", "isbn": "978", "fullName": "a/b", "none": nil, "list": []any{}}
	for _, test := range []struct {
		param, noun, typ, want string
	}{
		{"id", "books", "integer", "7"},
		{"book_id", "books", "", "7"},
		{"bookId", "books", "", "7"},
		{"isbn", "books", "", "978"},
		{"book", "books", "integer", "7"},
		{"book_slug", "books", "", "dune"},
		{"full_name", "books", "", "a/b"},
		{"none", "books", "", ""},
		{"list", "books", "", ""},
		{"book", "books", "string", "dune"},
		{"book_id", "books", "string", "7"},
		{"page_token", "books", "", ""},
	} {
		got, _ := paramValue(test.param, test.noun, test.typ, object)
		if got != test.want {
			t.Errorf("paramValue(%s) = %q, want %q", test.param, got, test.want)
		}
	}
}

func TestTemplate(t *testing.T) {
	t.Parallel()
	path := parsePath("/shelves/{shelf}/books/{base}...{head}/pages/")
	if got := path.shape(); got != "/shelves/{}/books/{}...{}/pages" {
		t.Errorf("shape is %q", got)
	}
	if got := path.fill(map[string]string{"shelf": "a/b c", "base": "1", "head": "ü"}); got != "/shelves/a%2Fb%20c/books/1...%C3%BC/pages" {
		t.Errorf("filled is %q", got)
	}
	if path.home() != nil {
		t.Error("a path with two parameters in one segment has a home")
	}
	if got := parsePath("/a/{x}/b/{y}/c").home().shape(); got != "/a/{}/b/{}" {
		t.Errorf("home is %q", got)
	}
	if got := parsePath("/").fill(nil); got != "/" {
		t.Errorf("the root is %q", got)
	}
}

// Rows come in turn from every list, and from its whole length.
func TestSpread(t *testing.T) {
	t.Parallel()
	rows := func(ids ...string) []row {
		var out []row
		for _, id := range ids {
			out = append(out, row{{id: id}})
		}
		return out
	}
	names := func(rows []row) string {
		out := ""
		for _, r := range rows {
			out += scalarText(r[0].id)
		}
		return out
	}
	for _, test := range []struct {
		lists [][]row
		most  int
		want  string
	}{
		{nil, 3, ""},
		{[][]row{rows("a", "b", "c", "d", "e", "f", "g", "h", "i")}, 3, "aei"},
		{[][]row{rows("a", "b", "c"), nil, rows("x", "y")}, 4, "axby"},
		{[][]row{rows("a", "b", "c")}, 1, "a"},
	} {
		if got := names(spread(test.lists, test.most)); got != test.want {
			t.Errorf("spread is %q, want %q", got, test.want)
		}
	}
}

func FuzzAgree(f *testing.F) {
	for _, text := range []string{"7", "gid://a/B/7", "Qm9vazo3", "2024-05-01T10:00:00Z", "https://a.example/b?c", "1e5", "IN_PROGRESS", "0b6bcd1e-7e2c-4f6e-9d5a-0a1b2c3d4e5f"} {
		f.Add(text, text, uint8(3))
	}
	f.Fuzz(func(t *testing.T, a, b string, bits uint8) {
		h := hint{time: bits&1 != 0, enum: bits&2 != 0, url: bits&4 != 0, id: bits&8 != 0, decimal: bits&16 != 0}
		if agree(h, a, a) != same {
			t.Errorf("%q does not agree with itself", a)
		}
		if (agree(h, a, b) == same) != (agree(h, b, a) == same) && !h.id {
			t.Errorf("%q and %q agree one way only", a, b)
		}
		h.key(a)
	})
}
