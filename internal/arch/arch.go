// Package arch holds the import graph of the module and says where the code
// leaves it. It reads source text only; nothing is built.
package arch

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

// Module is the path of the module whose graph this is.
const Module = "github.com/plumbapi/plumb"

// Room is a folder of the module with everything below it, up to a deeper
// room, and what its code may import beside the standard library and itself.
type Room struct {
	// Path is the folder within the module.
	Path string
	// Rooms are other folders of the module, each with all below it.
	Rooms []string
	// Modules are third-party import paths, each with all below it.
	Modules []string
}

// Violation is an import that the graph does not have.
type Violation struct {
	File   string // within the module
	Import string
	Room   string // the room that does not allow it; "" where the file has none
}

// String says which file imports what and which room forbids it.
func (v Violation) String() string {
	if v.Room == "" {
		return fmt.Sprintf("%s is in no room of the graph", v.File)
	}
	return fmt.Sprintf("%s imports %s; the room %s does not allow it", v.File, v.Import, v.Room)
}

// Check compares the imports of every Go file of a module with the rooms.
// Test files may import, besides what their room may, what tests lists.
func Check(module fs.FS, rooms []Room, tests []string) ([]Violation, error) {
	var found []Violation
	err := fs.WalkDir(module, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if base := d.Name(); name != "." && (base[0] == '.' || base == "testdata") {
				return fs.SkipDir
			}
			return nil
		}
		if path.Ext(name) != ".go" {
			return nil
		}
		v, err := checkFile(module, name, rooms, tests)
		found = append(found, v...)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the module: %w", err)
	}
	return found, nil
}

func checkFile(module fs.FS, name string, rooms []Room, tests []string) ([]Violation, error) {
	room := roomOf(rooms, path.Dir(name))
	if room == nil {
		return []Violation{{File: name}}, nil
	}
	text, err := fs.ReadFile(module, name)
	if err != nil {
		return nil, err
	}
	file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ImportsOnly)
	if err != nil {
		return nil, err
	}
	var found []Violation
	for _, spec := range file.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return nil, err
		}
		if allowed(room, imported) || strings.HasSuffix(name, "_test.go") && covers(tests, imported) {
			continue
		}
		found = append(found, Violation{File: name, Import: imported, Room: room.Path})
	}
	return found, nil
}

func allowed(room *Room, imported string) bool {
	inside, ok := strings.CutPrefix(imported, Module+"/")
	switch {
	case ok:
		return covers([]string{room.Path}, inside) || covers(room.Rooms, inside)
	case !strings.Contains(strings.SplitN(imported, "/", 2)[0], "."):
		return true // standard library
	}
	return covers(room.Modules, imported)
}

// roomOf finds the deepest room that holds a folder.
func roomOf(rooms []Room, dir string) *Room {
	var best *Room
	for i := range rooms {
		if r := &rooms[i]; covers([]string{r.Path}, dir) && (best == nil || len(r.Path) > len(best.Path)) {
			best = r
		}
	}
	return best
}

// covers reports whether a path is one of the listed or below one of them.
func covers(list []string, p string) bool {
	return slices.ContainsFunc(list, func(l string) bool {
		return p == l || strings.HasPrefix(p, l+"/")
	})
}
