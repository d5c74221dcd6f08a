package guide

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
)

var pathVersionUniform = &rule{
	Meta: check.Meta{
		ID:      "path-version-uniform",
		Summary: "All paths should have their version at the same place, or none.",
		Rationale: "Where nearly all paths begin with `/v1`, one without a version cannot change with the others, and one with the version elsewhere is guessed wrong. " +
			"Different versions side by side are fine.",
		Severity: check.Warning, Tags: []string{"openapi", "paths", "uniformity", "plumb:recommended"}, Since: "0.1.0",
	},
	Check: checkPathVersionUniform,
}

func checkPathVersionUniform(_ context.Context, p *pass) error {
	var places tally[int]
	paths := p.Subject.Root().Get("paths").Children()
	for _, path := range paths {
		if path.Key() != "" && path.Key()[0] == '/' {
			places.add(versionPlace(path.Key()), path)
		}
	}
	habit, uses, ok := places.habit()
	if !ok {
		return nil
	}
	related := seeAlso(places.first[habit].KeyLocation(), fmt.Sprintf("%q", places.first[habit].Key()))
	for _, path := range paths {
		if path.Key() == "" || path.Key()[0] != '/' || versionPlace(path.Key()) == habit {
			continue
		}
		p.Report(check.Finding{
			Location: path.KeyLocation(), Related: related,
			Message: fmt.Sprintf("path %q has %s, where %d of %d paths have %s", path.Key(), placeName(versionPlace(path.Key())), uses, places.places, placeName(habit)),
		})
	}
	return nil
}

// versionPlace returns which of the first three segments of a path is a
// version such as "v1", counted from 1; 0 where none is.
func versionPlace(path string) int {
	for i, s := range segments(path) {
		if i == 3 {
			break
		}
		if isVersion(s) {
			return i + 1
		}
	}
	return 0
}

func isVersion(segment string) bool {
	if len(segment) < 2 || len(segment) > 8 || segment[0] != 'v' {
		return false
	}
	for i := 1; i < len(segment); i++ {
		if c := segment[i]; (c < '0' || c > '9') && c != '.' && (i == 1 || c != 'a' && c != 'b' && c != 'e' && c != 't' && c != 'l' && c != 'p' && c != 'h') {
			return false
		}
	}
	return true
}

func placeName(place int) string {
	switch place {
	case 0:
		return "no version"
	case 1:
		return "the version first"
	case 2:
		return "the version second"
	}
	return "the version third"
}
