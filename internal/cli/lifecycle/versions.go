package lifecycle

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/cli/source"
	"github.com/plumbapi/plumb/internal/cli/version"
	"github.com/plumbapi/plumb/internal/safe"
	lifecyclelib "github.com/plumbapi/plumb/lifecycle"
)

const userAgent = "plumb/" + version.Number

// versions are two versions of one description.
type versions struct {
	project *project.Project
	loader  *source.Loader
	args    [2]string
	docs    [2]*source.Document
}

// load reads both side by side. What cannot be read is an error, a line for
// each finding.
func (v *versions) load(ctx context.Context) error {
	var errs [2]error
	var wg sync.WaitGroup
	for i, arg := range v.args {
		wg.Go(func() { v.docs[i], errs[i] = v.loader.Load(ctx, arg) })
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	var lines []string
	for _, d := range v.docs {
		for _, f := range d.Failed {
			lines = append(lines, v.placed(f))
		}
	}
	if len(lines) > 0 {
		return env.Incompletef("%s", strings.Join(slices.Compact(lines), "\n"))
	}
	return nil
}

func (v *versions) placed(f check.Finding) string {
	at := v.project.Shown(f.Location.File)
	if f.Location.Line > 0 {
		at += fmt.Sprintf(":%d:%d", f.Location.Line, f.Location.Column)
	}
	return safe.Line(at + ": " + f.Message)
}

// changelog compares the two.
func (v *versions) changelog() (*lifecyclelib.Changelog, error) {
	base, revision := v.docs[0], v.docs[1]
	switch {
	case base.OpenAPI != nil && revision.OpenAPI != nil:
		c := lifecyclelib.Diff(base.OpenAPI, revision.OpenAPI, lifecyclelib.At(v.project.Env.Now()))
		if c.Incomplete != "" {
			return nil, env.Incompletef("%s and %s could not be compared to the end: %s", project.PublicURL(v.args[0]), project.PublicURL(v.args[1]), c.Incomplete)
		}
		return lifecyclelib.NewChangelog(base.OpenAPI, revision.OpenAPI, c), nil
	case base.GraphQL != nil && revision.GraphQL != nil:
		c := lifecyclelib.DiffGraphQL(base.GraphQL, revision.GraphQL)
		return lifecyclelib.NewGraphQLChangelog(base.GraphQL, revision.GraphQL, c), nil
	}
	return nil, env.Usagef("%s is %s and %s is %s; a changelog is about two versions of one description",
		project.PublicURL(v.args[0]), kindOf(base), project.PublicURL(v.args[1]), kindOf(revision))
}

func kindOf(d *source.Document) string {
	if d.OpenAPI != nil {
		return "an OpenAPI description"
	}
	return "a GraphQL schema"
}

// tag matches the names of git revisions that are versions.
var tag = regexp.MustCompile(`^(v?\d+(?:\.\d+)+[-+.0-9A-Za-z]*):.`)

// gitVersion returns the version that a GraphQL schema of REVISION:PATH has:
// the revision, if it is named as one. OpenAPI has its own.
func (v *versions) gitVersion(side int) string {
	if v.docs[side].GraphQL == nil {
		return ""
	}
	if m := tag.FindStringSubmatch(v.args[side]); m != nil {
		return m[1]
	}
	return ""
}

// label is what a side is called where it has no version: the revision of
// REVISION:PATH, else its name.
func (v *versions) label(side int) string {
	shown := project.PublicURL(v.project.Shown(v.docs[side].Name))
	if other := project.PublicURL(v.project.Shown(v.docs[1-side].Name)); !project.IsURL(shown) {
		rev, path, ok := strings.Cut(shown, ":")
		if ok && strings.HasSuffix(other, path) {
			return rev
		}
	}
	return shown
}

// shown is the changelog with the names of files as the user knows them.
func (v *versions) shown(l *lifecyclelib.Changelog) *lifecyclelib.Changelog {
	names := map[string]string{"": ""}
	name := func(at *check.Location) {
		shown, ok := names[at.File]
		if !ok {
			shown = v.project.Shown(at.File)
			names[at.File] = shown
		}
		at.File = shown
	}
	for i := range l.Sections {
		for j := range l.Sections[i].Resources {
			entries := l.Sections[i].Resources[j].Entries
			for k := range entries {
				name(&entries[k].Change.Base)
				name(&entries[k].Change.Revision)
			}
		}
	}
	for i := range l.Announcements {
		name(&l.Announcements[i].Element.Location)
		name(&l.Announcements[i].Base)
	}
	return l
}

func areGiven(n int) string {
	if n == 1 {
		return "1 argument is"
	}
	return fmt.Sprintf("%d arguments are", n)
}
