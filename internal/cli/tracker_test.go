package cli_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/graphql-go/graphql"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/golden"
)

type (
	user    struct{ ID, Username string }
	issue   struct{ ID, Title, State, Project string }
	project struct{ ID, Name, Visibility, CreatedAt string }
)

// tracker is what the servers of testdata/tracker know.
type tracker struct {
	ada      user
	projects []project
	issues   []issue
	// wrong changes what GraphQL says about a title.
	wrong func(title string) string
}

func newTracker() *tracker {
	t := &tracker{ada: user{"7", "ada"}, wrong: func(title string) string { return title }}
	for i, name := range []string{"plumbing", "wiring", "roof", "garden", "cellar"} {
		visibility := []string{"private", "internal", "public"}[i%3]
		t.projects = append(t.projects, project{strconv.Itoa(i + 1), name, visibility, "2026-11-0" + strconv.Itoa(i+1) + "T09:30:00Z"})
	}
	for i, title := range []string{"Tap drips", "Pipe hums", "Drain is slow", "Boiler leaks", "Valve sticks", "No hot water"} {
		state := []string{"open", "closed"}[i%2]
		t.issues = append(t.issues, issue{strconv.Itoa(i + 41), title, state, strconv.Itoa(i%2 + 1)})
	}
	return t
}

// rest serves /v2 as testdata/tracker/openapi.yaml has it.
func (tr *tracker) rest(mux *http.ServeMux) {
	number := func(text string) int { n, _ := strconv.Atoi(text); return n }
	ofProject := func(p project) map[string]any {
		return map[string]any{"id": number(p.ID), "name": p.Name, "visibility": p.Visibility, "created_at": p.CreatedAt}
	}
	ofIssue := func(i issue) map[string]any {
		return map[string]any{
			"id": number(i.ID), "title": i.Title, "state": i.State, "labels": []string{}, "created_at": "2026-11-02T09:30:00Z",
			"assignee": map[string]any{"id": number(tr.ada.ID), "username": tr.ada.Username},
		}
	}
	answer := func(path string, of func(id string) any) {
		mux.HandleFunc("GET /v2"+path, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			found := of(r.PathValue("id"))
			if found == nil {
				w.WriteHeader(http.StatusNotFound)
			}
			_ = json.NewEncoder(w).Encode(found)
		})
	}
	answer("/projects", func(string) any {
		list := []any{}
		for _, p := range tr.projects {
			list = append(list, ofProject(p))
		}
		return list
	})
	answer("/projects/{id}", func(id string) any {
		for _, p := range tr.projects {
			if p.ID == id {
				return ofProject(p)
			}
		}
		return nil
	})
	answer("/projects/{id}/issues", func(id string) any {
		list := []any{}
		for _, i := range tr.issues {
			if i.Project == id {
				list = append(list, ofIssue(i))
			}
		}
		return list
	})
	answer("/issues/{id}", func(id string) any {
		for _, i := range tr.issues {
			if i.ID == id {
				return ofIssue(i)
			}
		}
		return nil
	})
}

// object makes an object type of fields that are resolved from a source.
func object[T any](name string, fields map[string]func(T) any, of graphql.Fields) *graphql.Object {
	for field, get := range fields {
		of[field] = &graphql.Field{Type: of[field].Type, Args: of[field].Args, Resolve: func(p graphql.ResolveParams) (any, error) {
			return get(p.Source.(T)), nil
		}}
	}
	return graphql.NewObject(graphql.ObjectConfig{Name: name, Fields: of})
}

// connection makes the connection of a type; its source is a list.
func connection(of *graphql.Object, paged bool) *graphql.Object {
	type edge struct{ node any }
	edgeType := graphql.NewObject(graphql.ObjectConfig{Name: of.Name() + "Edge", Fields: graphql.Fields{
		"node": {Type: of, Resolve: func(p graphql.ResolveParams) (any, error) { return p.Source.(edge).node, nil }},
	}})
	fields := graphql.Fields{"edges": {Type: graphql.NewList(edgeType), Resolve: func(p graphql.ResolveParams) (any, error) {
		var edges []edge
		for _, node := range p.Source.([]any) {
			edges = append(edges, edge{node})
		}
		return edges, nil
	}}}
	if paged {
		info := graphql.NewObject(graphql.ObjectConfig{Name: "PageInfo", Fields: graphql.Fields{
			"hasNextPage": {Type: graphql.Boolean, Resolve: func(graphql.ResolveParams) (any, error) { return false, nil }},
		}})
		fields["pageInfo"] = &graphql.Field{Type: info, Resolve: func(graphql.ResolveParams) (any, error) { return true, nil }}
	}
	return graphql.NewObject(graphql.ObjectConfig{Name: of.Name() + "Connection", Fields: fields})
}

// graphql serves /graphql as testdata/tracker/schema.graphql has it.
func (tr *tracker) graphql(t *testing.T, mux *http.ServeMux) {
	t.Helper()
	field := func(of graphql.Output) *graphql.Field { return &graphql.Field{Type: of} }
	words := func(name string, values map[string]string) *graphql.Enum {
		config := graphql.EnumValueConfigMap{}
		for word, value := range values {
			config[word] = &graphql.EnumValueConfig{Value: value}
		}
		return graphql.NewEnum(graphql.EnumConfig{Name: name, Values: config})
	}
	state := words("IssueState", map[string]string{"OPEN": "open", "closed": "closed"})
	visibility := words("Visibility", map[string]string{"PRIVATE": "private", "INTERNAL": "internal", "PUBLIC": "public"})
	userType := object("User", map[string]func(user) any{
		"id": func(u user) any { return u.ID }, "username": func(u user) any { return u.Username },
	}, graphql.Fields{"id": field(graphql.ID), "username": field(graphql.String)})
	issueType := object("Issue", map[string]func(issue) any{
		"id": func(i issue) any { return i.ID }, "title": func(i issue) any { return tr.wrong(i.Title) },
		"state": func(i issue) any { return i.State }, "assignee": func(issue) any { return tr.ada },
	}, graphql.Fields{"id": field(graphql.ID), "title": field(graphql.String), "state": field(state), "assignee": field(userType)})
	issuesField := field(connection(issueType, false))
	issuesField.Args = graphql.FieldConfigArgument{"first": {Type: graphql.Int}, "after": {Type: graphql.String}, "state": {Type: state}}
	projectType := object("Project", map[string]func(project) any{
		"id": func(p project) any { return p.ID }, "name": func(p project) any { return p.Name },
		"visibility": func(p project) any { return p.Visibility }, "Created_At": func(p project) any { return p.CreatedAt },
		"issues": func(p project) any { return tr.of(p.ID) }, "wikiEnabled": func(project) any { return true },
		"labels": func(project) any { return []string{"urgent"} },
	}, graphql.Fields{
		"id": field(graphql.ID), "name": field(graphql.String), "visibility": field(visibility),
		"Created_At": field(graphql.String), "issues": issuesField, "wikiEnabled": field(graphql.Boolean),
		"labels": field(graphql.NewList(graphql.String)),
	})
	byID := graphql.FieldConfigArgument{"id": {Type: graphql.NewNonNull(graphql.ID)}}
	schema, err := graphql.NewSchema(graphql.SchemaConfig{Query: graphql.NewObject(graphql.ObjectConfig{Name: "Query", Fields: graphql.Fields{
		"project": {Type: projectType, Args: byID, Resolve: func(p graphql.ResolveParams) (any, error) {
			for _, x := range tr.projects {
				if x.ID == p.Args["id"] {
					return x, nil
				}
			}
			return nil, nil
		}},
		"projects": {
			Type: connection(projectType, true), Args: graphql.FieldConfigArgument{"first": {Type: graphql.Int}, "after": {Type: graphql.String}},
			Resolve: func(graphql.ResolveParams) (any, error) {
				list := []any{}
				for _, x := range tr.projects {
					list = append(list, x)
				}
				return list, nil
			},
		},
		"issue": {Type: issueType, Args: byID, Resolve: func(p graphql.ResolveParams) (any, error) {
			for _, x := range tr.issues {
				if x.ID == p.Args["id"] {
					return x, nil
				}
			}
			return nil, nil
		}},
	}})})
	if err != nil {
		t.Fatal(err)
	}
	mux.HandleFunc("POST /graphql", func(w http.ResponseWriter, r *http.Request) {
		var body struct {
			Query     string         `json:"query"`
			Variables map[string]any `json:"variables"`
		}
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(graphql.Do(graphql.Params{Schema: schema, RequestString: body.Query, VariableValues: body.Variables, Context: r.Context()}))
	})
}

func (tr *tracker) of(project string) []any {
	list := []any{}
	for _, i := range tr.issues {
		if i.Project == project {
			list = append(list, i)
		}
	}
	return list
}

// serve starts both servers and returns their address.
func (tr *tracker) serve(t *testing.T) string {
	t.Helper()
	mux := http.NewServeMux()
	tr.rest(mux)
	tr.graphql(t, mux)
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL
}

// trackerFiles are the descriptions, and what else a test needs.
func trackerFiles(t *testing.T) map[string]string {
	t.Helper()
	files := map[string]string{}
	for _, name := range []string{"openapi.yaml", "schema.graphql", "verify.cassette"} {
		text, err := os.ReadFile(filepath.Join("../../testdata/tracker", name))
		if err != nil && (name != "verify.cassette" || !golden.Update()) {
			t.Fatal(err)
		}
		files[name] = string(text)
	}
	return files
}

// TestVerify asks running servers, records what they say, and plays it again.
// The recording is the one that the examples play.
func TestVerify(t *testing.T) {
	t.Parallel()
	url := newTracker().serve(t)
	files := trackerFiles(t)
	dir := t.TempDir()
	cassette := filepath.Join(dir, "verify.cassette")
	servers := []string{"--rest", url + "/v2", "--graphql", url + "/graphql", "--rate", "1000", "--header", "Authorization: Bearer ${TOKEN}", "openapi.yaml", "schema.graphql"}
	code, out, problems := run(t, files, append([]string{"parity", "verify", "--record", cassette}, servers...)...)
	if code != env.Clean {
		t.Fatalf("exit code %d, want %d: %s%s", code, env.Clean, out, problems)
	}
	recorded, err := os.ReadFile(cassette)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(recorded), "secret") {
		t.Error("the recording has the token")
	}
	golden.Compare(t, "../../testdata/tracker/verify.cassette", recorded)
	files["verify.cassette"] = string(recorded)
	code, again, problems := run(t, files, "parity", "verify", "--rest", "http://localhost:8080/v2", "--graphql", "http://localhost:8080/graphql", "--replay", "verify.cassette", "openapi.yaml", "schema.graphql")
	if code != env.Clean {
		t.Fatalf("exit code %d of the replay, want %d: %s%s", code, env.Clean, again, problems)
	}
	if diff := cmp.Diff(out, again); diff != "" {
		t.Errorf("what the servers and the recording say (-servers +recording):\n%s", diff)
	}
}

// TestVerifyFindings lets GraphQL say something else, and nothing.
func TestVerifyFindings(t *testing.T) {
	t.Parallel()
	tr := newTracker()
	tr.wrong = strings.ToUpper
	url := tr.serve(t)
	code, out, problems := run(t, trackerFiles(t), "parity", "verify", "--rest", url+"/v2", "--graphql", url+"/graphql", "--rate", "1000", "--show-values", "openapi.yaml", "schema.graphql")
	if code != env.Findings || !regexp.MustCompile(`parity-live-difference.*Issue.title`).MatchString(out) || !strings.Contains(out, "TAP DRIPS") {
		t.Errorf("exit code %d, want %d: %s%s", code, env.Findings, out, problems)
	}
	code, out, problems = run(t, trackerFiles(t), "parity", "verify", "--rest", url+"/v2", "--graphql", url+"/graphql", "--rate", "1000", "openapi.yaml", "schema.graphql")
	if code != env.Findings || strings.Contains(out+problems, "TAP DRIPS") {
		t.Errorf("exit code %d, want %d and no values: %s%s", code, env.Findings, out, problems)
	}
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	code, out, problems = run(t, trackerFiles(t), "parity", "verify", "--rest", gone.URL, "--graphql", url+"/graphql", "--rate", "1000", "openapi.yaml", "schema.graphql")
	if code != env.Incomplete || !strings.Contains(out+problems, "cannot be reached") {
		t.Errorf("exit code %d of a server that is gone, want %d: %s%s", code, env.Incomplete, out, problems)
	}
}
