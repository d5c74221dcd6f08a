package generate_test

import (
	"os"
	"strings"
	"testing"

	"github.com/plumbapi/plumb/webhook/generate"
)

// TestGuide builds the programs of the guide to webhooks with packages that are
// generated from payloads, as the guide says.
func TestGuide(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile("../../docs/guides/webhooks.md")
	if err != nil {
		t.Fatal(err)
	}
	made := map[string]string{}
	for _, name := range []string{"main.go", "send.go"} {
		_, after, ok := strings.Cut(string(guide), "\n```go "+name+"\n")
		program, _, closed := strings.Cut(after, "\n```\n")
		if !ok || !closed {
			t.Fatalf("the guide has no %s", name)
		}
		made[name] = strings.ReplaceAll(program, "example.com/hooks/", "example.test/") + "\n"
	}
	for _, name := range []string{"github", "gitlab"} {
		m := read(t, name, "testdata/guide/"+name+".json")
		files, err := generate.Go(m, generate.Options{Package: name})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			made[name+"/"+f.Name] = string(f.Data)
		}
	}
	dir := module(t, tracker(), made)
	sums, err := os.ReadFile("../../go.sum")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(dir+"/go.sum", sums, 0o644); err != nil {
		t.Fatal(err)
	}
	run(t, dir, "vet", ".")
}
