package jenkins

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"

	"github.com/plumbapi/plumb/integration"
)

// Fake implements [integration.Tool]: a Jenkins with one job that defines every
// parameter. A parameter that is not defined is dropped without a word, a form
// that is too large refused, and a build leaves the queue when it has been asked
// for once. Of edition 2.0 it takes nothing without a crumb of the session.
func (Tool) Fake(inputs integration.Inputs) integration.Fake {
	return &fake{inputs: inputs, defined: Parameters()}
}

type fake struct {
	inputs  integration.Inputs
	defined []string

	mu     sync.Mutex
	builds []*build
}

// build is one that was started.
type build struct {
	parameters map[string]string
	asked      int // how often its item in the queue was read
}

// Objects implements [integration.Fake].
func (f *fake) Objects() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	list := make([]string, len(f.builds))
	for i, b := range f.builds {
		list[i] = fmt.Sprintf("build %d of %s: %s", i+1, b.parameters[runID], b.parameters[summary])
	}
	return list
}

const (
	session  = "JSESSIONID.1f2e3d"
	crumb    = "0f3d2c1b4a59687766554433221100ff"
	crumbFor = "Jenkins-Crumb"
)

// ServeHTTP implements http.Handler.
func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 4<<20))
	if err != nil {
		http.Error(w, "the body is not complete", http.StatusBadRequest)
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	base, err := url.Parse(f.inputs["url"])
	path, below := strings.CutPrefix(r.URL.Path, basePath(base))
	user, token, _ := r.BasicAuth()
	switch {
	case err != nil || !below:
		http.Error(w, "Not Found", http.StatusNotFound)
	case user != f.inputs["user"] || token == "" || token != f.inputs["token"] && token != f.inputs["token_next"]:
		html(w, http.StatusUnauthorized, "Invalid password/token for user: "+user)
	case path == "/crumbIssuer/api/json":
		http.SetCookie(w, &http.Cookie{Name: session, Value: "node01abc", Path: "/", HttpOnly: true})
		say(w, map[string]string{"crumb": crumb, "crumbRequestField": crumbFor})
	case path == "/queue/api/json":
		say(w, map[string]any{"items": f.queue()})
	case strings.HasPrefix(path, "/queue/item/"):
		f.item(w, strings.TrimSuffix(strings.TrimPrefix(path, "/queue/item/"), "/api/json"))
	case path == f.job()+"/api/json":
		f.about(w)
	case path == f.job()+"/buildWithParameters":
		f.start(w, r, body)
	default:
		html(w, http.StatusNotFound, "Not Found")
	}
}

func basePath(u *url.URL) string {
	if u == nil {
		return ""
	}
	return u.Path
}

// job is the path of the job.
func (f *fake) job() string {
	return "/job/" + strings.ReplaceAll(strings.Trim(f.inputs["job"], "/"), "/", "/job/")
}

func html(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/html;charset=utf-8")
	w.WriteHeader(status)
	_, _ = fmt.Fprintf(w, "<html><head><title>Error %d %s</title></head></html>", status, text) // the caller may be away
}

func say(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json;charset=utf-8")
	_ = json.NewEncoder(w).Encode(v) // the caller may be away
}

func (b *build) actions() []any {
	var parameters []map[string]string
	for _, name := range Parameters() {
		if value, ok := b.parameters[name]; ok && name != junit && name != sarif {
			parameters = append(parameters, map[string]string{"name": name, "value": value})
		}
	}
	return []any{map[string]any{"_class": "hudson.model.ParametersAction", "parameters": parameters}, map[string]any{}, nil}
}

// queue are the items that wait.
func (f *fake) queue() []any {
	items := []any{}
	for i, b := range f.builds {
		if b.asked < 2 {
			items = append(items, map[string]any{"id": i + 1, "actions": b.actions()})
		}
	}
	return items
}

func (f *fake) item(w http.ResponseWriter, id string) {
	n, err := strconv.Atoi(id)
	if err != nil || n < 1 || n > len(f.builds) {
		html(w, http.StatusNotFound, "Not Found")
		return
	}
	b := f.builds[n-1]
	b.asked++
	if b.asked < 2 {
		say(w, map[string]any{"id": n, "cancelled": nil, "why": "In the quiet period. Expires in 4.9 sec"})
		return
	}
	say(w, map[string]any{"id": n, "cancelled": false, "why": nil, "executable": map[string]any{"number": n, "url": f.buildURL(n)}})
}

func (f *fake) buildURL(n int) string { return fmt.Sprintf("%s%s/%d/", f.inputs["url"], f.job(), n) }

func (f *fake) about(w http.ResponseWriter) {
	var definitions []map[string]string
	for _, name := range f.defined {
		definitions = append(definitions, map[string]string{"name": name})
	}
	builds := []any{}
	for i := len(f.builds) - 1; i >= 0; i-- {
		if f.builds[i].asked >= 2 {
			builds = append(builds, map[string]any{"number": i + 1, "url": f.buildURL(i + 1), "actions": f.builds[i].actions()})
		}
	}
	say(w, map[string]any{"buildable": true, "property": []any{map[string]any{}, map[string]any{"parameterDefinitions": definitions}}, "builds": builds})
}

func (f *fake) start(w http.ResponseWriter, r *http.Request, body []byte) {
	cookie, err := r.Cookie(session)
	switch {
	case r.Method != http.MethodPost:
		html(w, http.StatusMethodNotAllowed, "Form has to be submitted with POST")
		return
	case needsCrumb(f.inputs) && (err != nil || cookie.Value == "" || r.Header.Get(crumbFor) != crumb):
		html(w, http.StatusForbidden, "No valid crumb was included in the request")
		return
	case len(body) > maxForm:
		html(w, http.StatusBadRequest, fmt.Sprintf("Form is larger than max length %d", maxForm))
		return
	case len(f.defined) == 0:
		html(w, http.StatusBadRequest, "the job is not parameterized")
		return
	}
	form, err := url.ParseQuery(string(body))
	if err != nil || r.Header.Get("Content-Type") != "application/x-www-form-urlencoded" {
		html(w, http.StatusBadRequest, "the form cannot be read")
		return
	}
	b := &build{parameters: map[string]string{}}
	for _, name := range f.defined {
		if form.Has(name) {
			b.parameters[name] = form.Get(name)
		}
	}
	f.builds = append(f.builds, b)
	w.Header().Set("Location", fmt.Sprintf("%s/queue/item/%d/", f.inputs["url"], len(f.builds)))
	w.WriteHeader(http.StatusCreated)
}
