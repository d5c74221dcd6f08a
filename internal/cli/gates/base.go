package gates

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/cli/revision"
	"github.com/plumbapi/plumb/internal/cli/source"
	"github.com/plumbapi/plumb/internal/config"
)

// inGit begins what is compared with in git.
const inGit = "git:"

// bases are what the two descriptions of an API are compared with; a place
// without an argument is none.
type bases struct{ openapi, graphql place }

// basesOf finds what plumb.yaml says that an API is compared with: by itself,
// else by lifecycle.base.
func basesOf(p *project.Project, api *config.API, alone bool) (b bases, err error) {
	for _, side := range []struct {
		to        *place
		path, own string
		kind      source.Kind
	}{
		{&b.openapi, api.OpenAPI, api.Base.OpenAPI, source.OpenAPI},
		{&b.graphql, api.GraphQL, api.Base.GraphQL, source.GraphQL},
	} {
		switch common := p.Config.Lifecycle.Base; {
		case side.path == "":
		case side.own != "":
			*side.to = baseAt(p, side.path, side.own)
		case common == "":
		case strings.HasPrefix(common, inGit):
			*side.to = baseAt(p, side.path, common)
		default:
			if *side.to, err = baseIn(p, side.path, common, side.kind, alone); err != nil {
				return b, err
			}
		}
	}
	return b, nil
}

// baseAt is the earlier version that is named for one description.
func baseAt(p *project.Project, path, base string) place {
	if rev, ok := strings.CutPrefix(base, inGit); ok {
		return place{rev, p.Argument(path)}
	}
	return place{arg: p.Argument(base)}
}

// baseIn finds the earlier version of a description in a folder, under the same
// path or name; or it is the file itself, where that is of the same kind.
func baseIn(p *project.Project, path, base string, kind source.Kind, alone bool) (place, error) {
	at := p.FromConfig(base)
	info, err := os.Stat(at)
	switch {
	case project.IsURL(base):
	case err != nil:
		return place{}, env.Usagef("%s: lifecycle.base %q is no git:REVISION, and there is no such file or folder", p.Shown(p.Canonical(p.ConfigPath)), base)
	case info.IsDir():
		for _, name := range []string{path, filepath.Base(path)} {
			file := filepath.Join(at, filepath.FromSlash(name))
			if _, err := os.Stat(file); err == nil || source.IsPattern(name) && name == path {
				return place{arg: p.Shown(p.Canonical(file))}, nil
			}
		}
		return place{}, nil // new since
	case !alone:
		return place{}, env.Usagef("%s: lifecycle.base is one file, and there are several APIs; name the base of each under apis", p.Shown(p.Canonical(p.ConfigPath)))
	}
	// A file without a kind of its own counts for OpenAPI, as everywhere.
	if found, _ := sniff(at); found != kind && !project.IsURL(base) {
		return place{}, nil
	}
	return place{arg: p.Argument(base)}, nil
}

// sniff tells the kind of a file by its begin.
func sniff(path string) (source.Kind, bool) {
	f, err := os.Open(path)
	if err != nil {
		return source.OpenAPI, false
	}
	defer func() { _ = f.Close() }()
	begin := make([]byte, 64<<10)
	n, _ := f.Read(begin)
	return source.Sniff(path, begin[:n])
}

// errNotThere says that a description is new: there is nothing to compare with.
var errNotThere = errors.New("it is not there")

// earlier loads an earlier version of a description. The error is errNotThere
// where there was none, and wrong usage where git does not know the revision.
func (r *run) earlier(ctx context.Context, p place, what string) (*source.Document, error) {
	if p.revision == "" {
		return r.shelf.Load(ctx, p.arg)
	}
	d, found, err := r.shelf.At(ctx, p.revision, p.arg)
	var unknown *revision.UnknownError
	switch {
	case errors.As(err, &unknown):
		return nil, env.Usagef("%s: %w", what, err)
	case err != nil && ctx.Err() != nil:
		return nil, err
	case err != nil:
		return nil, env.Incompletef("%s %s: %w", what, p.revision, err)
	case !found:
		return nil, errNotThere
	}
	return d, nil
}
