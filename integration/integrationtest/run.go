package integrationtest

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/internal/golden"
)

// Run tests a tool as every tool is tested. It runs in the folder of the tool,
// whose testdata has the golden files.
func Run(t *testing.T, tool integration.Tool, o Options) {
	t.Helper()
	t.Run("manifest", func(t *testing.T) { t.Parallel(); manifest(t, tool, o) })
	t.Run("golden", func(t *testing.T) { t.Parallel(); goldens(t, tool, o) })
	t.Run("twice", func(t *testing.T) { t.Parallel(); twice(t, tool, o) })
	t.Run("faults", func(t *testing.T) { t.Parallel(); faults(t, tool, o) })
	t.Run("credentials", func(t *testing.T) { t.Parallel(); credentials(t, tool, o) })
	t.Run("secrets", func(t *testing.T) { t.Parallel(); secrets(t, tool, o) })
	t.Run("dry run", func(t *testing.T) { t.Parallel(); dryRun(t, tool, o) })
	t.Run("interrupted", func(t *testing.T) { t.Parallel(); interrupted(t, tool, o) })
	if !o.Unlimited {
		t.Run("random", func(t *testing.T) { t.Parallel(); random(t, tool, o) })
	}
}

func manifest(t *testing.T, tool integration.Tool, o Options) {
	m := tool.Manifest()
	if m.Name == "" {
		t.Fatalf("the manifest cannot be read: %s", m.Description)
	}
	if tool.Manifest() != m {
		t.Error("Manifest reads the manifest more than once")
	}
	inputs := inputsOf(tool, o)
	env := map[string]string{}
	for _, in := range m.Inputs {
		if in.Required && inputs[in.Name] == "" {
			t.Errorf("input %s is required and has no example", in.Name)
		}
		env[in.Env] = inputs[in.Name]
	}
	got, err := m.Resolve(func(name string) (string, bool) { v, ok := env[name]; return v, ok }, nil)
	if err != nil {
		t.Fatalf("the examples are refused: %v", err)
	}
	if diff := cmp.Diff(inputs, got); diff != "" {
		t.Errorf("inputs out of the environment (-want +got):\n%s", diff)
	}
	if in, err := m.Input("language"); err == nil {
		if diff := cmp.Diff(integration.Languages(), in.Choices); diff != "" {
			t.Errorf("languages of the manifest (-want +got):\n%s", diff)
		}
	}
	if forgets := m.Idempotency == "none" || m.Idempotency == "memory"; forgets != o.Repeats && o.Edition == "" {
		t.Errorf("the manifest says idempotency %q, the test Repeats %t", m.Idempotency, o.Repeats)
	}
}

// record is the golden file of a delivery.
type record struct {
	Delivery string               `json:"delivery"`
	Requests []request            `json:"requests"`
	Receipt  []integration.Action `json:"receipt"`
	Objects  []string             `json:"objects"`
}

type request struct {
	Method string   `json:"method"`
	URL    string   `json:"url"`
	Header []string `json:"header"`
	Body   any      `json:"body,omitempty"`
	Answer int      `json:"answer"`
}

func goldens(t *testing.T, tool integration.Tool, o Options) {
	inputs := inputsOf(tool, o)
	story := newBench(tool, o, inputs)
	for _, d := range Story() {
		compare(t, story, d)
	}
	for _, d := range Singles() {
		compare(t, newBench(tool, o, inputs), d)
	}
}

// compare delivers, and holds what was sent against the golden file.
func compare(t *testing.T, b *bench, d Named) {
	before := len(b.seen.Exchanges())
	receipt, err := b.deliver(t.Context(), d.Delivery)
	if err != nil {
		t.Errorf("%s: %v", d.Name, err)
		return
	}
	mask := integration.NewMask(b.tool.Manifest(), b.inputs)
	r := record{Delivery: d.ID, Requests: []request{}, Receipt: receipt.Actions, Objects: b.fake.Objects()}
	for _, e := range b.seen.Exchanges()[before:] {
		b.o.check(t, e)
		q := request{Method: e.Method, URL: mask.Text(e.URL), Header: []string{}, Answer: e.Status}
		for _, name := range slices.Sorted(keys(e.Header)) {
			q.Header = append(q.Header, name+": "+mask.Header(name, strings.Join(e.Header[name], ", ")))
		}
		var value any
		if json.Unmarshal(e.Body, &value) == nil {
			q.Body = value
		} else if len(e.Body) > 0 {
			q.Body = strings.Split(mask.Text(string(e.Body)), "\n")
		}
		r.Requests = append(r.Requests, q)
	}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(r); err != nil {
		t.Error(err)
		return
	}
	golden.Compare(t, path.Join("testdata", b.o.Edition, d.Name+".json"), out.Bytes())
}

func keys(h http.Header) func(func(string) bool) {
	return func(yield func(string) bool) {
		for name := range h {
			if !yield(name) {
				return
			}
		}
	}
}

// twice shows that an equal delivery makes nothing new.
func twice(t *testing.T, tool integration.Tool, o Options) {
	if tool.Manifest().Idempotency == "none" {
		t.Skip("the tool has no way to recognise what it was given before")
	}
	b := newBench(tool, o, inputsOf(tool, o))
	for _, d := range append(Story(), Singles()...) {
		if _, err := b.deliver(t.Context(), d.Delivery); err != nil {
			t.Fatalf("%s: %v", d.Name, err)
		}
		want := b.objects()
		receipt, err := b.deliver(t.Context(), d.Delivery)
		if err != nil {
			t.Fatalf("%s again: %v", d.Name, err)
		}
		if diff := cmp.Diff(want, b.objects()); diff != "" {
			t.Errorf("%s: delivered again it leaves something else (-once +twice):\n%s", d.Name, diff)
		}
		for _, a := range receipt.Actions {
			if a.Verb == "created" || a.Verb == "reopened" {
				t.Errorf("%s: delivered again it has %s %s", d.Name, a.Verb, a.Object)
			}
		}
	}
}

// faults shows that what goes wrong is said as what it is, that it ends, and
// that the delivery made again when all is well leaves what one would have.
func faults(t *testing.T, tool integration.Tool, o Options) {
	d := Story()[0].Delivery
	clean := newBench(tool, o, inputsOf(tool, o))
	if _, err := clean.deliver(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	want, exchanges := clean.alike(), len(clean.seen.Exchanges())
	for _, fault := range Faults() {
		t.Run(fault.Name, func(t *testing.T) {
			b := newBench(tool, o, inputsOf(tool, o))
			b.fault.set(&fault)
			receipt, err := b.deliver(t.Context(), d)
			checkError(t, fault, receipt, err)
			if slept := sum(b.slept); slept > 10*time.Minute {
				t.Errorf("it waits for %s in all", slept)
			}
			repair(t, b, d, fault, want, err)
			if fault.Silent {
				return // one that waits is enough
			}
			for k := range min(exchanges, 8) {
				once := fault
				once.From, once.To = k+1, k+1
				b := newBench(tool, o, inputsOf(tool, o))
				b.fault.set(&once)
				_, err := b.deliver(t.Context(), d)
				if err != nil && (fault.Name == "429" || fault.Name == "503 with Retry-After") {
					t.Errorf("at exchange %d: %v; it should have waited and gone on", k+1, err)
				}
				repair(t, b, d, fault, want, err)
				// And what is there already does not come a second time.
				b.fault.set(&once)
				_, err = b.deliver(t.Context(), d) // whether it fails is not asked here
				repair(t, b, d, fault, want, err)
			}
		})
	}
}

func checkError(t *testing.T, fault Fault, receipt *integration.Receipt, err error) {
	t.Helper()
	if receipt == nil {
		t.Error("there is no receipt")
	}
	if err == nil && !slices.Contains(fault.Kinds, "") {
		t.Error("there is no error")
		return
	}
	if err == nil {
		return
	}
	if !slices.Contains(fault.Kinds, kindOf(err)) {
		t.Errorf("the error is of kind %q, want one of %q: %v", kindOf(err), fault.Kinds, err)
	}
	if e, ok := asError(err); ok && (e.Hint == "" || e.Tool == "" || e.Text == "") {
		t.Errorf("the error lacks tool, text or hint: %+v", e)
	}
	if strings.ContainsFunc(err.Error(), func(r rune) bool { return r < ' ' || r == utf8.RuneError }) {
		t.Errorf("the error is not one line of text: %q", err.Error())
	}
}

// repair delivers without the fault, and compares with a clean run. A tool that
// cannot be asked does not know what was carried out, nor that an answer was
// none of the tool's.
func repair(t *testing.T, b *bench, d *integration.Delivery, fault Fault, want string, before error) {
	t.Helper()
	b.fault.set(nil)
	if b.o.Repeats && (fault.Carried || before == nil) {
		return
	}
	if _, err := b.deliver(t.Context(), d); err != nil {
		t.Errorf("when all is well again: %v", err)
		return
	}
	if diff := cmp.Diff(want, b.alike()); diff != "" {
		t.Errorf("after %s it leaves something else (-clean +got):\n%s", fault.Name, diff)
	}
}

func sum(all []time.Duration) (total time.Duration) {
	for _, d := range all {
		total += d
	}
	return total
}

// credentials shows that each secret counts.
func credentials(t *testing.T, tool integration.Tool, o Options) {
	if o.Anonymous {
		t.Skip("the tool checks no credentials")
	}
	for _, in := range tool.Manifest().Inputs {
		inputs := inputsOf(tool, o)
		if in.Type != integration.TypeSecret || inputs[in.Name] == "" || slices.Contains(o.Idle, in.Name) || strings.HasSuffix(in.Name, "_next") {
			continue
		}
		next := inputs[in.Name+"_next"]
		delete(inputs, in.Name+"_next")
		b := newBench(tool, o, inputs)
		b.inputs = maps.Clone(inputs)
		b.inputs[in.Name] = spoil(inputs[in.Name])
		receipt, err := b.deliver(t.Context(), Story()[0].Delivery)
		if err == nil {
			t.Errorf("it delivers with a wrong %s", in.Name)
			continue
		}
		checkError(t, Fault{Kinds: []integration.Kind{integration.Auth, integration.Config}}, receipt, err)
		if b.objects() != newBench(tool, o, inputs).objects() {
			t.Errorf("it has made something with a wrong %s: %s", in.Name, b.objects())
		}
		if next != "" && !slices.Contains(o.Idle, in.Name+"_next") {
			rotated(t, tool, o, in.Name)
		}
	}
}

// rotated shows that a secret may be changed on either side first.
func rotated(t *testing.T, tool integration.Tool, o Options, name string) {
	t.Helper()
	both := inputsOf(tool, o)
	only := maps.Clone(both)
	only[name] = both[name+"_next"]
	delete(only, name+"_next")
	for _, server := range []integration.Inputs{both, only} {
		b := newBench(tool, o, server)
		b.inputs = both
		if _, err := b.deliver(t.Context(), Story()[0].Delivery); err != nil {
			t.Errorf("while %s is rotated: %v", name, err)
		}
	}
}

// spoil changes a secret so that it keeps its form: its last letter or digit
// but one.
func spoil(secret string) string {
	b := []byte(secret)
	for i := len(b) - 3; i >= 0; i-- {
		if c := b[i]; c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' {
			b[i] = map[bool]byte{true: 'q', false: 'x'}[c == 'x']
			return string(b)
		}
	}
	return secret + "x"
}

// secrets shows that no secret gets into what is shown, whatever servers send
// back.
func secrets(t *testing.T, tool integration.Tool, o Options) {
	inputs := inputsOf(tool, o)
	var all []Fault
	for _, status := range []int{200, 400, 401, 404, 500} {
		all = append(all, Fault{Name: fmt.Sprintf("echo %d", status), Status: status, Echo: true})
	}
	for _, fault := range append(all, Faults()...) {
		if fault.Silent {
			continue
		}
		b := newBench(tool, o, inputs)
		b.fault.set(&fault)
		receipt, err := b.deliver(t.Context(), Story()[0].Delivery)
		b.leaks(t, fault.Name, fmt.Sprintf("%v\n%+v\n%+v\n%s", err, receipt, b.trace, b.objects()))
	}
}

// leaks reports secrets in a text.
func (b *bench) leaks(t *testing.T, what, text string) {
	t.Helper()
	for _, in := range b.tool.Manifest().Inputs {
		secret := b.inputs[in.Name]
		if in.Type != integration.TypeSecret || secret == "" {
			continue
		}
		for _, form := range forms(secret) {
			if strings.Contains(text, form) {
				t.Errorf("%s: %s is shown in %q", what, in.Name, text)
				break
			}
		}
	}
}

// forms are the texts by which a secret would be known.
func forms(secret string) []string {
	all := []string{secret, url.QueryEscape(secret), base64.StdEncoding.EncodeToString([]byte(secret))}
	for before := range 3 { // as the end of "user:password" in base64
		text := strings.TrimRight(base64.StdEncoding.EncodeToString([]byte("user:"[before:]+secret)), "=")
		all = append(all, text[8:len(text)-1])
	}
	if u, err := url.Parse(secret); err == nil && u.Host != "" {
		all = append(all, u.RequestURI(), path.Base(u.Path))
	}
	return all
}

// dryRun shows that a dry run shows every request and no secret.
func dryRun(t *testing.T, tool integration.Tool, o Options) {
	inputs := inputsOf(tool, o)
	var out strings.Builder
	b := newBench(tool, o, inputs)
	b.seen = &Recorder{Next: integration.DryRun(&out, tool.Manifest(), inputs, b.fake)}
	for _, d := range []*integration.Delivery{Story()[0].Delivery, Hostile()} {
		if _, err := b.deliver(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	}
	b.leaks(t, "dry run", out.String())
	if want, got := len(b.seen.Exchanges()), strings.Count(out.String(), ", says the fake"); want != got || want == 0 {
		t.Errorf("%d of %d requests are shown", got, want)
	}
	if strings.ContainsFunc(out.String(), func(r rune) bool { return r < ' ' && r != '\n' || r == 0x202e || r == utf8.RuneError }) {
		t.Error("control characters are shown")
	}
}

// interrupted shows that a delivery ends with its context.
func interrupted(t *testing.T, tool integration.Tool, o Options) {
	b := newBench(tool, o, inputsOf(tool, o))
	ctx, cancel := newContext(t)
	cancel()
	receipt, err := b.deliver(ctx, Story()[0].Delivery)
	checkError(t, Fault{Kinds: []integration.Kind{integration.Remote}}, receipt, err)
	if n := len(b.trace); n > 1 {
		t.Errorf("it made %d attempts after the end", n)
	}
}

// random shows that no text leads to a refusal: 2,000 findings in the languages
// by turns, and 10,000 in each of them with PLUMB_SIMULATIONS.
func random(t *testing.T, tool integration.Tool, o Options) {
	languages := integration.Languages()
	total, each := 2000, 100
	switch {
	case os.Getenv("PLUMB_SIMULATIONS") != "":
		total = 10_000 * len(languages)
	case testing.Short():
		total = 500
	}
	for seed := range total / each {
		inputs := inputsOf(tool, o)
		inputs["language"] = languages[seed%len(languages)]
		b := newBench(tool, o, inputs)
		if _, err := b.deliver(t.Context(), Random(uint64(seed), each)); err != nil {
			t.Errorf("seed %d: %v", seed, err)
			return
		}
		for _, e := range b.seen.Exchanges() {
			switch e.Status {
			case http.StatusBadRequest, http.StatusRequestEntityTooLarge, http.StatusRequestURITooLong, http.StatusUnprocessableEntity, http.StatusRequestHeaderFieldsTooLarge:
				t.Errorf("seed %d: %s %s is answered %d: %.300s", seed, e.Method, e.URL, e.Status, e.Answer)
			}
			o.check(t, e)
		}
		if t.Failed() {
			return
		}
	}
}

// check holds one exchange against what must be true of every one.
func (o *Options) check(t testing.TB, e *Exchange) {
	t.Helper()
	if o.Check != nil {
		o.Check(t, e)
	}
	if !utf8.Valid(e.Body) {
		t.Errorf("%s %s: the body is not UTF-8", e.Method, e.URL)
	}
	var value any
	kind, _, _ := mime.ParseMediaType(e.Header.Get("Content-Type"))
	isJSON := kind == "application/json" || strings.HasSuffix(kind, "+json")
	switch err := json.Unmarshal(e.Body, &value); {
	case isJSON && err != nil:
		t.Errorf("%s %s: the body is no JSON: %v", e.Method, e.URL, err)
	case !isJSON:
		value = string(e.Body)
	}
	for _, s := range stringsOf(value) {
		if strings.ContainsRune(s, 0) || strings.ContainsRune(s, 0x1b) || strings.ContainsRune(s, 0x202e) {
			t.Errorf("%s %s: control characters in %.200q", e.Method, e.URL, s)
		}
		for _, bad := range o.Forbidden {
			if strings.Contains(s, bad) {
				t.Errorf("%s %s: %q in %.300q", e.Method, e.URL, bad, s)
			}
		}
	}
}

// stringsOf are all strings of a JSON value.
func stringsOf(value any) []string {
	switch v := value.(type) {
	case string:
		return []string{v}
	case []any:
		var all []string
		for _, item := range v {
			all = append(all, stringsOf(item)...)
		}
		return all
	case map[string]any:
		var all []string
		for key, item := range v {
			all = append(append(all, key), stringsOf(item)...)
		}
		return all
	}
	return nil
}
