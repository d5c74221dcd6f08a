package jira

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/internal/describe"
	"github.com/plumbapi/plumb/integration/internal/upsert"
	"github.com/plumbapi/plumb/integration/message"
)

// within is the condition that every search begins with.
func (t *tracker) within() string {
	return "project = " + quote(t.c.Inputs["project"]) + " AND labels = " + quote(label(labelProduct, t.d.Product))
}

const oldestFirst = " ORDER BY created ASC"

// Open implements upsert.Tracker.
func (t *tracker) Open(ctx context.Context) ([]upsert.Object, error) {
	return t.objects(ctx, t.within()+` AND labels = "plumb" AND statusCategory in ("new", "indeterminate")`+oldestFirst)
}

// All implements upsert.Lister.
func (t *tracker) All(ctx context.Context) ([]upsert.Object, error) {
	return t.objects(ctx, t.within()+` AND labels = "plumb"`+oldestFirst)
}

// Find implements upsert.Tracker.
func (t *tracker) Find(ctx context.Context, fingerprint string) (*upsert.Object, error) {
	found, err := t.objects(ctx, t.within()+" AND labels = "+quote(labelGroup+fingerprint)+oldestFirst)
	if err != nil {
		return nil, err
	}
	for i := len(found) - 1; i >= 0; i-- {
		if found[i].Fingerprint == fingerprint {
			return &found[i], nil
		}
	}
	return nil, nil
}

func (t *tracker) objects(ctx context.Context, jql string) ([]upsert.Object, error) {
	issues, err := t.search(ctx, jql)
	if err != nil {
		return nil, err
	}
	var objects []upsert.Object
	for i := range issues {
		object, err := t.object(ctx, &issues[i])
		if err != nil {
			return nil, err
		}
		if object.Fingerprint != "" {
			objects = append(objects, object)
		}
	}
	return objects, nil
}

// object makes an object of an issue. What it was written from is in its
// property, which searches on the cloud bring along.
func (t *tracker) object(ctx context.Context, i *issue) (upsert.Object, error) {
	o := upsert.Object{ID: i.Key, Name: i.Key, URL: t.browse(i.Key), Status: i.Fields.Status.Name}
	for _, l := range i.Fields.Labels {
		if fingerprint, found := strings.CutPrefix(l, labelGroup); found {
			o.Fingerprint = fingerprint
		}
	}
	o.Open = i.Fields.Status.StatusCategory.Key != "done"
	if r := i.resolution(); r != "" && !o.Open {
		o.Status = r
	}
	o.Declined = !o.Open && t.isDeclined(i.resolution(), i.Fields.Status.Name)
	if i.Key == "" {
		return o, t.nonsense("an issue has no key")
	}
	if t.w.cloud || !o.Open {
		o.Digest = i.Properties[property].Digest
		return o, nil
	}
	var kept struct{ Value seal }
	err := t.call(ctx, http.MethodGet, "/issue/"+url.PathEscape(i.Key)+"/properties/"+property, nil, &kept, true)
	var e *integration.Error
	if err != nil && (!errors.As(err, &e) || e.Status != http.StatusNotFound) {
		return o, err
	}
	o.Digest = kept.Value.Digest
	return o, nil
}

// Create implements upsert.Tracker. The issue is sealed with its property when
// all is done: one without a seal is finished by the next run.
func (t *tracker) Create(ctx context.Context, g *message.Group) (upsert.Object, error) {
	body := t.creation(g)
	var made struct{ ID, Key string }
	if err := t.call(ctx, http.MethodPost, "/issue", body, &made, false); err != nil {
		return upsert.Object{}, t.demand(ctx, err, body.Fields)
	}
	if made.Key == "" {
		return upsert.Object{}, t.nonsense("what was created has no key")
	}
	o := upsert.Object{ID: made.Key, Name: made.Key, URL: t.browse(made.Key), Fingerprint: g.Fingerprint, Digest: g.Digest(), Open: true}
	if !t.links(g) {
		return o, nil
	}
	if err := t.link(ctx, made.Key, g); err != nil {
		return o, err
	}
	return o, t.seal(ctx, made.Key, g)
}

// editing is the body that creates or changes an issue.
type editing struct {
	Fields     map[string]any `json:"fields"`
	Properties []keyed        `json:"properties,omitempty"`
}

type keyed struct {
	Key   string `json:"key"`
	Value seal   `json:"value"`
}

// creation is the body that creates an issue. Where a link is to follow it is
// not sealed yet.
func (t *tracker) creation(g *message.Group) editing {
	e := editing{Fields: map[string]any{}}
	own := labels(g)
	for name, value := range t.extra {
		e.Fields[name] = value
	}
	var others []string
	if json.Unmarshal(t.extra["labels"], &others) == nil {
		own = append(own, others...)
	}
	e.Fields["project"] = map[string]string{"key": t.c.Inputs["project"]}
	e.Fields["issuetype"] = map[string]string{"name": t.c.Inputs["issue_type"]}
	e.Fields["summary"] = summary(g)
	e.Fields["description"] = t.w.description(t.d, g)
	e.Fields["labels"] = own
	if !t.links(g) {
		e.Properties = []keyed{{property, seal{Fingerprint: g.Fingerprint, Digest: g.Digest()}}}
	}
	return e
}

// seal writes the property.
func (t *tracker) seal(ctx context.Context, key string, g *message.Group) error {
	return t.call(ctx, http.MethodPut, "/issue/"+url.PathEscape(key)+"/properties/"+property, seal{Fingerprint: g.Fingerprint, Digest: g.Digest()}, nil, true)
}

// links says whether an issue gets a link beside it.
func (t *tracker) links(g *message.Group) bool {
	return describe.Link(g.URL) != "" && t.c.Inputs["link"] != "false"
}

// link puts a link to the report beside the issue. It has an identifier, so that
// it is replaced by the next.
// Source: https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-remote-links/
func (t *tracker) link(ctx context.Context, key string, g *message.Group) error {
	link := map[string]any{
		"globalId":     "plumb=" + g.Fingerprint,
		"application":  map[string]string{"name": "plumb", "type": "com.github.plumbapi.plumb"},
		"relationship": describe.FoundBy(t.d),
		"object":       map[string]string{"url": describe.Link(g.URL), "title": message.Cut(describe.Report(t.d, g.Product), maxSummary, message.UTF16)},
	}
	err := t.call(ctx, http.MethodPost, "/issue/"+url.PathEscape(key)+"/remotelink", link, nil, true)
	var e *integration.Error
	if errors.As(err, &e) && (e.Status == http.StatusForbidden || e.Status == http.StatusNotFound) {
		better := *e
		better.Hint = "give the account the permission Link Issues, or set JIRA_LINK=false: the description has the link too"
		return &better
	}
	return err
}

// Update implements upsert.Tracker.
func (t *tracker) Update(ctx context.Context, o upsert.Object, g *message.Group) (upsert.Object, error) {
	comment := describe.Changed(t.d, g)
	if o.Digest == "" { // it was never finished: there is nothing that has changed
		comment = nil
	}
	return t.write(ctx, o, g, comment)
}

// write makes an issue say what the group is now. The seal comes before the
// comment: one that is lost is better than one at every run.
func (t *tracker) write(ctx context.Context, o upsert.Object, g *message.Group, comment []describe.Block) (upsert.Object, error) {
	path := "/issue/" + url.PathEscape(o.ID)
	edit := editing{Fields: map[string]any{"summary": summary(g), "description": t.w.description(t.d, g)}}
	if err := t.call(ctx, http.MethodPut, path, edit, nil, true); err != nil {
		return o, err
	}
	if t.links(g) {
		if err := t.link(ctx, o.ID, g); err != nil {
			return o, err
		}
	}
	if err := t.seal(ctx, o.ID, g); err != nil {
		return o, err
	}
	o.Digest = g.Digest()
	return o, t.say(ctx, o.ID, comment)
}

// say comments on an issue; nothing is said of nothing.
func (t *tracker) say(ctx context.Context, key string, comment []describe.Block) error {
	if comment == nil {
		return nil
	}
	return t.call(ctx, http.MethodPost, "/issue/"+url.PathEscape(key)+"/comment", map[string]any{"body": t.w.comment(comment)}, nil, false)
}

// Close implements upsert.Tracker.
func (t *tracker) Close(ctx context.Context, o upsert.Object) (upsert.Object, error) {
	to, err := t.move(ctx, o.ID, t.forClosing)
	if err != nil {
		return o, err
	}
	o.Open, o.Status = false, to
	return o, t.say(ctx, o.ID, describe.Mended(t.d))
}

// Reopen implements upsert.Tracker.
func (t *tracker) Reopen(ctx context.Context, o upsert.Object, g *message.Group) (upsert.Object, error) {
	to, err := t.move(ctx, o.ID, forReopening)
	if err != nil {
		return o, err
	}
	o.Open, o.Status = true, to
	return t.write(ctx, o, g, describe.Again(t.d, g))
}

// transition is a step that the workflow allows now.
type transition struct {
	ID, Name string
	To       struct {
		Name           string
		StatusCategory struct{ Key string }
	}
	Fields map[string]struct {
		Required        bool
		HasDefaultValue bool
		Name            string
		AllowedValues   []struct{ Name string }
	}
}

// move takes the step that choose finds, and returns the status that it leads
// to.
// Source: https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-issueidorkey-transitions-get
func (t *tracker) move(ctx context.Context, key string, choose func([]transition) (*transition, string)) (string, error) {
	path := "/issue/" + url.PathEscape(key) + "/transitions"
	var list struct{ Transitions []transition }
	if err := t.call(ctx, http.MethodGet, path+"?expand=transitions.fields", nil, &list, true); err != nil {
		return "", err
	}
	step, wanted := choose(list.Transitions)
	if step == nil {
		names := make([]string, 0, len(list.Transitions))
		for i := range list.Transitions {
			names = append(names, list.Transitions[i].To.Name)
		}
		return "", t.c.Errorf(integration.Config, http.StatusConflict, "give the workflow such a step, or the account the right to take it", "%s has no step to a status that is %s; it leads to: %s", key, wanted, strings.Join(names, ", "))
	}
	body := map[string]any{"transition": map[string]string{"id": step.ID}}
	values, missing := t.screen(step)
	if missing != "" {
		return "", t.c.Errorf(integration.Config, http.StatusConflict, "make the field optional on that screen", "%s: the step %q asks for %q", key, step.Name, missing)
	}
	if values != nil {
		body["fields"] = values
	}
	return step.To.Name, t.call(ctx, http.MethodPost, path, body, nil, false)
}

// screen fills in what a step asks for: a resolution that is none of those that
// decline. What else it asks for is missing.
func (t *tracker) screen(step *transition) (values map[string]any, missing string) {
	names := make([]string, 0, len(step.Fields))
	for name := range step.Fields {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		field := step.Fields[name]
		if !field.Required || field.HasDefaultValue {
			continue
		}
		if name != "resolution" {
			return nil, field.Name
		}
		best := ""
		for _, v := range field.AllowedValues {
			if !t.isDeclined(v.Name) && (best == "" || slices.Contains([]string{"fixed", "done"}, folded(v.Name))) {
				best = v.Name
			}
		}
		if best == "" {
			return nil, field.Name
		}
		values = map[string]any{"resolution": map[string]string{"name": best}}
	}
	return values, ""
}

// forClosing chooses the step that closes an issue as done: to the status that
// is asked for, else to the first that is done and declines nothing.
func (t *tracker) forClosing(steps []transition) (*transition, string) {
	wanted := folded(t.c.Inputs["closed_status"])
	var best *transition
	for i := range steps {
		s := &steps[i]
		switch {
		case s.To.StatusCategory.Key != "done":
		case wanted != "" && (folded(s.To.Name) == wanted || folded(s.Name) == wanted):
			return s, ""
		case wanted == "" && best == nil && !t.isDeclined(s.To.Name, s.Name):
			best = s
		}
	}
	if wanted != "" {
		return best, "called " + wanted
	}
	return best, "done"
}

// forReopening chooses the step that opens an issue: to what is to be done,
// else to what is in progress.
func forReopening(steps []transition) (*transition, string) {
	for _, category := range []string{"new", "indeterminate"} {
		for i := range steps {
			if steps[i].To.StatusCategory.Key == category {
				return &steps[i], ""
			}
		}
	}
	return nil, "open"
}
