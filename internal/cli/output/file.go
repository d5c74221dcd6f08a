package output

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"github.com/plumbapi/plumb/internal/cli/env"
)

// File is a file that appears under its name when it is whole: it is written
// beside its place and renamed.
type File struct {
	shown string // as the user typed it
	path  string
	temp  string // "" where the place is no regular file: a pipe, a terminal
	file  *os.File
	w     *bufio.Writer
}

// Create begins a file at an absolute path. Shown is its name in errors. A
// place that cannot be written to is found out here.
func Create(path, shown string) (*File, error) {
	f := &File{shown: shown, path: behindLink(path)}
	info, err := os.Stat(f.path)
	switch {
	case err == nil && info.IsDir():
		return nil, env.Usagef("%s is a directory; name a file in it", shown)
	case err == nil && !info.Mode().IsRegular():
		if f.file, err = os.OpenFile(f.path, os.O_WRONLY, 0); err != nil {
			return nil, f.problem(err)
		}
	default:
		if err := f.createTemp(); err != nil {
			return nil, err
		}
	}
	f.w = bufio.NewWriterSize(f.file, 1<<16)
	return f, nil
}

// behindLink returns where a path leads that is a symbolic link, so that the
// file behind it is replaced and not the link.
func behindLink(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	target, err := os.Readlink(path) // to a file that is not there yet
	if err != nil {
		return path
	}
	if filepath.IsAbs(target) {
		return target
	}
	return filepath.Join(filepath.Dir(path), target)
}

// createTemp opens a file that is not there yet, in the folder of the path
// so that it can be renamed. Unlike os.CreateTemp it heeds the umask.
func (f *File) createTemp() error {
	dir, base := filepath.Split(f.path)
	for n := os.Getpid(); ; n++ {
		temp := filepath.Join(dir, "."+base+"."+strconv.Itoa(n)+".tmp")
		file, err := os.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return f.problem(err)
		}
		f.file, f.temp = file, temp
		return nil
	}
}

// Write adds to the file.
func (f *File) Write(p []byte) (int, error) { return f.w.Write(p) }

// Commit ends the file and gives it its name.
func (f *File) Commit() error {
	err := f.w.Flush()
	if f.temp != "" {
		keepOwner(f.file, f.path)
		err = errors.Join(err, f.file.Chmod(f.mode()))
	}
	err = errors.Join(err, f.file.Close())
	if err == nil && f.temp != "" {
		err = os.Rename(f.temp, f.path)
	}
	if err != nil {
		f.remove()
		return env.Incompletef("write %s: %w", f.shown, env.Bare(err))
	}
	f.temp = ""
	return nil
}

// mode returns the mode of the file that is replaced, else that of the new
// one.
func (f *File) mode() fs.FileMode {
	if info, err := os.Stat(f.path); err == nil {
		return info.Mode().Perm()
	}
	if info, err := f.file.Stat(); err == nil {
		return info.Mode().Perm()
	}
	return 0o644
}

// Abort leaves everything as it was. It does nothing after Commit.
func (f *File) Abort() {
	_ = f.file.Close()
	f.remove()
}

func (f *File) remove() {
	if f.temp != "" {
		_ = os.Remove(f.temp)
		f.temp = ""
	}
}

func (f *File) problem(err error) error {
	err = env.Bare(err)
	if errors.Is(err, fs.ErrNotExist) {
		return env.Usagef("%s cannot be written: there is no folder %s; make it, or name another file", f.shown, filepath.Dir(f.shown))
	}
	return env.Usagef("%s cannot be written: %w", f.shown, err)
}

// WriteFile writes a file whole or not at all. Folders that are missing are
// made.
func WriteFile(path, shown string, write func(io.Writer) error) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return env.Incompletef("write %s: %w", shown, err)
	}
	f, err := Create(path, shown)
	if err != nil {
		return err
	}
	if err := write(f); err != nil {
		f.Abort()
		return fmt.Errorf("write %s: %w", shown, err)
	}
	return f.Commit()
}
