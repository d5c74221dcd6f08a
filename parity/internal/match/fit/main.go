// Command fit fits the weights of package match on labelled products and
// writes weights.go anew. It is for whoever changes the evidence:
//
//	go run ./parity/internal/match/fit -products products.json -write
//
// The products file lists what the labels are about:
//
//	[{"name": "shop", "rest": "shop.yaml", "graphql": "shop.graphql",
//	  "operations": "operations.jsonl", "types": "types.jsonl", "weight": 1}]
//
// A line of the labels is {"operation": "GET /pets", "status": "match",
// "graphql": ["Query.pets"], "also": []}, or "rest" with the pointer of a
// schema in place of "operation". Decisions are fitted by conditional logit:
// each of the labelled answers, or none of the options, is what should have
// been chosen.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/parity/internal/gql"
	"github.com/plumbapi/plumb/parity/internal/match"
	"github.com/plumbapi/plumb/parity/internal/rest"
	"github.com/plumbapi/plumb/parity/internal/word"
)

func main() {
	file := flag.String("products", "", "the `FILE` that lists the labelled products")
	folder := flag.String("match", "parity/internal/match", "the `FOLDER` of package match")
	held := flag.String("hold", "", "fit without the product of this `NAME`, which is judged nevertheless")
	write := flag.Bool("write", false, "write weights.go")
	flag.Parse()
	if err := run(*file, *folder, *held, *write, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "fit:", err)
		os.Exit(1)
	}
}

// product is one pair of descriptions with labels.
type product struct {
	Name, REST, GraphQL, Operations, Types string
	// Weight is how much a decision of the product counts.
	Weight float64
}

func run(file, folder, held string, write bool, out io.Writer) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var products []product
	if err := json.Unmarshal(data, &products); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	decisions := map[string][]decision{}
	for _, p := range products {
		if err := p.collect(filepath.Dir(file), decisions); err != nil {
			return fmt.Errorf("%s: %w", p.Name, err)
		}
	}
	tables, err := readTables(folder)
	if err != nil {
		return err
	}
	for i := range tables {
		t := &tables[i]
		known := slices.DeleteFunc(slices.Clone(decisions[t.kind]), func(d decision) bool { return d.product == held })
		t.weights = fit(known, t.signs())
		for _, p := range products {
			score := judge(decisions[t.kind], p.Name, t.weights)
			fmt.Fprintf(out, "%-6s %-14s %s\n", t.kind, p.Name, score)
		}
	}
	if !write {
		return nil
	}
	return writeWeights(filepath.Join(folder, "weights.go"), tables)
}

// collect matches the product and keeps the decisions that are labelled.
func (p product) collect(dir string, decisions map[string][]decision) error {
	labels := map[string]label{}
	for _, name := range []string{p.Operations, p.Types} {
		if err := readLabels(dir, name, labels); err != nil {
			return err
		}
	}
	doc, err := openapi.Load(context.Background(), os.DirFS(dir), p.REST)
	if err != nil {
		return err
	}
	schema, err := graphql.Load(context.Background(), os.DirFS(dir), p.GraphQL)
	if err != nil {
		return err
	}
	lex, err := word.New(word.Packs(), nil)
	if err != nil {
		return err
	}
	return match.Observe(rest.Build(doc, lex), gql.Build(schema, lex), lex, func(kind, key string, options []match.Observed) {
		if l, ok := labels[key]; ok {
			decisions[kind] = append(decisions[kind], l.decide(p, options))
		}
	})
}
