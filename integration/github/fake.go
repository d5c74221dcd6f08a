package github

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/plumbapi/plumb/integration"
)

// fake is GitHub's API for one repository.
type fake struct {
	inputs integration.Inputs
	mux    *http.ServeMux

	mu   sync.Mutex
	runs []*fakeRun
}

type fakeRun struct {
	entry
	sha, conclusion, title string
}

func newFake(inputs integration.Inputs) *fake {
	f := &fake{inputs: inputs, mux: http.NewServeMux()}
	f.mux.HandleFunc("GET /commits/{sha}/check-runs", f.list)
	f.mux.HandleFunc("POST /check-runs", f.create)
	f.mux.HandleFunc("PATCH /check-runs/{id}", f.update)
	return f
}

// ServeHTTP implements http.Handler.
func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	rest, ok := strings.CutPrefix(r.URL.Path, "/repos/"+f.inputs["repository"])
	switch {
	case r.Header.Get("User-Agent") == "":
		refuse(w, http.StatusForbidden, "Request forbidden by administrative rules. Please make sure your request has a User-Agent header")
	case token == "" || token != f.inputs["token"] && token != f.inputs["token_next"]:
		refuse(w, http.StatusUnauthorized, "Bad credentials")
	case r.Header.Get("X-Github-Api-Version") != APIVersion:
		refuse(w, http.StatusBadRequest, "The API version is not supported")
	case ok && rest == "" && r.Method == http.MethodGet:
		reply(w, http.StatusOK, map[string]any{"id": 1, "html_url": "https://github.example/" + f.inputs["repository"]})
	case !ok:
		refuse(w, http.StatusNotFound, "Not Found")
	default:
		inner := r.Clone(r.Context())
		inner.URL.Path, inner.URL.RawPath = rest, ""
		f.mux.ServeHTTP(w, inner)
	}
}

func refuse(w http.ResponseWriter, code int, text string) {
	reply(w, code, map[string]any{"message": text, "documentation_url": "https://docs.github.com/rest"})
}

func reply(w http.ResponseWriter, code int, value any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(value) // who does not listen any more has gone
}

func (f *fake) list(w http.ResponseWriter, r *http.Request) {
	runs := []*fakeRun{}
	for _, run := range slices.Backward(f.runs) { // the newest first
		if run.sha == r.PathValue("sha") && run.Name == r.URL.Query().Get("check_name") {
			runs = append(runs, run)
		}
	}
	page, _ := strconv.Atoi(r.URL.Query().Get("page"))
	from := min(max(page-1, 0)*100, len(runs))
	reply(w, http.StatusOK, map[string]any{"total_count": len(runs), "check_runs": runs[from:min(from+100, len(runs))]})
}

func (f *fake) create(w http.ResponseWriter, r *http.Request) {
	in, ok := read(w, r)
	switch {
	case !ok:
		return
	case in.Name == "" || !sha.MatchString(in.HeadSHA):
		refuse(w, http.StatusUnprocessableEntity, `Invalid request. "name" and "head_sha" weren't supplied.`)
		return
	}
	run := &fakeRun{entry: entry{ID: int64(1 + len(f.runs)), Name: in.Name}, sha: in.HeadSHA}
	run.HTMLURL = fmt.Sprintf("https://github.example/%s/runs/%d", f.inputs["repository"], run.ID)
	f.runs = append(f.runs, run)
	run.take(in)
	reply(w, http.StatusCreated, run)
}

func (f *fake) update(w http.ResponseWriter, r *http.Request) {
	in, ok := read(w, r)
	if !ok {
		return
	}
	for _, run := range f.runs {
		if strconv.FormatInt(run.ID, 10) == r.PathValue("id") {
			run.take(in)
			reply(w, http.StatusOK, run)
			return
		}
	}
	refuse(w, http.StatusNotFound, "Not Found")
}

// take changes a run; annotations come to those that are there.
func (run *fakeRun) take(in checkRun) {
	if in.ExternalID != "" {
		run.ExternalID = in.ExternalID
	}
	if in.Status != "" {
		run.Status = in.Status
	}
	if in.Conclusion != "" {
		run.Status, run.conclusion = "completed", in.Conclusion
	}
	if in.Output != nil {
		run.title = in.Output.Title
		run.Output.AnnotationsCount += len(in.Output.Annotations)
	}
}

// read reads a check run and refuses what the real API refuses.
func read(w http.ResponseWriter, r *http.Request) (checkRun, bool) {
	var in checkRun
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		refuse(w, http.StatusBadRequest, "Problems parsing JSON")
		return in, false
	}
	if problem := in.problem(); problem != "" {
		refuse(w, http.StatusUnprocessableEntity, "Invalid request. "+problem)
		return in, false
	}
	return in, true
}

func (in *checkRun) problem() string {
	switch {
	case in.Status != "" && !slices.Contains([]string{"queued", "in_progress", "completed"}, in.Status):
		return "status is not a member of the list"
	case in.Status == "completed" && in.Conclusion == "":
		return "conclusion is missing"
	case in.DetailsURL != "" && detailsURL(in.DetailsURL) == "":
		return "details_url must use http or https"
	case in.Output == nil:
		return ""
	case in.Output.Title == "" || in.Output.Summary == "":
		return "output needs title and summary"
	case utf8.RuneCountInString(in.Output.Summary) > limit("summary"):
		return "Only 65535 characters are allowed; summary is longer"
	case len(in.Output.Annotations) > limit("annotations"):
		return "annotations exceeds a maximum quantity of 50"
	}
	for _, a := range in.Output.Annotations {
		switch {
		case a.Path == "" || a.Message == "" || a.StartLine < 1 || a.EndLine < a.StartLine:
			return "an annotation needs path, message, start_line and end_line"
		case !slices.Contains([]string{"notice", "warning", "failure"}, a.Level):
			return "annotation_level is not a member of the list"
		case (a.StartColumn > 0 || a.EndColumn > 0) && (a.StartLine != a.EndLine || a.EndColumn < a.StartColumn):
			return "columns are for annotations of one line"
		case len(a.Message) > limit("annotation_message"):
			return "message exceeds 64 KB"
		case utf8.RuneCountInString(a.Title) > limit("annotation_title"):
			return "title exceeds 255 characters"
		}
	}
	return ""
}

// Objects implements integration.Fake.
func (f *fake) Objects() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	var all []string
	for _, run := range f.runs {
		all = append(all, fmt.Sprintf("check run %d %s %s on %s: %s, annotations %d", run.ID, run.Name, run.Status+" "+run.conclusion, run.sha, run.title, run.Output.AnnotationsCount))
	}
	return all
}
