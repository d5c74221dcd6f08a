package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/printer"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/plumbapi/plumb/integration/catalog"
)

// mappers are the files of an integration that make the payload; where faults in
// those of the first list are too few, fields are set in those of the second.
var mappers = [][]string{
	{"render.go", "payload.go", "adf.go", "wiki.go"},
	{"render.go", "payload.go", "adf.go", "wiki.go", "api.go", "deliver.go"},
}

// few is how many faults are too few to tell anything.
const few = 20

// mutate puts small faults into the code that makes the payload, one at a time,
// and counts those that the tests notice. All faults are compiled into one test
// binary, each behind a number that the environment turns on, so that each costs
// a run and no build.
func mutate(ctx context.Context, root, name string, most int) ([]catalog.Measurement, error) {
	dir := filepath.Join(root, "integration", name)
	work, err := os.MkdirTemp("", "plumb-mutants-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(work) }()
	var m *mutator
	for _, files := range mappers {
		m = &mutator{set: token.NewFileSet(), dir: dir, work: work, mapper: files, done: map[ast.Node]bool{}}
		if err := m.prepare(ctx); err != nil {
			return nil, err
		}
		if len(m.faults) >= few {
			break
		}
	}
	binary := filepath.Join(work, "mutants.test")
	cmd := exec.CommandContext(ctx, "go", "test", "-vet=off", "-c", "-o", binary, "-overlay", m.overlay, "./integration/"+name)
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("build the mutants: %w\n%s", err, out)
	}
	if survives, said := trial(ctx, binary, dir, 0); !survives {
		return nil, fmt.Errorf("the tests fail without a fault:\n%s", said)
	}
	step := max(1, (len(m.faults)+most-1)/most)
	tried, killed := 0, 0
	var survivors []string
	for i := 0; i < len(m.faults) && ctx.Err() == nil; i += step {
		tried++
		if survives, _ := trial(ctx, binary, dir, i+1); survives {
			survivors = append(survivors, m.faults[i])
		} else {
			killed++
		}
	}
	detail := fmt.Sprintf("%d of %d faults in %s tried, %d noticed", tried, len(m.faults), strings.Join(m.files, ", "), killed)
	if len(survivors) > 0 {
		detail += "; not noticed: " + strings.Join(survivors[:min(len(survivors), 8)], ", ")
	}
	return []catalog.Measurement{{Check: "C09", Values: map[string]float64{"mutants": float64(tried), "killed": float64(killed), "possible": float64(len(m.faults))}, Detail: detail}}, nil
}

// trial runs the tests with one fault turned on.
func trial(ctx context.Context, binary, dir string, fault int) (survives bool, said string) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, binary, "-test.short", "-test.failfast")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), fmt.Sprintf("PLUMB_MUTANT=%d", fault))
	out, err := cmd.CombinedOutput()
	return err == nil, string(out)
}

// mutator rewrites the files of a package.
type mutator struct {
	set     *token.FileSet
	dir     string
	work    string
	mapper  []string // files that make the payload
	overlay string
	info    *types.Info
	files   []string // that are mutated
	faults  []string // places, by number
	done    map[ast.Node]bool
}

// prepare parses and types the package, and writes the mutated files and the
// overlay that puts them in the place of the real ones.
func (m *mutator) prepare(ctx context.Context) error {
	paths, err := filepath.Glob(filepath.Join(m.dir, "*.go"))
	if err != nil {
		return err
	}
	var parsed []*ast.File
	for _, p := range paths {
		if strings.HasSuffix(p, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(m.set, p, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		parsed = append(parsed, f)
	}
	if m.info, err = typed(ctx, m.set, m.dir, parsed); err != nil {
		return err
	}
	replaced := map[string]string{}
	for _, f := range parsed {
		path := m.set.Position(f.Package).Filename
		base := filepath.Base(path)
		if !slices.Contains(m.mapper, base) {
			continue
		}
		m.files = append(m.files, base)
		m.rewrite(f)
		var b bytes.Buffer
		f.Comments = nil // they would stand in wrong places
		if err := printer.Fprint(&b, m.set, f); err != nil {
			return err
		}
		out := filepath.Join(m.work, base)
		if err := os.WriteFile(out, b.Bytes(), 0o644); err != nil {
			return err
		}
		absolute, err := filepath.Abs(path)
		if err != nil {
			return err
		}
		replaced[absolute] = out
	}
	if len(m.files) == 0 {
		return errors.New("no file makes a payload: render.go, payload.go")
	}
	switchFile := filepath.Join(m.work, "mutant_switch.go")
	if err := os.WriteFile(switchFile, []byte(strings.Replace(switchText, "package p", "package "+parsed[0].Name.Name, 1)), 0o644); err != nil {
		return err
	}
	absolute, err := filepath.Abs(filepath.Join(m.dir, "mutant_switch.go"))
	if err != nil {
		return err
	}
	replaced[absolute] = switchFile
	data, err := json.Marshal(map[string]map[string]string{"Replace": replaced})
	if err != nil {
		return err
	}
	m.overlay = filepath.Join(m.work, "overlay.json")
	return os.WriteFile(m.overlay, data, 0o644)
}

// switchText is the file that turns faults on.
const switchText = `package p

import "os"

var mutantOn = os.Getenv("PLUMB_MUTANT")

func mutant[T any](number string, right, wrong func() T) T {
	if mutantOn == number {
		return wrong()
	}
	return right()
}
`

// typed type-checks files with the export data that the go command has.
func typed(ctx context.Context, set *token.FileSet, dir string, files []*ast.File) (*types.Info, error) {
	cmd := exec.CommandContext(ctx, "go", "list", "-export", "-deps", "-f", "{{.ImportPath}}\t{{.Export}}", ".")
	cmd.Dir = dir
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	exports := map[string]string{}
	for line := range strings.Lines(string(out)) {
		path, file, _ := strings.Cut(strings.TrimSpace(line), "\t")
		exports[path] = file
	}
	lookup := func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) }
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}}
	config := &types.Config{Importer: importer.ForCompiler(set, "gc", lookup)}
	_, err = config.Check(files[0].Name.Name, set, files, info)
	return info, err
}
