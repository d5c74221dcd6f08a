package webhooks

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
	"github.com/plumbapi/plumb/internal/words"
)

// The bounds of what is read as payloads.
const (
	maxPayloadFile = 64 << 20
	maxPayloads    = 100_000
)

// payload is one payload with the file that it is from.
type payload struct {
	// name says where it is from: the file, with its place in it where that holds
	// several.
	name string
	file string // canonical
	json []byte
	// event is known where the file says so, header of recorded deliveries.
	event  string
	header http.Header
	// whole says that the payload is all that the file holds.
	whole bool
}

// readPayloads reads what the arguments hold: files, folders with all files
// below them, and - for standard input. A file is one payload as JSON, a list of
// them, one a line (.jsonl, .ndjson), a list of {"name": EVENT, "examples":
// [...]}, or a recorded delivery (.http). Failed are the files that could not be
// read, with the reason.
func readPayloads(p *project.Project, args []string) (list []payload, failed []problem, err error) {
	for _, arg := range args {
		files, err := payloadFiles(p.Env, arg, isPayloadName)
		if err != nil {
			return nil, nil, err
		}
		for _, name := range files {
			canonical := "<stdin>"
			if name != "-" {
				canonical = p.Canonical(p.Env.Path(name))
				p.Type(canonical, name)
			}
			data, err := readFile(p.Env, name, maxPayloadFile)
			if err == nil {
				var read []payload
				if read, err = splitPayloads(canonical, data); err == nil {
					list = append(list, read...)
				}
			}
			if err != nil {
				failed = append(failed, problem{canonical, err.Error()})
			}
			if len(list) > maxPayloads {
				return nil, nil, env.Usagef("there are more than %s payloads; name fewer files", words.Number(maxPayloads))
			}
		}
	}
	return list, failed, nil
}

// problem is a file that could not be read.
type problem struct{ file, message string }

// payloadFiles are the files that an argument means: itself, or of a folder
// those with names that are taken.
func payloadFiles(e *env.Env, arg string, taken func(name string) bool) ([]string, error) {
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
		return nil, env.Incompletef("%s cannot be read: %w", shown(arg), env.Bare(err))
	}
	if len(files) == 0 {
		return nil, env.Usagef("%s holds nothing to read: looked for files .json, .jsonl, .ndjson and .http", shown(arg))
	}
	slices.Sort(files)
	return files, nil
}

func isPayloadName(name string) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".json", ".jsonl", ".ndjson", recordingExt:
		return true
	}
	return false
}

// isDescriptionName reports whether a file may hold payloads or schemas.
func isDescriptionName(name string) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".yaml", ".yml":
		return true
	}
	return isPayloadName(name)
}

// readFile reads a file, or standard input, of at most so many bytes.
func readFile(e *env.Env, name string, most int64) ([]byte, error) {
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
func splitPayloads(name string, data []byte) ([]payload, error) {
	one := []payload{{name: name, file: name, json: data, whole: true}}
	switch strings.ToLower(filepath.Ext(name)) {
	case recordingExt:
		r, err := parseRecording(data)
		if err != nil {
			return nil, err
		}
		one[0].json, one[0].header = r.payload(), r.header
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
	var list []payload
	for i, part := range parts {
		var group struct {
			Name     string            `json:"name"`
			Examples []json.RawMessage `json:"examples"`
		}
		if json.Unmarshal(part, &group) == nil && group.Name != "" && len(group.Examples) > 0 {
			for j, example := range group.Examples {
				at := fmt.Sprintf("%s#/%d/examples/%d", name, i, j)
				list = append(list, payload{name: at, file: name, event: group.Name, json: example})
			}
			continue
		}
		list = append(list, payload{name: fmt.Sprintf("%s#/%d", name, i), file: name, json: part})
	}
	return list, nil
}

func splitLines(name string, data []byte) []payload {
	var list []payload
	n := 0
	for line := range bytes.Lines(data) {
		n++
		if line = bytes.TrimSpace(line); len(line) > 0 {
			list = append(list, payload{name: fmt.Sprintf("%s:%d", name, n), file: name, json: line})
		}
	}
	return list
}
