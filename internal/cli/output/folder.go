package output

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"

	"github.com/plumbapi/plumb/internal/cli/env"
)

// marker is the file by which a folder that plumb wrote is known.
const marker = ".plumb"

// Folder is a folder of files that appears when it is whole: it is written
// beside its place, and takes the place of what was written there before. A
// folder that plumb has not written is never replaced.
type Folder struct {
	shown string
	path  string
	temp  string
	made  sync.Map // folders that are there
	done  bool
}

// CreateFolder begins a folder at an absolute path. Shown is its name in
// errors. A place that may not be written to is found out here.
func CreateFolder(path, shown string) (*Folder, error) {
	f := &Folder{shown: shown, path: filepath.Clean(path)}
	if real, err := filepath.EvalSymlinks(f.path); err == nil {
		f.path = real
	}
	entries, err := os.ReadDir(f.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, env.Usagef("%s is no folder that can be written to: %w", shown, env.Bare(err))
	case len(entries) > 0:
		if _, err := os.Lstat(filepath.Join(f.path, marker)); err != nil {
			return nil, env.Usagef("%s holds files that plumb did not write; name an empty folder, or a new one", shown)
		}
	}
	if err := os.MkdirAll(filepath.Dir(f.path), 0o777); err != nil {
		return nil, f.problem(err)
	}
	f.sweep()
	if err := f.makeTemp(); err != nil {
		return nil, err
	}
	return f, nil
}

// sweep removes what calls left beside the place that were killed: folders
// under the number of a process that is there no more. What cannot be removed
// is in nobody's way.
func (f *Folder) sweep() {
	dir, base := filepath.Split(f.path)
	entries, err := os.ReadDir(filepath.Clean(dir))
	if err != nil {
		return
	}
	for _, e := range entries {
		rest, ok := strings.CutPrefix(e.Name(), "."+base+".")
		if !ok || !e.IsDir() {
			continue
		}
		process, rest, ok := strings.Cut(rest, "-")
		number, ending, _ := strings.Cut(rest, ".")
		pid, err := strconv.Atoi(process)
		if _, bad := strconv.Atoi(number); !ok || err != nil || bad != nil || pid <= 0 || ending != "tmp" && ending != "tmp.old" || alive(pid) {
			continue
		}
		_ = os.RemoveAll(filepath.Join(dir, e.Name()))
	}
}

// alive reports whether a process may still be there.
func alive(pid int) bool {
	p, err := os.FindProcess(pid)
	if err != nil {
		return false // so says Windows
	}
	defer func() { _ = p.Release() }()
	err = p.Signal(syscall.Signal(0))
	return !errors.Is(err, os.ErrProcessDone) && !errors.Is(err, syscall.ESRCH)
}

// makeTemp makes a folder that is not there yet, beside the place so that it
// can be renamed. Unlike os.MkdirTemp it heeds the umask.
func (f *Folder) makeTemp() error {
	dir, base := filepath.Split(f.path)
	for n := 0; ; n++ {
		temp := filepath.Join(dir, "."+base+"."+strconv.Itoa(os.Getpid())+"-"+strconv.Itoa(n)+".tmp")
		err := os.Mkdir(temp, 0o777)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return f.problem(err)
		}
		f.temp = temp
		return nil
	}
}

// Place returns where the folder is until it is committed, for commands that
// write into it themselves.
func (f *Folder) Place() string { return f.temp }

// Put writes a file of the folder; name is its slash-separated path. It is
// safe for concurrent use.
func (f *Folder) Put(name string, data []byte) error {
	if !filepath.IsLocal(filepath.FromSlash(name)) {
		return env.Incompletef("%s: %q leads out of the folder", f.shown, name)
	}
	path := filepath.Join(f.temp, filepath.FromSlash(name))
	dir := filepath.Dir(path)
	if _, there := f.made.Load(dir); !there {
		if err := os.MkdirAll(dir, 0o777); err != nil {
			return f.problem(err)
		}
		f.made.Store(dir, true)
	}
	if err := os.WriteFile(path, data, 0o666); err != nil {
		return f.problem(err)
	}
	return nil
}

// Commit puts the folder in its place.
func (f *Folder) Commit() error {
	if err := f.Put(marker, []byte("This folder is written by plumb, which replaces it whole.\n")); err != nil {
		return err
	}
	old := ""
	if _, err := os.Lstat(f.path); err == nil {
		old = f.temp + ".old"
		if err := os.Rename(f.path, old); err != nil {
			return f.problem(err)
		}
	}
	if err := os.Rename(f.temp, f.path); err != nil {
		if old != "" {
			_ = os.Rename(old, f.path)
		}
		return f.problem(err)
	}
	f.done = true
	if old != "" {
		return os.RemoveAll(old)
	}
	return nil
}

// Abort removes what has been written, unless it was committed.
func (f *Folder) Abort() {
	if !f.done {
		_ = os.RemoveAll(f.temp)
	}
}

func (f *Folder) problem(err error) error {
	return env.Incompletef("%s cannot be written: %w", f.shown, env.Bare(err))
}
