package rally

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/plumbapi/plumb/integration"
)

// tracker reaches the defects of one product in one project. It implements
// upsert.Tracker.
type tracker struct {
	c                  *integration.Client
	d                  *integration.Delivery
	api                string
	cloud              bool
	field              string
	workspace, project string
	declined           []string
	// token and session are those that an installation of one's own gives for
	// requests that change something.
	token, session string
}

// outcome is what every answer of Rally is, under a name of its own.
type outcome struct {
	Errors, Warnings []string
	TotalResultCount int
	Results          []defectRow
	Object           *defectRow
	SecurityToken    string
}

// defectRow is a defect as answers show it.
type defectRow struct {
	ObjectID    int64
	FormattedID string
	State       string
	Resolution  string
	mark        string
}

// UnmarshalJSON reads the attributes, whatever the field of the mark is called.
func (r *defectRow) UnmarshalJSON(data []byte) error {
	type plain defectRow
	if err := json.Unmarshal(data, (*plain)(r)); err != nil {
		return err
	}
	var all map[string]json.RawMessage
	if err := json.Unmarshal(data, &all); err != nil {
		return err
	}
	for _, value := range all { // the mark is known by its form, so the order is of no matter
		var text string
		if json.Unmarshal(value, &text) == nil && strings.HasPrefix(text, "plumb:") {
			r.mark = text
		}
	}
	return nil
}

// call makes one call and returns what was answered under the name. A status of
// 200 means nothing: what went wrong is in the errors.
// Source: https://knowledge.broadcom.com/external/article/199512/rally-custom-integrations-return-errors.html
func (t *tracker) call(ctx context.Context, method, path string, query url.Values, body any, name string) (*outcome, error) {
	result, err := t.once(ctx, method, path, query, body, name)
	for range conflicts {
		if err == nil || result == nil || !isConflict(result.Errors) {
			break
		}
		if err := t.c.Sleep(ctx, conflictWait); err != nil {
			return nil, t.c.Errorf(integration.Remote, 0, "run it again", "%s %s was interrupted", method, path)
		}
		result, err = t.once(ctx, method, path, query, body, name)
	}
	return result, err
}

func (t *tracker) once(ctx context.Context, method, path string, query url.Values, body any, name string) (*outcome, error) {
	r := &integration.Request{Method: method, URL: t.api + path, Header: http.Header{
		"Accept":                 {"application/json"},
		"X-Rallyintegrationname": {"plumb"},
	}}
	if query == nil {
		query = url.Values{}
	}
	if body != nil {
		data, err := json.Marshal(body)
		if err != nil { // texts have no error
			return nil, t.c.Errorf(integration.Remote, 0, "report it", "a defect cannot be written as JSON")
		}
		r.Body = data
		r.Header.Set("Content-Type", "application/json")
	}
	response, err := t.send(ctx, r, query)
	if err != nil {
		return nil, t.explain(err, response)
	}
	var answer map[string]*outcome
	if err := t.c.JSON(r, response, &answer); err != nil {
		return nil, err
	}
	result := answer[name]
	if result == nil {
		for _, other := range []string{"OperationResult", "CreateResult", "QueryResult"} {
			if answer[other] != nil && len(answer[other].Errors) > 0 { // so it is told under another name
				result = answer[other]
			}
		}
	}
	if result == nil {
		return nil, t.c.Unexpected(r, response, "it has no "+name)
	}
	if len(result.Errors) > 0 {
		return result, t.refused(method, path, result.Errors)
	}
	return result, nil
}

// send sends a request with the credentials: the API key of the cloud, or user,
// password and, for what changes something, the security token of a session.
func (t *tracker) send(ctx context.Context, r *integration.Request, query url.Values) (*integration.Response, error) {
	address := r.URL
	if t.cloud {
		r.URL = withQuery(address, query)
		return t.c.Rotate("key", func(key string) (*integration.Response, error) {
			r.Header.Set("Zsessionid", key)
			return t.c.Do(ctx, r)
		})
	}
	return t.c.Rotate("password", func(password string) (*integration.Response, error) {
		r.Header.Set("Authorization", integration.BasicAuth(t.c.Inputs["user"], password))
		if r.Method != http.MethodGet {
			if response, err := t.authorize(ctx, r.Header.Get("Authorization")); err != nil {
				return response, err
			}
			query.Set("key", t.token)
			r.Header.Set("Cookie", t.session)
		}
		r.URL = withQuery(address, query)
		return t.c.Do(ctx, r)
	})
}

func withQuery(address string, query url.Values) string {
	if len(query) == 0 {
		return address
	}
	return address + "?" + query.Encode()
}

// authorize asks for a security token once; it counts together with the session
// that comes with it.
// Source: https://knowledge.broadcom.com/external/article?articleId=57510
func (t *tracker) authorize(ctx context.Context, authorization string) (*integration.Response, error) {
	if t.token != "" {
		return nil, nil
	}
	r := &integration.Request{Method: http.MethodGet, URL: t.api + "/security/authorize", Header: http.Header{"Authorization": {authorization}, "Accept": {"application/json"}}}
	response, err := t.c.Do(ctx, r)
	if err != nil {
		return response, err
	}
	var answer struct{ OperationResult outcome }
	if err := t.c.JSON(r, response, &answer); err != nil {
		return response, err
	}
	if errors := answer.OperationResult.Errors; len(errors) > 0 {
		return response, t.refused(r.Method, "/security/authorize", errors)
	}
	if t.token = answer.OperationResult.SecurityToken; t.token == "" {
		return response, t.c.Unexpected(r, response, "it has no security token")
	}
	var cookies []string
	for _, c := range (&http.Response{Header: response.Header}).Cookies() {
		cookies = append(cookies, c.Name+"="+c.Value)
	}
	t.session = strings.Join(cookies, "; ")
	return response, nil
}

// explain says what a status of Rally means.
func (t *tracker) explain(err error, response *integration.Response) error {
	var e *integration.Error
	if response == nil || !errors.As(err, &e) {
		return err
	}
	better := *e
	switch response.Status {
	case http.StatusUnauthorized:
		better.Hint = "check RALLY_KEY: it is wrong, was deleted, or belongs to a user who is disabled"
		if !t.cloud {
			better.Hint = "check RALLY_USER and RALLY_PASSWORD"
		}
	case http.StatusNotFound:
		better.Hint = "check RALLY_URL; it is the address without /slm"
	}
	return &better
}

// refused is the error of an answer of 200 with errors within. It has the
// status of what it means.
func (t *tracker) refused(method, path string, said []string) error {
	text := strings.Join(said, "; ")
	kind, status, hint := integration.Config, http.StatusBadRequest, "check the inputs; --dry-run shows what is sent"
	has := func(words ...string) bool {
		for _, w := range words {
			if strings.Contains(text, w) {
				return true
			}
		}
		return false
	}
	switch {
	case isConflict(said):
		kind, status, hint = integration.Remote, http.StatusConflict, "somebody else changed the defect at the same time: run it again"
	case has("Invalid key"):
		kind, status, hint = integration.Auth, http.StatusUnauthorized, "set RALLY_EDITION to what the server is, since API keys and security tokens do not mix"
	case has("Could not find the attribute", "no such attribute"):
		status, hint = http.StatusUnprocessableEntity, "let an administrator of the workspace add the field "+t.field+" (text) to the type Defect, or name another in RALLY_FIELD"
	case has("should not be null"):
		hint = "make the field optional in Rally, or give it a default: the workspace asks for more than plumb knows"
	case has("Not authorized"):
		kind, status, hint = integration.Auth, http.StatusForbidden, "give the user the role Editor in the project"
	case has("Could not read"):
		hint = "check RALLY_WORKSPACE and RALLY_PROJECT; Rally says this too of what the user may not see"
	}
	if status == http.StatusUnprocessableEntity {
		status = http.StatusNotFound // it ends the run: it is so for every defect
	}
	return t.c.Errorf(kind, status, hint, "%s %s: Rally answers: %q", method, path, text)
}

func isConflict(said []string) bool {
	return strings.Contains(strings.Join(said, "\n"), "Concurrency conflict")
}
