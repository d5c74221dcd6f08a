// Package peer measures package hook with code generated from GitHub's
// description beside go-github, on GitHub's example payloads. It is a module of
// its own, so that go-github is no dependency of plumb; `make bench-hook`
// generates the code and runs it.
package peer

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/plumbapi/plumb/webhook/hook/testdata/peer/github"
)

// payload is one of GitHub's examples, without white space.
type payload struct {
	event, action string
	body          []byte
}

// empty returns an empty value to decode the payload into.
func (p *payload) empty() any {
	if v := github.New(p.event, p.action); v != nil {
		return v
	}
	if v := github.New(p.event, ""); v != nil {
		return v
	}
	return nil
}

// corpus returns the payloads and their size in bytes.
func corpus(t testing.TB) ([]payload, int64) {
	t.Helper()
	folder := os.Getenv("PLUMB_CORPUS")
	if folder == "" {
		t.Skip("PLUMB_CORPUS is not set: it names the folder with github/webhooks/examples.index.json")
	}
	data, err := os.ReadFile(filepath.Join(folder, "github", "webhooks", "examples.index.json"))
	if err != nil {
		t.Skipf("no payloads of GitHub: %v", err)
	}
	var events []struct {
		Name     string
		Examples []json.RawMessage
	}
	if err := json.Unmarshal(data, &events); err != nil {
		t.Fatal(err)
	}
	var payloads []payload
	var size int64
	for _, e := range events {
		for _, example := range e.Examples {
			var b bytes.Buffer
			if err := json.Compact(&b, example); err != nil {
				t.Fatal(err)
			}
			var of struct{ Action any }
			if err := json.Unmarshal(example, &of); err != nil {
				t.Fatal(err)
			}
			action, _ := of.Action.(string)
			payloads = append(payloads, payload{e.Name, action, b.Bytes()})
			size += int64(b.Len())
		}
	}
	return payloads, size
}

// actionLast returns a payload with its action as the last member.
func (p payload) actionLast() payload {
	name, _ := json.Marshal(p.action)
	member := append([]byte(`"action":`), name...)
	first := append(append([]byte("{"), member...), ',')
	if p.action == "" || !bytes.HasPrefix(p.body, first) {
		return p
	}
	body := append([]byte("{"), p.body[len(first):len(p.body)-1]...)
	p.body = append(append(append(body, ','), member...), '}')
	return p
}
