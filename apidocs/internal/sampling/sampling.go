// Package sampling writes a request as code that sends it: for curl, Go,
// JavaScript and Python, with what each of them has by itself. Credentials are
// taken from the environment; a sample never has any.
package sampling

import (
	"slices"
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/openapi/sample"
)

// Request is what a sample sends.
type Request struct {
	Method, URL string
	Header      []sample.Field
	// Body is text; "" where there is none.
	Body string
}

// Of makes a request of what a description says, to a server.
func Of(r *sample.Request) Request {
	out := Request{Method: r.Method, URL: r.URL(), Header: r.Header, Body: string(r.Body)}
	typed := slices.ContainsFunc(r.Header, func(h sample.Field) bool { return strings.EqualFold(h.Name, "Content-Type") })
	if r.MediaType != "" && !typed {
		out.Header = append(out.Header[:len(out.Header):len(out.Header)], sample.Field{Name: "Content-Type", Value: r.MediaType})
	}
	return out
}

// Sample is a request in one language.
type Sample struct {
	// Language is what it is called, Text the code.
	Language, Text string
}

// All writes a request in every language.
func All(r Request) []Sample {
	return []Sample{{"curl", Curl(r)}, {"Go", Go(r)}, {"JavaScript", JavaScript(r)}, {"Python", Python(r)}}
}

// Curl writes a command for a POSIX shell.
func Curl(r Request) string {
	var b strings.Builder
	b.WriteString("curl")
	switch {
	case r.Method == "GET":
	case r.Method == "HEAD":
		b.WriteString(" --head")
	case r.Method == "POST" && r.Body != "":
	default:
		b.WriteString(" -X " + shell(r.Method))
	}
	b.WriteString(" " + shell(r.URL))
	for _, h := range r.Header {
		b.WriteString(" \\\n  -H " + shellExpanding(h.Name+": "+h.Value))
	}
	if r.Body != "" {
		b.WriteString(" \\\n  -d " + shell(r.Body))
	}
	return b.String()
}

// shell quotes a word so that a POSIX shell takes it as it is.
func shell(s string) string {
	plain := s != ""
	for _, c := range s {
		if !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:@%+,=", c) {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// shellExpanding quotes a word in which $TOKEN alone is expanded.
func shellExpanding(s string) string {
	before, after, ok := strings.Cut(s, Token)
	if !ok {
		return shell(s)
	}
	escape := strings.NewReplacer(`\`, `\\`, `"`, `\"`, "$", `\$`, "`", "\\`")
	variable := Token
	if after != "" {
		variable = "${TOKEN}" // what follows may be read as part of the name
	}
	return `"` + escape.Replace(before) + variable + escape.Replace(after) + `"`
}

// Token stands for a credential in a header's value.
const Token = "$TOKEN"

// Go writes statements for net/http.
func Go(r Request) string {
	var b strings.Builder
	body := "nil"
	if r.Body != "" {
		b.WriteString("body := strings.NewReader(" + goText(r.Body) + ")\n")
		body = "body"
	}
	b.WriteString("req, err := http.NewRequestWithContext(ctx, " + goMethod(r.Method) + ", " + strconv.Quote(r.URL) + ", " + body + ")\nif err != nil {\n\treturn err\n}\n")
	for _, h := range r.Header {
		b.WriteString("req.Header.Set(" + strconv.Quote(h.Name) + ", " + joined(h.Value, strconv.Quote, `os.Getenv("TOKEN")`, "+") + ")\n")
	}
	b.WriteString("resp, err := http.DefaultClient.Do(req)\nif err != nil {\n\treturn err\n}\ndefer resp.Body.Close()")
	return b.String()
}

func goMethod(m string) string {
	switch m {
	case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE":
		return "http.Method" + m[:1] + strings.ToLower(m[1:])
	}
	return strconv.Quote(m)
}

func goText(s string) string {
	if strings.Contains(s, "`") || strings.ContainsFunc(s, func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' || r == '\ufeff' }) {
		return strconv.Quote(s)
	}
	return "`" + s + "`"
}

// JavaScript writes a call of fetch.
func JavaScript(r Request) string {
	var b strings.Builder
	b.WriteString("const response = await fetch(" + script(r.URL))
	var parts []string
	if r.Method != "GET" {
		parts = append(parts, "  method: "+script(r.Method)+",\n")
	}
	if len(r.Header) > 0 {
		p := "  headers: {\n"
		for _, h := range r.Header {
			p += "    " + script(h.Name) + ": " + joined(h.Value, script, "process.env.TOKEN", " + ") + ",\n"
		}
		parts = append(parts, p+"  },\n")
	}
	if r.Body != "" {
		parts = append(parts, "  body: "+script(r.Body)+",\n")
	}
	if len(parts) > 0 {
		b.WriteString(", {\n" + strings.Join(parts, "") + "}")
	}
	b.WriteString(");\nconst data = await response.json();")
	return b.String()
}

// Python writes a request for urllib, which needs nothing installed.
func Python(r Request) string {
	var b strings.Builder
	if strings.Contains(headers(r), Token) {
		b.WriteString("import json, os, urllib.request\n\n")
	} else {
		b.WriteString("import json, urllib.request\n\n")
	}
	b.WriteString("request = urllib.request.Request(\n    " + script(r.URL) + ",\n    method=" + script(r.Method) + ",\n")
	if len(r.Header) > 0 {
		b.WriteString("    headers={\n")
		for _, h := range r.Header {
			b.WriteString("        " + script(h.Name) + ": " + joined(h.Value, script, `os.environ["TOKEN"]`, " + ") + ",\n")
		}
		b.WriteString("    },\n")
	}
	if r.Body != "" {
		b.WriteString("    data=" + script(r.Body) + ".encode(),\n")
	}
	b.WriteString(")\nwith urllib.request.urlopen(request) as response:\n    data = json.load(response)")
	return b.String()
}

func headers(r Request) string {
	var b strings.Builder
	for _, h := range r.Header {
		b.WriteString(h.Value)
	}
	return b.String()
}

// joined writes a value with a credential in it as a sum.
func joined(value string, quote func(string) string, token, plus string) string {
	before, after, ok := strings.Cut(value, Token)
	if !ok {
		return quote(value)
	}
	out := token
	if before != "" {
		out = quote(before) + plus + out
	}
	if after != "" {
		out += plus + quote(after)
	}
	return out
}

// script quotes a string for JavaScript and Python both: what must be escaped
// is escaped as \uXXXX or in a way that they share.
func script(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\r':
			b.WriteString(`\r`)
		case r < ' ' || r == 0x7f || r == 0x2028 || r == 0x2029 || r == 0xfeff:
			h := strconv.FormatInt(int64(r), 16)
			b.WriteString(`\u` + strings.Repeat("0", 4-len(h)) + h)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
