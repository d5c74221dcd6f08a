package sampling_test

import (
	"go/parser"
	"go/token"
	"os/exec"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/apidocs/internal/sampling"
	"github.com/plumbapi/plumb/openapi/sample"
)

func TestAll(t *testing.T) {
	t.Parallel()
	r := sampling.Request{
		Method: "POST", URL: "https://api.example.com/issues?state=open&n=1",
		Header: []sample.Field{{Name: "Content-Type", Value: "application/json"}, {Name: "Authorization", Value: "Bearer $TOKEN"}},
		Body:   `{"title": "it's broken"}`,
	}
	want := []sampling.Sample{
		{"curl", `curl 'https://api.example.com/issues?state=open&n=1' \
  -H 'Content-Type: application/json' \
  -H "Authorization: Bearer $TOKEN" \
  -d '{"title": "it'\''s broken"}'`},
		{"Go", "body := strings.NewReader(`{\"title\": \"it's broken\"}`)\n" + `req, err := http.NewRequestWithContext(ctx, http.MethodPost, "https://api.example.com/issues?state=open&n=1", body)
if err != nil {
	return err
}
req.Header.Set("Content-Type", "application/json")
req.Header.Set("Authorization", "Bearer "+os.Getenv("TOKEN"))
resp, err := http.DefaultClient.Do(req)
if err != nil {
	return err
}
defer resp.Body.Close()`},
		{"JavaScript", `const response = await fetch("https://api.example.com/issues?state=open&n=1", {
  method: "POST",
  headers: {
    "Content-Type": "application/json",
    "Authorization": "Bearer " + process.env.TOKEN,
  },
  body: "{\"title\": \"it's broken\"}",
});
const data = await response.json();`},
		{"Python", `import json, os, urllib.request

request = urllib.request.Request(
    "https://api.example.com/issues?state=open&n=1",
    method="POST",
    headers={
        "Content-Type": "application/json",
        "Authorization": "Bearer " + os.environ["TOKEN"],
    },
    data="{\"title\": \"it's broken\"}".encode(),
)
with urllib.request.urlopen(request) as response:
    data = json.load(response)`},
	}
	if diff := cmp.Diff(want, sampling.All(r)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// hostile are texts that would be something else where they are not quoted.
var hostile = []string{
	"plain", "", "it's", `"`, "`id`", "$(id)", "${HOME}", `\`, "a\nb", "a\tb", "!!", "*", "~", "#x", "é 日本", "\u2028", "a b;c&d|e>f", `\"; os.Exit(1); "`,
}

// TestCurlInAShell lets a shell read each sample, with a function in place of
// curl that shows what it is given.
func TestCurlInAShell(t *testing.T) {
	t.Parallel()
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("no sh:", err)
	}
	for _, h := range hostile {
		r := sampling.Request{Method: "PUT", URL: "https://e.com/" + h, Header: []sample.Field{{Name: "X", Value: h + "$TOKEN" + h}}, Body: "b" + h}
		cmd := exec.CommandContext(t.Context(), sh, "-c", "curl() { printf '%s\\0' \"$@\"; }; TOKEN=secret; "+sampling.Curl(r))
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%q: %v: %s", h, err, out)
		}
		want := []string{"-X", "PUT", "https://e.com/" + h, "-H", "X: " + h + "secret" + h, "-d", "b" + h, ""}
		if diff := cmp.Diff(want, strings.Split(string(out), "\x00")); diff != "" {
			t.Errorf("%q (-want +got):\n%s", h, diff)
		}
	}
}

func TestGoParses(t *testing.T) {
	t.Parallel()
	for _, h := range hostile {
		r := sampling.Request{Method: "GET", URL: h, Header: []sample.Field{{Name: h, Value: h}}, Body: h}
		src := "package p\nfunc f(ctx any) error {\n" + sampling.Go(r) + "\nreturn nil\n}\n"
		f, err := parser.ParseFile(token.NewFileSet(), "x.go", src, 0)
		if err != nil {
			t.Errorf("%q: %v\n%s", h, err, src)
		} else if len(f.Decls) != 1 {
			t.Errorf("%q became code:\n%s", h, src)
		}
	}
}

// TestOf takes over what a request says of its body once.
func TestOf(t *testing.T) {
	t.Parallel()
	for name, header := range map[string][]sample.Field{"said": {{Name: "content-type", Value: "application/json"}}, "not said": nil} {
		got := sampling.Of(&sample.Request{Method: "POST", MediaType: "application/json", Header: header, Body: []byte("{}")})
		if len(got.Header) != 1 || !strings.EqualFold(got.Header[0].Name, "Content-Type") {
			t.Errorf("%s: %v", name, got.Header)
		}
	}
}
