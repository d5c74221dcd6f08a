package integration_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration"
)

const whole = `apiVersion: plumb/v1
kind: Integration
metadata:
  name: tool
  title: Tool
  description: Tells the tool.
  tags: [chat]
  links: [{url: "https://tool.example/api", title: API}]
  annotations: {other/thing: 1}
spec:
  owner: team
  lifecycle: production
  category: chat
  direction: [outbound]
  capabilities: [report.deliver]
  inputs:
    - {name: url, type: url, env: TOOL_URL, default: "https://tool.example/", help: Where it is.}
    - {name: token, type: secret, required: true, env: TOOL_TOKEN, help: The token., example: example-token}
    - {name: channel, type: string, required: true, env: TOOL_CHANNEL, help: The channel., example: general}
    - {name: most, type: integer, env: TOOL_MOST, default: 5, help: How many.}
    - {name: loud, type: boolean, env: TOOL_LOUD, default: false, help: Whether it is loud.}
    - {name: edition, type: choice, choices: [cloud, server], env: TOOL_EDITION, default: cloud, help: Which one.}
  auth: {scheme: bearer}
  limits: {text: 3000}
  idempotency: {strategy: marker, key: a comment}
  slo: {availability: 99.5, p95: 500ms, timeout: 10s}
  versions: ["1", "2"]
  breaking: 90d
`

func TestParseManifest(t *testing.T) {
	t.Parallel()
	got, err := integration.ParseManifest("manifest.yaml", []byte(whole))
	if err != nil {
		t.Fatal(err)
	}
	want := &integration.Manifest{
		Name: "tool", Title: "Tool", Description: "Tells the tool.", Tags: []string{"chat"}, Owner: "team", Lifecycle: "production", Category: "chat",
		Direction: []string{"outbound"}, Capabilities: []string{"report.deliver"}, Auth: "bearer", Limits: map[string]int{"text": 3000},
		Inputs: []integration.Input{
			{Name: "url", Type: "url", Env: "TOOL_URL", Default: "https://tool.example/", Help: "Where it is."},
			{Name: "token", Type: "secret", Required: true, Env: "TOOL_TOKEN", Help: "The token.", Example: "example-token"},
			{Name: "channel", Type: "string", Required: true, Env: "TOOL_CHANNEL", Help: "The channel.", Example: "general"},
			{Name: "most", Type: "integer", Env: "TOOL_MOST", Default: "5", Help: "How many."},
			{Name: "loud", Type: "boolean", Env: "TOOL_LOUD", Default: "false", Help: "Whether it is loud."},
			{Name: "edition", Type: "choice", Choices: []string{"cloud", "server"}, Env: "TOOL_EDITION", Default: "cloud", Help: "Which one."},
		},
		Idempotency: "marker", Key: "a comment", SLO: integration.SLO{Availability: 99.5, P95: 500 * time.Millisecond, Timeout: 10 * time.Second},
		Links: []integration.Link{{URL: "https://tool.example/api", Title: "API"}}, Versions: []string{"1", "2"}, Breaking: 90 * 24 * time.Hour,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("ParseManifest (-want +got):\n%s", diff)
	}
}

func TestManifestProblems(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, old, new, want string }{
		{"empty", whole, "# nothing\n", "m.yaml:1:1: the file is empty; expected a manifest with apiVersion, kind, metadata and spec"},
		{"another version", "plumb/v1", "plumb/v2", `m.yaml:1:13: apiVersion "plumb/v2" is unknown; did you mean "plumb/v1"?`},
		{"unknown key", "  owner: team\n", "  owner: team\n  ownr: x\n", `m.yaml:12:3: unknown key "ownr" in spec; did you mean "owner"?`},
		{"missing key", "  owner: team\n", "", "m.yaml:11:3: spec has no owner"},
		{"name", "name: tool\n", "name: My Tool\n", `m.yaml:4:9: metadata.name "My Tool" is not made of lower-case letters, digits and hyphens, a letter first`},
		{"category", "category: chat", "category: chta", `m.yaml:13:13: spec.category "chta" is unknown; did you mean "chat"?`},
		{"capability", "[report.deliver]", "[report.delivr]", `m.yaml:15:18: spec.capabilities[0] "report.delivr" is unknown; did you mean "report.deliver"?`},
		{"capability twice", "[report.deliver]", "[link.back, link.back]", `m.yaml:15:29: spec.capabilities "link.back" is given twice; the first is at line 15`},
		{"no direction", "direction: [outbound]", "direction: []", "m.yaml:14:14: spec.direction is empty; expected at least one"},
		{"input twice", "name: channel", "name: token", `m.yaml:19:14: the name of spec.inputs "token" is given twice; the first is at line 18`},
		{"variable twice", "TOOL_CHANNEL", "TOOL_TOKEN", `m.yaml:19:58: the env of spec.inputs "TOOL_TOKEN" is given twice; the first is at line 18`},
		{"no variable", "TOOL_CHANNEL", "tool-channel", `m.yaml:19:58: spec.inputs[2].env "tool-channel" is no name of an environment variable; expected one such as SLACK_WEBHOOK_URL`},
		{"secret with a default", "env: TOOL_TOKEN,", "env: TOOL_TOKEN, default: x,", "m.yaml:18:7: spec.inputs[1] is a secret and has a default"},
		{"default of another type", "default: 5", "default: five", `m.yaml:20:60: spec.inputs[3].default "five" is no whole number`},
		{"choice without choices", "choices: [cloud, server], ", "", "m.yaml:22:7: spec.inputs[5] is a choice and has no choices"},
		{"default that is no choice", "default: cloud", "default: clud", `m.yaml:22:91: spec.inputs[5].default "clud" is not one of cloud, server`},
		{"limit", "text: 3000", "text: 0.5", "m.yaml:24:18: spec.limits.text is 0.5; expected a number from 1 to 1099511627776"},
		{"limit that is not whole", "text: 3000", "text: 1.5", "m.yaml:24:18: spec.limits.text is 1.5; expected a whole number"},
		{"idempotency without key", ", key: a comment", "", "m.yaml:25:16: spec.idempotency has a strategy and no key"},
		{"duration", "500ms", "fast", `m.yaml:26:34: spec.slo.p95 "fast" is no duration; expected one such as 500ms, 2s or 90d`},
		{"timeout", "timeout: 10s", "timeout: 100ms", "m.yaml:26:50: spec.slo.timeout is shorter than p95"},
		{"availability", "99.5", "995", "m.yaml:26:23: spec.slo.availability is 995; expected a number from 50 to 100"},
		{"link", "https://tool.example/api", "ftp://x", `m.yaml:8:17: metadata.links[0].url "ftp://x" is no address of a page`},
		{"two problems", "kind: Integration", "kind: Tool\nother: 1", "m.yaml:2:7: kind \"Tool\" is unknown; it is one of Integration\nm.yaml:3:1: unknown key \"other\"; it is one of apiVersion, kind, metadata, spec"},
		{"syntax", "spec:\n", "spec: [\n", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			text := strings.Replace(whole, tt.old, tt.new, 1)
			if text == whole {
				t.Fatal("the test changes nothing")
			}
			_, err := integration.ParseManifest("m.yaml", []byte(text))
			var e *integration.FileError
			if !errors.As(err, &e) {
				t.Fatalf("error %v; want a *FileError", err)
			}
			if tt.want == "" {
				return
			}
			if diff := cmp.Diff(tt.want, err.Error()); diff != "" {
				t.Errorf("error (-want +got):\n%s", diff)
			}
		})
	}
}

func TestEmbedded(t *testing.T) {
	t.Parallel()
	good, bad := integration.Embedded([]byte(whole)), integration.Embedded([]byte("kind: x\n"))
	if first, second := good(), good(); first != second || first.Name != "tool" {
		t.Error("the manifest is read more than once, or wrong")
	}
	if bad().Name != "" || bad().Description == "" {
		t.Errorf("what is wrong with a manifest is not said: %+v", bad())
	}
}

func TestResolve(t *testing.T) {
	t.Parallel()
	m, err := integration.ParseManifest("manifest.yaml", []byte(whole))
	if err != nil {
		t.Fatal(err)
	}
	at := check.Location{File: "plumb.yaml", Line: 7, Column: 5}
	set := func(pairs ...string) (all []integration.Setting) {
		for i := 0; i < len(pairs); i += 2 {
			all = append(all, integration.Setting{Name: pairs[i], Value: pairs[i+1], At: at})
		}
		return all
	}
	tests := []struct {
		name     string
		env      map[string]string
		settings []integration.Setting
		want     integration.Inputs
		problem  string
	}{
		{"environment and defaults", map[string]string{"TOOL_TOKEN": " abcd1234\n", "TOOL_CHANNEL": "#api"}, nil,
			integration.Inputs{"url": "https://tool.example", "token": "abcd1234", "channel": "#api", "most": "5", "loud": "false", "edition": "cloud"}, ""},
		{"plumb.yaml over the default, the environment over both", map[string]string{"TOOL_TOKEN": "abcd1234", "TOOL_MOST": "7"}, set("channel", "#api", "most", "6", "loud", "Yes", "url", "http://10.0.0.1:8080/base/"),
			integration.Inputs{"url": "http://10.0.0.1:8080/base", "token": "abcd1234", "channel": "#api", "most": "7", "loud": "true", "edition": "cloud"}, ""},
		{"nothing", nil, nil, nil, "tool: TOOL_TOKEN is not set: The token\ntool: TOOL_CHANNEL is not set: The channel; set TOOL_CHANNEL, or channel below integrations.tool in plumb.yaml"},
		{"an empty variable is none", map[string]string{"TOOL_TOKEN": " ", "TOOL_CHANNEL": "x"}, nil, nil, "tool: TOOL_TOKEN is not set: The token"},
		{"a secret in the file", map[string]string{"TOOL_TOKEN": "abcd1234", "TOOL_CHANNEL": "x"}, set("token", "hunter22"), nil,
			"tool: plumb.yaml:7:5: token is a secret and is not read from a file: put it into the environment variable TOOL_TOKEN, and change it if the file was shared"},
		{"an unknown input", map[string]string{"TOOL_TOKEN": "abcd1234", "TOOL_CHANNEL": "x"}, set("chanel", "#api", "zzzzzzz", "1"), nil,
			"tool: plumb.yaml:7:5: unknown input \"chanel\"; did you mean \"channel\"?\ntool: plumb.yaml:7:5: unknown input \"zzzzzzz\"; it is one of url, channel, most, loud, edition"},
		{"wrong values", map[string]string{"TOOL_TOKEN": "abc", "TOOL_CHANNEL": "a\nb", "TOOL_EDITION": "cluod", "TOOL_URL": "https://me:hunter22@tool.example"}, set("most", "many", "loud", "maybe"), nil,
			"tool: TOOL_URL has credentials in it, which belong in an input of their own\n" +
				"tool: TOOL_TOKEN is shorter than 4 characters: that is no secret\ntool: TOOL_CHANNEL \"a\\nb\" holds a line break or another control character\n" +
				"tool: plumb.yaml:7:5: most \"many\" is no whole number\ntool: plumb.yaml:7:5: loud \"maybe\" is neither true nor false\ntool: TOOL_EDITION \"cluod\" is not one of cloud, server"},
		{"wrong addresses", map[string]string{"TOOL_TOKEN": "abcd1234", "TOOL_CHANNEL": "x", "TOOL_URL": "tool.example"}, nil, nil, `tool: TOOL_URL "tool.example" is no URL; expected one such as https://host/path`},
		{"wrong schemes", map[string]string{"TOOL_TOKEN": "abcd1234", "TOOL_CHANNEL": "x", "TOOL_URL": "gopher://tool.example"}, nil, nil, `tool: TOOL_URL "gopher://tool.example" has the scheme "gopher"; expected https or http`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := m.Resolve(func(name string) (string, bool) { v, ok := tt.env[name]; return v, ok }, tt.settings)
			problem := ""
			if err != nil {
				problem = err.Error()
			}
			if diff := cmp.Diff(tt.problem, problem); diff != "" {
				t.Errorf("error (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("inputs (-want +got):\n%s", diff)
			}
		})
	}
}

func FuzzManifest(f *testing.F) {
	f.Add([]byte(whole))
	f.Add([]byte(`{"apiVersion":"plumb/v1","kind":"Integration","metadata":{},"spec":{"inputs":[{}],"limits":{"a":1e308}}}`))
	f.Add([]byte("a: &a [*a]\n"))
	f.Add([]byte("spec: {slo: {p95: 9999999999999999999999d}}\n\xff"))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := integration.ParseManifest("m.yaml", data)
		if err == nil {
			if m.Name == "" || m.SLO.Timeout <= 0 && m.SLO.P95 > 0 {
				t.Errorf("a manifest without a name or a timeout is taken: %+v", m)
			}
			_, _ = m.Resolve(func(string) (string, bool) { return "", false }, nil) // must not panic
			_ = integration.NewMask(m, m.Examples())
			return
		}
		var e *integration.FileError
		if !errors.As(err, &e) {
			t.Fatalf("error %v; want a *FileError", err)
		}
		for _, p := range e.Problems {
			if p.Line < 1 || p.Column < 1 || p.Message == "" {
				t.Errorf("problem %+v has no place or no message", p)
			}
		}
	})
}
