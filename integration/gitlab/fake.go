package gitlab

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/plumbapi/plumb/integration"
)

// fake is a GitLab server with one project. It refuses what the real one does,
// with the real one's status and form of message.
type fake struct {
	inputs integration.Inputs
	mux    *http.ServeMux

	mu       sync.Mutex
	notes    []*fakeNote
	statuses []*fakeStatus
	issues   []*fakeIssue
}

type fakeNote struct {
	noteEntry
	on string // "merge request 12", "issue 3"
}

type fakeStatus struct {
	statusEntry
	SHA string `json:"sha"`
}

type fakeIssue struct {
	issueEntry
	Title  string   `json:"title"`
	Labels []string `json:"labels"`
}

func newFake(inputs integration.Inputs) *fake {
	f := &fake{inputs: inputs, mux: http.NewServeMux()}
	for pattern, handle := range map[string]func(*http.Request) (int, any){
		"GET /merge_requests/{iid}/notes":        f.listNotes,
		"POST /merge_requests/{iid}/notes":       f.postNote,
		"PUT /merge_requests/{iid}/notes/{note}": f.putNote,
		"GET /repository/commits/{sha}/statuses": f.listStatuses,
		"POST /statuses/{sha}":                   f.postStatus,
		"GET /issues":                            f.listIssues,
		"POST /issues":                           f.postIssue,
		"PUT /issues/{iid}":                      f.putIssue,
		"POST /issues/{iid}/notes":               f.postNote,
	} {
		f.mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) { f.answer(w, r, handle) })
	}
	return f
}

// ServeHTTP implements http.Handler: credentials and project first.
func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	token := r.Header.Get("Private-Token")
	prefix := "/api/v4/projects/" + url.PathEscape(f.inputs["project"])
	rest, ok := strings.CutPrefix(r.URL.EscapedPath(), prefix)
	switch {
	case token == "" || token != f.inputs["token"] && token != f.inputs["token_next"]:
		reply(w, http.StatusUnauthorized, message401)
	case ok && rest == "" && r.Method == http.MethodGet:
		reply(w, http.StatusOK, map[string]any{"id": 1, "web_url": f.inputs["url"] + "/" + f.inputs["project"]})
	case !ok || rest == "" || rest[0] != '/':
		reply(w, http.StatusNotFound, refusal("404 Project Not Found"))
	default:
		inner := r.Clone(r.Context())
		inner.URL.Path, inner.URL.RawPath = rest, ""
		f.mux.ServeHTTP(w, inner)
	}
}

var message401 = refusal("401 Unauthorized")

func refusal(text any) map[string]any { return map[string]any{"message": text} }

// answer handles one call at a time, and cuts lists into pages.
func (f *fake) answer(w http.ResponseWriter, r *http.Request, handle func(*http.Request) (int, any)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	code, value := handle(r)
	list, ok := value.([]any)
	if !ok {
		reply(w, code, value)
		return
	}
	size, page := number(r, "per_page", 20), number(r, "page", 1)
	size = min(size, 100)
	from := min((page-1)*size, len(list))
	to := min(from+size, len(list))
	next := ""
	if to < len(list) {
		next = strconv.Itoa(page + 1)
	}
	w.Header().Set("X-Next-Page", next)
	reply(w, code, append([]any{}, list[from:to]...))
}

func number(r *http.Request, name string, otherwise int) int {
	n, err := strconv.Atoi(r.URL.Query().Get(name))
	if err != nil || n < 1 {
		return otherwise
	}
	return n
}

func reply(w http.ResponseWriter, code int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(value) // who does not listen any more has gone
}

// fields reads a body, which must be JSON.
func fields(r *http.Request) map[string]string {
	var body map[string]string
	if json.NewDecoder(r.Body).Decode(&body) != nil {
		return nil
	}
	return body
}

func tooLong(s string, name string) bool { return utf8.RuneCountInString(s) > limit(name) }

// quick reports whether a text holds a quick action, which the real server
// would carry out.
func quick(text string) bool {
	for line := range strings.Lines(text) {
		if len(line) > 1 && line[0] == '/' && line[1] >= 'a' && line[1] <= 'z' {
			return true
		}
	}
	return false
}

func (f *fake) listNotes(r *http.Request) (int, any) {
	list := []any{}
	for _, n := range f.notes {
		if n.on == "merge request "+r.PathValue("iid") {
			list = append(list, n)
		}
	}
	return http.StatusOK, list
}

func checkNote(body string) (int, any) {
	switch {
	case strings.TrimSpace(body) == "":
		return http.StatusBadRequest, refusal(`400 Bad request - Note {:note=>["can't be blank"]}`)
	case tooLong(body, "note"):
		return http.StatusBadRequest, refusal(map[string]any{"note": []string{"is too long (maximum is 1000000 characters)"}})
	case quick(body):
		return http.StatusAccepted, map[string]any{"commands_changes": map[string]any{"state_event": "close"}}
	}
	return 0, nil
}

func (f *fake) postNote(r *http.Request) (int, any) {
	body := fields(r)["body"]
	if code, value := checkNote(body); code != 0 {
		return code, value
	}
	on := "merge request " + r.PathValue("iid")
	if strings.HasPrefix(r.URL.Path, "/issues/") {
		on = "issue " + r.PathValue("iid")
		if f.issue(r) == nil {
			return http.StatusNotFound, refusal("404 Issue Not Found")
		}
	}
	n := &fakeNote{noteEntry{ID: 100 + len(f.notes), Body: body}, on}
	f.notes = append(f.notes, n)
	return http.StatusCreated, n
}

func (f *fake) putNote(r *http.Request) (int, any) {
	body := fields(r)["body"]
	if code, value := checkNote(body); code != 0 {
		return code, value
	}
	for _, n := range f.notes {
		if strconv.Itoa(n.ID) == r.PathValue("note") {
			n.Body = body
			return http.StatusOK, n
		}
	}
	return http.StatusNotFound, refusal("404 Note Not Found")
}

func (f *fake) listStatuses(r *http.Request) (int, any) {
	list := []any{}
	for _, s := range f.statuses {
		if s.SHA == r.PathValue("sha") && s.Name == r.URL.Query().Get("name") {
			list = append(list, s)
		}
	}
	return http.StatusOK, list
}

func (f *fake) postStatus(r *http.Request) (int, any) {
	in := fields(r)
	switch {
	case !slices.Contains([]string{"pending", "running", "success", "failed", "canceled", "skipped"}, in["state"]):
		return http.StatusBadRequest, refusal("400 (Bad request) \"state\" not given")
	case tooLong(in["description"], "status_description"):
		return http.StatusBadRequest, refusal(map[string]any{"description": []string{"is too long (maximum is 255 characters)"}})
	case tooLong(in["name"], "status_name"), tooLong(in["target_url"], "status_target_url"):
		return http.StatusBadRequest, refusal("400 Bad request")
	}
	s := &fakeStatus{statusEntry{Status: in["state"], Name: in["name"], Description: in["description"], TargetURL: in["target_url"]}, r.PathValue("sha")}
	for _, old := range f.statuses {
		if old.SHA == s.SHA && old.Name == s.Name {
			s.ID = old.ID
			*old = *s
			return http.StatusCreated, s
		}
	}
	s.ID = 1 + len(f.statuses)
	f.statuses = append(f.statuses, s)
	return http.StatusCreated, s
}

func (f *fake) listIssues(r *http.Request) (int, any) {
	q := r.URL.Query()
	list := []any{}
	for _, i := range f.issues {
		if state := q.Get("state"); state != "all" && state != i.State {
			continue
		}
		if !slices.Contains(i.Labels, q.Get("labels")) || !strings.Contains(i.Description, q.Get("search")) {
			continue
		}
		list = append(list, i)
	}
	return http.StatusOK, list
}

func checkIssue(in map[string]string, create bool) (int, any) {
	title, titled := in["title"]
	problem := ""
	switch {
	case in == nil, create && !titled:
		return http.StatusBadRequest, map[string]any{"error": "title is missing"}
	case titled && strings.TrimSpace(title) == "":
		problem = "can't be blank"
	case tooLong(title, "issue_title"):
		problem = "is too long (maximum is 255 characters)"
	}
	switch {
	case problem != "":
		return http.StatusBadRequest, refusal(map[string]any{"title": []string{problem}})
	case tooLong(in["description"], "issue_description"):
		return http.StatusBadRequest, refusal(map[string]any{"description": []string{"is too long (maximum is 1048576 characters)"}})
	case quick(in["description"]):
		return http.StatusBadRequest, refusal("a quick action in a description")
	}
	return 0, nil
}

func (f *fake) postIssue(r *http.Request) (int, any) {
	in := fields(r)
	if code, value := checkIssue(in, true); code != 0 {
		return code, value
	}
	iid := 1 + len(f.issues)
	i := &fakeIssue{issueEntry{IID: iid, State: "opened", Description: in["description"], WebURL: fmt.Sprintf("%s/%s/-/issues/%d", f.inputs["url"], f.inputs["project"], iid)}, in["title"], strings.Split(in["labels"], ",")}
	f.issues = append(f.issues, i)
	return http.StatusCreated, i
}

func (f *fake) issue(r *http.Request) *fakeIssue {
	for _, i := range f.issues {
		if strconv.Itoa(i.IID) == r.PathValue("iid") {
			return i
		}
	}
	return nil
}

func (f *fake) putIssue(r *http.Request) (int, any) {
	in, i := fields(r), f.issue(r)
	if i == nil {
		return http.StatusNotFound, refusal("404 Issue Not Found")
	}
	if code, value := checkIssue(in, false); code != 0 {
		return code, value
	}
	if v, ok := in["title"]; ok {
		i.Title = v
	}
	if v, ok := in["description"]; ok {
		i.Description = v
	}
	switch in["state_event"] {
	case "close":
		i.State = "closed"
	case "reopen":
		i.State = "opened"
	}
	return http.StatusOK, i
}

// Objects implements integration.Fake. Comments on issues are no objects: they
// tell what has happened to one.
func (f *fake) Objects() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	var all []string
	for _, n := range f.notes {
		if strings.HasPrefix(n.on, "merge request") {
			all = append(all, "note of "+n.on+": "+digest(n.Body))
		}
	}
	for _, s := range f.statuses {
		all = append(all, fmt.Sprintf("status of %s %s: %s", s.SHA, s.Status, s.Description))
	}
	for _, i := range f.issues {
		all = append(all, fmt.Sprintf("issue #%d %s: %s", i.IID, i.State, i.Title))
	}
	return all
}
