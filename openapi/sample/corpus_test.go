package sample_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/jsonschema"
	"github.com/plumbapi/plumb/openapi/sample"
)

// corpus returns the folder of real descriptions.
func corpus(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("PLUMB_CORPUS")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "corpus")
	}
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("no real descriptions: %v (set PLUMB_CORPUS)", err)
	}
	return dir
}

// TestCorpus makes a value of every parameter and every body of real
// descriptions and holds it against its schema; of large descriptions the most
// there may be, and answers, only of one schema in twenty.
func TestCorpus(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"github/rest/api.github.com.json", "github/rest/ghes-3.17.json",
		"gitlab/rest/openapi-handwritten.yaml", "gitlab/rest/openapi_v2.2024-09.yaml", "gitlab/rest/openapi_v3-converted.2024-07.yaml",
		"stripe/spec3.2022-04-12.json", "stripe/spec3.2023-09-12.yaml", "slack/slack_web_openapi_v2.json",
		"readme-oas-examples/2.0/petstore.json", "readme-oas-examples/3.0/circular.json", "readme-oas-examples/3.0/complex-nesting.json",
		"readme-oas-examples/3.0/star-trek.json", "readme-oas-examples/3.1/train-travel.yaml",
		"readme-oas-examples/3.1/readme.json", "scalar-galaxy/galaxy.3.1.yaml", "oai-examples/3.2/mega.yaml",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := corpus(t)
			doc, err := openapi.Load(t.Context(), os.DirFS(dir), name)
			if errors.Is(err, fs.ErrNotExist) {
				t.Skip("not there")
			}
			if err != nil {
				t.Fatal(err)
			}
			for _, full := range []bool{false, true} {
				for _, response := range []bool{false, true} {
					c := &counter{doc: doc, maker: sample.New(doc, sample.Options{Full: full, Response: response})}
					c.compiler = jsonschema.NewCompiler(jsonschema.DialectOf(doc.Version()), jsonschema.ForDocument(doc))
					if c.every = 1; (full || response) && len(doc.Source().Text()) > 1<<20 {
						c.every = 20
					}
					if response {
						c.responses(t)
					} else {
						c.requests(t)
					}
					share := float64(c.good) / float64(max(c.all, 1))
					t.Logf("full=%v response=%v: %d of %d match (%.2f %%), %d cannot be made", full, response, c.good, c.all, 100*share, c.errors)
					if share < 0.99 && c.all > 0 {
						t.Errorf("only %.2f %% match", 100*share)
					}
				}
			}
		})
	}
}

type counter struct {
	doc               *openapi.Document
	maker             *sample.Maker
	compiler          *jsonschema.Compiler
	all, good, errors int
	shown             int
	every, seen       int
}

func (c *counter) requests(t *testing.T) {
	for _, op := range c.doc.Operations() {
		for _, p := range c.doc.Parameters(op) {
			schema := p.Get("schema")
			if c.doc.Version() == openapi.V20 && p.Get("in").Text() != "body" {
				schema = p
			}
			c.schema(t, schema)
		}
		body := c.doc.Resolve(op.Node.Get("requestBody"))
		for _, mt := range body.Get("content").Children() {
			c.schema(t, mt.Get("schema"))
		}
	}
}

func (c *counter) responses(t *testing.T) {
	for _, r := range c.doc.Nodes(openapi.ResponseRole) {
		c.schema(t, r.Get("schema"))
		for _, mt := range r.Get("content").Children() {
			c.schema(t, mt.Get("schema"))
		}
	}
}

func (c *counter) schema(t *testing.T, schema *openapi.Node) {
	if c.seen++; schema == nil || c.seen%c.every != 0 {
		return
	}
	c.all++
	v, _, err := c.maker.Value(schema)
	if err != nil {
		c.errors++
		c.show(t, schema, err.Error())
		return
	}
	tree, err := openapi.ParseTree("", v.Append(nil))
	if err != nil {
		t.Fatalf("%s: %v in %s", schema.Pointer(), err, v.JSON())
	}
	errs, err := c.compiler.Compile(schema).Validate(tree, c.maker.Mode())
	if err != nil || len(errs) > 0 {
		message := ""
		if len(errs) > 0 {
			message = errs[len(errs)-1].Message() + " at " + errs[len(errs)-1].Instance.Pointer() + " by " + errs[len(errs)-1].Schema.Pointer()
		}
		c.show(t, schema, message)
		return
	}
	c.good++
}

func (c *counter) show(t *testing.T, schema *openapi.Node, message string) {
	if c.shown++; c.shown <= 6 {
		t.Logf("%s: %s", schema.Pointer(), message)
	}
}
