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
)

// tracker reaches the issues of one product in one project. It implements
// upsert.Tracker.
type tracker struct {
	c *integration.Client
	d *integration.Delivery
	w writer
	// base is the address of the site, api that of its API.
	base, api string
	declined  []string
	extra     map[string]json.RawMessage
}

// authorization is the value of that header: Basic with a user's address and
// token, or a bearer token where no user is given.
// Source: https://developer.atlassian.com/cloud/jira/platform/basic-auth-for-rest-apis/
func (t *tracker) authorization(token string) string {
	if user := t.c.Inputs["user"]; user != "" && t.w.cloud {
		return integration.BasicAuth(user, token)
	}
	return "Bearer " + token
}

// call makes one call and reads its answer, where into is not nil.
func (t *tracker) call(ctx context.Context, method, path string, body, into any, repeatable bool) error {
	r := &integration.Request{Method: method, URL: t.api + path, Header: http.Header{"Accept": {"application/json"}}, Repeatable: repeatable}
	if body != nil {
		r.Body = marshal(body)
		r.Header.Set("Content-Type", "application/json")
	}
	response, err := t.c.Rotate("token", func(token string) (*integration.Response, error) {
		r.Header.Set("Authorization", t.authorization(token))
		return t.c.Do(ctx, r)
	})
	if err != nil {
		return t.explain(err, response)
	}
	return t.c.Answer(r, response, into)
}

// issue is what a search tells of one.
type issue struct {
	ID, Key string
	Fields  struct {
		Summary string
		Labels  []string
		Status  struct {
			Name           string
			StatusCategory struct{ Key string }
		}
		Resolution *struct{ Name string }
	}
	Properties map[string]seal
}

func (i *issue) resolution() string {
	if i.Fields.Resolution == nil {
		return ""
	}
	return i.Fields.Resolution.Name
}

// pageSize is how many issues a search asks for at a time; Jira gives at most
// 100 with fields. pages bounds how often it asks.
const (
	pageSize = 100
	pages    = 100
)

// search finds issues, page by page, the oldest first. The cloud has removed its
// older search (410); Data Center has no other.
// Source: https://developer.atlassian.com/changelog/#CHANGE-2046
func (t *tracker) search(ctx context.Context, jql string) ([]issue, error) {
	var all []issue
	query := map[string]any{"jql": jql, "maxResults": pageSize, "fields": []string{"summary", "labels", "status", "resolution"}}
	path := "/search"
	if t.w.cloud {
		path, query["properties"] = "/search/jql", []string{property}
	}
	for range pages {
		var page struct {
			Issues        []issue
			NextPageToken string
			Total         int
		}
		if err := t.call(ctx, http.MethodPost, path, query, &page, true); err != nil {
			return nil, err
		}
		if page.Issues == nil {
			return nil, t.nonsense("the search has no list of issues")
		}
		all = append(all, page.Issues...)
		switch {
		case t.w.cloud && page.NextPageToken != "":
			query["nextPageToken"] = page.NextPageToken
		case !t.w.cloud && len(page.Issues) > 0 && len(all) < page.Total:
			query["startAt"] = len(all)
		default:
			return all, nil
		}
	}
	return nil, t.c.Errorf(integration.Limit, 0, "close issues that are done with, or give each product a project of its own", "there are more than %d issues of plumb in project %q", pages*pageSize, t.c.Inputs["project"])
}

func (t *tracker) nonsense(problem string) error {
	return t.c.Errorf(integration.Remote, 0, "check that JIRA_URL is the address of the site, and that JIRA_EDITION says what it runs", "the answer is not what the API says: %s", problem)
}

// explain makes more of an error where Jira's answers are known to mean
// something else than their status.
func (t *tracker) explain(err error, response *integration.Response) error {
	var e *integration.Error
	if response == nil || !errors.As(err, &e) {
		return err
	}
	better := *e
	switch {
	case response.Status == http.StatusGone:
		better.Hint = "set JIRA_EDITION to what the site runs: cloud or data-center"
	case response.Status == http.StatusUnauthorized && t.w.cloud && t.c.Inputs["user"] != "":
		better.Hint = "check JIRA_USER and JIRA_TOKEN: the token belongs to that user, and may have expired (id.atlassian.com, Security)"
	case response.Status == http.StatusUnauthorized:
		better.Hint = "check JIRA_TOKEN: it is wrong, or has expired; an API token of the cloud needs JIRA_USER too"
	case response.Status == http.StatusForbidden:
		better.Hint = "give the account the permissions Browse, Create, Edit, Transition and Link Issues in project " + t.c.Inputs["project"]
	case response.Status == http.StatusNotFound:
		better.Hint = "check JIRA_URL and JIRA_PROJECT; Jira says this too of what the account may not see"
	}
	return &better
}

// fields reads the input fields: an object of further fields for new issues.
func fields(c *integration.Client) (map[string]json.RawMessage, error) {
	text := strings.TrimSpace(c.Inputs["fields"])
	if text == "" {
		return nil, nil
	}
	var extra map[string]json.RawMessage
	if json.Unmarshal([]byte(text), &extra) != nil {
		return nil, c.Errorf(integration.Config, 0, `write it such as {"customfield_10010": {"value": "API"}}`, "the input fields is no JSON object")
	}
	for _, own := range []string{"project", "issuetype", "summary", "description"} {
		if _, found := extra[own]; found {
			return nil, c.Errorf(integration.Config, 0, "leave it out", "the input fields sets %q, which is written by plumb", own)
		}
	}
	return extra, nil
}

// demand finds out which fields the project asks for that were not given, and
// says so; err is what the create was refused with.
// Source: https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-createmeta-projectidorkey-issuetypes-get
func (t *tracker) demand(ctx context.Context, err error, sent map[string]any) error {
	var e *integration.Error
	if !errors.As(err, &e) || e.Status != http.StatusBadRequest {
		return err
	}
	project, kind := t.c.Inputs["project"], t.c.Inputs["issue_type"]
	path := "/issue/createmeta/" + url.PathEscape(project) + "/issuetypes"
	var types struct {
		IssueTypes, Values []struct {
			ID, Name string
			Subtask  bool
		}
	}
	if t.call(ctx, http.MethodGet, path, nil, &types, true) != nil {
		return err // the first error says more
	}
	id := ""
	var names []string
	for _, one := range append(types.IssueTypes, types.Values...) {
		if !one.Subtask {
			names = append(names, one.Name)
		}
		if one.Name == kind {
			id = one.ID
		}
	}
	if id == "" {
		return t.c.Errorf(integration.Config, e.Status, "set JIRA_ISSUE_TYPE to one of "+strings.Join(names, ", "), "project %s has no issue type %q", project, kind)
	}
	var meta struct {
		Fields, Values []struct {
			FieldID         string
			Name            string
			Required        bool
			HasDefaultValue bool
		}
	}
	if t.call(ctx, http.MethodGet, path+"/"+url.PathEscape(id)+"?maxResults=200", nil, &meta, true) != nil {
		return err
	}
	var missing, known []string
	for _, f := range append(meta.Fields, meta.Values...) {
		known = append(known, f.FieldID)
		if _, given := sent[f.FieldID]; f.Required && !f.HasDefaultValue && !given {
			missing = append(missing, f.Name+" ("+f.FieldID+")")
		}
	}
	if len(missing) > 0 {
		return t.c.Errorf(integration.Config, e.Status, `give them in the input fields, such as {"`+"customfield_10010"+`": "…"}`,
			"project %s asks for more to create a %s: %s", project, kind, strings.Join(missing, ", "))
	}
	for _, own := range []string{"labels", "description"} {
		if !slices.Contains(known, own) {
			return t.c.Errorf(integration.Config, e.Status, "put the field "+own+" on the screen for creating a "+kind, "project %s has no field %s on that screen", project, own)
		}
	}
	return err
}
