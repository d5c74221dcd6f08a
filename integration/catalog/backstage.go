package catalog

import (
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
)

// annotation is the prefix of what Backstage has no field for.
const annotation = "plumb.dev/"

// WriteBackstage writes results as entities of Backstage's catalog, a document
// of YAML each: a Component that is the integration, and an API that is what it
// provides or consumes. What Backstage has no field for stands in annotations.
// Docs returns the address of an integration's page, "" where it has none.
func WriteBackstage(w io.Writer, results []*Result, docs func(name string) string) error {
	var b strings.Builder
	for _, r := range results {
		component(&b, r, docs)
		api(&b, r)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func component(b *strings.Builder, r *Result, docs func(name string) string) {
	m := r.Entry.Manifest
	b.WriteString("---\napiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n")
	fmt.Fprintf(b, "  name: integration-%s\n  title: %s\n  description: %s\n", m.Name, quoted(m.Title), quoted(m.Description))
	b.WriteString("  annotations:\n")
	for _, a := range [][2]string{
		{"level", r.Level.String()}, {"score", fmt.Sprintf("%.1f", r.Score)}, {"category", m.Category},
		{"auth", m.Auth}, {"idempotency", m.Idempotency}, {"direction", strings.Join(m.Direction, ",")},
		{"capabilities", strings.Join(m.Capabilities, ",")},
		{"slo", fmt.Sprintf("%g %% available, 95 %% within %s", m.SLO.Availability, m.SLO.P95)},
	} {
		fmt.Fprintf(b, "    %s%s: %s\n", annotation, a[0], quoted(a[1]))
	}
	if len(m.Tags) > 0 {
		b.WriteString("  tags:\n")
		for _, t := range m.Tags {
			fmt.Fprintf(b, "    - %s\n", quoted(t))
		}
	}
	links(b, r, docs)
	fmt.Fprintf(b, "spec:\n  type: integration\n  lifecycle: %s\n  owner: %s\n", quoted(m.Lifecycle), quoted(ownerOf(m.Owner)))
	relation := "consumesApis"
	if slices.Contains(m.Direction, "inbound") && !slices.Contains(m.Direction, "outbound") {
		relation = "providesApis"
	}
	fmt.Fprintf(b, "  %s:\n    - %s-api\n", relation, m.Name)
}

func links(b *strings.Builder, r *Result, docs func(name string) string) {
	m := r.Entry.Manifest
	page := docs(m.Name)
	if len(m.Links) == 0 && page == "" {
		return
	}
	b.WriteString("  links:\n")
	if page != "" {
		fmt.Fprintf(b, "    - url: %s\n      title: Documentation\n      type: docs\n", quoted(page))
	}
	for _, l := range m.Links {
		fmt.Fprintf(b, "    - url: %s\n      title: %s\n", quoted(l.URL), quoted(l.Title))
	}
}

func api(b *strings.Builder, r *Result) {
	m := r.Entry.Manifest
	b.WriteString("---\napiVersion: backstage.io/v1alpha1\nkind: API\nmetadata:\n")
	fmt.Fprintf(b, "  name: %s-api\n  title: %s\n  description: %s\n", m.Name, quoted("What plumb and "+m.Title+" say to one another"), quoted("The requests of the integration "+m.Name+", by the schemas of their bodies."))
	kind, definition := "json-schema", definition(r)
	fmt.Fprintf(b, "spec:\n  type: %s\n  lifecycle: %s\n  owner: %s\n  definition: |\n", kind, quoted(m.Lifecycle), quoted(ownerOf(m.Owner)))
	for line := range strings.Lines(definition) {
		fmt.Fprintf(b, "    %s\n", strings.TrimRight(line, "\r\n"))
	}
}

// definition is schema.json, else an object of which nothing is said.
func definition(r *Result) string {
	if data, err := fs.ReadFile(r.Entry.Files, schemaFile); err == nil {
		return string(data)
	}
	return "{}\n"
}

// ownerOf is an owner as Backstage names one: it has to have one.
func ownerOf(owner string) string {
	if owner == "" {
		return "unknown"
	}
	return owner
}

// quoted writes a text as YAML does in double quotes, which is JSON's way.
func quoted(text string) string { return string(encode(text)) }
