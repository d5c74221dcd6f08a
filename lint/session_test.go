package lint_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/lint"
	"github.com/plumbapi/plumb/openapi"
)

// editor types into a text as a person does, and as none should.
type editor struct{ random *rand.Rand }

// edit returns the text with one change.
func (e editor) edit(text string) string {
	quoted := func(at int) (from, to int) { // the string around or behind a place
		from = strings.IndexByte(text[at:], '"')
		if from < 0 {
			return at, at
		}
		from += at + 1
		to = strings.IndexByte(text[from:], '"')
		if to < 0 {
			return from, from
		}
		return from, from + to
	}
	at := e.random.IntN(len(text))
	from, to := quoted(at)
	switch e.random.IntN(15) {
	case 12, 13: // a member gone, or another where it stands
		if from, to := memberAt(text, at); to > from {
			switch e.random.IntN(3) {
			case 0:
				return text[:from] + text[to:]
			case 1:
				return text[:from] + newMembers[e.random.IntN(len(newMembers))] + text[from:]
			default:
				return text[:from] + newMembers[e.random.IntN(len(newMembers))] + text[to:]
			}
		}
	case 0:
		return text[:from] + "x" + text[from:]
	case 1:
		return text[:from] + text[to:]
	case 2:
		return text[:from] + words[e.random.IntN(len(words))] + text[to:]
	case 3:
		return text[:at] + text[min(len(text), at+1+e.random.IntN(3)):]
	case 4:
		return text[:at] + "\n" + text[at:]
	case 5:
		if i := strings.Index(text[at:], "description\": \""); i >= 0 {
			i += at + len("description\": \"")
			return text[:i] + words[e.random.IntN(len(words))] + " " + text[i:]
		}
	case 6:
		if i := strings.IndexByte(text[at:], '{'); i >= 0 {
			return text[:at+i+1] + members[e.random.IntN(len(members))] + text[at+i+1:]
		}
	case 7:
		if i := strings.Index(text[at:], ",\n"); i >= 0 {
			end := strings.IndexByte(text[at+i+2:], '\n')
			if end >= 0 {
				return text[:at+i+1] + text[at+i+2+end:]
			}
		}
	case 8:
		other, end := quoted(e.random.IntN(len(text)))
		return text[:from] + text[other:end] + text[to:]
	case 9:
		if i := strings.Index(text[at:], "\"#/"); i >= 0 {
			if end := strings.IndexByte(text[at+i+1:], '"'); end >= 0 {
				return text[:at+i+1] + targets[e.random.IntN(len(targets))] + text[at+i+1+end:]
			}
		}
	case 10:
		i := strings.LastIndexByte(text[:at], ' ')
		if i >= 0 {
			return text[:i] + " é " + text[i:]
		}
	default:
		return text[:at] + string("{}[],:\"0a\\ "[e.random.IntN(11)]) + text[at:]
	}
	return text
}

var words = []string{
	"", "string", "integer", "array", "object", "enum", "$ref", "created_at", "page", "description", "eval(1)", "<script>", "/paths/{id}/", "200", "404",
	"Authorization", "https://db.corp/x", "http://example.com", "ghp_" + "16C7e42F292c6912E7710c838347Ae178B4a", "date-time", "a\\u00e9b",
}

var members = []string{
	`"example": 7, `, `"description": "eval(", `, `"enum": ["a", "a", 1], `, `"type": "array", `, `"operationId": "listPets", `, `"default": "x", `,
	`"required": ["nothing"], `, `"parameters": [{"name": "id", "in": "path"}], `, `"tags": ["b", "c"], `, `"x-a": {"$ref": "#/components/schemas/Pet"}, `,
	`"security": [{"none": []}], `, "\n\n\"deprecated\": true,\n", `"200": {"$ref": "#/components/responses/Pets"}, `, `"204": {"description": "", "content": {"a/b": {}}}, `,
	`"nullable": true, `, `"minimum": 3, "maximum": 2, `, `"properties": {"id": {"type": "integer"}}, `, `"$id": "a:b", `,
}

// memberAt returns the range of the member of a group at a place or behind it,
// with the comma that follows it. They are indented as written has them.
func memberAt(text string, at int) (from, to int) {
	begin := regexp.MustCompile(`\n(    "/|      "[A-Z])`).FindStringIndex(text[at:])
	if begin == nil {
		return 0, 0
	}
	from = at + begin[0] + 1
	end := regexp.MustCompile(`(?m)(^    \}|[^ ]\}),\n`).FindStringIndex(text[from:])
	if end == nil {
		return 0, 0
	}
	return from, from + end[1]
}

var newMembers = []string{
	"    \"/new\": {\"get\": {\"responses\": {\"200\": {\"$ref\": \"#/components/responses/Pets\"}}}},\n",
	"    \"/pets/{pet}\": {\"get\": {\"operationId\": \"list0\"}},\n",
	"      \"More\": {\"type\": \"array\", \"items\": {\"$ref\": \"#/components/schemas/Owner\"}},\n",
	"      \"pet_s\": {\"allOf\": [{\"$ref\": \"#/components/schemas/Pet\"}]},\n",
	"    \"/x\": {}, \"/y\": {\"get\": {}},\n", "    \"x-no\": {},\n", "    \"/pets\": {},\n",
}

var targets = []string{
	"#/components/schemas/Pet", "#/components/schemas/Owner", "#/components/responses/Pets", "#/components/parameters/page", "#/components/schemas/Pet/properties/name",
	"#/nothing", "#/paths/~1pets/get", "other.json", "#",
}

// session types into a document and compares every report with that of a lint
// from the beginning. It returns how many edits the session took.
func session(t *testing.T, name, text string, seed uint64, edits int) int {
	t.Helper()
	all, _ := lint.Lookup("plumb:all")
	policy := all.Policy()
	policy.Ignores = []check.Ignore{{Rule: "operation-tags", Element: "/paths/*/get", Reason: "old"}}
	s := lint.NewSession(policy)
	load := func(text string) *openapi.Document {
		doc, err := openapi.Parse(name, []byte(text))
		if err != nil {
			return nil
		}
		return doc
	}
	if doc := load(text); doc == nil {
		return 0
	} else if _, err := s.Document(t.Context(), doc); err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(seed, 1))
	edit := editor{random}.edit
	if path.Ext(name) == ".yaml" {
		edit = yamlEditor{random}.edit
	}
	taken, unread, original := 0, 0, text
	for i := range edits {
		next := edit(text)
		doc := load(next)
		got, ok, err := s.Edit(t.Context(), next)
		if err != nil {
			t.Fatal(err)
		}
		if doc == nil {
			if ok {
				unread++
				if d := difference(broken(t, name, next, policy), got); d != "" {
					t.Fatalf("%s, seed %d, edit %d: the report of a text that cannot be read (-lint.Unread +Session):\n%s\n%.300q", name, seed, i, d, next[max(0, apart(text, next)-40):])
				}
			}
			continue // the author goes on from the last text that could be read
		}
		want, err := lint.Document(t.Context(), doc, policy)
		if err != nil {
			t.Fatal(err)
		}
		if ok {
			taken++
		} else if got, err = s.Document(t.Context(), load(next)); err != nil {
			t.Fatal(err)
		}
		if d := difference(want, got); d != "" {
			at := apart(text, next)
			t.Fatalf("%s, seed %d, edit %d, taken %v, findings (-lint.Document +Session):\n%s\nbefore: %.300q\nafter: %.300q", name, seed, i, ok, d, text[max(0, at-40):], next[max(0, at-40):])
		}
		if text = next; !s.Live() { // nothing more would be taken
			text = original
			if _, err := s.Document(t.Context(), load(text)); err != nil {
				t.Fatal(err)
			}
		}
	}
	t.Logf("%s, seed %d: of %d edits %d were taken, and %d as texts that cannot be read", name, seed, edits, taken, unread)
	return taken
}

// apart is where two texts are not the same any more.
func apart(a, b string) int {
	at := 0
	for at < min(len(a), len(b)) && a[at] == b[at] {
		at++
	}
	return at
}

// broken is the report of a text that cannot be read.
func broken(t *testing.T, name, text string, policy check.Policy) *check.Report {
	t.Helper()
	_, err := openapi.Parse(name, []byte(text))
	var unreadable *openapi.Error
	if !errors.As(err, &unreadable) {
		t.Fatal("not an openapi.Error: ", err)
	}
	rep, err := lint.Unread(policy, []string{name}, []check.Finding{unreadable.Finding})
	if err != nil {
		t.Fatal(err)
	}
	return rep
}

func difference(want, got *check.Report) string {
	asJSON := func(r *check.Report) string {
		b, err := json.Marshal(r)
		if err != nil {
			return err.Error()
		}
		return string(b)
	}
	if asJSON(want) == asJSON(got) {
		return ""
	}
	lines := func(r *check.Report) []string {
		var out []string
		for i := range r.Findings {
			f := &r.Findings[i]
			out = append(out, fmt.Sprintf("%s %v %s %v %+v", f.Rule, f.Location, f.Message, f.Related, f.Fix))
		}
		return out
	}
	return cmp.Diff(lines(want), lines(got)) + " "
}

func TestSessionAgrees(t *testing.T) {
	t.Parallel()
	taken, edits := 0, 25
	if os.Getenv("PLUMB_SIMULATIONS") != "" {
		edits = 3000
	}
	for seed := range uint64(6) {
		taken += session(t, "api.json", written(seed), seed, edits)
	}
	if taken < edits {
		t.Errorf("the session took %d of %d edits", taken, 6*edits)
	}
}

// written is a description of this project's making: the cases of rules put
// together would not refer to one another.
func written(seed uint64) string {
	var b strings.Builder
	version := []string{"3.0.3", "3.1.0", "3.2.0"}[seed%3]
	b.WriteString("{\n  \"openapi\": \"" + version + "\",\n  \"info\": {\"title\": \"Pets\", \"version\": \"1\"},\n  \"tags\": [{\"name\": \"pets\"}],\n  \"paths\": {\n")
	for i, name := range []string{"pets", "owners", "toys", "shops", "vets", "/pets/{id}", "/owners/{id}"} {
		if i > 0 {
			b.WriteString(",\n")
		}
		key := "/" + strings.TrimPrefix(name, "/")
		fmt.Fprintf(&b, `    %q: {
      "get": {
        "operationId": "list%d",
        "description": "Lists %s.",
        "tags": ["pets"],
        "parameters": [{"$ref": "#/components/parameters/page"}, {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
        "responses": {
          "200": {"$ref": "#/components/responses/Pets"},
          "404": {"description": "none", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}, "example": {"message": 1}}}}
        }
      },
      "post": {
        "operationId": "create%d",
        "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Owner"}, "examples": {"one": {"$ref": "#/components/examples/one"}, "two": {"value": {"pets": [{"name": 3}]}}}}}},
        "responses": {"201": {"description": "made"}}
      }
    }`, key, i, name, i)
	}
	b.WriteString(`
  },
  "components": {
    "schemas": {
      "Pet": {"type": "object", "required": ["name", "x"], "properties": {"name": {"type": "string", "description": "Its name.", "example": 4}, "createdAt": {"type": "string"}, "owner": {"$ref": "#/components/schemas/Owner"}}},
      "Owner": {"type": "object", "properties": {"pets": {"type": "array", "items": {"$ref": "#/components/schemas/Pet"}}, "user_id": {"type": "integer"}, "kind": {"type": "string", "enum": ["a", "b", 3, "a"]}}},
      "Error": {"allOf": [{"$ref": "#/components/schemas/Message"}], "description": "What went wrong."},
      "Message": {"type": "object", "properties": {"message": {"type": "string"}}},
      "Alias": {"$ref": "#/components/schemas/Message"},
      "Aliased": {"type": "object", "properties": {"one": {"$ref": "#/components/schemas/Alias"}}, "example": {"one": {"message": 2}}},
      "Unused": {"type": "array"}
    },
    "parameters": {"page": {"name": "page", "in": "query", "schema": {"type": "integer", "default": "x"}}},
    "examples": {"one": {"value": {"pets": 1}}},
    "responses": {"Pets": {"description": "All.", "content": {"application/json": {"schema": {"type": "array", "items": {"$ref": "#/components/schemas/Pet"}}, "example": [{"name": 1}]}}}},
    "securitySchemes": {"key": {"type": "apiKey", "in": "query", "name": "key"}}
  }
}
`)
	return b.String()
}

func TestSessionAgreesOnCorpus(t *testing.T) {
	t.Parallel()
	fsys := os.DirFS(corpus(t))
	edits, limit := 4, 200_000
	if os.Getenv("PLUMB_SIMULATIONS") != "" {
		edits, limit = 200, 3_000_000
	}
	taken := 0
	err := fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(name) != ".json" && path.Ext(name) != ".yaml" {
			return err
		}
		data, err := fs.ReadFile(fsys, name)
		if err != nil || len(data) > limit {
			return err
		}
		taken += session(t, name, string(data), uint64(len(data)), edits)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d edits were taken", taken)
}
