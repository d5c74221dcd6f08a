package house

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/tools"
	"github.com/plumbapi/plumb/internal/words"
)

// integrationPages renders docs/integrations: the text that each integration has
// in its folder with the table of its inputs, and an index. Manifests are
// described by a JSON Schema.
func integrationPages(files Files) error {
	var index strings.Builder
	index.WriteString("# Integrations\n\nWhat plumb finds goes to the tools that teams work in. `plumb integrations list` grades each by what ran;\n" +
		"the [guide](../guides/integrations.md) shows how to switch one on, and how to add one of your own.\n\n" +
		"| integration | category | direction | auth | what it does |\n|---|---|---|---|---|\n")
	for _, t := range tools.All() {
		m := t.Manifest()
		page, err := integrationPage(m)
		if err != nil {
			return err
		}
		files["docs/integrations/"+m.Name+".md"] = page
		fmt.Fprintf(&index, "| [%s](%s.md) | %s | %s | %s | %s |\n", m.Title, m.Name, m.Category, strings.Join(m.Direction, ", "), m.Auth, cell(m.Description))
	}
	files["docs/integrations/README.md"] = []byte(index.String())
	files["docs/integration.schema.json"] = integration.Schema()
	return nil
}

// integrationPage is the page of one integration: its docs.md, with what its
// manifest says.
func integrationPage(m *integration.Manifest) ([]byte, error) {
	folder, err := tools.Files(m.Name)
	if err != nil {
		return nil, err
	}
	text := fmt.Sprintf("# %s\n\n%s\n", m.Title, m.Description)
	if data, err := fs.ReadFile(folder, "docs.md"); err == nil {
		text = string(data)
	}
	var b strings.Builder
	b.WriteString(strings.TrimRight(text, "\n") + "\n\n## All inputs\n\nOf `plumb.yaml` the key stands below `integrations." + m.Name +
		"`; the variable wins. A secret comes from its variable only.\n\n| key | variable | type | what it is |\n|---|---|---|---|\n")
	for _, in := range m.Inputs {
		kind := in.Type
		if in.Required {
			kind += ", required"
		}
		if in.Default != "" {
			kind += ", `" + in.Default + "` where nothing is said"
		}
		if len(in.Choices) > 0 {
			kind += ": " + strings.Join(in.Choices, ", ")
		}
		key := "`" + in.Name + "`"
		if in.Type == integration.TypeSecret {
			key = "–"
		}
		fmt.Fprintf(&b, "| %s | `%s` | %s | %s |\n", key, in.Env, cell(kind), cell(in.Help))
	}
	if len(m.Limits) > 0 {
		b.WriteString("\n## Limits of the tool\n\n| limit | at most |\n|---|---:|\n")
		for _, name := range slices.Sorted(maps.Keys(m.Limits)) {
			fmt.Fprintf(&b, "| %s | %s |\n", strings.ReplaceAll(name, "_", " "), words.Number(m.Limits[name]))
		}
	}
	if len(m.Links) > 0 {
		b.WriteString("\n## Elsewhere\n\n")
		for _, l := range m.Links {
			fmt.Fprintf(&b, "- [%s](%s)\n", l.Title, l.URL)
		}
	}
	return []byte(b.String()), nil
}
