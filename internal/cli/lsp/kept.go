package lsp

import (
	"context"
	"slices"
	"sync"

	"github.com/plumbapi/plumb/internal/cli/lint"
	"github.com/plumbapi/plumb/internal/lsp"
	"github.com/plumbapi/plumb/openapi"
)

// mostKept is how many documents are kept to take edits; the one that was linted
// longest ago makes way for another.
const mostKept = 4

// kept is a document that takes edits one by one.
type kept struct {
	*lint.Session
	subject string
	checker *lint.Checker

	name, path string // of its only file
}

// keep returns what is kept of a subject. One that was linted under another
// configuration is forgotten.
func (b *backend) keep(subject string, checker *lint.Checker) *kept {
	b.mu.Lock()
	defer b.mu.Unlock()
	i := slices.IndexFunc(b.kept, func(k *kept) bool { return k.subject == subject })
	k := &kept{Session: checker.Session(), subject: subject, checker: checker}
	if i >= 0 {
		if b.kept[i].checker == checker {
			k = b.kept[i]
		}
		b.kept = slices.Delete(b.kept, i, i+1)
	}
	b.kept = append(b.kept, k)
	if len(b.kept) > mostKept {
		b.kept = slices.Delete(b.kept, 0, 1)
	}
	return k
}

// take makes a result one of a document that takes edits. The tree is that of the
// session alone; who asks for it gets another.
func (k *kept) take(r *lsp.Result, name, path, text string) {
	k.name, k.path = name, path
	r.OpenAPI, r.Later = nil, later(name, text)
}

// recheck lints the text of the document if it is a small edit away from the one
// before.
func (k *kept) recheck(ctx context.Context, text string) (*lsp.Result, bool, error) {
	rep, ok, err := k.Recheck(ctx, text)
	if err != nil || !ok {
		return nil, false, err
	}
	r := &lsp.Result{
		Report: rep,
		Paths:  map[string]string{k.name: k.path}, Texts: map[string]string{k.name: text},
	}
	if !k.Unread() {
		r.Later = later(k.name, text)
	}
	return r, true, nil
}

// later reads a description of one file when it is asked for.
func later(name, text string) func() *openapi.Document {
	return sync.OnceValue(func() *openapi.Document {
		d, err := openapi.Parse(name, []byte(text))
		if err != nil {
			return nil
		}
		return d
	})
}
