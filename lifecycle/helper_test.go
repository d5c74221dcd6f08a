package lifecycle_test

import (
	"io/fs"
	"strings"
	"testing/fstest"

	"github.com/plumbapi/plumb/check"
)

func files(texts map[string]string) fs.FS {
	fsys := fstest.MapFS{}
	for name, text := range texts {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

func indent(text, by string) string {
	return by + strings.ReplaceAll(text, "\n", "\n"+by)
}

// checkPolicy lets every rule run.
var checkPolicy = check.Policy{On: map[string]bool{
	"lifecycle-deprecated-needs-date": true, "lifecycle-deprecated-needs-replacement": true,
	"lifecycle-experiment-stale": true, "lifecycle-experiment-visible": true,
}}
