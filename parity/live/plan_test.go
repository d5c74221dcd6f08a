package live_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/parity"
	"github.com/plumbapi/plumb/parity/live"
)

// garden is a result for shapes that the library does not have. Its pairs are
// written by hand: what is tested is not how they are found.
func garden(t testing.TB, ops ...*parity.Operation) *parity.Result {
	t.Helper()
	read := func(name string) []byte {
		text, err := os.ReadFile("testdata/garden/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	doc, err := openapi.Parse("openapi.yaml", read("openapi.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	schema, err := graphql.Parse(graphql.File{Name: "schema.graphql", Data: read("schema.graphql")})
	if err != nil {
		t.Fatal(err)
	}
	res := &parity.Result{REST: doc, GraphQL: schema, Operations: ops}
	for _, op := range ops {
		for _, node := range doc.Operations() {
			if node.String() == op.Operation {
				op.Node, op.Location = node, node.Node.KeyLocation()
			}
		}
		if op.Node == nil {
			t.Fatalf("no operation %q", op.Operation)
		}
	}
	for _, name := range []string{"Gardener", "Plant"} {
		res.Types = append(res.Types, &parity.Type{REST: "#/components/schemas/" + name, Name: name, GraphQL: name, Status: parity.StatusMatch})
	}
	for _, pair := range []string{
		"Gardener.login Gardener.login", "Gardener.name Gardener.name", "Gardener.plants Gardener.plants",
		"Plant.bed Plant.bedName", "Plant.code Plant.code", "Plant.gardener Plant.gardener", "Plant.height Plant.height",
		"Plant.id Plant.id", "Plant.keeper_id Plant.keeper", "Plant.name Plant.name", "Plant.neighbours Plant.neighbours",
		"Plant.notes Plant.notes", "Plant.site Plant.site", "Plant.sprouts Plant.sprouts", "Plant.gone Plant.name", "Plant.name Plant.gone",
	} {
		rest, gql, _ := strings.Cut(pair, " ")
		typ, _, _ := strings.Cut(gql, ".")
		res.Fields = append(res.Fields, &parity.Field{REST: rest, GraphQL: gql, Kind: parity.Same, Schema: typ, Type: typ, Confidence: 0.9})
	}
	return res
}

func match(operation, coordinate, path string) *parity.Operation {
	return &parity.Operation{Operation: operation, Status: parity.StatusMatch, GraphQL: []string{coordinate}, Path: path, Confidence: 0.9}
}

func partial(operation, coordinate, path string, reason parity.Reason) *parity.Operation {
	op := match(operation, coordinate, path)
	op.Status, op.Reason = parity.StatusPartial, reason
	return op
}

// plant is what is asked of a plant, at so many steps of indentation.
func plant(indent string) string {
	return indent + strings.ReplaceAll(`id
bedName
code
gardener {
  login
  name
}
keeper { name login }
name
neighbours(first: 20) {
  pageInfo { hasNextPage }
  edges {
    node {
      id
      bedName
      code
      gardener {
        login
        name
      }
      keeper { name login }
      name
      notes
      site { id name }
    }
  }
}
notes
site { id name }`, "\n", "\n"+indent) + "\n"
}

func TestQueries(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name   string
		op     *parity.Operation
		inputs []*parity.Input
		want   string
	}{
		{
			"a list", match("GET /plants", "Query.plants", "plants"), nil,
			"query Probe($first: Int) {\n  plants(first: $first) {\n" + plant("    ") + "  }\n}\n",
		},
		{
			"a default that only REST has", match("GET /plants", "Query.plants", "plants"),
			[]*parity.Input{{Operation: "GET /plants", REST: "query.bloom", GraphQL: "Query.plants(bloom:)", Role: parity.FilterInput}},
			"query Probe($bloom: Bloom, $first: Int) {\n  plants(first: $first, bloom: $bloom) {\n" + plant("    ") + "  }\n}\n",
		},
		{
			"by global ID", partial("GET /plants/{plant_id}", "Query.node", "node", parity.NodeID), nil,
			"query Probe($id: ID!) {\n  node(id: $id) {\n    __typename\n    ... on Plant {\n" + plant("      ") + "    }\n  }\n}\n",
		},
		{
			"by global ID, where the path has no way", partial("GET /plants/{plant_id}", "Query.bed", "bed.plants", parity.NodeID), nil,
			"query Probe($id: ID!) {\n  node(id: $id) {\n    __typename\n    ... on Plant {\n" + plant("      ") + "    }\n  }\n}\n",
		},
		{
			"through a filter", partial("GET /codes/{code}", "Query.plantsByCode", "plantsByCode", parity.ViaFilter), nil,
			"query Probe($code: String!) {\n  plantsByCode(code: $code) {\n" + plant("    ") + "  }\n}\n",
		},
		{
			"a union", match("GET /beds/{bed}/residents", "Bed.residents", "bed.residents"), nil,
			"query Probe($name: String!, $first: Int!) {\n  bed(name: $name) {\n    residents(first: $first) {\n      __typename\n      ... on Plant {\n" + plant("        ") + "      }\n    }\n  }\n}\n",
		},
		{
			"whoever asks", match("GET /me", "Query.viewer", ""), nil,
			"query Probe {\n  viewer {\n    login\n    name\n    plants(first: 20) {\n      pageInfo { hasNextPage }\n      edges {\n        node {\n" + strings.Replace(inner("          "), "", "", 1) + "        }\n      }\n    }\n  }\n}\n",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			res := garden(t, test.op)
			res.Inputs = test.inputs
			p, err := live.NewPlan(res, quick())
			if err != nil {
				t.Fatal(err)
			}
			if p.Probes[0].Skipped != "" {
				t.Fatalf("skipped: %s", p.Probes[0].Skipped)
			}
			if diff := cmp.Diff(test.want, p.Probes[0].Query); diff != "" {
				t.Errorf("query (-want +got):\n%s", diff)
			}
		})
	}
}

// inner is what is asked of a plant inside a list of an object.
func inner(indent string) string {
	return indent + strings.ReplaceAll("id\nbedName\ncode\ngardener {\n  login\n  name\n}\nkeeper { name login }\nname\nnotes\nsite { id name }", "\n", "\n"+indent) + "\n"
}

func TestSkipped(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		op   *parity.Operation
		want string
	}{
		{"no path", match("GET /plants", "Bed.plants", ""), "no path leads to Bed.plants"},
		{"a path that is gone", match("GET /plants", "Query.plants", "shrubs"), "the path shrubs does not exist in the schema"},
		{"through a list", match("GET /plants", "Bed.plants", "beds.plants"), "the path leads through the list Query.beds"},
		{"a scalar", match("GET /plants", "Gardener.name", "viewer.name"), "Gardener.name yields no object"},
		{"no schema", match("GET /weather", "Query.weather", "weather"), "no schema in the answer of REST is matched with Weather"},
		{"what is inside is not meant", match("GET /codes/{code}", "Query.viewer", "viewer"), "no schema in the answer of REST is matched with Gardener"},
		{"one against many", match("GET /plants", "Query.node", "node"), "REST answers with a list, Query.node yields one object"},
		{"which one", match("GET /plants/{plant_id}", "Query.plants", "plants"), "nothing in the query says which {plant_id}"},
		{"what to seek", match("GET /seek", "Query.plants", "plants"), `no value is known for the query parameter "q"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p, err := live.NewPlan(garden(t, test.op), quick())
			if err != nil {
				t.Fatal(err)
			}
			if got := p.Probes[0].Skipped; got != test.want {
				t.Errorf("skipped: %q, want %q", got, test.want)
			}
		})
	}
}

// What is not asked is not in a plan: writes, what has no counterpart, and
// partial counterparts that are not about the same object.
func TestNotAsked(t *testing.T) {
	t.Parallel()
	write := match("GET /plants", "Query.plants", "plants")
	write.Write = true
	none := match("GET /plants", "Query.plants", "plants")
	none.Status = parity.StatusNone
	p, err := live.NewPlan(garden(t, write, none, partial("GET /plants", "Query.plants", "plants", parity.FanOut)), quick())
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Probes) > 0 {
		t.Errorf("probes: %+v", p.Probes)
	}
}

func TestPairsThatAreNotCompared(t *testing.T) {
	t.Parallel()
	p, err := live.NewPlan(garden(t, match("GET /plants", "Query.plants", "plants")), quick())
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, pair := range p.Probes[0].Pairs {
		if pair.Skipped != "" {
			got[pair.REST+" "+pair.GraphQL] = pair.Skipped
		}
	}
	want := map[string]string{
		"Plant.gone Plant.name":       `Plant has no property "gone"`,
		"Plant.name Plant.gone":       `Plant has no field "gone"`,
		"Plant.height Plant.height":   `nothing is known for the argument "unit"`,
		"Plant.sprouts Plant.sprouts": "one value against many",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("skipped (-want +got):\n%s", diff)
	}
}

// TestShapes compares objects in the forms that TestQueries asks for.
func TestShapes(t *testing.T) {
	t.Parallel()
	plants := map[string]any{
		"rest": `{"id":%d,"code":"p%d","name":"Plant %d","gardener":{"login":"g%d"},"keeper_id":%d,"bed":{"id":5,"name":"North"},"site":"South","notes":{"soil_type":"clay"},"neighbours":[]}`,
		"gql":  `{"__typename":"Plant","id":"UGxhbnQ6%s","code":"p%d","name":"Plant %d","gardener":{"login":"g%d"},"keeper":{"login":"k","name":"K"},"bedName":"North","site":{"id":"9","name":"South"},"notes":{"soilType":"clay"},"neighbours":{"pageInfo":{"hasNextPage":false},"edges":[]}}`,
	}
	rest := func(n int) string { return strings.ReplaceAll(plants["rest"].(string), "%d", fmt.Sprint(n)) }
	gql := func(n int) string {
		return strings.ReplaceAll(strings.Replace(plants["gql"].(string), "%s", map[int]string{1: "MQ==", 2: "Mg==", 3: "Mw=="}[n], 1), "%d", fmt.Sprint(n))
	}
	answers := map[string]string{
		"GET /api/plants":               `{"count":2,"items":[` + rest(1) + `,` + rest(2) + `]}`,
		"GET /api/plants/1":             rest(1),
		"GET /api/plants/2":             rest(2),
		"GET /api/codes/p1":             rest(1),
		"GET /api/codes/p2":             rest(2),
		"GET /api/beds/North/residents": `[` + rest(2) + `,` + rest(1) + `]`,
		"POST plants(first":             `{"plants":[` + gql(2) + `,` + gql(1) + `]}`,
		"POST node(id UGxhbnQ6MQ==":     `{"node":` + gql(1) + `}`,
		"POST node(id UGxhbnQ6Mg==":     `{"node":` + gql(2) + `}`,
		"POST plantsByCode(code p1":     `{"plantsByCode":[` + gql(1) + `]}`,
		"POST plantsByCode(code p2":     `{"plantsByCode":[` + gql(3) + `,` + gql(2) + `]}`,
		"POST bed(name North":           `{"bed":{"residents":[` + gql(1) + `,{"__typename":"Animal"},` + gql(2) + `]}}`,
	}
	res := garden(t,
		partial("GET /codes/{code}", "Query.plantsByCode", "plantsByCode", parity.ViaFilter),
		match("GET /plants", "Query.plants", "plants"),
		partial("GET /plants/{plant_id}", "Query.node", "node", parity.NodeID),
		match("GET /beds/{bed}/residents", "Bed.residents", "bed.residents"),
	)
	opts := quick()
	opts.ShowValues, opts.NoSuggestions = true, true
	opts.Fixtures = fixtures(t, "parameters: {bed: North}\noperations: {'GET /codes/{code}': [{code: p1}, {code: p2}]}")
	p, err := live.NewPlan(res, opts)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Transport: transport(func(r *http.Request) (*http.Response, error) {
		answer, ok := answers[r.Method+" "+r.URL.Path]
		if r.Method == http.MethodPost {
			var asked struct {
				Query     string
				Variables map[string]any
			}
			_ = json.NewDecoder(r.Body).Decode(&asked)
			for key, text := range answers {
				field, arg, _ := strings.Cut(strings.TrimPrefix(key, "POST "), " ")
				vars, _ := json.Marshal(asked.Variables)
				if strings.HasPrefix(key, "POST ") && strings.Contains(asked.Query, "  "+field) && strings.Contains(string(vars), arg) {
					answer, ok = `{"data":`+text+`}`, true
				}
			}
		}
		if !ok {
			t.Errorf("not expected: %s %s", r.Method, r.URL)
		}
		return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(answer)), Request: r}, nil
	})}
	got, err := live.Verify(t.Context(), p, live.Endpoints{REST: "http://x.example/api", GraphQL: "http://x.example/graphql", Client: client}, opts)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Differences) > 0 {
		t.Errorf("differences: %+v", got.Differences)
	}
	objects := map[string]int{}
	for _, probe := range got.Probes {
		objects[probe.Operation] = probe.Objects
	}
	want := map[string]int{"GET /plants": 2, "GET /plants/{plant_id}": 2, "GET /codes/{code}": 2, "GET /beds/{bed}/residents": 2}
	if diff := cmp.Diff(want, objects); diff != "" {
		t.Errorf("objects (-want +got):\n%s\n%s", diff, text(t, got.Probes))
	}
}
