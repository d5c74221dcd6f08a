package docs

import (
	"bytes"
	"context"
	"strings"
	"time"

	"github.com/plumbapi/plumb/apidocs"
	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/cli/source"
	"github.com/plumbapi/plumb/lifecycle"
	lifeview "github.com/plumbapi/plumb/lifecycle/view"
)

// changes compares the descriptions with earlier versions: the first OpenAPI
// description that is given with the first that is shown, and so on.
func (f *attachFlags) changes(ctx context.Context, p *project.Project, l *source.Loader, in *apidocs.Input, now time.Time) error {
	docs, err := l.LoadAll(ctx, f.base)
	if err != nil {
		return err
	}
	at := 0
	for i, d := range docs {
		for _, failed := range d.Failed {
			return env.Incompletef("--base: %w", unread(failed))
		}
		var log *lifecycle.Changelog
		var c *lifecycle.Comparison
		switch {
		case d.OpenAPI != nil && at < len(in.OpenAPI):
			doc := in.OpenAPI[at]
			at++
			c = lifecycle.Diff(d.OpenAPI, doc, lifecycle.At(now))
			if c.Incomplete != "" {
				return env.Incompletef("--base %s cannot be compared to the end: %s", f.base[i], c.Incomplete)
			}
			log = lifecycle.NewChangelog(d.OpenAPI, doc, c)
		case d.GraphQL != nil && in.GraphQL != nil:
			c = lifecycle.DiffGraphQL(d.GraphQL, in.GraphQL)
			log = lifecycle.NewGraphQLChangelog(d.GraphQL, in.GraphQL, c)
		default:
			return env.Usagef("--base %s: there is no description that this is an earlier version of", f.base[i])
		}
		since := "since " + project.PublicURL(f.base[i])
		if rev, _, ok := strings.Cut(f.base[i], ":"); ok && !project.IsURL(f.base[i]) {
			since = "since " + rev
		}
		if log.BaseVersion != log.RevisionVersion && log.RevisionVersion != "" {
			since = "in " + log.RevisionVersion
		}
		in.Attached.Badges = append(in.Attached.Badges, changed(c, since)...)
		var text bytes.Buffer
		if err := lifeview.ChangelogMarkdown(&text, log, lifeview.ChangelogOptions{Base: p.Shown(f.base[i]), Revision: "now"}); err != nil {
			return err
		}
		t := apidocs.Text{Name: "changelog", Title: "Changelog", Path: "changelog", Markdown: text.String()}
		if log.Surface == lifecycle.GraphQL {
			t.Name, t.Title, t.Path = "changelog-graphql", "GraphQL changelog", "changelog-graphql"
		} else if at > 1 {
			t.Path += "-" + apidocs.Slug(in.OpenAPI[at-1].Root().Find("info", "title").Text())
			t.Title += ": " + in.OpenAPI[at-1].Root().Find("info", "title").Text()
		}
		in.Texts = append(in.Texts, t)
	}
	return nil
}

// changed says of each operation, and of each field and type of GraphQL, that
// it is new or has changed.
func changed(c *lifecycle.Comparison, since string) []apidocs.Badge {
	type tally struct {
		n       int
		isNew   bool
		breaks  bool
		element string
	}
	byName := map[string]*tally{}
	var order []*tally
	count := func(name string, ch *lifecycle.Change, whole bool) {
		t := byName[name]
		if t == nil {
			t = &tally{element: name}
			byName[name] = t
			order = append(order, t)
		}
		t.n++
		t.isNew = t.isNew || whole
		t.breaks = t.breaks || ch.Level == check.Error
	}
	for i := range c.Changes {
		ch := &c.Changes[i]
		for _, op := range ch.Operations {
			count(op, ch, ch.ID == "endpoint-added")
		}
		if len(ch.Operations) == 0 && !strings.HasPrefix(ch.Element, "/") {
			owner, field, _ := strings.Cut(ch.Element, ".")
			field, _, _ = strings.Cut(field, "(")
			field, _, _ = strings.Cut(field, ".")
			if field != "" {
				count(owner+"."+field, ch, ch.ID == "FIELD_ADDED")
			}
			count(owner, ch, ch.ID == "TYPE_ADDED")
		}
	}
	var out []apidocs.Badge
	for _, t := range order {
		b := apidocs.Badge{Element: t.element, Text: "changed " + since, Status: "info", Detail: times(t.n)}
		switch {
		case t.isNew:
			b.Text, b.Status, b.Detail = "new "+since, "good", ""
		case t.breaks:
			b.Status = "warning"
		}
		out = append(out, b)
	}
	return out
}
