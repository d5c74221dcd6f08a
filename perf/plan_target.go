package perf

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/openapi"
)

func (r *planReader) targets() {
	for _, n := range r.root.Get("targets").Children() {
		t := Target{Name: n.Key(), URL: n.Get("url").Text(), GraphQL: n.Get("graphql").IsTrue(), Location: n.KeyLocation()}
		if problem := CheckTarget(t.URL); problem != "" {
			r.fault(n.Get("url"), "the URL of target %q %s", t.Name, problem)
		}
		for _, h := range n.Get("headers").Children() {
			if header, ok := r.header(h); ok {
				t.Headers = append(t.Headers, header)
			}
		}
		if d := n.Get("description"); d != nil && !slices.Contains(r.descriptionNames(), d.Text()) {
			r.fault(d, "target %q is of description %.120q, which is not among the descriptions%s", t.Name, d.Text(), meant(d.Text(), r.descriptionNames()))
		}
		r.plan.Targets = append(r.plan.Targets, t)
	}
	if len(r.plan.Targets) == 0 {
		r.fault(r.root.Get("targets"), "there is no target; name one, such as rest: {url: \"http://127.0.0.1:8080\"}")
	}
}

// CheckTarget says what is wrong with the URL of a target, "" where nothing is.
// It does not repeat the URL, which may hold what is secret.
func CheckTarget(rawURL string) string {
	u, err := url.Parse(rawURL)
	switch {
	case err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "":
		return "is none of a server, such as http://127.0.0.1:8080"
	case u.User != nil:
		return "holds a user; send credentials as a header, such as Authorization: \"Basic ${NAME}\""
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return "has a query or a fragment; it is where paths begin"
	}
	return ""
}

func (r *planReader) descriptionNames() []string {
	var names []string
	for _, n := range r.root.Get("descriptions").Children() {
		names = append(names, n.Text())
	}
	return names
}

var (
	headerName = regexp.MustCompile("^[A-Za-z0-9!#$%&'*+.^_`|~-]+$")
	variable   = regexp.MustCompile(`^([^$]*)\$\{([A-Za-z_][A-Za-z0-9_]*)\}$`)
	// credential is what names of headers have that carry secrets.
	credential = regexp.MustCompile(`(?i)^(cookie|(proxy-)?authorization)$|token|secret|password|api-?key|private-key|session-id`)
	// issued is what some of the tokens that services hand out begin with.
	issued = regexp.MustCompile(`(glpat|glptt|gldt|glrt|glsoat)-[A-Za-z0-9_-]{8}|gh[pousr]_[A-Za-z0-9]{16}|github_pat_|xox[abprs]-|sk_(live|test)_|AKIA[A-Z0-9]{12}|eyJ[A-Za-z0-9_-]{10,}\.`)
)

// header reads a header of a target. What is wrong with it is told without its
// value, which may be secret.
func (r *planReader) header(n *openapi.Node) (Header, bool) {
	h := Header{Name: n.Key(), Prefix: n.Text()}
	switch m := variable.FindStringSubmatch(h.Prefix); {
	case !headerName.MatchString(h.Name):
		r.wrong(n, "%.120q is no name of a header", h.Name)
		return h, false
	case strings.ContainsAny(h.Prefix, "\r\n\x00"):
		r.fault(n, "the value of header %s has a line break", h.Name)
		return h, false
	case m != nil:
		h.Prefix, h.Env = m[1], m[2]
	case strings.Contains(h.Prefix, "${"):
		r.fault(n, "the value of header %s has a variable that is not at its end; expected a form such as \"Bearer ${NAME}\"", h.Name)
		return h, false
	}
	if secret(h.Name, h.Prefix, h.Env != "") {
		r.fault(n, "the value of header %s looks like a secret, which does not belong in a file; put it in an environment variable and write \"${NAME}\"", h.Name)
		return h, false
	}
	return h, true
}

// secret reports whether a literal value looks like a secret: it is one that
// services hand out, or any at all beside a name for credentials, but for the
// word of a scheme before a variable.
func secret(name, value string, variable bool) bool {
	if issued.MatchString(value) {
		return true
	}
	return credential.MatchString(name) && !variable && value != ""
}

// target returns the target of an operation.
func (r *planReader) target(n *openapi.Node, name string, graphQL bool, description string) string {
	kind := "REST"
	if graphQL {
		kind = "GraphQL"
	}
	if t := n.Get("target"); t != nil {
		i := slices.IndexFunc(r.plan.Targets, func(x Target) bool { return x.Name == t.Text() })
		switch {
		case i < 0:
			var names []string
			for _, x := range r.plan.Targets {
				names = append(names, x.Name)
			}
			r.fault(t, "unknown target %.120q%s", t.Text(), meant(t.Text(), names))
		case r.plan.Targets[i].GraphQL != graphQL:
			r.fault(t, "target %q is none of %s, which %s is sent to", t.Text(), kind, name)
		}
		return t.Text()
	}
	var own, open []string
	for _, x := range r.root.Get("targets").Children() {
		switch d := x.Get("description").Text(); {
		case x.Get("graphql").IsTrue() != graphQL:
		case d == "":
			open = append(open, x.Key())
		case d == description:
			own = append(own, x.Key())
		}
	}
	if len(own) == 0 {
		own = open
	}
	at := r.root.Get("targets")
	switch {
	case len(own) == 1:
		return own[0]
	case len(own) == 0:
		r.once("no target "+kind, at, "there is no target of %s, and %s is sent to one", kind, name)
	default:
		r.once("targets "+kind+description, at, "targets %q and %q are both of %s; say with description: which is whose, or with target: which %s is sent to", own[0], own[1], kind, name)
	}
	return ""
}
