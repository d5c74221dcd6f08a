package jama

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/plumbapi/plumb/integration"
)

// tracker reaches the items of one product in one project. It implements
// upsert.Tracker.
type tracker struct {
	c                     *integration.Client
	d                     *integration.Delivery
	api                   string
	oauth                 bool
	token                 string // of OAuth, once it was asked for
	project, parent, rule int
	declined              []string
	// What discover has found: the numbers of type, options and relation, and
	// the field's name with the number that the API puts behind it.
	kind, relation int
	field          string
	options        map[int]string
	open, closed   int
}

// pageSize is the most that Jama gives at a time, pages how often it is asked.
// Source: https://rest.jamasoftware.com/, where maxResults is at most 50.
const (
	pageSize = 50
	pages    = 100
)

// An item that somebody is editing is locked. It is tried again as often as
// locked, after a wait that grows.
const (
	locked   = 3
	lockWait = 2 * time.Second
)

// call makes one call and reads its answer, where into is not nil. What changes
// an item waits for a lock to go.
func (t *tracker) call(ctx context.Context, method, path string, body, into any) error {
	r := &integration.Request{Method: method, URL: t.api + path, Header: http.Header{"Accept": {"application/json"}}}
	if body != nil {
		data, err := json.Marshal(body)
		if err != nil { // what is written has nothing that JSON has not
			return t.c.Errorf(integration.Remote, 0, "report it", "an item cannot be written as JSON")
		}
		r.Body = data
		r.Header.Set("Content-Type", "application/json")
	}
	response, err := t.send(ctx, r)
	for n := 1; n <= locked && isLocked(method, response); n++ {
		if t.c.Sleep(ctx, time.Duration(n)*lockWait) != nil {
			break
		}
		response, err = t.send(ctx, r)
	}
	if err != nil {
		return t.explain(err, method, response)
	}
	return t.c.Answer(r, response, into)
}

func isLocked(method string, response *integration.Response) bool {
	return method == http.MethodPatch && response != nil && (response.Status == http.StatusConflict || response.Status == http.StatusLocked)
}

// send sends a request with the credentials: a token of OAuth, or a user's
// password on a server of one's own.
func (t *tracker) send(ctx context.Context, r *integration.Request) (*integration.Response, error) {
	if !t.oauth {
		return t.c.Rotate("password", func(password string) (*integration.Response, error) {
			r.Header.Set("Authorization", integration.BasicAuth(t.c.Inputs["user"], password))
			return t.c.Do(ctx, r)
		})
	}
	if t.token == "" {
		response, err := t.c.Rotate("client_secret", func(secret string) (*integration.Response, error) { return t.authorize(ctx, secret) })
		if err != nil {
			return response, err
		}
	}
	r.Header.Set("Authorization", "Bearer "+t.token)
	return t.c.Do(ctx, r)
}

// authorize asks for a token by the client's credentials.
// Source: https://dev.jamasoftware.com/api/
func (t *tracker) authorize(ctx context.Context, secret string) (*integration.Response, error) {
	r := &integration.Request{
		Method: http.MethodPost, URL: t.c.Inputs["url"] + "/rest/oauth/token", Repeatable: true,
		Body: []byte(url.Values{"grant_type": {"client_credentials"}}.Encode()),
		Header: http.Header{
			"Content-Type": {"application/x-www-form-urlencoded"}, "Accept": {"application/json"},
			"Authorization": {integration.BasicAuth(t.c.Inputs["client_id"], secret)},
		},
	}
	token, response, err := t.c.Grant(ctx, r)
	t.token = token
	return response, err
}

// explain says what Jama's refusals mean.
func (t *tracker) explain(err error, method string, response *integration.Response) error {
	var e *integration.Error
	if response == nil || !errors.As(err, &e) {
		return err
	}
	better := *e
	switch {
	case isLocked(method, response):
		better.Status = http.StatusLocked
		better.Hint = "somebody is editing the item: run it again when they have saved it"
	case response.Status == http.StatusUnauthorized && t.oauth:
		better.Hint = "check JAMA_CLIENT_ID and JAMA_CLIENT_SECRET; they belong to one user and are made under Set API Credentials"
	case response.Status == http.StatusUnauthorized:
		better.Hint = "check JAMA_USER and JAMA_PASSWORD; a cloud instance with single sign-on takes API credentials only"
	case response.Status == http.StatusForbidden:
		better.Hint = "give the user a creator licence, and the right to create and edit in the project"
	case response.Status == http.StatusNotFound:
		better.Hint = "check JAMA_URL, JAMA_PROJECT, JAMA_PARENT and JAMA_RULE_ITEM; Jama says this too of what the user may not see"
	}
	return &better
}

// list reads all pages of a list.
func list[T any](ctx context.Context, t *tracker, path string, query url.Values) ([]T, error) {
	all := []T{}
	if query == nil {
		query = url.Values{}
	}
	for range pages {
		query.Set("maxResults", strconv.Itoa(pageSize))
		query.Set("startAt", strconv.Itoa(len(all)))
		var page struct {
			Meta struct {
				PageInfo *struct{ TotalResults int }
			}
			Data []T
		}
		if err := t.call(ctx, http.MethodGet, path+"?"+query.Encode(), nil, &page); err != nil {
			return nil, err
		}
		if page.Meta.PageInfo == nil {
			return nil, t.c.Errorf(integration.Remote, http.StatusOK, "check that JAMA_URL is the address of the instance, and that no proxy answers in its place", "the answer to GET %s is no page of a list", path)
		}
		all = append(all, page.Data...)
		if len(page.Data) == 0 || len(all) >= page.Meta.PageInfo.TotalResults {
			return all, nil
		}
	}
	return nil, t.c.Errorf(integration.Limit, 0, "give each product a project of its own", "the list %s has more than %d entries", path, pages*pageSize)
}
