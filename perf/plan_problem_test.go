package perf_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/perf"
)

const head = `descriptions: [api/openapi.yaml, api/schema.graphql]
targets: {rest: {url: "http://127.0.0.1:8080"}, graphql: {url: "http://127.0.0.1:8080/g", graphql: true}}
load: {constant: {rate: 100/s, for: 60s}}
`

// TestPlanProblems shows what is told of plans that contradict themselves, and
// at which line: head has three.
func TestPlanProblems(t *testing.T) {
	t.Parallel()
	o := options(t)
	tests := []struct {
		name, text string
		want       []string
	}{
		{"nothing", "# nothing\n", []string{"1:1: the file says nothing; plumb perf init writes one"}},
		{"unknown key", head + "operation: {}\n", []string{`4:1: unknown key "operation"; did you mean "operations"?`}},
		{"unknown operation", head + "operations:\n  GET /issue: {}\n", []string{`5:3: unknown operation "GET /issue"; did you mean "GET /issues"?`}},
		{"unknown field", head + "operations:\n  query issuess: {}\n", []string{`5:3: unknown operation "query issuess": no schema has such a field, and no document is given; did you mean "query issues"?`}},
		{"pattern of nothing", head + "operations:\n  GET /users/**: {}\n", []string{`5:3: no operation of the descriptions matches "GET /users/**"`}},
		{"two patterns", head + "operations:\n  GET /iss*: {}\n  GET /*: {}\n", []string{`6:3: GET /issues is matched by "GET /iss*" in line 5 too; name it itself`}},
		{"named twice", head + "operations:\n  GET /issues: {}\n  listIssues: {}\n", []string{"6:3: GET /issues is named twice; the first is at line 5"}},
		{"budget without traffic", head + "operations:\n  GET /search: {}\n  POST /issues: {weight: 0, budget: {errors: 1%}}\n", []string{
			"6:29: POST /issues has a budget, and the plan sends nothing to it; give it a weight, or a step of a session, or remove the budget",
		}},
		{"nothing is sent", head + "operations:\n  GET /issues: {weight: 0}\n", []string{"5:3: the plan sends nothing: no operation and no session has a weight"}},
		{"overlapping budgets", head + "operations: {GET /search: {}}\nbudgets:\n  tags:\n    search: {errors: 1%}\n    issues: {errors: 2%}\n", []string{
			`8:5: the budgets of tags "search" and "issues" overlap: GET /search has both; give it a budget of its own`,
		}},
		{"unknown tag", head + "operations: {GET /search: {}}\nbudgets: {tags: {issue: {errors: 1%}}}\n", []string{`5:18: unknown tag "issue"; did you mean "issues"?`}},
		{"tag without traffic", head + "operations: {query issues: {}}\nbudgets: {tags: {issues: {errors: 1%}}}\n", []string{`5:18: tag "issues" has a budget, and the plan sends nothing to its operations`}},
		{"objectives", head + "budgets: {default: {latency: {99.9%: 300ms, 99%: 500ms}}}\n", []string{
			"4:31: latency objectives do not ascend: 99.9% within 300ms makes 99% within 500ms empty",
		}},
		{"a share twice", head + "budgets: {default: {latency: {99%: 300ms, 99.0%: 500ms}}}\n", []string{"4:43: 99.0% says the same share as 99%"}},
		{"percentiles", head + "budgets: {default: {latency: {p99: 300ms}}}\n", []string{`4:31: "p99" in budgets.default.latency is no share of requests; what is called p99 is written as 99%`}},
		{"urgency and latency", head + "budgets: {default: {urgency: high, latency: {99%: 1s}}}\n", []string{
			"4:36: the budget has an urgency, which says the latency, and a latency beside it; only one of them can hold",
		}},
		{"unknown urgency", head + "budgets: {default: {urgency: hihg}}\n", []string{`4:30: budgets.default.urgency "hihg" is unknown; did you mean "high"?`}},
		{"a rate that is not sent", head + "operations:\n  GET /issues: {budget: {rate: 60/s}}\n  GET /search: {}\n", []string{
			"5:32: the budget asks for 60/s of GET /issues, and the plan sends 50/s on average",
		}},
		{"no stages", "targets: {rest: {url: http://127.0.0.1}}\nload: {}\n", []string{"2:7: load has none of constant, ramp, steps, spike, soak, stages"}},
		{"two profiles", "targets: {rest: {url: http://127.0.0.1}}\nload: {constant: {rate: 1/s, for: 1s}, soak: {rate: 1/s, hold: 1s}}\n", []string{
			"2:7: load has constant and soak; only one of them can be what it is about",
		}},
		{"a stage of nothing", head[:strings.Index(head, "load")] + "load:\n  stages:\n    - {ramp: [0/s, 0/s], for: 10s}\noperations: {GET /search: {}}\n", []string{"4:3: the load contradicts itself: "}},
		{"a ramp of one", head[:strings.Index(head, "load")] + "load:\n  stages:\n    - {ramp: [1/s], for: 10s}\n    - {rate: 1/s, for: 1s}\n", []string{"5:14: a ramp has the rates at its two ends, such as [20/s, 100/s]"}},
		{"forms", "targets: {rest: {url: http://127.0.0.1}}\nload: {constant: {rate: 100, for: 5 minutes}}\n", []string{
			"2:25: load.constant.rate is the number 100; expected text; put it in quotes",
			`2:35: load.constant.for "5 minutes" is no duration; expected one such as 300ms, 1.5s, 5m or 28d`,
		}},
		{"unknown pool", head + "operations:\n  GET /issues: {fill: {number: /id}}\npools: {numbers: {}}\n", []string{`5:24: unknown pool "number"; did you mean "numbers"?`}},
		{"a pool that nothing fills", head + "operations:\n  'GET /issues/{number}': {path: {number: '{{numbers}}'}}\npools: {numbers: {}}\n", []string{
			`5:43: pool "numbers" is used and never filled; let an operation fill it: {numbers: /id}`,
		}},
		{"a pool that is not filled", head + "operations:\n  'GET /issues/{number}': {path: {number: '{{numbers}}'}}\n  GET /issues: {weight: 0, fill: {numbers: /id}}\npools: {numbers: {}}\n", []string{
			`5:43: pool "numbers" is only filled by operations that the plan does not send`,
		}},
		{"data that nothing uses", head + "data: {users: {file: users.csv}}\n", []string{`4:8: nothing uses data "users"; use it as {{users.COLUMN}}, or remove it`}},
		{"a name of nothing", head + "operations:\n  GET /search: {query: {q: '{{user.id}}'}}\ndata: {users: {file: u.csv}}\n", []string{
			`5:28: {{user.id}} stands for nothing: there is no pool and no data of this name, and no earlier step keeps it; did you mean "users"?`,
			`6:8: nothing uses data "users"; use it as {{users.COLUMN}}, or remove it`,
		}},
		{"half a name", head + "operations:\n  GET /search: {query: {q: '{{seq}'}}\n", []string{`5:28: "{{seq}" has a {{ or }} without its other half`}},
		{"a parameter that the path has not", head + "operations:\n  'GET /issues/{number}': {path: {numbr: 1}}\n", []string{`5:35: GET /issues/{number} has no "numbr" in its path; did you mean "number"?`}},
		{"a step of nothing", head + "sessions:\n  s:\n    steps: [{operation: putIssue}]\n", []string{`6:25: unknown operation "putIssue"; did you mean "getIssue"?`}},
		{"kept too late", head + "sessions:\n  s:\n    steps:\n      - {operation: getIssue, path: {number: '{{n}}'}}\n      - {operation: createIssue, keep: {n: /number}}\n", []string{
			`7:46: {{n}} stands for nothing: there is no pool and no data of this name, and no earlier step keeps it`,
		}},
		{"unknown target", head + "operations:\n  GET /issues: {target: res}\n", []string{`5:25: unknown target "res"; did you mean "rest"?`}},
		{"target of another kind", head + "operations:\n  GET /issues: {target: graphql}\n", []string{`5:25: target "graphql" is none of REST, which GET /issues is sent to`}},
		{"no target", "descriptions: [api/openapi.yaml]\ntargets: {g: {url: 'http://127.0.0.1', graphql: true}}\nload: {constant: {rate: 1/s, for: 9s}}\noperations: {GET /issues: {}, GET /search: {}}\n", []string{
			"2:10: there is no target of REST, and GET /issues is sent to one",
		}},
		{"two targets", "targets: {a: {url: 'http://127.0.0.1'}, b: {url: 'http://127.0.0.2'}}\nload: {constant: {rate: 1/s, for: 9s}}\noperations: {GET /issues: {}}\n", []string{
			`1:10: targets "a" and "b" are both of REST; say with description: which is whose, or with target: which GET /issues is sent to`,
		}},
		{"a document that is not there", head + "operations:\n  query A: {document: a.graphql}\n", []string{`5:23: the document "a.graphql" cannot be read: there is no such file`}},
		{"another operation", head + "operations:\n  query A: {document: queries/issues.graphql}\n", []string{"5:23: the document has query Issues; expected query A"}},
		{"a field that the schema has not", head + "operations:\n  query A: {document: 'query A { nope }'}\n", []string{`5:23: document:1:11: `}},
		{"a variable that the document has not", head + "operations:\n  query Issues: {document: queries/issues.graphql, variables: {frist: 1}}\n", []string{`5:64: query Issues has no variable $frist; did you mean "first"?`}},
		{"parts of the other kind", head + "operations:\n  query issues: {path: {a: 1}}\n  GET /issues: {variables: {a: 1}}\n", []string{
			"5:18: query issues is an operation of GraphQL and has no path", "6:17: GET /issues is an operation of REST and has no variables",
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := perf.ParsePlan("slo.yaml", []byte(tt.text), o)
			var file *perf.FileError
			if !errors.As(err, &file) {
				t.Fatalf("error %v is no *FileError", err)
			}
			got := strings.Split(err.Error(), "\n")
			if len(got) != len(tt.want) {
				t.Fatalf("problems\n%s\nwant %q", err, tt.want)
			}
			for i, want := range tt.want {
				if want = "slo.yaml:" + want; got[i] != want && !(strings.HasSuffix(want, ": ") && strings.HasPrefix(got[i], want)) {
					t.Errorf("problem %d:\n got %s\nwant %s", i, got[i], want)
				}
			}
		})
	}
}

// TestPlanKeepsSecretsOut: what looks like a secret is refused, and not told.
func TestPlanKeepsSecretsOut(t *testing.T) {
	t.Parallel()
	const load = "load: {constant: {rate: 1/s, for: 9s}}\n"
	for name, text := range map[string]string{
		"literal":            "targets: {rest: {url: 'http://127.0.0.1', headers: {Authorization: Bearer hunter2}}}\n" + load,
		"by its name":        "targets: {rest: {url: 'http://127.0.0.1', headers: {Private-Token: hunter2}}}\n" + load,
		"by its form":        "targets: {rest: {url: 'http://127.0.0.1', headers: {X-Note: glpat-hunter2hunter2}}}\n" + load,
		"before a variable":  "targets: {rest: {url: 'http://127.0.0.1', headers: {X-Note: 'glpat-hunter2hunter2 ${A}'}}}\n" + load,
		"behind a variable":  "targets: {rest: {url: 'http://127.0.0.1', headers: {Authorization: '${A} hunter2'}}}\n" + load,
		"a user":             "targets: {rest: {url: 'http://hunter2:hunter2@127.0.0.1'}}\n" + load,
		"a query":            "targets: {rest: {url: 'http://127.0.0.1/?token=hunter2'}}\n" + load,
		"of an operation":    head + "operations: {GET /issues: {header: {Authorization: Bearer hunter2}}}\n",
		"in a list":          "targets: {rest: {url: 'http://127.0.0.1', headers: {Authorization: [hunter2]}}}\n" + load,
		"with a line break":  "targets: {rest: {url: 'http://127.0.0.1', headers: {Authorization: \"hunter2\\r\\nX: y\"}}}\n" + load,
		"beside a wrong key": "targets: {rest: {url: 'http://127.0.0.1', header: {Authorization: hunter2}}}\n" + load,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := perf.ParsePlan("slo.yaml", []byte(text), options(t))
			if err == nil || strings.Contains(err.Error(), "hunter2") {
				t.Errorf("error %v; want one without the secret", err)
			}
		})
	}
}

// TestPlanSchemaAgrees shows that an editor accepts what the shape of a plan
// accepts, and refuses what it refuses.
func TestPlanSchemaAgrees(t *testing.T) {
	t.Parallel()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(perf.PlanSchema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("slo.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("slo.json")
	if err != nil {
		t.Fatal(err)
	}
	const base = "targets: {a: {url: 'http://127.0.0.1'}}\nload: {constant: {rate: 1/s, for: 1s}}\n"
	valid := 0
	for _, text := range []string{
		whole, head, base, "{}", base + "window: 28d", base + "window: 28", base + "window: soon", base + "budgets: {default: {urgency: high}}",
		base + "budgets: {default: {urgency: higher}}", base + "budgets: {default: {latency: {99%: 1s}}}", base + "budgets: {default: {latency: {p99: 1s}}}",
		base + "budgets: {default: {errors: 0.1%}}", base + "budgets: {default: {errors: few}}", base + "operations:\n  GET /a:\n", base + "operations: {GET /a: {weight: -1}}",
		base + "operations: {GET /a: {body: [1, 2]}}", base + "operations: {GET /a: {query: {a: [1]}}}", base + "operations: {GET /a: {fill: {a: b}}}",
		base + "pools: {a: {max: 0}}", base + "pools:\n  a:\n", base + "data: {a: {}}", base + "data: {a: {file: x, order: up}}", base + "sessions: {a: {}}",
		"targets: {a: {url: 'http://127.0.0.1'}}\nload: {}\n",
	} {
		root, err := openapi.ParseTree("slo.yaml", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		_, read := perf.PlanDescriptions("slo.yaml", []byte(text))
		judged := schema.Validate(root.Value())
		if (read == nil) != (judged == nil) {
			t.Errorf("%s\nPlanDescriptions: %v\nschema: %v", text, read, judged)
		}
		if read == nil {
			valid++
		}
	}
	if valid < 8 {
		t.Errorf("only %d texts are valid", valid)
	}
}

func TestPlanSchemaIsPublished(t *testing.T) {
	t.Parallel()
	published, err := os.ReadFile("../docs/slo.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	if !json.Valid(published) || !bytes.Equal(published, perf.PlanSchema()) {
		t.Error("docs/slo.schema.json is out of date; run go generate ./...")
	}
}

func TestOnly(t *testing.T) {
	t.Parallel()
	p, err := perf.ParsePlan("slo.yaml", []byte(whole), options(t))
	if err != nil {
		t.Fatal(err)
	}
	only, err := p.Only(func(name string) bool { return name == "GET /issues" })
	if err != nil {
		t.Fatal(err)
	}
	if len(only.Operations) != 1 || len(only.Sessions) != 0 || math.Abs(only.Stages[2].To-600.0/11) > 1e-9 {
		t.Errorf("%d operations, %d sessions, at most %v/s; want one at its own rate", len(only.Operations), len(only.Sessions), only.Stages[2].To)
	}
	only, err = p.Only(func(name string) bool { return name == "file an issue" })
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"POST /issues", "DELETE /issues/{number}"}, []string{only.Operations[only.Sessions[0].Steps[0].Operation].Name, only.Operations[only.Sessions[0].Steps[1].Operation].Name}); diff != "" {
		t.Errorf("steps (-want +got):\n%s", diff)
	}
	for name, want := range map[string]string{
		"GET /issues/{number}": `GET /issues/{number} uses pool "numbers", and nothing that is left fills it`,
		"DELETE /users":        "nothing of the plan is left that is sent",
	} {
		if _, err := p.Only(func(n string) bool { return n == name }); err == nil || err.Error() != want {
			t.Errorf("only %s: error %v; want %s", name, err, want)
		}
	}
}
