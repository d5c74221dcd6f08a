// Package graphql reads any GraphQL schema into one immutable model: schema
// definition language (SDL) in one file or many, the JSON of an introspection
// query, a live endpoint, or a schema value of the graphql-go library.
//
// A [Schema] keeps the order of its source and knows the place of every
// element. It is made for rules that loop over slices: [Schema.Fields],
// [Schema.Arguments] and the like hold every element of a kind, and
// [Schema.Elements] walks all of them. Elements are named by schema
// coordinates, such as Type.field or Type.field(argument:), which
// [Schema.Lookup] resolves.
//
// The package is not a validator that says yes or no, and it runs no queries.
// What a strict build would refuse (a field defined twice, a type that does
// not exist) becomes a finding in [Schema.Problems], and the model is built
// all the same: the first definition wins. What cannot be read at all is an
// [*Error] with a place. How a schema ought to look is said by the rules of
// package lint.
package graphql

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/plumbapi/plumb/check"
)

// What a schema may hold at most, all of its sources together. The largest
// public schemas have a tenth of it; what has more is noise or an attack.
// Within the limits, reading takes less than a gigabyte of memory.
const (
	// MaxBytes is the size of the sources, in bytes.
	MaxBytes = 32 << 20
	// MaxTokens is the number of tokens and comments in SDL. In introspection
	// JSON each object counts as two.
	MaxTokens = 1_000_000
	// MaxDepth is how deep brackets of all kinds may nest in SDL, and list
	// types in introspection JSON.
	MaxDepth = 500
)

// File is one source to be parsed: its name as findings shall show it, and
// its content, SDL or introspection JSON.
type File struct {
	Name string
	Data []byte
}

// Load reads the named files of fsys and parses them, as [Parse] does, into
// one schema. A name may be a pattern: *, ? and [a-z] match within one path
// element, ** matches any number of elements; the files that it matches are
// taken in lexical order. A name given twice is read once.
//
// The error is, or joins, [*Error] values, one for each file that cannot be
// read; see [Findings].
func Load(ctx context.Context, fsys fs.FS, names ...string) (*Schema, error) {
	paths, err := expand(fsys, names)
	if err != nil {
		return nil, err
	}
	var (
		files []File
		fails []error
		room  = MaxBytes
	)
	for _, path := range paths {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("load %s: %w", path, err)
		}
		data, err := readFile(fsys, path, room)
		if err != nil {
			fails = append(fails, unreadable(path, err))
			continue
		}
		room -= len(data)
		files = append(files, File{Name: path, Data: data})
	}
	schema, err := Parse(files...)
	if err != nil && !errors.Is(err, errNoFiles) {
		fails = append(fails, err)
	}
	if len(fails) > 0 {
		return nil, errors.Join(fails...)
	}
	return schema, err
}

// Parse parses files that together make up one schema. Each is SDL or the
// JSON of an introspection query, told apart by content, not by name.
//
// The error is, or joins, [*Error] values, one for each file that cannot be
// read and for each syntax error; see [Findings].
func Parse(files ...File) (*Schema, error) {
	if len(files) == 0 {
		return nil, fmt.Errorf("parse schema: %w", errNoFiles)
	}
	b := newBuilder()
	var fails []error
	for _, file := range files {
		if err := b.read(file); err != nil {
			fails = append(fails, err)
		}
	}
	if len(fails) > 0 {
		return nil, errors.Join(fails...)
	}
	return b.build(), nil
}

// Read parses what r yields until its end, as [Parse] does. The name is the
// one that findings show. It reads at most [MaxBytes].
func Read(r io.Reader, name string) (*Schema, error) {
	data, err := readAll(r, MaxBytes)
	if err != nil {
		return nil, unreadable(name, err)
	}
	return Parse(File{Name: name, Data: data})
}

var (
	errNoFiles  = errors.New("no file given")
	errTooLarge = fmt.Errorf("has more than %d MiB", MaxBytes>>20)
)

func readFile(fsys fs.FS, path string, room int) ([]byte, error) {
	f, err := fsys.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return nil, errIsDirectory
	}
	return readAll(f, room)
}

func readAll(r io.Reader, room int) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, int64(room)+1))
	switch {
	case err != nil:
		return nil, err
	case len(data) > room:
		return nil, errTooLarge
	}
	return data, nil
}

var (
	errIsDirectory = errors.New("is a directory")
	errNoMatch     = errors.New("matches no file")
)

// unreadable makes the error of a file whose content is not to be had.
func unreadable(name string, cause error) *Error {
	at := check.Location{File: name}
	switch {
	case errors.Is(cause, errIsDirectory), errors.Is(cause, errNoMatch), errors.Is(cause, errTooLarge):
		return fail(ruleParse, at, cause, "%v; expected a GraphQL schema", cause)
	case errors.Is(cause, fs.ErrNotExist):
		return fail(ruleParse, at, cause, "does not exist; expected a GraphQL schema")
	}
	return fail(ruleParse, at, cause, "cannot be read (%v); expected a GraphQL schema", cause)
}
