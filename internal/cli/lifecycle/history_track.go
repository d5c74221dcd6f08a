package lifecycle

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/revision"
	"github.com/plumbapi/plumb/internal/cli/source"
	"github.com/plumbapi/plumb/lifecycle"
	"github.com/plumbapi/plumb/lifecycle/history"
)

// track reads one description out of the tags.
type track struct {
	kind     source.Kind
	paths    []string
	repo     *revision.Repository
	loader   *source.Loader
	carriers *lifecycle.Carriers
	tags     map[string]revision.Tag
	places   map[string]placed

	// read is the description that was read last.
	read struct {
		inventory *lifecycle.Inventory
		from      placed
		blobs     []blob
	}

	mu     sync.Mutex
	failed []*source.Document
	files  []string // canonical names of all files that were read
}

// blob is a file that a description was read from.
type blob struct{ name, object string }

// name is the name of the track.
func (t *track) name() string { return strings.ToLower(t.kind.String()) }

// prefix stands before the names of files in canonical names.
func prefix(version string) string { return version + ":/" }

// Read implements the function of [history.Track].
func (t *track) Read(ctx context.Context, v history.Version) (*lifecycle.Inventory, error) {
	at := t.places[v.Name]
	switch {
	case at.err != nil:
		return nil, t.fail(&source.Document{Name: prefix(v.Name) + t.paths[0], Failed: []check.Finding{unplaced(v.Name, t.paths[0], at.err)}})
	case len(at.files) == 0:
		return nil, fmt.Errorf("there is no %s in %s: %w", strings.Join(t.paths, " and no "), v.Name, fs.ErrNotExist)
	}
	fsys := t.repo.At(v.Name, t.tags[v.Name].Object)
	if t.isRead(fsys, at) {
		return t.read.inventory, nil
	}
	d, err := t.loader.In(ctx, fsys, prefix(v.Name), at.name())
	if err != nil {
		return nil, err
	}
	if len(d.Failed) == 0 && d.Kind != t.kind {
		d.Failed = []check.Finding{unplaced(v.Name, at.files[0], fmt.Errorf("the document is %s; expected %s", d.Kind, t.kind))}
	}
	if len(d.Failed) > 0 {
		return nil, t.fail(d)
	}
	t.read.from, t.read.blobs, t.read.inventory = at, nil, nil
	if d.OpenAPI != nil {
		for _, s := range d.OpenAPI.Sources() {
			t.took(fsys, s.Name())
		}
		t.read.inventory = t.carriers.Inspect(d.OpenAPI)
	} else {
		for _, s := range d.GraphQL.Sources() {
			t.took(fsys, s.Name())
		}
		t.read.inventory = t.carriers.InspectGraphQL(d.GraphQL)
	}
	t.note(v.Name)
	return t.read.inventory, nil
}

// took notes a file that a description was read from.
func (t *track) took(fsys *revision.FS, canonical string) {
	name := strings.TrimPrefix(canonical, prefix(fsys.Revision))
	object, _ := fsys.Object(name) // "" is never equal to what a version has
	t.read.blobs = append(t.read.blobs, blob{strings.Clone(name), object})
}

// isRead reports whether a version has, in every file, what was read last. A
// description in one file may have another name.
func (t *track) isRead(fsys *revision.FS, at placed) bool {
	if t.read.inventory == nil {
		return false
	}
	alone := len(t.read.blobs) == 1 && len(at.files) == 1
	if !alone && !slices.Equal(at.files, t.read.from.files) {
		return false
	}
	for _, b := range t.read.blobs {
		name := b.name
		if alone {
			name = at.files[0]
		}
		if object, err := fsys.Object(name); err != nil || object != b.object {
			return false
		}
	}
	return true
}

// note adds the files of a version to those that were read.
func (t *track) note(version string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, b := range t.read.blobs {
		t.files = append(t.files, prefix(version)+b.name)
	}
}

// fail keeps a document that cannot be read, and says why in a line.
func (t *track) fail(d *source.Document) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.failed = append(t.failed, d)
	f := &d.Failed[0]
	if f.Location.Line > 1 || f.Location.Column > 1 {
		return fmt.Errorf("line %d: %s", f.Location.Line, f.Message)
	}
	return errors.New(f.Message)
}

// unplaced is the finding of a description that has no one place.
func unplaced(version, name string, err error) check.Finding {
	const rule = "unreadable-document"
	file := prefix(version) + name
	return check.Finding{
		Rule: rule, Severity: check.Error, Message: err.Error(), Fingerprint: check.Fingerprint(rule, file, "", ""),
		Location: check.Location{File: file, Line: 1, Column: 1, EndLine: 1, EndColumn: 1},
		Related:  []check.Related{}, Properties: map[string]any{},
	}
}
