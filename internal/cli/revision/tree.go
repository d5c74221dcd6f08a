package revision

import (
	"bytes"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"path"
	"strings"
	"time"
)

// entry is one entry of a tree object.
type entry struct {
	name, mode, object string
}

func (e entry) isDir() bool  { return e.mode == "40000" }
func (e entry) isLink() bool { return e.mode == "120000" }

// maxLinks is how many symbolic links may follow one another.
const maxLinks = 40

// Open opens a file or a folder. Symbolic links are followed inside the
// tree.
func (f *FS) Open(name string) (fs.File, error) {
	e, err := f.find(name, maxLinks)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	if e.isDir() {
		entries, err := f.readDir(e.object)
		if err != nil {
			return nil, &fs.PathError{Op: "open", Path: name, Err: err}
		}
		return &folder{info: info{name: path.Base(name), mode: fs.ModeDir | 0o555}, entries: entries}, nil
	}
	_, content, err := f.git.object(e.object)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return &file{Reader: bytes.NewReader(content), info: info{name: path.Base(name), mode: 0o444, size: int64(len(content))}}, nil
}

// ReadDir lists a folder, ordered by name.
func (f *FS) ReadDir(name string) ([]fs.DirEntry, error) {
	e, err := f.find(name, maxLinks)
	if err == nil && !e.isDir() {
		err = errors.New("not a directory")
	}
	var entries []fs.DirEntry
	if err == nil {
		entries, err = f.readDir(e.object)
	}
	if err != nil {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: err}
	}
	return entries, nil
}

// find returns the entry of a path.
func (f *FS) find(name string, links int) (entry, error) {
	if !fs.ValidPath(name) {
		return entry{}, fs.ErrInvalid
	}
	at := entry{mode: "40000", object: f.root}
	if name == "." {
		return at, nil
	}
	folder := "."
	for rest := name; rest != ""; {
		var step string
		step, rest, _ = strings.Cut(rest, "/")
		if !at.isDir() {
			return entry{}, fs.ErrNotExist
		}
		entries, err := f.tree(at.object)
		if err != nil {
			return entry{}, err
		}
		next, ok := lookup(entries, step)
		if !ok {
			return entry{}, fs.ErrNotExist
		}
		if next.isLink() {
			if links == 0 {
				return entry{}, errors.New("too many symbolic links")
			}
			_, target, err := f.git.object(next.object)
			if err != nil {
				return entry{}, err
			}
			return f.find(path.Join(folder, string(target), rest), links-1)
		}
		at, folder = next, path.Join(folder, step)
	}
	return at, nil
}

func lookup(entries []entry, name string) (entry, bool) {
	for _, e := range entries {
		if e.name == name {
			return e, true
		}
	}
	return entry{}, false
}

// tree reads a tree object: for each entry the mode, a space, the name, a
// NUL byte and the object's hash in binary.
func (f *FS) tree(object string) ([]entry, error) {
	kind, content, err := f.git.object(object)
	if err != nil {
		return nil, err
	}
	if kind != "tree" {
		return nil, fs.ErrNotExist // a submodule's commit
	}
	hash := len(f.Commit) / 2
	var entries []entry
	for len(content) > 0 {
		mode, rest, ok := bytes.Cut(content, []byte(" "))
		name, rest, ok2 := bytes.Cut(rest, []byte{0})
		if !ok || !ok2 || len(rest) < hash {
			return nil, errors.New("git's tree object is cut off")
		}
		entries = append(entries, entry{string(name), string(mode), hex.EncodeToString(rest[:hash])})
		content = rest[hash:]
	}
	return entries, nil
}

func (f *FS) readDir(object string) ([]fs.DirEntry, error) {
	entries, err := f.tree(object)
	if err != nil {
		return nil, err
	}
	list := make([]fs.DirEntry, 0, len(entries))
	for _, e := range entries {
		in := info{name: e.name, mode: 0o444}
		switch {
		case e.isDir():
			in.mode = fs.ModeDir | 0o555
		case e.isLink():
			in.mode |= fs.ModeSymlink
		case e.mode == "160000":
			continue // a submodule
		}
		list = append(list, dirEntry{f, in, e.object})
	}
	return list, nil
}

// info describes a file or a folder.
type info struct {
	name string
	mode fs.FileMode
	size int64
}

func (i info) Name() string       { return i.name }
func (i info) Size() int64        { return i.size }
func (i info) Mode() fs.FileMode  { return i.mode }
func (i info) ModTime() time.Time { return time.Time{} }
func (i info) IsDir() bool        { return i.mode.IsDir() }
func (i info) Sys() any           { return nil }

// dirEntry is an entry of a folder. The size of a file is only asked for with
// its Info.
type dirEntry struct {
	fsys   *FS
	info   info
	object string
}

func (e dirEntry) Name() string      { return e.info.name }
func (e dirEntry) IsDir() bool       { return e.info.IsDir() }
func (e dirEntry) Type() fs.FileMode { return e.info.mode.Type() }

func (e dirEntry) Info() (fs.FileInfo, error) {
	in := e.info
	if !in.IsDir() {
		_, content, err := e.fsys.git.object(e.object)
		if err != nil {
			return nil, err
		}
		in.size = int64(len(content))
	}
	return in, nil
}

// file is an open file. Its bytes.Reader makes it a Seeker and a ReaderAt.
type file struct {
	*bytes.Reader
	info info
}

func (f *file) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *file) Close() error               { return nil }

// folder is an open folder.
type folder struct {
	info    info
	entries []fs.DirEntry
}

func (d *folder) Stat() (fs.FileInfo, error) { return d.info, nil }
func (d *folder) Close() error               { return nil }

func (d *folder) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: d.info.name, Err: errors.New("is a directory")}
}

// ReadDir returns the next n entries; all that are left where n is not above
// 0.
func (d *folder) ReadDir(n int) ([]fs.DirEntry, error) {
	if n <= 0 {
		rest := d.entries
		d.entries = nil
		return rest, nil
	}
	if len(d.entries) == 0 {
		return nil, io.EOF
	}
	n = min(n, len(d.entries))
	next := d.entries[:n]
	d.entries = d.entries[n:]
	return next, nil
}
