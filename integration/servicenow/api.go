package servicenow

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/plumbapi/plumb/integration"
)

// call makes one call and reads its answer, where into is not nil. A create is
// never repeated: it is looked for first by the next run.
func (t *tracker) call(ctx context.Context, method, address string, fields map[string]string, into any) error {
	r := &integration.Request{Method: method, URL: address, Header: http.Header{"Accept": {"application/json"}}}
	if fields != nil {
		data, err := json.Marshal(fields)
		if err != nil { // texts have no error
			return t.c.Errorf(integration.Remote, 0, "report it", "a change cannot be written as JSON")
		}
		r.Body = data
		r.Header.Set("Content-Type", "application/json")
	}
	response, err := t.send(ctx, r)
	if err != nil {
		return t.explain(err, response)
	}
	return t.c.Answer(r, response, into)
}

// send sends a request with the credentials: a token of OAuth where there is a
// client, else a user's password.
func (t *tracker) send(ctx context.Context, r *integration.Request) (*integration.Response, error) {
	if t.c.Inputs["client_id"] == "" {
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
// Source: https://www.servicenow.com/docs/bundle/zurich-platform-security/page/administer/security/concept/c_OAuthApplications.html
func (t *tracker) authorize(ctx context.Context, secret string) (*integration.Response, error) {
	form := url.Values{"grant_type": {"client_credentials"}, "client_id": {t.c.Inputs["client_id"]}, "client_secret": {secret}}
	r := &integration.Request{
		Method: http.MethodPost, URL: t.base + "/oauth_token.do", Body: []byte(form.Encode()), Repeatable: true,
		Header: http.Header{"Content-Type": {"application/x-www-form-urlencoded"}, "Accept": {"application/json"}},
	}
	token, response, err := t.c.Grant(ctx, r)
	t.token = token
	return response, err
}

// explain says what ServiceNow's refusals mean.
func (t *tracker) explain(err error, response *integration.Response) error {
	var e *integration.Error
	if response == nil || !errors.As(err, &e) {
		return err
	}
	better := *e
	said := integration.Said(response)
	switch {
	case response.Status == http.StatusUnauthorized && t.c.Inputs["client_id"] != "":
		better.Hint = "check SERVICENOW_CLIENT_ID and SERVICENOW_CLIENT_SECRET, and that the application may use client credentials"
	case response.Status == http.StatusUnauthorized:
		better.Hint = "check SERVICENOW_USER and SERVICENOW_PASSWORD; the user must be active and may not need a second factor"
	case response.Status == http.StatusForbidden && strings.Contains(said, "Data Policy"):
		better.Kind, better.Hint = integration.Config, "let the data policy not apply to the user of plumb, or give the field a default"
	case response.Status == http.StatusForbidden && strings.Contains(said, "Business Rule"):
		better.Kind, better.Hint = integration.Config, "look at the business rule in ServiceNow: it stops this change of state"
	case response.Status == http.StatusForbidden:
		better.Hint = "give the user the role itil, or sn_change_write where the instance has it"
	case response.Status == http.StatusNotFound:
		better.Hint = "check SERVICENOW_URL, and SERVICENOW_EDITION: v2 needs the plugin Change Management - REST API"
	}
	return &better
}
