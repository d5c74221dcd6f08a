package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"time"
)

// comparison pairs two benchmarks of one package, run side by side.
type comparison struct {
	work   string
	pkg    string
	ours   string
	peer   string
	said   string // what the peer is
	budget float64
}

func comparisons() []comparison {
	return []comparison{
		{"load, Stripe 4 MB YAML", "./openapi", "BenchmarkParse/spec3.2023-09-12.yaml", "BenchmarkYAMLFloor", "yaml.v4's node parse alone", 2},
		{"load, GitHub 13 MB JSON", "./openapi", "BenchmarkParse/api.github.com.json", "BenchmarkTokenFloor", "tokenising alone", 0},
		{"model, GitHub 13 MB JSON, loading included", "./openapi", "BenchmarkModel", "BenchmarkKinLoader", "kin-openapi's loader", 1 / 3.5},
		{"lint with spectral:oas, GitHub 13 MB JSON, loaded", "./lint", "BenchmarkLintSpectral", "", "", 0},
		{"GraphQL schema, GitHub 1.2 MB SDL", "./graphql", "BenchmarkParse", "BenchmarkGqlparser", "gqlparser's parse alone", 2},
		{"two versions of Stripe compared, read", "./lifecycle", "BenchmarkDiff/stripe", "BenchmarkDiffFloor/stripe", "reading both", 1},
		{"GitHub compared with its enterprise version, read", "./lifecycle", "BenchmarkDiff/github", "BenchmarkDiffFloor/github", "reading both", 1},
		{"two versions of GitHub's GraphQL schema compared, read", "./lifecycle/internal/gql", "BenchmarkDiff", "BenchmarkRead", "reading one", 1},
		{"find the operation of 1,223 requests, GitHub", "./lifecycle/internal/route", "BenchmarkFind", "BenchmarkKin", "kin-openapi's router", 1 / 5.0},
		{"parity, GitHub REST × GraphQL, reading included", "./parity", "BenchmarkCompareTexts", "BenchmarkLoad", "reading both alone", 0},
		{"parity of a product three times as large, read", "./parity", "BenchmarkMatch/x3", "BenchmarkMatch/x1", "GitHub's once", 4.5},
		{"a million latencies counted", "./perf/histogram", "BenchmarkMillion", "BenchmarkMillionVegeta", "vegeta's t-digest", 0.5},
	}
}

// insideProcess runs the benchmarks beside the code and takes the median of
// five runs of each.
func insideProcess(progress io.Writer) ([]row, error) {
	var rows []row
	results := map[string]map[string]time.Duration{}
	for _, c := range comparisons() {
		if results[c.pkg] == nil {
			_, _ = fmt.Fprintf(progress, "benchmarks of %s\n", c.pkg)
			got, err := benchmark(c.pkg)
			if err != nil {
				return nil, err
			}
			results[c.pkg] = got
		}
		ours, peer := results[c.pkg][c.ours], results[c.pkg][c.peer]
		if ours == 0 {
			return nil, fmt.Errorf("%s has no benchmark %s", c.pkg, c.ours)
		}
		r := row{work: c.work, ours: seconds(ours), budget: c.budget}
		if peer > 0 {
			r.peer = seconds(peer) + ", " + c.said
			r.ratio = float64(ours) / float64(peer)
		}
		rows = append(rows, r)
	}
	return rows, nil
}

func benchmark(pkg string) (map[string]time.Duration, error) {
	cmd := exec.Command("go", "test", pkg, "-run", "^$", "-bench", ".", "-benchtime", "3x", "-count", "5")
	out, err := cmd.CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("%s: %w\n%s", cmd, err, out)
	}
	return medians(out), nil
}

// medians reads the output of go test -bench: name-procs, runs, ns/op.
func medians(out []byte) map[string]time.Duration {
	all := map[string][]time.Duration{}
	lines := bufio.NewScanner(bytes.NewReader(out))
	for lines.Scan() {
		f := strings.Fields(lines.Text())
		if len(f) < 4 || !strings.HasPrefix(f[0], "Benchmark") || f[3] != "ns/op" {
			continue
		}
		name := f[0]
		if i := strings.LastIndexByte(name, '-'); i > 0 {
			if _, err := strconv.Atoi(name[i+1:]); err == nil {
				name = name[:i]
			}
		}
		if ns, err := strconv.ParseFloat(f[2], 64); err == nil {
			all[name] = append(all[name], time.Duration(ns))
		}
	}
	out2 := map[string]time.Duration{}
	for name, d := range all {
		slices.Sort(d)
		out2[name] = d[len(d)/2]
	}
	return out2
}
