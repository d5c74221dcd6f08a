package demo

import (
	"crypto/subtle"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const (
	// planning is how long milestones are worked out, one request after the
	// other: well within its budget for one caller, and not for many.
	planning = 300 * time.Millisecond
	// working says that one of so many requests for statistics does not fail.
	working = 3
	// maxBody bounds what a request may send.
	maxBody = 1 << 20
)

// rest serves what api/openapi.yaml describes.
func (p *Product) rest() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /projects", func(w http.ResponseWriter, r *http.Request) {
		page(w, r, where(p.store, &p.store.projects, func(project) bool { return true }), projectJSON)
	})
	p.ofProject(mux, "GET /projects/{id}", func(w http.ResponseWriter, _ *http.Request, x project) { answer(w, http.StatusOK, projectJSON(x)) })
	p.ofProject(mux, "GET /projects/{id}/milestones", p.plan)
	p.ofProject(mux, "GET /projects/{id}/statistics", p.statistics)
	p.ofProject(mux, "GET /projects/{id}/board", func(w http.ResponseWriter, _ *http.Request, x project) {
		answer(w, http.StatusOK, map[string]any{"issues": each(p.store.issuesOf(x.ID, "open"), issueJSON)})
	})
	p.ofProject(mux, "GET /projects/{id}/issues", func(w http.ResponseWriter, r *http.Request, x project) {
		page(w, r, p.store.issuesOf(x.ID, r.URL.Query().Get("state")), issueJSON)
	})
	p.ofProject(mux, "POST /projects/{id}/issues", p.writes(p.openIssue))
	p.ofIssue(mux, "GET /issues/{id}", func(w http.ResponseWriter, _ *http.Request, i issue) { answer(w, http.StatusOK, issueJSON(i)) })
	p.ofIssue(mux, "GET /issues/{id}/comments", func(w http.ResponseWriter, r *http.Request, i issue) {
		page(w, r, p.store.commentsOf(i.ID), commentJSON)
	})
	mux.HandleFunc("POST /issues/{id}/close", p.allowed(p.closeIssue))
	mux.HandleFunc("POST /issues/{id}/comments", p.allowed(p.writeComment))
	mux.HandleFunc("GET /users/{id}", func(w http.ResponseWriter, r *http.Request) {
		if u, ok := p.store.user(r.PathValue("id")); ok {
			answer(w, http.StatusOK, userJSON(u))
			return
		}
		notFound(w)
	})
	mux.HandleFunc("GET /feed", func(w http.ResponseWriter, _ *http.Request) {
		all := where(p.store, &p.store.issues, func(issue) bool { return true })
		answer(w, http.StatusOK, issueJSON(all[len(all)-1]))
	})
	return mux
}

// plan answers with milestones. The flaw: it works for one at a time.
func (p *Product) plan(w http.ResponseWriter, r *http.Request, x project) {
	select {
	case p.planner <- struct{}{}:
	case <-r.Context().Done():
		return
	}
	defer func() { <-p.planner }()
	work := time.NewTimer(planning)
	defer work.Stop()
	select {
	case <-work.C:
	case <-r.Context().Done():
		return
	}
	page(w, r, p.store.milestonesOf(x.ID), milestoneJSON)
}

// statistics counts issues. The flaw: mostly it fails.
func (p *Product) statistics(w http.ResponseWriter, _ *http.Request, x project) {
	if p.asked.next()%working != 0 {
		problem(w, http.StatusInternalServerError, "The counts are being rebuilt.")
		return
	}
	answer(w, http.StatusOK, map[string]any{"open": len(p.store.issuesOf(x.ID, "open")), "closed": len(p.store.issuesOf(x.ID, "closed"))})
}

func (p *Product) openIssue(w http.ResponseWriter, r *http.Request, x project) {
	var in struct{ Title, Priority string }
	if !read(w, r, &in) {
		return
	}
	i, refused := p.open(r.Context(), x.ID, in.Title, in.Priority)
	if refused != "" {
		problem(w, http.StatusUnprocessableEntity, refused)
		return
	}
	answer(w, http.StatusCreated, issueJSON(i))
}

func (p *Product) closeIssue(w http.ResponseWriter, r *http.Request) {
	i, ok := p.finish(r.Context(), r.PathValue("id"))
	if !ok {
		notFound(w)
		return
	}
	answer(w, http.StatusOK, issueJSON(i))
}

func (p *Product) writeComment(w http.ResponseWriter, r *http.Request) {
	var in struct{ Body string }
	if !read(w, r, &in) {
		return
	}
	if in.Body == "" {
		problem(w, http.StatusUnprocessableEntity, "A comment needs a body.")
		return
	}
	c, ok := p.remark(r.Context(), r.PathValue("id"), in.Body)
	if !ok {
		notFound(w)
		return
	}
	answer(w, http.StatusCreated, commentJSON(c))
}

// ofProject serves a path of one project.
func (p *Product) ofProject(mux *http.ServeMux, pattern string, serve func(http.ResponseWriter, *http.Request, project)) {
	mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		if x, ok := p.store.project(r.PathValue("id")); ok {
			serve(w, r, x)
			return
		}
		notFound(w)
	})
}

// ofIssue serves a path of one issue.
func (p *Product) ofIssue(mux *http.ServeMux, pattern string, serve func(http.ResponseWriter, *http.Request, issue)) {
	mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		if i, ok := p.store.issue(r.PathValue("id")); ok {
			serve(w, r, i)
			return
		}
		notFound(w)
	})
}

// allowed lets those through who have the token.
func (p *Product) allowed(serve http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if !p.mayWrite(r) {
			problem(w, http.StatusUnauthorized, "The token is missing or unknown.")
			return
		}
		serve(w, r)
	}
}

// mayWrite says whether a request has the token.
func (p *Product) mayWrite(r *http.Request) bool {
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	return ok && subtle.ConstantTimeCompare([]byte(token), []byte(p.token)) == 1
}

func (p *Product) writes(serve func(http.ResponseWriter, *http.Request, project)) func(http.ResponseWriter, *http.Request, project) {
	return func(w http.ResponseWriter, r *http.Request, x project) {
		p.allowed(func(w http.ResponseWriter, r *http.Request) { serve(w, r, x) })(w, r)
	}
}

// read takes a request's body; where it cannot, it has answered.
func read(w http.ResponseWriter, r *http.Request, in any) bool {
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody)).Decode(in); err != nil {
		problem(w, http.StatusUnprocessableEntity, "The body is not the JSON that is asked for.")
		return false
	}
	return true
}

// page answers with one page of a list.
func page[T any](w http.ResponseWriter, r *http.Request, list []T, of func(T) map[string]any) {
	number := func(name string, otherwise, most int) int {
		n, err := strconv.Atoi(r.URL.Query().Get(name))
		if err != nil || n < 1 {
			return otherwise
		}
		return min(n, most)
	}
	size := number("per_page", 20, 100)
	from := min((number("page", 1, 1<<20)-1)*size, len(list))
	answer(w, http.StatusOK, each(list[from:min(from+size, len(list))], of))
}

func each[T any](list []T, of func(T) map[string]any) []map[string]any {
	out := make([]map[string]any, 0, len(list))
	for _, x := range list {
		out = append(out, of(x))
	}
	return out
}

func answer(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(value) // whoever asked has gone
}

func notFound(w http.ResponseWriter) { problem(w, http.StatusNotFound, "There is no such thing.") }

func problem(w http.ResponseWriter, status int, detail string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{"title": http.StatusText(status), "status": status, "detail": detail})
}
