package jsonschema_test

import (
	"fmt"
	"strconv"
	"testing"

	"github.com/plumbapi/plumb/openapi/jsonschema"
)

func TestPattern(t *testing.T) {
	t.Parallel()
	cases := []struct {
		pattern string
		match   []string
		not     []string
	}{
		{"^x-", []string{"x-", "x-a"}, []string{"ax-", "x"}},
		{"a|b", []string{"xax", "b"}, []string{"c"}},
		{`^\d{2,3}$`, []string{"12", "123"}, []string{"1", "1234", "١٢"}},
		{`^a{2}?b{,2}$`, []string{"aab{,2}"}, []string{"aabb"}},
		{`^.$`, []string{"a", "\t", "é"}, []string{"\n", "\u2028", "ab"}},
		{`^\s$`, []string{" ", "\u00a0", "\ufeff", "\v"}, []string{"a", "\u200b"}},
		{`^[\S]$`, []string{"a", "\u200b"}, []string{" ", "\u3000"}},
		{`^[^\s,]+$`, []string{"ab"}, []string{"a b", "a,b"}},
		{`^[\w.-]+$`, []string{"a_b-c.d"}, []string{"ä", "a b"}},
		{`^[\w-.]$`, []string{"-", ".", "a"}, []string{","}},
		{`^[a\-z]$`, []string{"-", "a", "z"}, []string{"b"}},
		{`^[]$`, nil, []string{"", "a"}},
		{`^[^]$`, []string{"a", "\n"}, []string{""}},
		{`^[[:x]$`, []string{"[", ":", "x"}, []string{"a"}},
		{`^[&&a]$`, []string{"&", "a"}, []string{"b"}},
		{`^[\b]$`, []string{"\b"}, []string{"b"}},
		{`\bcat\b`, []string{"a cat."}, []string{"concat"}},
		{`^\u00e9\x41\u{1f600}\ud83d\ude00$`, []string{"éA😀😀"}, []string{"éA"}},
		{`^\/\-\_\@\"$`, []string{`/-_@"`}, []string{`\/`}},
		{`^\cA\0$`, []string{"\x01\x00"}, []string{"cA0"}},
		{`^\p{Lu}\p{Script=Greek}\P{L}$`, []string{"Äα1"}, []string{"äα1"}},
		{`^(?:a)(b)(?<name>c)$`, []string{"abc"}, []string{"ab"}},
		{`^a{$`, []string{"a{"}, []string{"a"}},
		{`^}]$`, []string{"}]"}, nil},
		{`^x*?y+?z??$`, []string{"xxy", "yz"}, []string{"x"}},
		{"^a$", []string{"a"}, []string{"a\n", "b\na"}},
		{"^😀?$", []string{"", "😀"}, []string{"😀😀"}},
		// What cannot be run asserts nothing.
		{`^(?=.*\d)(?!x).*$`, []string{"anything"}, nil},
		{`(a)\1`, []string{"anything"}, nil},
		{`(?<=a)b`, []string{"anything"}, nil},
		{`^.{1,5000}$`, []string{""}, nil},
	}
	for _, tc := range cases {
		t.Run(tc.pattern, func(t *testing.T) {
			t.Parallel()
			s := jsonschema.NewCompiler(jsonschema.Draft07, jsonschema.Options{}).Compile(node(t, fmt.Sprintf(`{"pattern": %s}`, jsonString(tc.pattern))))
			if p := s.Survey().Fatal; p != nil {
				t.Fatal(p.Message)
			}
			for _, text := range tc.match {
				if errs, _ := s.Validate(node(t, jsonString(text)), jsonschema.Mode{}); errs != nil {
					t.Errorf("%q does not match", text)
				}
			}
			for _, text := range tc.not {
				if errs, _ := s.Validate(node(t, jsonString(text)), jsonschema.Mode{}); errs == nil {
					t.Errorf("%q matches", text)
				}
			}
		})
	}
}

// jsonString writes a JSON string, every character beyond ASCII escaped.
func jsonString(s string) string {
	out := `"`
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			out += `\` + string(r)
		case r < 0x20 || r == 0x2028 || r == 0xfeff:
			out += fmt.Sprintf(`\u%04x`, r)
		default:
			out += string(r)
		}
	}
	return out + `"`
}

func TestPatternInvalid(t *testing.T) {
	t.Parallel()
	for _, pattern := range []string{"(", ")", "(a", "a)", "[a", "[z-a]", "*", "a**", "+a", "?", "^*", "a{2,1}", "{1}", `\`, "(?a)", "(?<n", "(?<=a)*", `[\`, "a|*"} {
		text := fmt.Sprintf(`{"schema": {"pattern": %[1]s}, "format": {"format": "regex"}, "value": %[1]s}`, jsonString(pattern))
		n := node(t, text)
		s := jsonschema.NewCompiler(jsonschema.Draft07, jsonschema.Options{}).Compile(n.Get("schema"))
		if s.Survey().Fatal == nil {
			t.Errorf("%q is a regular expression", pattern)
		}
		if errs, _ := s.Validate(n.Get("value"), jsonschema.Mode{}); errs != nil {
			t.Errorf("%q asserts something", pattern)
		}
		f := jsonschema.NewCompiler(jsonschema.Draft07, jsonschema.Options{}).Compile(n.Get("format"))
		if errs, _ := f.Validate(n.Get("value"), jsonschema.Mode{}); errs == nil {
			t.Errorf("%q is of the format regex", pattern)
		}
	}
}

func TestFormat(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ good, bad []string }{
		"date":      {[]string{"2020-02-29", "1999-12-31"}, []string{"2021-02-29", "2020-13-01", "2020-1-1", "2020-00-10", "20-01-01"}},
		"time":      {[]string{"12:34:56", "23:59:60Z", "12:34:56.789+02:00", "12:34:56-0200", "12:34:56z", "12:34:56+02"}, []string{"24:00:00", "12:60:00", "12:34", "12:34:56.", "12:34:56+2", "23:58:60Z"}},
		"date-time": {[]string{"2020-01-02T03:04:05Z", "2020-01-02 03:04:05+01:00", "2020-01-02t03:04:05.6z", "2020-01-02T03:04:05"}, []string{"2020-01-02", "2020-01-02T25:00:00Z", "2020-01-02_03:04:05Z"}},
		"duration":  {[]string{"P1Y2M3DT4H5M6S", "P7W", "PT1S", "P1D"}, []string{"P", "PT", "1D", "P1S", "P1M1Y", "P1DT", "P1W1D"}},
		"email":     {[]string{"a@example.com", "a.b+c@sub.example.org"}, []string{"a", "a@b", "@example.com", "a..b@example.com", "a@-b.com", "a b@example.com"}},
		"hostname":  {[]string{"example.com", "a-b.c.", "localhost"}, []string{"", "-a.com", "a_b.com", "a..b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.com"}},
		"ipv4":      {[]string{"127.0.0.1", "255.255.255.255"}, []string{"256.0.0.1", "1.2.3", "1.2.3.4.5", "a.b.c.d"}},
		"ipv6":      {[]string{"::1", "2001:db8::ff00:42:8329", "::ffff:1.2.3.4"}, []string{"1.2.3.4", ":::", "12345::", "fe80::1%eth0"}},
		"uri": {
			[]string{"https://example.com/a?b=c#d", "urn:isbn:123", "mailto:a@example.com", "http://[::1]:80/", "http://a@b:1", "a:b", "http://a:b"},
			[]string{"example.com", "//example.com", "http://a b", "http://a/%zz", ":a", "http://[1::2", "a:", "http://a/{id}", "http://é"},
		},
		"uri-reference":             {[]string{"", "a", "/a/b", "../x?y#z", "#f", "//host/x", "https://example.com"}, []string{"a b", "%1", "a#b#c", `\a`, "{a}"}},
		"uri-template":              {[]string{"/a/{id}", "{+path}/x{?a,b*,c:3}", ""}, []string{"/a/{", "}", "{a b}", "{:3}", "{a:0}", "a b", "%1"}},
		"url":                       {[]string{"https://example.com/a", "ftp://user:pw@example.org:21/x", "http://8.8.8.8/"}, []string{"example.com", "http://localhost", "http://10.0.0.1", "http://192.168.1.1", "mailto:a@b.c", "http://a..com", "http://example.com:1"}},
		"uuid":                      {[]string{"123e4567-e89b-12d3-a456-426614174000", "urn:uuid:123E4567-E89B-12D3-A456-426614174000"}, []string{"123e4567e89b12d3a456426614174000", "123e4567-e89b-12d3-a456-42661417400g"}},
		"regex":                     {[]string{"^a(?=b)$", `\d+`, ""}, []string{"(", "a**"}},
		"json-pointer":              {[]string{"", "/a~0b~1c", "/"}, []string{"a", "/~2", "/~"}},
		"json-pointer-uri-fragment": {[]string{"#", "#/a~1b%20"}, []string{"/a", "#a", "#/ "}},
		"relative-json-pointer":     {[]string{"0", "1/a", "2#"}, []string{"", "01", "/a", "-1"}},
		"byte":                      {[]string{"", "YWJj", "YWI="}, []string{"YWI", "a b c d", "=="}},
		"password":                  {[]string{"x", ""}, nil},
		"no-such-format":            {[]string{"x"}, nil},
	}
	for name, tc := range cases {
		s := jsonschema.NewCompiler(jsonschema.Draft07, jsonschema.Options{}).Compile(node(t, `{"format": "`+name+`"}`))
		for _, text := range tc.good {
			if errs, _ := s.Validate(node(t, strconv.Quote(text)), jsonschema.Mode{}); errs != nil {
				t.Errorf("%q is no %s", text, name)
			}
		}
		for _, text := range tc.bad {
			if errs, _ := s.Validate(node(t, jsonString(text)), jsonschema.Mode{}); errs == nil {
				t.Errorf("%q is %s", text, name)
			}
		}
	}
	numbers := map[string]struct{ good, bad []string }{
		"int32": {[]string{"1", "-2147483648", "2.0"}, []string{"2147483648", "1.5"}},
		"int64": {[]string{"9007199254740993"}, []string{"0.1"}},
		"float": {[]string{"0.1"}, nil},
	}
	for name, tc := range numbers {
		s := jsonschema.NewCompiler(jsonschema.Draft07, jsonschema.Options{}).Compile(node(t, `{"format": "`+name+`"}`))
		for _, text := range tc.good {
			if errs, _ := s.Validate(node(t, text), jsonschema.Mode{}); errs != nil {
				t.Errorf("%s is no %s", text, name)
			}
		}
		for _, text := range append(tc.bad, `"a"`) {
			if errs, _ := s.Validate(node(t, text), jsonschema.Mode{}); (errs == nil) != (text == `"a"`) {
				t.Errorf("%s is %s", text, name)
			}
		}
	}
}
