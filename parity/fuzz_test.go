package parity_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/parity"
)

// FuzzOverrides reads any text as a parity.yaml. It must not panic, its
// errors have places, and to what it reads a decision can be added or not,
// but never so that something else changes.
func FuzzOverrides(f *testing.F) {
	f.Add([]byte(whole))
	f.Add([]byte("operations:\n- {operation: GET /a, graphql: [A.b]}\n"))
	f.Add([]byte("{\"version\": 1, \"exempt\": []}"))
	f.Add([]byte("a: &a [*a]\n"))
	f.Add([]byte("groups: # none\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		before, err := parity.ReadOverrides("parity.yaml", data)
		if err != nil {
			var e *parity.FileError
			if !errors.As(err, &e) {
				t.Fatalf("error %v is no *FileError", err)
			}
			for _, p := range e.Problems {
				if p.Line < 1 || p.Column < 1 || strings.TrimSpace(p.Message) == "" {
					t.Errorf("problem %+v has no place or no message", p)
				}
			}
			return
		}
		entry := parity.OperationOverride{Operation: "PATCH /added/{here}", GraphQL: []string{"Mutation.added"}}
		out, err := parity.AppendDecision(data, entry)
		if err != nil {
			return
		}
		after, err := parity.ReadOverrides("parity.yaml", out)
		if err != nil {
			t.Fatalf("what was added to cannot be read: %v\n%q", err, out)
		}
		before.Operations = append(before.Operations, entry)
		if diff := cmp.Diff(before, after, cmpopts.IgnoreTypes(check.Location{}), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("AppendDecision changed more (-want +got):\n%s\n%q", diff, out)
		}
	})
}

// FuzzLock reads any text as a parity.lock. What is read is written so that
// it reads the same.
func FuzzLock(f *testing.F) {
	f.Add([]byte(lockText(f, parity.NewLock(matchTasks(f, parity.Options{})))))
	f.Add([]byte(`{"version":1,"operations":[{"operation":"GET /a","status":"match","graphql":["A.b"],"band":"auto"}]}`))
	f.Add([]byte(`{"version":1,"groups":[{"group":"a","none":1}],"fields":[{"rest":"a"},{}]}`))
	f.Add([]byte("version: 1\nroots:\n- {graphql: A.b, status: none}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := parity.ReadLock("parity.lock", data)
		if err != nil {
			var e *parity.FileError
			if !errors.As(err, &e) {
				t.Fatalf("error %v is no *FileError", err)
			}
			return
		}
		var out bytes.Buffer
		if err := l.Write(&out); err != nil {
			t.Fatal(err)
		}
		again, err := parity.ReadLock("parity.lock", out.Bytes())
		if err != nil {
			t.Fatalf("what was written cannot be read: %v\n%s", err, out.Bytes())
		}
		if diff := cmp.Diff(l, again, cmpopts.IgnoreTypes(check.Location{}), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("read again (-first +second):\n%s", diff)
		}
	})
}

// FuzzUsage reads any text as usage.
func FuzzUsage(f *testing.F) {
	f.Add("operation,calls\nGET /a,1\n")
	f.Add("method,path,calls\nGET,/a,1e300\nGET,/a,1e308\nGET,/a,1e308\n")
	f.Fuzz(func(t *testing.T, text string) {
		calls, err := parity.ReadUsage(strings.NewReader(text))
		if err != nil {
			var e *parity.FileError
			if !errors.As(err, &e) || len(e.Problems) == 0 {
				t.Fatalf("error %v is no *FileError", err)
			}
			return
		}
		for name, n := range calls {
			if !strings.Contains(name, " /") || !(n >= 0) {
				t.Errorf("%q has %v calls", name, n)
			}
		}
	})
}
