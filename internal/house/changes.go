package house

import (
	"fmt"
	"strings"

	"github.com/plumbapi/plumb/lifecycle"
)

// graphqlChangePage renders docs/changes/graphql.md: every kind of change
// between two versions of a GraphQL schema.
func graphqlChangePage(files Files) {
	kinds := lifecycle.GraphQLChanges()
	own := 0
	for _, k := range kinds {
		if k.Own {
			own++
		}
	}
	var b strings.Builder
	b.WriteString("# Changes of a GraphQL schema\n\n")
	fmt.Fprintf(&b, "%d kinds, as `plumb diff BASE REVISION` names them. %d names, their levels and the form of\n", len(kinds), len(kinds)-own)
	b.WriteString("`element` (`Type.field.argument`, `@directive.argument`) are those of GraphQL\n" +
		"Inspector, with breaking as `error`, dangerous as `warning` and non-breaking as\n" +
		"`info`. Those marked * are plumb's own, in the same style. The location of a\n" +
		"change has the schema coordinate, `Type.field(argument:)`.\n\n" +
		"What comes or goes with its parent is no change of its own: a new type is one\n" +
		"`TYPE_ADDED`. Where two tools differ, this is what plumb does:\n\n" +
		"- An argument or an input field that is non-null but has a default need not be\n" +
		"  given, so adding it does not break.\n" +
		"- A default value that is a list which only grew is another default, and so is\n" +
		"  `false` where there was none; `1` and `[1]` are the same for a list.\n" +
		"- An interface that implements another is looked at as an object type is.\n" +
		"- A root type that came or went with its type, under its usual name, is told by\n" +
		"  the type alone; one where there was none does not break.\n" +
		"- `@deprecated` is told by the changes of deprecations and not once more as a\n" +
		"  directive that is used. Introspection does not tell which directives are used;\n" +
		"  against it, only `@oneOf` and `@specifiedBy` are compared.\n" +
		"- What the specification defines, such as the directive `@deprecated` itself, is\n" +
		"  not compared, whether a schema spells it out or not.\n")
	topic := ""
	for _, k := range kinds {
		if k.Topic != topic {
			topic = k.Topic
			fmt.Fprintf(&b, "\n## %s\n\n| change | level | what happened |\n|---|---|---|\n", topic)
		}
		var levels []string
		for _, l := range k.Levels {
			levels = append(levels, l.String())
		}
		mark := ""
		if k.Own {
			mark = " *"
		}
		fmt.Fprintf(&b, "| `%s`%s | %s | %s |\n", k.ID, mark, strings.Join(levels, " or "), cell(k.Summary))
	}
	files["docs/changes/graphql.md"] = []byte(b.String())
}
