package webhook_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/plumbapi/plumb/webhook"
)

// FuzzRead reads any file as whatever it is. What comes out must be a sound
// model, and the same model when it is read again with the names that it gave.
func FuzzRead(f *testing.F) {
	files, err := filepath.Glob("testdata/read/*.*")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files {
		if filepath.Ext(name) == ".want" {
			continue
		}
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	for _, text := range []string{
		`{"type":"a","x":[1,"b",null,{"c":true}]}`, `[{"event":"x"},{"event":"y","action":"z"}]`, "{\"a\":1}\n{\"a\":2}",
		`{"oneOf":[{"$ref":"#"}]}`, `{"type":"object","properties":{"a":{"allOf":[{"$ref":"#/properties/a"}]}}}`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		sources := []webhook.Source{{Name: "f", Data: data}}
		m, err := webhook.Read(sources, webhook.Options{})
		if err != nil {
			return
		}
		checkModel(t, m)
		lock, err := webhook.ParseLock(m.Lock().Bytes())
		if err != nil {
			t.Fatalf("the lock that was written: %v", err)
		}
		again, err := webhook.Read(sources, webhook.Options{Lock: lock})
		if err != nil {
			t.Fatal(err)
		}
		if a, b := summary(m), summary(again); a != b {
			t.Errorf("read again with its lock:\n%s\nwas\n%s", b, a)
		}
	})
}

// FuzzPayloads infers a model of two payloads, which it must take both.
func FuzzPayloads(f *testing.F) {
	f.Add([]byte(`{"type":"a","x":1}`), []byte(`{"type":"a","x":null,"y":{"1":2}}`))
	f.Add([]byte(`{"a":[{"b":1},{"c":"2024-01-01T00:00:00Z"}]}`), []byte(`{"a":[[],null,1.5]}`))
	f.Add([]byte(`{"a":{"type":"x","b":1}}`), []byte(`{"a":{"type":"y","c":{}}}`))
	f.Fuzz(func(t *testing.T, a, b []byte) {
		m, err := webhook.FromPayloads([]webhook.Payload{{Name: "e", JSON: a}, {Name: "e", JSON: b}}, webhook.Options{})
		if err != nil {
			return
		}
		checkModel(t, m)
		for _, e := range m.Events {
			for _, x := range e.Examples {
				v := tree(t, x)
				if v.Kind().String() != "object" {
					continue
				}
				for _, p := range problems(e.Payload, v) {
					t.Errorf("%s: %s\n%s", x.JSON, p, summary(m))
				}
			}
		}
	})
}

// FuzzLock reads any file of names; what is read is written as it is read again.
func FuzzLock(f *testing.F) {
	f.Add([]byte("# names\nUser 0123456789abcdef #user\nIssuesOpened event issues opened\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := webhook.ParseLock(data)
		if err != nil {
			return
		}
		text := l.Bytes()
		again, err := webhook.ParseLock(text)
		if err != nil || string(again.Bytes()) != string(text) {
			t.Errorf("%q is written as %q: %v", data, text, err)
		}
	})
}

// FuzzProvider reads any file of a provider.
func FuzzProvider(f *testing.F) {
	files, err := filepath.Glob("providers/*.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := webhook.ParseProvider("p.yaml", data)
		if (p == nil) != (err != nil) {
			t.Errorf("ParseProvider: %v, %v", p, err)
		}
	})
}
