package usage

import (
	"bytes"
	"net/http"
	"net/url"
)

// call is one request as a line of a log tells it. Its parts are slices of the
// line and live as long as that.
type call struct {
	// method and target are those of the request line; target may be a path,
	// with its query or not, or a whole URL.
	method, target []byte
	// query is the query where a log has it apart from the target.
	query []byte
	// names are the names of parameters where a log lists them.
	names [][]byte
	// status is the status code, 0 where the log has none.
	status int
	// time is in seconds since 1970, 0 where the log has none.
	time int64
	// consumer is who called; secret says that nobody may see the name.
	consumer []byte
	secret   bool

	graph  graphCall
	header http.Header // recorded traffic only
}

// graphCall is what a log tells of a GraphQL operation.
type graphCall struct {
	// is says that the line is about GraphQL, whatever it tells.
	is                    bool
	text, name, variables []byte
	// persisted says that a hash or an ID stands for the text.
	persisted bool
	// used are coordinates of elements that the server itself says were used.
	used [][]byte
}

// counter counts calls into a tally.
type counter struct {
	*tally
	watch *watch
	// cached are what queries use, for each schema of the watch.
	cached []cache
	hits   []int // elements that the call at hand uses
	one    call  // the call at hand
	last   lastTime
}

func newCounter(w *watch, t *tally) *counter {
	c := &counter{tally: t, watch: w, cached: make([]cache, len(w.schemas))}
	return c
}

// count counts one call of a log.
func (k *counter) count(c *call, log *lineup) {
	log.requests++
	k.window.take(c.time)
	path, query := splitTarget(c.target)
	if len(c.query) > 0 {
		query = c.query
	}
	graph := c.graph.is || len(k.watch.schemas) > 0 && k.watch.endpoint(path)
	switch {
	case graph && len(k.watch.schemas) > 0:
		k.graphCall(c, query)
	case graph || !k.restCall(c, query):
		log.foreign++
	}
}

// restCall counts a request, and reports whether it is one of the API.
func (k *counter) restCall(c *call, query []byte) bool {
	for i := range k.watch.apis {
		a := &k.watch.apis[i]
		r := a.router.FindBytes(c.method, c.target)
		if r == nil {
			continue
		}
		k.call(&k.rest, c)
		if len(query) > 0 || len(c.names) > 0 {
			k.rest.queries++
		}
		k.route(&a.routes[r.Index], c, query)
		return true
	}
	return false
}

func (k *counter) route(r *routed, c *call, query []byte) {
	if r.operation >= 0 {
		k.hit(r.operation, c)
	}
	for i := range r.query {
		if hasParam(query, r.query[i].name) || listed(c.names, r.query[i].name) {
			k.hit(r.query[i].element, c)
		}
	}
	for i := range r.header {
		if c.header != nil && len(c.header.Values(r.header[i].name)) > 0 {
			k.hit(r.header[i].element, c)
		}
	}
}

func (k *counter) hit(element int, c *call) { k.use(element, c, k.watch.elements[element].sunset) }

// splitTarget returns the path and the query of a target, without the host
// and the fragment that it may have.
func splitTarget(target []byte) (path, query []byte) {
	path = target
	if i := bytes.IndexByte(target, '?'); i >= 0 {
		path, query = target[:i], target[i+1:]
	}
	if len(path) > 0 && path[0] != '/' {
		if i := bytes.Index(path, []byte("://")); i >= 0 {
			path = path[i+3:]
			if i = bytes.IndexByte(path, '/'); i < 0 {
				return nil, query
			}
			path = path[i:]
		}
	}
	return path, query
}

// hasParam reports whether a query has a parameter of the name. What stands in
// brackets behind a name belongs to its value: ids[], filter[state].
func hasParam(query []byte, name string) bool {
	for len(query) > 0 {
		var one []byte
		one, query = cut(query, '&')
		key, _ := cut(one, '=')
		if len(key) < len(name) {
			continue
		}
		if matchName(key, name) {
			return true
		}
		if bytes.IndexByte(key, '%') < 0 && bytes.IndexByte(key, '+') < 0 {
			continue
		}
		if decoded, err := url.QueryUnescape(string(key)); err == nil && matchName([]byte(decoded), name) {
			return true
		}
	}
	return false
}

func listed(names [][]byte, name string) bool {
	for _, n := range names {
		if matchName(n, name) {
			return true
		}
	}
	return false
}

func matchName(key []byte, name string) bool {
	if len(key) < len(name) || string(key[:len(name)]) != name {
		return false
	}
	return len(key) == len(name) || key[len(name)] == '['
}

// cut returns what stands before and behind the first separator.
func cut(b []byte, sep byte) (before, after []byte) {
	if i := bytes.IndexByte(b, sep); i >= 0 {
		return b[:i], b[i+1:]
	}
	return b, nil
}
