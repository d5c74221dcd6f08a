package lifecycle

import "github.com/plumbapi/plumb/internal/form"

var (
	fieldNames  = []string{"deprecated", "stability", "since", "sunset", "replacement", "reason"}
	parserNames = []string{"flag", "presence", "level", "date", "moment", "text", "prose"}
	levelNames  = []string{"internal", "experimental", "beta", "stable"}
)

// carriersShape says what a file of carriers may hold.
func carriersShape() *form.Shape {
	row := &form.Shape{
		Kind: form.Mapping, Doc: "A member or a directive that says something.", Required: []string{"at", "as"},
		Fields: []form.Field{
			{Key: "at", Shape: text("The member, with what lies in it after a slash; @directive or @directive(argument:).")},
			{Key: "sets", Shape: &form.Shape{Kind: form.Text, Words: fieldNames, Doc: "What it says."}},
			{Key: "as", Shape: &form.Shape{Kind: form.Text, Words: parserNames, Doc: "How it is written."}},
			{Key: "words", Shape: wordsShape()},
			{Key: "layouts", Shape: list("How dates are written beside RFC 3339 and HTTP, such as DD/MM/YYYY.", text("A layout."))},
		},
		Demand: func(get func(string) string) string {
			if get("sets") == "" && get("as") != "prose" {
				return "has no sets"
			}
			return ""
		},
	}
	return &form.Shape{
		Kind: form.Mapping, Doc: "Where descriptions say what becomes of their elements.",
		Fields: []form.Field{
			{Key: "version", Shape: &form.Shape{Kind: form.Number, Min: 1, Max: 1, Doc: "The version of this format."}},
			{Key: "words", Shape: wordsShape()},
			{Key: "openapi", Shape: list("Members of operations, parameters, headers, schemas and security schemes.", row)},
			{Key: "graphql", Shape: list("Directives, and the description.", row)},
			{Key: "phrases", Shape: list("What people write into reasons and descriptions.", phraseShape())},
		},
	}
}

func wordsShape() *form.Shape {
	s := &form.Shape{Kind: form.Mapping, Doc: "The words for each level, in any case."}
	for _, level := range append(levelNames[:len(levelNames):len(levelNames)], "deprecated") {
		s.Fields = append(s.Fields, form.Field{Key: level, Shape: list("The words for "+level+".", text("A word."))})
	}
	return s
}

func phraseShape() *form.Shape {
	return &form.Shape{
		Kind: form.Mapping, Doc: "A phrase.", Required: []string{"in", "match"},
		Fields: []form.Field{
			{Key: "in", Shape: list("The texts that are searched.", &form.Shape{Kind: form.Text, Words: []string{"reason", "description", "version"}, Doc: "A text."})},
			{Key: "has", Shape: text("What the text must contain, in any case.")},
			{Key: "match", Shape: text("A regular expression with the groups reason, replacement, since, sunset.")},
			{Key: "keep", Shape: &form.Shape{Kind: form.Bool, Doc: "Whether what matches stays in the reason."}},
			{Key: "deprecated", Shape: &form.Shape{Kind: form.Bool, Doc: "Whether it says that the element is deprecated, or that it is not."}},
			{Key: "stability", Shape: &form.Shape{Kind: form.Text, Words: levelNames, Doc: "The level that it means."}},
		},
	}
}

func text(doc string) *form.Shape { return &form.Shape{Kind: form.Text, Doc: doc} }

func list(doc string, item *form.Shape) *form.Shape {
	return &form.Shape{Kind: form.List, Doc: doc, Item: item}
}
