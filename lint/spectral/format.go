package spectral

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

// formatNames are the formats that a rule may be for, as Spectral names them.
var formatNames = []string{
	"oas2", "oas3", "oas3_0", "oas3_1", "oas3_2",
	"aas2", "aas2_0", "aas2_1", "aas2_2", "aas2_3", "aas2_4", "aas2_5", "aas2_6", "aas3", "aas3_0", "aas3_1",
	"arazzo1", "arazzo1_0",
	"json-schema", "json-schema-loose", "json-schema-draft4", "json-schema-draft6", "json-schema-draft7",
	"json-schema-2019-09", "json-schema-2020-12",
}

// formatName is a format by its name, as it is written with a dot too.
func formatName(word string) (string, bool) {
	name := strings.Replace(word, ".", "_", 1)
	return name, slices.Contains(formatNames, name)
}

var (
	openapi3   = regexp.MustCompile(`^3\.([0-2])(\.|$)`)
	asyncapi   = regexp.MustCompile(`^([23])\.(0|[1-9]\d*)\.(0|[1-9]\d*)`)
	arazzo     = regexp.MustCompile(`^1\.(0|[1-9]\d*)(\.|$)`)
	draft      = regexp.MustCompile(`^https?://json-schema\.org/(draft-0([467])|draft/(2019-09|2020-12))/(hyper-)?schema`)
	schemaWord = []string{"allOf", "anyOf", "oneOf", "not", "enum", "const"}
	schemaType = []string{"array", "boolean", "integer", "null", "number", "object", "string"}
)

// formatsOf says which formats a document has, by what its root says.
func formatsOf(root *openapi.Node) map[string]bool {
	f := map[string]bool{}
	if v := root.Get("swagger"); v.Is(openapi.String) || v.Is(openapi.Number) {
		f["oas2"] = v.Text() == "2.0" || v.Text() == "2"
	}
	if m := openapi3.FindStringSubmatch(root.Get("openapi").Text()); m != nil {
		f["oas3"], f["oas3_"+m[1]] = true, true
	}
	if m := asyncapi.FindStringSubmatch(root.Get("asyncapi").Text()); m != nil {
		f["aas"+m[1]], f["aas"+m[1]+"_"+m[2]] = true, true
	}
	if m := arazzo.FindStringSubmatch(root.Get("arazzo").Text()); m != nil {
		f["arazzo1"], f["arazzo1_"+m[1]] = true, true
	}
	schema, named := root.Get("$schema").Str()
	f["json-schema"] = named && strings.Contains(schema, "//json-schema.org/")
	if m := draft.FindStringSubmatch(schema); m != nil {
		if m[2] != "" {
			f["json-schema-draft"+m[2]] = true
		} else {
			f["json-schema-"+m[3]] = true
		}
	}
	typed := slices.Contains(schemaType, root.Get("type").Text())
	f["json-schema-loose"] = f["json-schema"] || typed || slices.ContainsFunc(schemaWord, root.Has)
	return f
}

// recognized is the rule that a document has one of the formats that the
// ruleset's rules are for, nil where it has no rule for some formats alone.
func (r *Ruleset) recognized() *check.Rule[*Document] {
	var known []string
	for _, d := range r.rules {
		known = append(known, d.formats...)
	}
	if len(r.levels) > 0 { // of spectral:oas
		known = append(known, "oas2", "oas3")
	}
	if len(known) == 0 {
		return nil
	}
	slices.Sort(known)
	known = slices.Compact(known)
	return &check.Rule[*Document]{
		Meta: check.Meta{
			ID: "unrecognized-format", Severity: check.Warning, Tags: []string{"ruleset"},
			Summary: "A document has one of the formats that rules of the ruleset are for",
		},
		Check: func(_ context.Context, p *check.Pass[*Document]) error {
			if !applies(known, p.Subject) {
				p.Reportf(place(p.Subject.root, false), "the document has none of the formats that the ruleset has rules for: %s", strings.Join(known, ", "))
			}
			return nil
		},
	}
}
