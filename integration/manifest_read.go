package integration

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/plumbapi/plumb/internal/form"
	"github.com/plumbapi/plumb/openapi"
)

// MaxManifest bounds a manifest, in bytes.
const MaxManifest = 1 << 20

// FileError says what is wrong with a manifest: every problem with its place,
// at most twenty. Its fields are Name and Problems.
type FileError = form.FileError

// FileProblem is one thing that is wrong: Line and Column, which count from 1,
// and Message.
type FileProblem = form.Problem

// ParseManifest reads a manifest.yaml. The name is for messages. An error is a
// *[FileError].
func ParseManifest(name string, data []byte) (*Manifest, error) {
	root, err := form.Read(name, data, MaxManifest)
	if err != nil {
		return nil, err
	}
	if root == nil {
		return nil, &FileError{Name: name, Problems: []FileProblem{{Line: 1, Column: 1, Message: "the file is empty; expected a manifest with apiVersion, kind, metadata and spec"}}}
	}
	if err := form.Failed(name, form.Check(root, Shape())); err != nil {
		return nil, err
	}
	m := readManifest(root)
	if err := form.Failed(name, m.problems(root)); err != nil {
		return nil, err
	}
	return m, nil
}

// Embedded returns a function that reads a manifest once. It is for tools,
// whose manifests are part of the program: where one is wrong, what is returned
// has no name, which the tests of every tool find.
func Embedded(data []byte) func() *Manifest {
	return sync.OnceValue(func() *Manifest {
		m, err := ParseManifest("manifest.yaml", data)
		if err != nil {
			return &Manifest{Description: err.Error()}
		}
		return m
	})
}

func readManifest(root *openapi.Node) *Manifest {
	meta, spec := root.Get("metadata"), root.Get("spec")
	m := &Manifest{
		Name: meta.Get("name").Text(), Title: meta.Get("title").Text(), Description: meta.Get("description").Text(),
		Tags: textsOf(meta.Get("tags")), Owner: spec.Get("owner").Text(), Lifecycle: spec.Get("lifecycle").Text(), Category: spec.Get("category").Text(),
		Direction: textsOf(spec.Get("direction")), Capabilities: textsOf(spec.Get("capabilities")), Auth: spec.Find("auth", "scheme").Text(),
		Limits: map[string]int{}, Idempotency: spec.Find("idempotency", "strategy").Text(), Key: spec.Find("idempotency", "key").Text(),
		Versions: textsOf(spec.Get("versions")),
	}
	for _, link := range meta.Get("links").Children() {
		m.Links = append(m.Links, Link{URL: link.Get("url").Text(), Title: link.Get("title").Text()})
	}
	for _, n := range spec.Get("inputs").Children() {
		m.Inputs = append(m.Inputs, Input{
			Name: n.Get("name").Text(), Type: n.Get("type").Text(), Choices: textsOf(n.Get("choices")), Required: n.Get("required").IsTrue(),
			Env: n.Get("env").Text(), Default: n.Get("default").Text(), Help: n.Get("help").Text(), Example: n.Get("example").Text(),
		})
	}
	for _, n := range spec.Get("limits").Children() {
		limit, _ := n.Int() // problems says where it is none
		m.Limits[n.Key()] = int(limit)
	}
	m.SLO.Availability, _ = spec.Find("slo", "availability").Float() // the shape says that it is a number
	m.SLO.P95, _ = parseDuration(spec.Find("slo", "p95").Text())
	m.SLO.Timeout, _ = parseDuration(spec.Find("slo", "timeout").Text())
	m.Breaking, _ = parseDuration(spec.Get("breaking").Text())
	return m
}

// problems says what is wrong beyond shapes: names given twice, values that do
// not fit their type, promises that cannot be kept.
func (m *Manifest) problems(root *openapi.Node) []FileProblem {
	var found []FileProblem
	report := func(n *openapi.Node, format string, args ...any) {
		found = append(found, form.ProblemAt(n.Location(), format, args...))
	}
	spec := root.Get("spec")
	for _, key := range []string{"direction", "capabilities"} {
		if spec.Get(key).Len() == 0 {
			report(spec.Get(key), "spec.%s is empty; expected at least one", key)
		}
		once(report, spec.Get(key).Children(), "spec."+key, func(n *openapi.Node) *openapi.Node { return n })
	}
	inputs := spec.Get("inputs").Children()
	once(report, inputs, "the name of spec.inputs", func(n *openapi.Node) *openapi.Node { return n.Get("name") })
	once(report, inputs, "the env of spec.inputs", func(n *openapi.Node) *openapi.Node { return n.Get("env") })
	for i, n := range inputs {
		in := &m.Inputs[i]
		switch {
		case in.Type == TypeChoice && len(in.Choices) == 0:
			report(n, "spec.inputs[%d] is a choice and has no choices", i)
		case in.Type != TypeChoice && len(in.Choices) > 0:
			report(n.Get("choices"), "spec.inputs[%d] has choices and is no choice", i)
		}
		for _, key := range []string{"default", "example"} {
			v := n.Get(key)
			if v == nil || in.Type == TypeChoice && len(in.Choices) == 0 {
				continue
			}
			if _, problem := in.read(v.Text()); problem != "" {
				report(v, "spec.inputs[%d].%s %.120q %s", i, key, v.Text(), problem)
			}
		}
	}
	for _, n := range spec.Get("limits").Children() {
		if _, ok := n.Int(); !ok {
			report(n, "spec.limits.%s is %.40s; expected a whole number", n.Key(), n.Text())
		}
	}
	if m.SLO.Timeout < m.SLO.P95 {
		report(spec.Find("slo", "timeout"), "spec.slo.timeout is shorter than p95")
	}
	slices.SortStableFunc(found, func(a, b FileProblem) int { return (a.Line-b.Line)*10_000 + a.Column - b.Column })
	return found
}

// once reports texts that are given twice.
func once(report func(*openapi.Node, string, ...any), nodes []*openapi.Node, what string, of func(*openapi.Node) *openapi.Node) {
	seen := map[string]int{}
	for _, n := range nodes {
		v := of(n)
		if line := seen[v.Text()]; line > 0 {
			report(v, "%s %.120q is given twice; the first is at line %d", what, v.Text(), line)
			continue
		}
		seen[v.Text()] = v.Location().Line
	}
}

func textsOf(n *openapi.Node) []string {
	var all []string
	for _, c := range n.Children() {
		all = append(all, c.Text())
	}
	return all
}

// parseDuration reads a duration of one unit: ms, s, m, h or d.
func parseDuration(s string) (time.Duration, bool) {
	units := []struct {
		suffix string
		unit   time.Duration
	}{{"ms", time.Millisecond}, {"s", time.Second}, {"m", time.Minute}, {"h", time.Hour}, {"d", 24 * time.Hour}}
	for _, u := range units {
		number, ok := strings.CutSuffix(s, u.suffix)
		if !ok || number == "" || strings.Trim(number, "0123456789.") != "" {
			continue
		}
		f, err := strconv.ParseFloat(number, 64)
		if err != nil || f*float64(u.unit) > float64(10*365*24*time.Hour) {
			return 0, false
		}
		return time.Duration(f * float64(u.unit)), true
	}
	return 0, false
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// LimitOf returns a limit of the manifest by name. A name that is not there is
// 0, which lets nothing through, so that a slip shows in the first test.
func (m *Manifest) LimitOf(name string) int { return m.Limits[name] }

// Input returns the input of a name.
func (m *Manifest) Input(name string) (*Input, error) {
	for i := range m.Inputs {
		if m.Inputs[i].Name == name {
			return &m.Inputs[i], nil
		}
	}
	return nil, fmt.Errorf("%s has no input %q", m.Name, name)
}
