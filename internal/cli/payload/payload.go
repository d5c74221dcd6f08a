// Package payload reads what was delivered: payloads of webhooks as files and
// folders, and deliveries that were recorded; and it finds who sends them.
package payload

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/webhook"
	"github.com/plumbapi/plumb/webhook/drift"
	"github.com/plumbapi/plumb/webhook/hook"
)

// The bounds of what is read as payloads. MaxFile is that of one file, in bytes.
const (
	MaxFile = 64 << 20
	maxAll  = 100_000
)

// Payload is one payload with the file that it is from.
type Payload struct {
	// Name says where it is from: the file, with its place in it where that holds
	// several.
	Name string
	// File is the canonical name of the file.
	File string
	JSON []byte
	// Event is known where the file says so, Header of recorded deliveries.
	Event  string
	Header http.Header
	// Whole says that the payload is all that the file holds.
	Whole bool
}

// Read reads what the arguments hold: files, folders with all files
// below them, and - for standard input. A file is one payload as JSON, a list of
// them, one a line (.jsonl, .ndjson), a list of {"name": EVENT, "examples":
// [...]}, or a recorded delivery (.http). Failed are the files that could not be
// read, with the reason.
func Read(p *project.Project, args []string) (list []Payload, failed []Problem, err error) {
	for _, arg := range args {
		files, err := Files(p.Env, arg, IsName)
		if err != nil {
			return nil, nil, err
		}
		for _, name := range files {
			canonical := "<stdin>"
			if name != "-" {
				canonical = p.Canonical(p.Env.Path(name))
				p.Type(canonical, name)
			}
			data, err := ReadFile(p.Env, name, MaxFile)
			if err == nil {
				var read []Payload
				if read, err = splitPayloads(canonical, data); err == nil {
					list = append(list, read...)
				}
			}
			if err != nil {
				failed = append(failed, Problem{canonical, err.Error()})
			}
			if len(list) > maxAll {
				return nil, nil, env.Usagef("there are more than %s payloads; name fewer files", words.Number(maxAll))
			}
		}
	}
	return list, failed, nil
}

// Delivered are payloads as they are held against a description: with their
// events, by the routing where they were recorded.
func Delivered(p *project.Project, routing *webhook.Routing, list []Payload) []drift.Payload {
	route := hook.Routing(*routing)
	delivered := make([]drift.Payload, 0, len(list))
	for i := range list {
		l := &list[i]
		d := drift.Payload{Name: p.Shown(l.File) + l.Name[len(l.File):], File: l.File, Event: l.Event, JSON: l.JSON}
		if l.Whole {
			d.Name, d.File = l.File, ""
		}
		if len(l.Header) > 0 {
			d.Event, d.Action = route.Route(l.Header, l.JSON)
		}
		delivered = append(delivered, d)
	}
	return delivered
}

// Problem is a file that could not be read.
type Problem struct{ File, Message string }

// Files are the files that an argument means: itself, or of a folder
// those with names that are taken.
func Files(e *env.Env, arg string, taken func(name string) bool) ([]string, error) {
	if arg == "-" {
		return []string{arg}, nil
	}
	root := e.Path(arg)
	info, err := os.Stat(root)
	if err != nil || !info.IsDir() {
		return []string{arg}, nil //nolint:nilerr // reading says what is wrong with it
	}
	var files []string
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		switch {
		case d.IsDir() && strings.HasPrefix(d.Name(), ".") && rel != ".":
			return filepath.SkipDir
		case d.Type().IsRegular() && !strings.HasPrefix(d.Name(), ".") && taken(d.Name()):
			files = append(files, filepath.ToSlash(filepath.Join(arg, rel)))
		}
		return nil
	})
	if err != nil {
		return nil, env.Incompletef("%s cannot be read: %w", safe.Line(project.PublicURL(arg)), env.Bare(err))
	}
	if len(files) == 0 {
		return nil, env.Usagef("%s holds nothing to read: looked for files .json, .jsonl, .ndjson and .http", safe.Line(project.PublicURL(arg)))
	}
	slices.Sort(files)
	return files, nil
}

// IsName reports whether a file may hold payloads.
func IsName(name string) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".json", ".jsonl", ".ndjson", RecordingExt:
		return true
	}
	return false
}

// IsDescriptionName reports whether a file may hold payloads or schemas.
func IsDescriptionName(name string) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".yaml", ".yml":
		return true
	}
	return IsName(name)
}

// ReadFile reads a file, or standard input, of at most so many bytes.
func ReadFile(e *env.Env, name string, most int64) ([]byte, error) {
	in := e.Stdin
	if name != "-" {
		f, err := os.Open(e.Path(name))
		if err != nil {
			if errors.Is(err, fs.ErrNotExist) {
				return nil, errors.New("there is no such file")
			}
			return nil, env.Bare(err)
		}
		defer func() { _ = f.Close() }()
		in = f
	}
	data, err := io.ReadAll(io.LimitReader(in, most+1))
	if err != nil {
		return nil, env.Bare(err)
	}
	if int64(len(data)) > most {
		return nil, fmt.Errorf("it is larger than %d MiB", most>>20)
	}
	return data, nil
}

// splitPayloads makes the payloads of a file. What is no JSON becomes a payload
// too: whoever looks at it says so.
func splitPayloads(name string, data []byte) ([]Payload, error) {
	one := []Payload{{Name: name, File: name, JSON: data, Whole: true}}
	switch strings.ToLower(filepath.Ext(name)) {
	case RecordingExt:
		r, err := ParseRecording(data)
		if err != nil {
			return nil, err
		}
		one[0].JSON, one[0].Header = r.Payload(), r.Header
		return one, nil
	case ".jsonl", ".ndjson":
		return splitLines(name, data), nil
	}
	trimmed := bytes.TrimLeft(data, " \t\r\n\ufeff")
	if len(trimmed) == 0 || trimmed[0] != '[' {
		return one, nil
	}
	var parts []json.RawMessage
	if json.Unmarshal(data, &parts) != nil {
		return one, nil //nolint:nilerr // whoever looks at the payload says so
	}
	var list []Payload
	for i, part := range parts {
		var group struct {
			Name     string            `json:"name"`
			Examples []json.RawMessage `json:"examples"`
		}
		if json.Unmarshal(part, &group) == nil && group.Name != "" && len(group.Examples) > 0 {
			for j, example := range group.Examples {
				at := fmt.Sprintf("%s#/%d/examples/%d", name, i, j)
				list = append(list, Payload{Name: at, File: name, Event: group.Name, JSON: example})
			}
			continue
		}
		list = append(list, Payload{Name: fmt.Sprintf("%s#/%d", name, i), File: name, JSON: part})
	}
	return list, nil
}

func splitLines(name string, data []byte) []Payload {
	var list []Payload
	n := 0
	for line := range bytes.Lines(data) {
		n++
		if line = bytes.TrimSpace(line); len(line) > 0 {
			list = append(list, Payload{Name: fmt.Sprintf("%s:%d", name, n), File: name, JSON: line})
		}
	}
	return list
}
