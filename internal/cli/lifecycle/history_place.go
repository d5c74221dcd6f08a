package lifecycle

import (
	"context"
	"fmt"
	"path"
	"path/filepath"
	"strings"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/cli/revision"
	"github.com/plumbapi/plumb/internal/cli/source"
)

// paths returns the paths of both descriptions within the repository: those
// of the flags, else those of an API of plumb.yaml.
func (f *historyFlags) paths(p *project.Project, prefix string) (openapi, graphql []string, err error) {
	if len(f.openapi)+len(f.graphql) > 0 {
		if f.api != "" {
			return nil, nil, env.Usagef("--api names descriptions of plumb.yaml, and --openapi and --graphql name others")
		}
		if openapi, err = inTree("--openapi", prefix, f.openapi); err != nil {
			return nil, nil, err
		}
		graphql, err = inTree("--graphql", prefix, f.graphql)
		return openapi, graphql, err
	}
	const example = "plumb lifecycle history --openapi api/openapi.yaml --tags 'v*'"
	if p.ConfigPath == "" {
		return nil, nil, env.Usagef("no description is named, and there is no plumb.yaml: give --openapi or --graphql, as in %s", example)
	}
	var names []string
	for _, api := range p.Config.APIs {
		if names = append(names, api.Name); f.api != "" && f.api != api.Name {
			continue
		}
		if len(openapi)+len(graphql) > 0 {
			return nil, nil, env.Usagef("plumb.yaml has several APIs; name one with --api: %s and others", strings.Join(names, ", "))
		}
		for _, d := range []struct {
			path string
			list *[]string
		}{{api.OpenAPI, &openapi}, {api.GraphQL, &graphql}} {
			if d.path == "" || project.IsURL(d.path) {
				continue
			}
			rel, ok := project.Inside(p.Repository, p.FromConfig(d.path))
			if !ok || p.Repository == "" {
				return nil, nil, env.Usagef("%s of plumb.yaml is in no git repository, which has its history", d.path)
			}
			*d.list = append(*d.list, rel)
		}
	}
	switch {
	case len(openapi)+len(graphql) > 0:
		return openapi, graphql, nil
	case f.api != "":
		return nil, nil, env.Usagef("--api: %w", env.Unknown("API", f.api, names))
	}
	return nil, nil, env.Usagef("no API of plumb.yaml has a file: give --openapi or --graphql, as in %s", example)
}

// inTree makes paths as they were typed ones within the repository.
func inTree(flag, prefix string, typed []string) ([]string, error) {
	var list []string
	for _, name := range typed {
		clean := path.Clean(filepath.ToSlash(name))
		if strings.HasPrefix(name, "./") || strings.HasPrefix(name, "../") {
			clean = path.Join(prefix, name)
		}
		switch {
		case name == "":
			return nil, env.Usagef("%s is empty; expected a path within the repository", flag)
		case !filepath.IsLocal(clean):
			return nil, env.Usagef("%s %s: expected a path within the repository, such as api/openapi.yaml", flag, name)
		}
		list = append(list, clean)
	}
	return list, nil
}

// placed is where a version has a description.
type placed struct {
	// files are what it is read from: one, or those of a pattern. None where
	// the version does not have it.
	files []string
	// pattern is the pattern that matched them, "" for a path.
	pattern string
	// renamed is the path that the user gave, where it was another one then.
	renamed string
	err     error
}

// name is what a loader is asked for.
func (p *placed) name() string {
	if p.pattern != "" && len(p.files) > 1 {
		return p.pattern
	}
	return p.files[0]
}

// settled reports whether it is known where the description is, or why not.
func (p *placed) settled() bool { return len(p.files) > 0 || p.err != nil }

// place finds a description in each tag: by the paths in their order, then by
// following renames from the tags that have it, first into the past.
func place(ctx context.Context, repo *revision.Repository, tags []revision.Tag, kind source.Kind, paths []string) ([]placed, error) {
	list := make([]placed, len(tags))
	found := false
	for i, t := range tags {
		list[i] = placeIn(ctx, repo.At(t.Name, t.Object), kind, paths)
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		found = found || list[i].settled()
	}
	if !found {
		return list, nil
	}
	for i := len(tags) - 2; i >= 0; i-- {
		if err := follow(ctx, repo, tags, list, i+1, i); err != nil {
			return nil, err
		}
	}
	for i := 1; i < len(tags); i++ {
		if err := follow(ctx, repo, tags, list, i-1, i); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// placeIn finds a description in one revision, by the paths alone.
func placeIn(ctx context.Context, fsys *revision.FS, kind source.Kind, paths []string) placed {
	for _, p := range paths {
		files, err := source.Match(ctx, fsys, p)
		switch {
		case err != nil:
			return placed{err: err}
		case len(files) == 0:
			continue
		case kind == source.OpenAPI && len(files) > 1:
			return placed{err: fmt.Errorf("%s matches %s and %s; name the one that is the description", p, files[0], files[1])}
		}
		found := placed{files: files}
		if source.IsPattern(p) {
			found.pattern = p
		}
		return found
	}
	return placed{}
}

// follow looks for a description that a tag does not have under the name that
// it has in the tag beside it.
func follow(ctx context.Context, repo *revision.Repository, tags []revision.Tag, list []placed, beside, at int) error {
	from, to := &list[beside], &list[at]
	if to.settled() || len(from.files) != 1 {
		return nil
	}
	name := from.files[0]
	given := name
	if from.renamed != "" {
		given = from.renamed
	}
	if files, err := source.Match(ctx, repo.At(tags[at].Name, tags[at].Object), name); err == nil && len(files) == 1 {
		*to = placed{files: files, renamed: given}
		return nil
	}
	name, ok, err := repo.Renamed(ctx, tags[beside].Object, tags[at].Object, from.files[0])
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	to.err = err // the version says so, and the others are replayed
	if ok {
		*to = placed{files: []string{name}, renamed: given}
	}
	return nil
}
