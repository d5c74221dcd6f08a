package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/parity/internal/match"
)

// label is what a person said of an operation or a schema.
type label struct {
	Operation, REST, Status, Confidence string
	GraphQL                             names
	Also, Alternatives                  []string
}

// names is a list of names, or one, or null.
type names []string

func (n *names) UnmarshalJSON(data []byte) error {
	var one *string
	if json.Unmarshal(data, &one) == nil {
		if one != nil {
			*n = names{*one}
		}
		return nil
	}
	return json.Unmarshal(data, (*[]string)(n))
}

// readLabels adds the labels of a file, by what they are about.
func readLabels(dir, name string, labels map[string]label) error {
	if name == "" {
		return nil
	}
	f, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		var l label
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			return fmt.Errorf("%s:%d: %w", name, n, err)
		}
		if l.Confidence != "low" {
			labels[l.Operation+l.REST] = l
		}
	}
	return lines.Err()
}

// decision is one choice with what should have been chosen.
type decision struct {
	product  string
	weight   float64
	evidence [][]float64
	right    []bool // by option
	// none says that choosing nothing is right too, or the only right choice.
	none bool
	// match says that one of the options is asked for.
	match bool
}

// decide puts a label beside the options. Those that the label is
// indifferent to are left out. A counterpart that is not among the options
// counts half: nothing can be learned but to be silent.
func (l label) decide(p product, options []match.Observed) decision {
	d := decision{product: p.Name, weight: p.Weight, match: l.Status == "match"}
	right := append(slices.Clone([]string(l.GraphQL)), l.Alternatives...)
	found := false
	for _, o := range options {
		is := l.Status != "none" && has(right, o.Name)
		if !is && has(l.Also, o.Name) {
			continue
		}
		found = found || is
		d.evidence = append(d.evidence, o.Evidence)
		d.right = append(d.right, is)
	}
	d.none = !d.match || !found
	if d.match && !found {
		d.weight /= 2
	}
	return d
}

func has(list []string, name string) bool {
	plain := func(s string) string { return strings.TrimPrefix(s, "Query.") }
	return slices.ContainsFunc(list, func(s string) bool { return plain(s) == plain(name) })
}
