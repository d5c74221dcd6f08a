package rally

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/plumbapi/plumb/integration"
)

// Fake is a Rally in this process: defects of one project, the web services API
// v2.0 with its habit of answering 200 with errors within, an API key on the
// cloud or user, password and security token on a server of one's own.
type Fake struct {
	// States and Resolutions are the values that the workspace allows; empty
	// means those of a new workspace.
	States, Resolutions []string
	// Required are attributes that the workspace asks for beyond Name.
	Required []string
	// Conflicts is how many changes are refused since somebody else was at the
	// same object.
	Conflicts int
	// Burst is how many requests are taken before one is answered with 429; 0
	// means that none is.
	Burst int

	key, user, password string
	workspace, project  string
	field               string

	mu      sync.Mutex
	served  int
	token   string
	defects []*defect
}

// defect is a defect as the fake keeps it.
type defect struct {
	id     int
	fields map[string]string
	posts  []string
}

// NewFake returns a Rally that accepts the inputs.
func NewFake(inputs integration.Inputs) *Fake {
	f := &Fake{
		key: inputs["key"], user: inputs["user"], password: inputs["password"],
		workspace: inputs["workspace"], project: inputs["project"], field: inputs["field"],
	}
	if inputs["edition"] == "on-premises" {
		f.key = "" // such an installation has no API keys
	}
	return f
}

// Objects implements [integration.Fake].
func (f *Fake) Objects() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	list := make([]string, 0, len(f.defects))
	for _, d := range f.defects {
		text := fmt.Sprintf("defect DE%d %s: %s", d.id, d.fields["State"], d.fields["Name"])
		if resolution := d.fields["Resolution"]; resolution != "" && resolution != "None" {
			text = fmt.Sprintf("defect DE%d %s (%s): %s", d.id, d.fields["State"], resolution, d.fields["Name"])
		}
		if len(d.posts) > 0 {
			text += fmt.Sprintf(" (%d posts)", len(d.posts))
		}
		list = append(list, text)
	}
	return list
}

// Move puts a defect into a state, as somebody does who works in Rally.
func (f *Fake) Move(id, state, resolution string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, d := range f.defects {
		if "DE"+strconv.Itoa(d.id) == id {
			d.fields["State"], d.fields["Resolution"] = state, resolution
			return true
		}
	}
	return false
}

// Rotate replaces the key and the password that are accepted.
func (f *Fake) Rotate(secret string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.key != "" {
		f.key = secret
	}
	f.password, f.token = secret, ""
}

// ServeHTTP answers as Rally does.
func (f *Fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.served++; f.Burst > 0 && f.served%(f.Burst+1) == 0 {
		w.Header().Set("Retry-After", "1")
		w.WriteHeader(http.StatusTooManyRequests)
		return
	}
	if !f.knows(r) {
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = io.WriteString(w, "<html><head><title>Error 401 The username or password you entered is incorrect.</title></head></html>")
		return
	}
	path, found := strings.CutPrefix(r.URL.Path, "/slm/webservice/v2.0/")
	if !found {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	if path == "security/authorize" && r.Method == http.MethodGet {
		f.authorize(w)
		return
	}
	if r.Method == http.MethodPost && f.key == "" && !f.hasToken(r) {
		result(w, "OperationResult", nil, "Not authorized to perform action: Invalid key")
		return
	}
	object, isDefect := strings.CutPrefix(path, "defect/")
	switch {
	case path == "defect" && r.Method == http.MethodGet:
		f.query(w, r)
	case path == "defect/create" && r.Method == http.MethodPost:
		f.create(w, r)
	case isDefect && r.Method == http.MethodPost:
		f.update(w, r, object)
	case path == "conversationpost/create" && r.Method == http.MethodPost:
		f.post(w, r)
	default:
		w.WriteHeader(http.StatusNotFound)
	}
}

// knows says whether credentials are right: the API key of the cloud, or a user
// with a password.
func (f *Fake) knows(r *http.Request) bool {
	if f.key != "" {
		return r.Header.Get("Zsessionid") == f.key
	}
	return r.Header.Get("Authorization") == "Basic "+base64.StdEncoding.EncodeToString([]byte(f.user+":"+f.password))
}

func (f *Fake) authorize(w http.ResponseWriter) {
	f.token = "token-" + strconv.Itoa(f.served)
	http.SetCookie(w, &http.Cookie{Name: "JSESSIONID", Value: "of-" + f.token, HttpOnly: true, Secure: true, SameSite: http.SameSiteLaxMode})
	reply(w, map[string]any{"OperationResult": map[string]any{"Errors": []string{}, "Warnings": []string{}, "SecurityToken": f.token}})
}

// hasToken says whether a request carries the security token and the session
// that it belongs to.
func (f *Fake) hasToken(r *http.Request) bool {
	session, err := r.Cookie("JSESSIONID")
	return err == nil && f.token != "" && session.Value == "of-"+f.token && r.URL.Query().Get("key") == f.token
}

func (f *Fake) states() []string {
	if len(f.States) > 0 {
		return f.States
	}
	return []string{"Submitted", "Open", "Fixed", "Closed"}
}

func (f *Fake) resolutions() []string {
	if len(f.Resolutions) > 0 {
		return f.Resolutions
	}
	return []string{"None", "Code Change", "Configuration Change", "Duplicate", "Not a Defect", "Will Not Fix", "Works as Designed"}
}

func (f *Fake) query(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	if problem := f.scope(query.Get("workspace"), query.Get("project")); problem != "" {
		result(w, "QueryResult", nil, problem)
		return
	}
	filter, problem := parse(query.Get("query"), func(name string) bool { return f.limit(name) > 0 || name == "ObjectID" })
	if problem != "" {
		result(w, "QueryResult", nil, problem)
		return
	}
	size, err := strconv.Atoi(query.Get("pagesize"))
	if err != nil || size < 1 {
		size = 20
	}
	size = min(size, 2000)
	start, err := strconv.Atoi(query.Get("start"))
	if err != nil || start < 1 {
		start = 1
	}
	var found []map[string]any
	for _, d := range f.defects {
		if filter == nil || filter.holds(d.fields) {
			found = append(found, f.shown(d))
		}
	}
	from := min(start-1, len(found))
	page := found[from:min(from+size, len(found))]
	if page == nil {
		page = []map[string]any{}
	}
	reply(w, map[string]any{"QueryResult": map[string]any{
		"Errors": []string{}, "Warnings": []string{}, "TotalResultCount": len(found),
		"StartIndex": start, "PageSize": size, "Results": page,
	}})
}

// scope says what is wrong with the references to workspace and project.
func (f *Fake) scope(workspace, project string) string {
	if workspace != "/workspace/"+f.workspace {
		return "Could not read: could not read workspace " + workspace
	}
	if project != "/project/"+f.project {
		return "Could not read: could not read project " + project
	}
	return ""
}

func (f *Fake) shown(d *defect) map[string]any {
	shown := map[string]any{
		"_ref": "https://rally1.rallydev.com/slm/webservice/v2.0/defect/" + strconv.Itoa(d.id), "_type": "Defect",
		"ObjectID": d.id, "FormattedID": "DE" + strconv.Itoa(d.id),
	}
	for name, value := range d.fields {
		shown[name] = value
	}
	return shown
}

// limit is how many characters an attribute takes, 0 where there is none.
func (f *Fake) limit(name string) int {
	switch name {
	case "Name":
		return maxName
	case "Description":
		return maxDescription
	case "State", "Resolution", "Severity", "Priority", "Project":
		return 256
	case f.field:
		return 256
	}
	if slices.Contains(f.Required, name) {
		return 256
	}
	return 0
}

// set gives attributes their values, or says what is wrong with one.
func (f *Fake) set(d *defect, fields map[string]string) string {
	for name, value := range fields {
		size := f.limit(name)
		switch {
		case size == 0:
			return fmt.Sprintf("Not authorized to perform action: Could not set value for attribute %q: no such attribute on Defect", name)
		case len([]rune(value)) > size:
			return fmt.Sprintf("Validation error: Defect.%s should be no longer than %d characters", name, size)
		case name == "Name" && strings.TrimSpace(value) == "":
			return "Validation error: Defect.Name should not be null"
		case name == "State" && !slices.Contains(f.states(), value):
			return fmt.Sprintf("Validation error: Defect.State has no allowed value %q", value)
		case name == "Resolution" && !slices.Contains(f.resolutions(), value):
			return fmt.Sprintf("Validation error: Defect.Resolution has no allowed value %q", value)
		}
		d.fields[name] = value
	}
	return ""
}

// read decodes the one object that was sent under its type's name.
func read(r *http.Request, kind string) (map[string]string, string) {
	var sent map[string]map[string]string
	data, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if err != nil || json.Unmarshal(data, &sent) != nil || sent[kind] == nil {
		return nil, "Could not parse the body: expected an object " + kind
	}
	return sent[kind], ""
}

func (f *Fake) create(w http.ResponseWriter, r *http.Request) {
	fields, problem := read(r, "Defect")
	if problem == "" {
		problem = f.scope(r.URL.Query().Get("workspace"), fields["Project"])
	}
	for _, name := range append([]string{"Name"}, f.Required...) {
		if problem == "" && fields[name] == "" {
			problem = "Validation error: Defect." + name + " should not be null"
		}
	}
	d := &defect{id: len(f.defects) + 1, fields: map[string]string{"State": "Submitted", "Resolution": "None"}}
	if problem == "" {
		problem = f.set(d, fields)
	}
	if problem != "" {
		result(w, "CreateResult", nil, problem)
		return
	}
	f.defects = append(f.defects, d)
	result(w, "CreateResult", f.shown(d), "")
}

func (f *Fake) update(w http.ResponseWriter, r *http.Request, id string) {
	fields, problem := read(r, "Defect")
	at := slices.IndexFunc(f.defects, func(d *defect) bool { return strconv.Itoa(d.id) == id })
	switch {
	case problem != "":
	case at < 0:
		problem = "Could not read: Could not read Defect " + id + " to update."
	case f.Conflicts > 0:
		f.Conflicts--
		problem = "Concurrency conflict: [Object has been modified since being read for update in this context]"
	default:
		changed := &defect{fields: map[string]string{}}
		if problem = f.set(changed, fields); problem == "" {
			problem = f.set(f.defects[at], fields)
		}
	}
	if problem != "" {
		result(w, "OperationResult", nil, problem)
		return
	}
	result(w, "OperationResult", f.shown(f.defects[at]), "")
}

func (f *Fake) post(w http.ResponseWriter, r *http.Request) {
	fields, problem := read(r, "ConversationPost")
	at := slices.IndexFunc(f.defects, func(d *defect) bool { return "/defect/"+strconv.Itoa(d.id) == fields["Artifact"] })
	if problem == "" && at < 0 {
		problem = "Could not read: Could not read the artifact of the post."
	}
	if problem == "" && len([]rune(fields["Text"])) > maxDescription {
		problem = fmt.Sprintf("Validation error: ConversationPost.Text should be no longer than %d characters", maxDescription)
	}
	if problem != "" {
		result(w, "CreateResult", nil, problem)
		return
	}
	f.defects[at].posts = append(f.defects[at].posts, fields["Text"])
	result(w, "CreateResult", map[string]any{"_type": "ConversationPost"}, "")
}

// result answers 200 whatever has happened.
func result(w http.ResponseWriter, name string, object map[string]any, problem string) {
	errors := []string{}
	if problem != "" {
		errors = append(errors, problem)
	}
	inner := map[string]any{"_rallyAPIMajor": "2", "_rallyAPIMinor": "0", "Errors": errors, "Warnings": []string{}}
	if object != nil {
		inner["Object"] = object
	}
	reply(w, map[string]any{name: inner})
}

func reply(w http.ResponseWriter, value any) {
	data, err := json.Marshal(value)
	if err != nil {
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	_, _ = w.Write(data) // who does not listen any more does not need it
}
