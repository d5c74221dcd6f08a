package catalog_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sort"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf8"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/catalog"
	"github.com/plumbapi/plumb/integration/internal/phrase"
)

// postbox is a tracker for tests of the catalog. It is sound but for its flaw,
// so that each check is seen to fail.
type postbox struct{ flaw string }

const postboxManifest = `apiVersion: plumb/v1
kind: Integration
metadata: {name: postbox, title: Postbox, description: Keeps things., tags: [test]}
spec:
  owner: tests
  lifecycle: production
  category: tracker
  direction: [outbound]
  capabilities: [finding.create, finding.update, finding.close, finding.reopen, link.back]
  auth: {scheme: bearer}
  inputs:
    - {name: url, type: url, required: true, env: POSTBOX_URL, help: Where the server is., example: "https://postbox.example"}
    - {name: token, type: secret, required: true, env: POSTBOX_TOKEN, help: What opens the box., example: token-of-a-postbox-17}
    - {name: token_next, type: secret, env: POSTBOX_TOKEN_NEXT, help: What opens it next.}
    - {name: edition, type: choice, choices: [one, two], env: POSTBOX_EDITION, default: one, help: Which of the two it is.}
    - {name: language, type: choice, choices: [en, de, pl], env: POSTBOX_LANGUAGE, default: en, help: The language of things.}
  limits: {title: 100}
  idempotency: {strategy: label, key: fingerprint}
  slo: {availability: 99.5, p95: 2s, timeout: 10s}
  versions: [one, two]
  breaking: 90d
`

const postboxDocs = "# Postbox\n\n## Set up\n\n```sh\nexport POSTBOX_TOKEN=token-of-a-postbox-17\nplumb integrations test postbox\n```\n\n" +
	"## Permissions\n\nTo write.\n\n## Trouble\n\nAsk.\n\n## Changes\n\nNone.\n"

const postboxSchema = `{"requests": [{"method": "PUT", "path": "^/(one|two)/[0-9a-f]{32}$", "schema": {
  "type": "object", "required": ["title", "state", "text"], "additionalProperties": false,
  "properties": {"title": {"type": "string", "maxLength": 100}, "state": {"enum": ["open", "closed"]}, "text": {"type": "string"}}}}]}`

// postboxFiles are the folder of the postbox.
func postboxFiles() fstest.MapFS {
	files := fstest.MapFS{
		"manifest.yaml": {Data: []byte(postboxManifest)}, "docs.md": {Data: []byte(postboxDocs)}, "schema.json": {Data: []byte(postboxSchema)},
	}
	const record = `{"delivery": "d", "requests": [{"method": "PUT", "url": "https://postbox.example/one/0123456789abcdef0123456789abcdef",
		"header": ["Content-Type: application/json"], "body": {"title": "a", "state": "open", "text": "b"}, "answer": 200}]}`
	for i := range 5 {
		files[fmt.Sprintf("testdata/%d.json", i)] = &fstest.MapFile{Data: []byte(record)}
	}
	return files
}

// entry makes the entry of a postbox with a flaw.
func entry(t *testing.T, flaw string, files fstest.MapFS) *catalog.Entry {
	t.Helper()
	e, err := catalog.Own(postbox{flaw}, files)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

var parsed = integration.Embedded([]byte(postboxManifest))

func (p postbox) Manifest() *integration.Manifest {
	own := *parsed()
	m := &own
	m.Inputs = slices.Clone(m.Inputs)
	switch p.flaw {
	case "one language":
		m.Inputs = m.Inputs[:4]
	case "no partner":
		m.Inputs = slices.Delete(m.Inputs, 2, 3)
	case "no owner":
		m.Owner = ""
	case "no secret":
		m.Inputs[1].Type = "string"
	case "one version":
		m.Versions = m.Versions[:1]
	case "no notice":
		m.Breaking = time.Hour
	case "no limits":
		m.Limits = nil
	case "inbound":
		m.Direction = []string{"inbound"}
	}
	return m
}

type thing struct {
	Title string `json:"title"`
	State string `json:"state"`
	Text  string `json:"text"`
}

// Deliver puts a thing for each finding, and closes those that are gone.
func (p postbox) Deliver(ctx context.Context, c *integration.Client, d *integration.Delivery) (*integration.Receipt, error) {
	receipt := &integration.Receipt{Tool: "postbox"}
	if p.flaw == "panics" {
		panic("there is no box")
	}
	base := c.Inputs["url"] + "/" + c.Inputs["edition"]
	if p.flaw == "one edition" {
		base = c.Inputs["url"] + "/one"
	}
	there, err := p.list(ctx, c, base)
	if err != nil {
		return receipt, err
	}
	current := map[string]bool{}
	for i := range d.Report.Findings {
		f := &d.Report.Findings[i]
		// A group of findings is one thing: rule and element name it.
		id := check.Fingerprint(f.Rule, "", f.Location.Element, "")
		if current[id] {
			continue
		}
		current[id] = true
		title := f.Rule + " " + f.Location.Element
		if n := []rune(title); len(n) > 100 && p.flaw != "too long" {
			title = string(n[:90]) + "… more"
		}
		want := thing{title, "open", p.text(c.Inputs["language"], d, f.Rule, f.Location.Element)}
		if err := p.put(ctx, c, base, id, want, there, receipt); err != nil {
			return receipt, err
		}
	}
	for _, id := range sorted(there) {
		if !current[id] && there[id].State == "open" && p.flaw != "never closes" {
			gone := there[id]
			gone.State = "closed"
			if err := p.put(ctx, c, base, id, gone, there, receipt); err != nil {
				return receipt, err
			}
		}
	}
	return receipt, nil
}

func (p postbox) text(language string, d *integration.Delivery, rule, element string) string {
	var b strings.Builder
	for i := range d.Report.Findings {
		f := &d.Report.Findings[i]
		if f.Rule != rule || f.Location.Element != element {
			continue
		}
		if strings.Count(b.String(), "\n") == 100 && (p.flaw == "cuts" || p.flaw == "says some") {
			if p.flaw == "says some" {
				b.WriteString("and 400 in all, there is more\n")
			}
			break
		}
		b.WriteString(strings.ToValidUTF8(f.Message, "?") + "\n")
	}
	if p.flaw == "no link" {
		return b.String()
	}
	if p.flaw == "deaf" {
		language = "en"
	}
	l := phrase.Of(language)
	b.WriteString(l.Say(phrase.ReportAt, "url", d.URL) + "\n")
	if p.flaw == "half deaf" {
		l = phrase.Of("en")
	}
	b.WriteString(l.Say(phrase.KeptUp))
	if p.flaw == "mute" && language != "en" {
		return d.URL
	}
	if p.flaw == "long in Polish" && language == "pl" {
		b.WriteString(strings.Repeat(" bardzo", 20))
	}
	return b.String()
}

func (p postbox) list(ctx context.Context, c *integration.Client, base string) (map[string]thing, error) {
	answer, err := p.do(ctx, c, http.MethodGet, base, nil)
	if err != nil {
		return nil, err
	}
	var there map[string]thing
	if json.Unmarshal(answer.Body, &there) != nil {
		return nil, c.Errorf(integration.Remote, 0, "look at what stands between plumb and the box", "the list of things is no JSON")
	}
	return there, nil
}

func (p postbox) put(ctx context.Context, c *integration.Client, base, id string, want thing, there map[string]thing, receipt *integration.Receipt) error {
	verb := "created"
	was, known := there[id]
	switch {
	case known && was == want && p.flaw != "posts twice" && p.flaw != "repeats itself":
		receipt.Actions = append(receipt.Actions, integration.Action{Verb: "unchanged", Object: id})
		return nil
	case known && was.State == "closed" && want.State == "open":
		verb = "reopened"
	case known && want.State == "closed":
		verb = "closed"
	case known:
		verb = "updated"
	}
	if p.flaw == "posts twice" {
		id = check.Fingerprint(id, fmt.Sprint(len(there)), "", "")
	}
	body, err := json.Marshal(want)
	if p.flaw == "no state" {
		body, err = json.Marshal(map[string]string{"title": want.Title, "text": want.Text})
	}
	if err != nil {
		return err
	}
	if _, err := p.do(ctx, c, http.MethodPut, base+"/"+id, body); err != nil {
		return err
	}
	receipt.Actions = append(receipt.Actions, integration.Action{Verb: verb, Object: id})
	return nil
}

func (p postbox) do(ctx context.Context, c *integration.Client, method, url string, body []byte) (*integration.Response, error) {
	header := http.Header{"Authorization": {"Bearer " + c.Inputs["token"]}, "Content-Type": {"application/json"}}
	switch p.flaw {
	case "impatient":
		c.Attempts = 1
	case "no bound":
		c.Timeout = time.Hour
	case "no jitter":
		c.Random = func() float64 { return 0 }
	}
	answer, err := c.Rotate("token", func(token string) (*integration.Response, error) {
		header.Set("Authorization", "Bearer "+token)
		return c.Do(ctx, &integration.Request{Method: method, URL: url, Header: header, Body: body})
	})
	var e *integration.Error
	if errors.As(err, &e) {
		switch p.flaw {
		case "leaks":
			e.Text += " with " + c.Inputs["token"]
		case "no kinds":
			return answer, errors.New("it did not work")
		case "no hints":
			e.Hint = ""
		}
	}
	return answer, err
}

// States implements integration.Follower.
func (p postbox) States(ctx context.Context, c *integration.Client, d *integration.Delivery) ([]integration.State, error) {
	there, err := p.list(ctx, c, c.Inputs["url"]+"/"+c.Inputs["edition"])
	if err != nil {
		return nil, err
	}
	var list []integration.State
	for _, f := range append(append([]check.Finding{}, d.Report.Findings...), d.Before...) {
		id := check.Fingerprint(f.Rule, "", f.Location.Element, "")
		if at, ok := there[id]; ok {
			delete(there, id)
			done := at.State == "closed" && p.flaw != "blind"
			list = append(list, integration.State{Object: id, Status: at.State, Done: done, Fingerprints: []string{f.Fingerprint}})
		}
	}
	return list, nil
}

func (p postbox) Fake(inputs integration.Inputs) integration.Fake {
	return &box{flaw: p.flaw, token: inputs["token"], things: map[string]thing{}}
}

// box is the server.
type box struct {
	flaw, token string
	mu          sync.Mutex
	things      map[string]thing
}

func (b *box) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if r.Header.Get("Authorization") != "Bearer "+b.token && b.flaw != "believes all" {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	if r.Method == http.MethodGet {
		_ = json.NewEncoder(w).Encode(b.things)
		return
	}
	body, _ := io.ReadAll(r.Body)
	var t thing
	err := json.Unmarshal(body, &t)
	if b.flaw != "takes all" && (err != nil || t.Title == "" || t.Text == "" || t.State == "" && b.flaw != "no state" || utf8.RuneCountInString(t.Title) > 100 ||
		b.flaw == "long in Polish" && strings.Contains(t.Text, "bardzo")) {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	b.things[r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]] = t
	_, _ = io.WriteString(w, "{}")
}

func (b *box) Objects() (list []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, id := range sorted(b.things) {
		list = append(list, id+" "+b.things[id].State+" "+b.things[id].Title)
	}
	return list
}

func sorted(m map[string]thing) []string {
	ids := make([]string, 0, len(m))
	for id := range m {
		ids = append(ids, id)
	}
	sort.Strings(ids)
	return ids
}
