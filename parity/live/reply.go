package live

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// reply is what a server said.
type reply struct {
	side    Side
	status  int
	header  http.Header
	value   any    // of REST the body, of GraphQL the data
	decline string // why it is no answer; "" where it is one
	errors  []refusal
}

// refusal is an error of GraphQL: for a part of the answer where it has a
// path.
type refusal struct {
	path string // joined by slashes; "" where it has none
	text string
}

// missing reports whether REST says that there is no such thing.
func (r *reply) missing() bool {
	return r.side == RESTSide && (r.status == http.StatusNotFound || r.status == http.StatusGone)
}

// read takes in the body of an answer.
func (r *reply) read(text []byte, degraded []string) {
	value, err := decode(text)
	ok := r.status >= 200 && r.status < 300
	switch {
	case r.side == GraphQLSide && err == nil:
		r.readGraphQL(value, ok)
	case !ok:
		r.decline = r.statusText()
	case r.status == http.StatusNoContent || err != nil && len(bytes.TrimSpace(text)) == 0:
		r.decline = r.statusText() + " without a body"
	case err != nil:
		r.decline = "the answer is no JSON"
	default:
		r.value = value
	}
	if r.decline != "" {
		return
	}
	if name := r.stopgap(degraded); name != "" {
		r.decline = fmt.Sprintf("the answer is degraded: it has the header %s", name)
	}
}

func (r *reply) statusText() string {
	return strings.TrimSpace(fmt.Sprintf("%d %s", r.status, http.StatusText(r.status)))
}

func (r *reply) readGraphQL(value any, ok bool) {
	body, isObject := value.(map[string]any)
	if !isObject || body["data"] == nil && body["errors"] == nil {
		if r.decline = "the answer is none of GraphQL"; !ok {
			r.decline = r.statusText()
		}
		return
	}
	list, _ := body["errors"].([]any)
	for _, e := range list {
		r.errors = append(r.errors, readError(e))
	}
	if body["data"] != nil && ok {
		r.value = body["data"]
		return
	}
	r.decline = "the query is declined"
	if !ok {
		r.decline = r.statusText()
	}
	if len(r.errors) > 0 {
		r.decline += ": " + r.errors[0].text
	}
}

// readError reads an error of GraphQL. What it says is shown by its code: the
// message of an error for a path may hold values. One without a path is about
// the query, which holds none.
func readError(v any) refusal {
	e, _ := v.(map[string]any)
	var out refusal
	path, _ := e["path"].([]any)
	var parts []string
	for _, p := range path {
		parts = append(parts, scalarText(p))
	}
	out.path = strings.Join(parts, "/")
	extensions, _ := e["extensions"].(map[string]any)
	for _, code := range [...]any{extensions["code"], extensions["type"], extensions["classification"], e["type"]} {
		if text, ok := code.(string); ok && text != "" && len(text) <= 64 {
			out.text = text
			return out
		}
	}
	if message, ok := e["message"].(string); ok && out.path == "" {
		out.text = clip(strings.Join(strings.Fields(message), " "))
		return out
	}
	out.text = "an error without a code"
	return out
}

// hide takes the values that were asked with out of what the server says.
func (r *reply) hide(variables map[string]any) {
	for _, name := range sortedKeys(variables) {
		text := scalarText(variables[name])
		if len(text) < 2 {
			continue
		}
		r.decline = strings.ReplaceAll(r.decline, text, "…")
		for i := range r.errors {
			r.errors[i].text = strings.ReplaceAll(r.errors[i].text, text, "…")
		}
	}
}

// stopgap returns the header that marks the answer as one that does not count.
func (r *reply) stopgap(degraded []string) string {
	for _, name := range append([]string{"X-Degraded"}, degraded...) {
		if v := strings.ToLower(r.header.Get(name)); v != "" && v != "false" && v != "0" {
			return http.CanonicalHeaderKey(name)
		}
	}
	for _, w := range r.header.Values("Warning") {
		if code, _, _ := strings.Cut(strings.TrimSpace(w), " "); slices.Contains([]string{"110", "111", "112", "113"}, code) {
			return "Warning"
		}
	}
	return ""
}

// deprecated reports whether the answer says that the operation goes away.
func (r *reply) deprecated() bool {
	return r.header.Get("Deprecation") != "" || r.header.Get("Sunset") != ""
}

// total is how many objects there are in all, as headers say; nil where they
// do not.
func (r *reply) total() any {
	for _, name := range [...]string{"X-Total-Count", "X-Total", "Total-Count"} {
		if n, err := strconv.ParseUint(r.header.Get(name), 10, 63); err == nil {
			return json.Number(strconv.FormatUint(n, 10))
		}
	}
	return nil
}

// more reports whether a further page follows, as headers say.
func (r *reply) more() bool {
	for _, link := range r.header.Values("Link") {
		if strings.Contains(link, `rel="next"`) || strings.Contains(link, "rel=next") {
			return true
		}
	}
	return r.header.Get("X-Next-Page") != ""
}

// refused returns why a part of the answer is missing, "" where it is not: an
// error is for it or for something around it, or it is null because of an
// error inside it. Errors that do not say where they happened may be any
// null's.
func (r *reply) refused(path string, null bool) string {
	for _, e := range r.errors {
		switch {
		case e.path == "" && null, e.path == path && path != "", e.path != "" && strings.HasPrefix(path, e.path+"/"):
			return e.text
		case null && strings.HasPrefix(e.path, path+"/"):
			return e.text
		}
	}
	return ""
}

// decode reads one JSON value and keeps numbers as they are written.
func decode(text []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, err
	}
	if d.More() {
		return nil, fmt.Errorf("more than one value")
	}
	return v, nil
}
