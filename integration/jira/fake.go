package jira

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf16"

	"github.com/plumbapi/plumb/integration"
)

// Fake is a Jira in this process: one project, its types, a workflow, and the
// limits of the real one. It is what tests and dry runs talk to.
type Fake struct {
	// Types are the issue types of the project; empty means Task and Bug.
	Types []string
	// Required are fields that the project asks for beyond summary, by their
	// id, such as "customfield_10010".
	Required []string
	// Workflow has the transitions of each status; nil means one in which every
	// status leads to To Do, In Progress, Done and Won't Do.
	Workflow map[string][]string
	// Screen are required fields of transitions into Done, such as
	// "resolution".
	Screen []string
	// Burst is how many requests are taken before one is answered with 429; 0
	// means that none is.
	Burst int

	cloud   bool
	project string
	user    string
	token   string

	mu     sync.Mutex
	served int
	issues []*fakeIssue
}

// fakeIssue is an issue as the fake keeps it.
type fakeIssue struct {
	id, key    string
	kind       string
	summary    string
	body       json.RawMessage
	labels     []string
	priority   string
	fields     map[string]json.RawMessage
	status     string
	resolution string
	comments   []json.RawMessage
	properties map[string]json.RawMessage
	links      map[string]fakeLink
}

type fakeLink struct{ URL, Title string }

// categories are the keys of the categories of the fake's statuses.
var categories = map[string]string{"To Do": "new", "In Progress": "indeterminate", "Done": "done", "Won't Do": "done"}

// NewFake returns a Jira that accepts the inputs.
func NewFake(inputs integration.Inputs) *Fake {
	return &Fake{
		cloud:   inputs["edition"] != "data-center",
		project: inputs["project"],
		user:    inputs["user"],
		token:   inputs["token"],
	}
}

// Objects implements [integration.Fake].
func (f *Fake) Objects() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	list := make([]string, 0, len(f.issues))
	for _, i := range f.issues {
		text := fmt.Sprintf("issue %s %s: %s", i.key, i.state(), i.summary)
		if len(i.links) > 0 {
			text += fmt.Sprintf(" (%d links)", len(i.links))
		}
		if len(i.comments) > 0 {
			text += fmt.Sprintf(" (%d comments)", len(i.comments))
		}
		list = append(list, text)
	}
	return list
}

func (i *fakeIssue) state() string {
	if categories[i.status] != "done" {
		return "open"
	}
	return "closed as " + strings.ToLower(i.resolution)
}

// Move puts an issue into a status, as somebody does who works in Jira.
func (f *Fake) Move(key, status, resolution string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, i := range f.issues {
		if i.key == key {
			i.status, i.resolution = status, resolution
			return true
		}
	}
	return false
}

// Rotate replaces the token that is accepted.
func (f *Fake) Rotate(token string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.token = token
}

// ServeHTTP answers as Jira does.
func (f *Fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.served++; f.Burst > 0 && f.served%(f.Burst+1) == 0 {
		w.Header().Set("Retry-After", "1")
		refuse(w, http.StatusTooManyRequests, "Rate limit exceeded.", nil)
		return
	}
	if !f.knows(r.Header.Get("Authorization")) {
		w.Header().Set("WWW-Authenticate", `OAuth realm="jira"`)
		refuse(w, http.StatusUnauthorized, "Client must be authenticated to access this resource.", nil)
		return
	}
	version := "2"
	if f.cloud {
		version = "3"
	}
	path, found := strings.CutPrefix(r.URL.Path, "/rest/api/"+version+"/")
	if !found {
		refuse(w, http.StatusNotFound, "null for uri: "+r.URL.Path, nil)
		return
	}
	f.route(w, r, strings.Split(path, "/"))
}

// knows says whether credentials are the right ones: on the cloud Basic with
// an address and a token, or a bearer token without a user; on Data Center a
// bearer token.
func (f *Fake) knows(authorization string) bool {
	if f.cloud && f.user != "" {
		return authorization == "Basic "+base64.StdEncoding.EncodeToString([]byte(f.user+":"+f.token))
	}
	return authorization == "Bearer "+f.token
}

func (f *Fake) route(w http.ResponseWriter, r *http.Request, path []string) {
	call := r.Method + " " + path[0]
	if len(path) > 1 {
		call += "/" + strings.Join(path[1:], "/")
	}
	switch {
	case call == "POST issue":
		f.create(w, r)
	case call == "POST search/jql" && f.cloud, call == "POST search" && !f.cloud:
		f.search(w, r)
	case call == "POST search" || call == "GET search":
		refuse(w, http.StatusGone, "The requested API has been removed. Please migrate to the /rest/api/3/search/jql API.", nil)
	case call == "GET myself":
		reply(w, http.StatusOK, map[string]any{"displayName": "plumb", "active": true})
	case r.Method == http.MethodGet && len(path) >= 4 && path[0] == "issue" && path[1] == "createmeta":
		f.createmeta(w, path[2:])
	case len(path) >= 2 && path[0] == "issue":
		f.one(w, r, path[1], path[2:])
	default:
		refuse(w, http.StatusNotFound, "null for uri: "+r.URL.Path, nil)
	}
}

// one answers what is about one issue.
func (f *Fake) one(w http.ResponseWriter, r *http.Request, key string, rest []string) {
	at := slices.IndexFunc(f.issues, func(i *fakeIssue) bool { return i.key == key || i.id == key })
	if at < 0 {
		refuse(w, http.StatusNotFound, "Issue does not exist or you do not have permission to see it.", nil)
		return
	}
	issue := f.issues[at]
	call := r.Method
	if len(rest) > 0 {
		call += " " + rest[0]
	}
	switch call {
	case "GET":
		reply(w, http.StatusOK, f.shown(issue, nil))
	case "PUT":
		f.update(w, r, issue)
	case "GET transitions":
		f.transitions(w, issue)
	case "POST transitions":
		f.transit(w, r, issue)
	case "POST comment":
		f.comment(w, r, issue)
	case "GET properties", "PUT properties":
		if len(rest) != 2 {
			refuse(w, http.StatusNotFound, "no such property", nil)
			return
		}
		f.property(w, r, issue, rest[1])
	case "POST remotelink":
		f.link(w, r, issue)
	default:
		w.WriteHeader(http.StatusMethodNotAllowed)
	}
}

// shown is an issue as searches and reads show it.
func (f *Fake) shown(i *fakeIssue, properties []string) map[string]any {
	fields := map[string]any{
		"summary": i.summary,
		"labels":  i.labels,
		"status":  map[string]any{"name": i.status, "statusCategory": map[string]any{"key": categories[i.status]}},
	}
	if i.resolution != "" {
		fields["resolution"] = map[string]any{"name": i.resolution}
	}
	shown := map[string]any{"id": i.id, "key": i.key, "fields": fields}
	if len(properties) > 0 {
		some := map[string]json.RawMessage{}
		for _, name := range properties {
			if value, found := i.properties[name]; found {
				some[name] = value
			}
		}
		shown["properties"] = some
	}
	return shown
}

// characters counts as Jira does, whose server is written in Java: in UTF-16
// units.
func characters(s string) (n int) {
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

// refuse answers with Jira's form of errors.
func refuse(w http.ResponseWriter, status int, message string, fields map[string]string) {
	messages := []string{}
	if message != "" {
		messages = append(messages, message)
	}
	if fields == nil {
		fields = map[string]string{}
	}
	reply(w, status, map[string]any{"errorMessages": messages, "errors": fields})
}

func reply(w http.ResponseWriter, status int, value any) {
	data, err := json.Marshal(value)
	if err != nil {
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json;charset=UTF-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(data)))
	w.WriteHeader(status)
	_, _ = w.Write(data) // who does not listen any more does not need it
}
