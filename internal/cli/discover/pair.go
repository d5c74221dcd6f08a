package discover

import (
	"cmp"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/internal/config"
)

// APIs puts the descriptions that were found together: an OpenAPI description
// and a GraphQL schema that are the only ones of their folder, or of folders
// whose names say no more than that, are of one API; each of the others is one
// of its own. The project's name stands where no file and no folder has one.
func (f *Found) APIs(project string) []config.API {
	var list []config.API
	rest, graphql := slices.Clone(f.OpenAPI), slices.Clone(f.GraphQL)
	for _, folder := range f.homes() {
		r, g := in(rest, folder), in(graphql, folder)
		if len(r) == 1 && len(g) == 1 {
			list = append(list, config.API{Name: nameOf(r[0], project), OpenAPI: r[0], GraphQL: g[0]})
			rest, graphql = without(rest, r[0]), without(graphql, g[0])
		}
	}
	if len(f.OpenAPI) == 1 && len(f.GraphQL) == 1 {
		list = []config.API{{Name: project, OpenAPI: f.OpenAPI[0], GraphQL: f.GraphQL[0]}}
		rest, graphql = nil, nil
	}
	for _, file := range rest {
		list = append(list, config.API{Name: nameOf(file, project), OpenAPI: file})
	}
	for _, file := range graphql {
		list = append(list, config.API{Name: nameOf(file, project), GraphQL: file})
	}
	slices.SortStableFunc(list, func(a, b config.API) int { return cmp.Compare(first(&a), first(&b)) })
	taken := map[string]bool{}
	for i := range list {
		name := list[i].Name
		for n := 2; taken[list[i].Name]; n++ {
			list[i].Name = name + "-" + strconv.Itoa(n)
		}
		taken[list[i].Name] = true
	}
	return list
}

func first(a *config.API) string { return cmp.Or(a.OpenAPI, a.GraphQL) }

// homes are the folders of products that have descriptions, the deepest first.
func (f *Found) homes() []string {
	var list []string
	for _, file := range slices.Concat(f.OpenAPI, f.GraphQL) {
		if home := homeOf(file); !slices.Contains(list, home) {
			list = append(list, home)
		}
	}
	slices.SortFunc(list, func(a, b string) int {
		return cmp.Or(cmp.Compare(strings.Count(b, "/"), strings.Count(a, "/")), cmp.Compare(a, b))
	})
	return list
}

// homeOf is the folder of a description without those at its end whose names
// only say that there is a description.
func homeOf(file string) string {
	folder := path.Dir(file)
	for folder != "." && generic(path.Base(folder)) {
		folder = path.Dir(folder)
	}
	return folder
}

// in are the files whose home a folder is.
func in(files []string, folder string) []string {
	return slices.DeleteFunc(slices.Clone(files), func(file string) bool { return homeOf(file) != folder })
}

func without(files []string, file string) []string {
	return slices.DeleteFunc(files, func(name string) bool { return name == file })
}

// generic reports whether the name of a folder or a file, without what follows
// its first period, says only that a description is there.
func generic(name string) bool {
	switch strings.ToLower(name) {
	case "api", "apis", "schema", "schemas", "spec", "specs", "doc", "docs", "openapi", "swagger", "rest", "graphql",
		"definition", "definitions", "description", "descriptions", "public", "index", "introspection", "*", "**":
		return true
	}
	return false
}

// nameOf names an API by its file, or by the folder where the file's name
// says nothing.
func nameOf(file, project string) string {
	name, _, _ := strings.Cut(path.Base(file), ".")
	if !generic(name) {
		return name
	}
	if home := homeOf(file); home != "." {
		return path.Base(home)
	}
	return project
}
