package source

import (
	"io"
	"io/fs"
	"path/filepath"
	"strings"
	"time"
)

// overlaid is a file system of which some files have another text: what an
// editor has open. Its files are those of the folder dir.
type overlaid struct {
	fs.FS
	dir  string
	text func(path string) (string, bool)
}

// Open implements fs.FS.
func (o overlaid) Open(name string) (fs.File, error) {
	if fs.ValidPath(name) {
		if text, ok := o.text(filepath.Join(o.dir, filepath.FromSlash(name))); ok {
			return &openText{Reader: strings.NewReader(text), name: filepath.Base(name), size: int64(len(text))}, nil
		}
	}
	return o.FS.Open(name)
}

// openText is such a file.
type openText struct {
	*strings.Reader
	name string
	size int64
}

func (f *openText) Stat() (fs.FileInfo, error) { return f, nil }
func (f *openText) Close() error               { return nil }
func (f *openText) Name() string               { return f.name }
func (f *openText) Size() int64                { return f.size }
func (f *openText) Mode() fs.FileMode          { return 0o444 }
func (f *openText) ModTime() time.Time         { return time.Time{} }
func (f *openText) IsDir() bool                { return false }
func (f *openText) Sys() any                   { return nil }

var _ io.Reader = (*openText)(nil)

// files returns the files of a folder, with the texts of the Overlay.
func (l *Loader) files(fsys fs.FS, dir string) fs.FS {
	if l.Overlay == nil {
		return fsys
	}
	return overlaid{FS: fsys, dir: dir, text: l.Overlay}
}
