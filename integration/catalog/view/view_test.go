package view_test

import (
	"errors"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/catalog"
	"github.com/plumbapi/plumb/integration/catalog/view"
)

// hostile is an integration whose every text is markup.
func hostile(t *testing.T) *catalog.Result {
	t.Helper()
	const bad = "\"><script>alert(1)</script>\x1b[31m"
	e := &catalog.Entry{
		Manifest: &integration.Manifest{
			Name: "hostile", Title: bad, Description: bad, Owner: bad, Lifecycle: bad, Category: bad, Auth: bad, Tags: []string{bad},
			Direction: []string{"outbound", "inbound"}, Capabilities: []string{bad}, Idempotency: bad, Key: bad, Versions: []string{bad},
			Inputs: []integration.Input{{Name: bad, Env: bad, Type: bad, Help: bad, Default: bad, Required: true}},
			Limits: map[string]int{bad: 1}, Links: []integration.Link{{URL: "javascript:alert(1)", Title: bad}},
		},
		Files: fstest.MapFS{"docs.md": {Data: []byte("# " + bad + "\n\n" + bad + "\n\n## Set up\n\n```sh\n" + bad + "\n```\n")}}, File: "own/hostile/manifest.yaml",
	}
	r, err := catalog.Grade(t.Context(), e, catalog.Options{Now: time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// inMemory keeps the files of a site.
type inMemory map[string]string

func (m inMemory) Put(name string, data []byte) error {
	m[name] = string(data)
	return nil
}

func TestSiteOfHostileTexts(t *testing.T) {
	t.Parallel()
	site := inMemory{}
	if err := view.Site(site, []*catalog.Result{hostile(t)}, view.Options{Title: `<b>"`, Home: "../index.html", HomeTitle: "<i>"}); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"index.html", "hostile.html", "hostile.svg"} {
		text := site[name]
		if text == "" {
			t.Fatalf("there is no %s", name)
		}
		for _, alive := range []string{"<script>alert", `href="javascript:`, "<b>\"", "<i>", "\x1b"} {
			if strings.Contains(text, alive) {
				t.Errorf("%s has %q", name, alive)
			}
		}
		if m := regexp.MustCompile(`(src|href)="(https?:)?//`).FindString(text); m != "" {
			t.Errorf("%s asks another host: %s", name, m)
		}
	}
}

func TestSiteIsTheSameTwice(t *testing.T) {
	t.Parallel()
	results := graded(t, "email")
	first, second := inMemory{}, inMemory{}
	if err := errors.Join(view.Site(first, results, view.Options{}), view.Site(second, results, view.Options{})); err != nil {
		t.Fatal(err)
	}
	for name := range first {
		if first[name] != second[name] {
			t.Errorf("%s differs", name)
		}
	}
	for _, want := range []string{`data-category="mail"`, `name="level"`, `name="auth"`, `href="email.html"`} {
		if !strings.Contains(first["index.html"], want) {
			t.Errorf("the index lacks %s", want)
		}
	}
	for _, want := range []string{"<h2>Set up</h2>", "M03", `href="index.html"`} {
		if !strings.Contains(first["email.html"], want) {
			t.Errorf("the page lacks %s", want)
		}
	}
}

func TestTexts(t *testing.T) {
	t.Parallel()
	results := []*catalog.Result{hostile(t)}
	var list, one strings.Builder
	if err := errors.Join(view.List(&list, results, false), view.One(&one, results[0], false)); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(list.String()+one.String(), "\x1b") {
		t.Error("an escape sequence reaches the terminal")
	}
	if want := "1 integration: 1 planned\n"; !strings.HasSuffix(list.String(), want) {
		t.Errorf("the list ends otherwise than with %q:\n%s", want, list.String())
	}
	for _, want := range []string{"minimal  1 of 6", "✗ M01", "nothing is recorded"} {
		if !strings.Contains(one.String(), want) {
			t.Errorf("the text lacks %q:\n%s", want, one.String())
		}
	}
}

// broken is a writer that fails.
type broken struct{}

var errFull = errors.New("full")

func (broken) Put(string, []byte) error  { return errFull }
func (broken) Write([]byte) (int, error) { return 0, errFull }

func TestWriteErrors(t *testing.T) {
	t.Parallel()
	r := []*catalog.Result{hostile(t)}
	for name, err := range map[string]error{"Site": view.Site(broken{}, r, view.Options{}), "List": view.List(broken{}, r, false), "One": view.One(broken{}, r[0], false)} {
		if !errors.Is(err, errFull) {
			t.Errorf("%s = %v, want the writer's error", name, err)
		}
	}
}
