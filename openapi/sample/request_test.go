package sample_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/sample"
)

// api is a description with one operation, whose parameters and body are
// given.
func api(tb testing.TB, version, path, operation string) (*openapi.Document, *openapi.Operation) {
	tb.Helper()
	head := "openapi: " + version
	if version == "2.0" {
		head = "swagger: '2.0'\nhost: api.example.com\nbasePath: /v2/\nschemes: [http]"
	} else {
		head += "\nservers: [{url: 'https://{env}.example.com/v1/', variables: {env: {default: prod}}}]"
	}
	doc, err := openapi.Parse("api.yaml", []byte(head+"\ninfo: {title: T, version: '1'}\npaths:\n  "+path+":\n    post:\n      "+strings.ReplaceAll(strings.TrimSpace(operation), "\n", "\n      ")+"\n"))
	if err != nil {
		tb.Fatal(err)
	}
	return doc, doc.Operations()[0]
}

func TestStyles(t *testing.T) {
	t.Parallel()
	const list, object = `schema: {}, example: [a/b, c d]`, `schema: {}, example: {r: 1, g: x y}`
	for _, tt := range []struct{ name, path, parameter, want string }{
		{"simple", "/a/{p}", `in: path, ` + list, "/a/a%2Fb,c%20d"},
		{"simple object", "/a/{p}", `in: path, ` + object, "/a/r,1,g,x%20y"},
		{"simple object, exploded", "/a/{p}", `in: path, explode: true, ` + object, "/a/r=1,g=x%20y"},
		{"label", "/a/{p}", `in: path, style: label, ` + list, "/a/.a%2Fb,c%20d"},
		{"label, exploded", "/a/{p}", `in: path, style: label, explode: true, ` + list, "/a/.a%2Fb.c%20d"},
		{"matrix", "/a/{p}", `in: path, style: matrix, ` + list, "/a/;p=a%2Fb,c%20d"},
		{"matrix, exploded", "/a/{p}", `in: path, style: matrix, explode: true, ` + list, "/a/;p=a%2Fb;p=c%20d"},
		{"matrix object, exploded", "/a/{p}", `in: path, style: matrix, explode: true, ` + object, "/a/;r=1;g=x%20y"},
		{"form", "/a", `in: query, ` + list, "/a?p=a%2Fb&p=c%20d"},
		{"form, not exploded", "/a", `in: query, explode: false, ` + list, "/a?p=a%2Fb,c%20d"},
		{"form object", "/a", `in: query, ` + object, "/a?r=1&g=x%20y"},
		{"form object, not exploded", "/a", `in: query, explode: false, ` + object, "/a?p=r,1,g,x%20y"},
		{"space", "/a", `in: query, style: spaceDelimited, ` + list, "/a?p=a%2Fb%20c%20d"},
		{"pipe", "/a", `in: query, style: pipeDelimited, ` + list, "/a?p=a%2Fb%7Cc%20d"},
		{"deepObject", "/a", `in: query, style: deepObject, ` + object, "/a?p[r]=1&p[g]=x%20y"},
		{"reserved", "/a", `in: query, allowReserved: true, explode: false, ` + list, "/a?p=a/b,c%20d"},
		{"JSON", "/a", `in: query, content: {application/json: {example: {a: [1]}}}`, "/a?p=%7B%22a%22%3A%5B1%5D%7D"},
		{"made", "/a", `in: query, schema: {type: array, items: {type: integer, minimum: 7}}`, "/a?p=7"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			doc, op := api(t, "3.0.3", tt.path, "parameters: [{name: p, required: true, "+tt.parameter+"}]\nresponses: {}")
			r, err := sample.New(doc, sample.Options{}).Request(op, sample.RequestOptions{})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff("https://prod.example.com/v1"+tt.want, r.URL()); diff != "" {
				t.Errorf("URL (-want +got):\n%s", diff)
			}
		})
	}
}

func TestBodies(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, version, operation, media, want string }{
		{"JSON", "3.0.3", `requestBody: {required: true, content: {text/plain: {}, application/json: {schema: {type: object, required: [a], properties: {a: {type: string}}}}}}`, "application/json", `{"a":"string"}`},
		{"example of the media type", "3.1.0", `requestBody: {required: true, content: {application/json: {schema: {type: object}, examples: {one: {value: {b: 2}}}}}}`, "application/json", `{"b":2}`},
		{"not required, nothing to send", "3.0.3", `requestBody: {content: {application/json: {schema: {type: object}}}}`, "", ``},
		{"not required, with required members", "3.0.3", `requestBody: {content: {application/json: {schema: {type: object, required: [a], properties: {a: {type: integer}}}}}}`, "application/json", `{"a":1}`},
		{"form", "3.0.3", `requestBody: {required: true, content: {application/x-www-form-urlencoded: {schema: {type: object, required: [a, b, c], properties: {a: {enum: ['x&y']}, b: {type: array, items: {type: integer}}, c: {type: object, required: [d], properties: {d: {type: integer}}}}}, encoding: {c: {style: deepObject, explode: true}}}}}`, "application/x-www-form-urlencoded", `a=x%26y&b=1&c[d]=1`},
		{"multipart", "3.0.3", `requestBody: {required: true, content: {multipart/form-data: {schema: {type: object, required: [a, f], properties: {a: {type: integer}, f: {type: string, format: binary}}}}}}`, "multipart/form-data; boundary=plumb-boundary-7d5e4c3b2a", "--plumb-boundary-7d5e4c3b2a\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--plumb-boundary-7d5e4c3b2a\r\nContent-Disposition: form-data; name=\"f\"; filename=\"file\"\r\nContent-Type: application/octet-stream\r\n\r\nstring\r\n--plumb-boundary-7d5e4c3b2a--\r\n"},
		{"text", "3.0.3", `requestBody: {required: true, content: {text/plain: {example: hello}}}`, "text/plain", `hello`},
		{"body of 2.0", "2.0", `parameters: [{in: body, name: b, required: true, schema: {type: object, required: [a], properties: {a: {type: boolean}}}}]`, "application/json", `{"a":true}`},
		{"form of 2.0", "2.0", `parameters: [{in: formData, name: a, required: true, type: string, x-example: y z}, {in: formData, name: o, type: string}]`, "application/x-www-form-urlencoded", `a=y%20z`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			doc, op := api(t, tt.version, "/a", tt.operation+"\nresponses: {}")
			r, err := sample.New(doc, sample.Options{}).Request(op, sample.RequestOptions{})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]string{tt.media, tt.want}, []string{r.MediaType, string(r.Body)}); diff != "" {
				t.Errorf("body (-want +got):\n%s", diff)
			}
		})
	}
}

func TestSettings(t *testing.T) {
	t.Parallel()
	doc, op := api(t, "3.0.3", "/a/{id}", `
parameters:
  - {name: id, in: path, required: true, schema: {type: integer}}
  - {name: tags, in: query, explode: false, schema: {type: array, items: {type: string}}}
  - {name: page, in: query, schema: {type: integer}, example: 2}
  - {name: X-Trace, in: header, required: true, schema: {type: string}}
  - {name: sid, in: cookie, required: true, schema: {type: string}}
requestBody: {content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}}}
responses: {'200': {description: ok, content: {application/json: {}, text/csv: {}}}}`)
	r, err := sample.New(doc, sample.Options{}).Request(op, sample.RequestOptions{
		Server: "http://127.0.0.1:1/", Optional: true,
		Settings: []sample.Setting{
			{In: "path", Name: "id", Value: sample.String("../x")},
			{In: "query", Name: "tags", Value: sample.String(`["a","b"]`)},
			{In: "query", Name: "more", Value: sample.String("1&2")},
			{In: "header", Name: "x-trace", Value: sample.String("a\r\nb")},
			{In: "body", Name: "/list/-", Value: sample.String("x")},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := &sample.Request{
		Method: "POST", Server: "http://127.0.0.1:1", Path: "/a/..%2Fx", Query: "tags=a,b&page=2&more=1%262",
		Header:    []sample.Field{{"X-Trace", "a  b"}, {"Cookie", "sid=string"}, {"Accept", "application/json, text/csv"}, {"Content-Type", "application/json"}},
		MediaType: "application/json", Body: []byte(`{"list":{"-":"x"}}`),
	}
	if diff := cmp.Diff(want, r); diff != "" {
		t.Errorf("request (-want +got):\n%s", diff)
	}
}

func ExampleMaker_Request() {
	doc, err := openapi.Parse("api.yaml", []byte(`
openapi: 3.1.0
info: {title: Tracker, version: "1"}
servers: [{url: https://api.example.com}]
paths:
  /issues/{number}:
    patch:
      parameters: [{name: number, in: path, required: true, schema: {type: integer, example: 42}}]
      requestBody: {required: true, content: {application/json: {schema: {type: object, required: [state], properties: {state: {enum: [open, closed]}}}}}}
      responses: {"200": {description: changed}}
`))
	if err != nil {
		panic(err)
	}
	r, err := sample.New(doc, sample.Options{}).Request(doc.Operations()[0], sample.RequestOptions{})
	if err != nil {
		panic(err)
	}
	fmt.Printf("%s %s\n%s\n", r.Method, r.URL(), r.Body)
	// Output:
	// PATCH https://api.example.com/issues/42
	// {"state":"open"}
}
