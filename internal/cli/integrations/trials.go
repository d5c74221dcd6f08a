package integrations

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"github.com/plumbapi/plumb/integration/catalog"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/output"
)

// trials keeps what has come of the checks that run a tool, in the cache folder
// of the user. They follow from the program and from the files of the
// integration, so a file is named by the digests of both: it is found by the same
// program only, and nothing in it can be out of date. What cannot be read or
// written is found out again.
type trials struct {
	env *env.Env
}

// program is the digest of the program that runs, "" where it cannot be read.
var program = sync.OnceValue(func() string {
	path, err := os.Executable()
	if err != nil {
		return ""
	}
	file, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer func() { _ = file.Close() }()
	h := sha256.New()
	if _, err := io.Copy(h, file); err != nil {
		return ""
	}
	return hex.EncodeToString(h.Sum(nil))
})

// path is where the trials of an integration are, "" where there is no place for
// them.
func (t trials) path(e *catalog.Entry) string {
	folder := cacheFolder(t.env.Getenv)
	if folder == "" || e.Tool == nil || program() == "" {
		return ""
	}
	key := sha256.Sum256(fmt.Appendf(nil, "%s\n%s\n%s", program(), e.Manifest.Name, e.Digest))
	return filepath.Join(folder, "plumb", "integrations", e.Manifest.Name+"-"+hex.EncodeToString(key[:16])+".json")
}

// cacheFolder is the folder of the user for what can be made again, as the
// system has it; "" where it is not known.
func cacheFolder(getenv func(string) string) string {
	home := getenv("HOME")
	var folder string
	switch xdg := getenv("XDG_CACHE_HOME"); {
	case xdg != "":
		folder = xdg
	case runtime.GOOS == "windows":
		folder = getenv("LocalAppData")
	case home == "":
	case runtime.GOOS == "darwin":
		folder = filepath.Join(home, "Library", "Caches")
	default:
		folder = filepath.Join(home, ".cache")
	}
	if !filepath.IsAbs(folder) {
		return ""
	}
	return folder
}

// maxTrials bounds a file of trials.
const maxTrials = 1 << 20

func (t trials) recall(e *catalog.Entry) catalog.Trials {
	path := t.path(e)
	if path == "" {
		return nil
	}
	file, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer func() { _ = file.Close() }()
	var kept catalog.Trials
	if json.NewDecoder(io.LimitReader(file, maxTrials)).Decode(&kept) != nil {
		return nil
	}
	return kept
}

// keep writes the trials of a grading. Of an integration only those of the last
// program are kept.
func (t trials) keep(r *catalog.Result) {
	path := t.path(r.Entry)
	if path == "" {
		return
	}
	data, err := json.Marshal(r.Trials())
	if err != nil || os.MkdirAll(filepath.Dir(path), 0o700) != nil {
		return
	}
	old, _ := filepath.Glob(filepath.Join(filepath.Dir(path), r.Entry.Manifest.Name+"-*.json")) // the pattern is sound
	if err := output.WriteFile(path, filepath.Base(path), func(w io.Writer) error { _, err := w.Write(data); return err }); err != nil {
		return
	}
	for _, other := range old {
		if other != path {
			_ = os.Remove(other) // another call may have done so
		}
	}
}
