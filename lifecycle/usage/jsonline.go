package usage

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// fields says which members of an object of JSON tell what of a call.
type fields struct {
	// byName has the roles of a name, by depth: those of members of the
	// outermost object first.
	root *fieldNode
}

// fieldNode are the members of an object that matter.
type fieldNode struct {
	roles   []fieldRole
	members map[string]*fieldNode
}

// fieldRole is a role that a field has, and how early the field is tried for
// it.
type fieldRole struct {
	kind   fieldKind
	rank   int
	secret bool
}

// fieldKind is what a field of JSON is used for.
type fieldKind uint8

const (
	consumerKind fieldKind = iota
	timeKind
	methodKind
	pathKind
	queryKind
	requestKind
	statusKind
	textKind
	operationKind
	variablesKind
	persistedKind
	usedKind
	paramsKind
	kinds
)

// usualFields are the names that logs have for what matters, the best first.
var usualFields = [kinds][]string{
	consumerKind: {
		"consumer", "consumer_id", "consumer.id", "consumer.username", "client_id", "meta.client_id", "application_id", "app_id",
		"token_id", "user_id", "username", "meta.user", "user", "user.id", "user.name", "remote_user", "remote_ip", "meta.remote_ip",
		"remote_addr", "client_ip", "clientip", "client.ip", "request.client_ip", "ip", "httpRequest.remoteIp",
	},
	timeKind: {
		"time", "timestamp", "@timestamp", "ts", "time_iso8601", "time_local", "datetime", "date", "started_at", "start_time", "msec",
	},
	methodKind: {
		"method", "request_method", "http_method", "verb", "request.method", "http.request.method", "http.method", "httpRequest.requestMethod",
	},
	pathKind: {
		"request_uri", "path", "uri", "url", "request_path", "target", "request.uri", "request.url", "request.path", "url.original", "url.path", "http.target",
		"http.url", "httpRequest.requestUrl",
	},
	queryKind:     {"query_params", "args", "url.query", "request.query"},
	requestKind:   {"request", "request_line"},
	statusKind:    {"status", "status_code", "response_status", "response.status", "response.status_code", "http.response.status_code", "http.status_code", "code", "httpRequest.status"},
	textKind:      {"query_string", "query", "graphql.document", "graphql.query", "body.query", "request.body.query"},
	operationKind: {"operation_name", "operationName", "graphql.operation.name", "body.operationName", "request.body.operationName"},
	variablesKind: {"variables", "graphql.variables", "body.variables", "request.body.variables"},
	persistedKind: {"extensions.persistedQuery", "body.extensions.persistedQuery", "documentId", "query_hash", "persisted_query_hash"},
	usedKind:      {"used_deprecated_fields", "used_deprecated_arguments", "used_deprecated_enum_values", "used_fields"},
	paramsKind:    {"params"},
}

var roleKinds = map[Role]fieldKind{
	ConsumerField: consumerKind, TimeField: timeKind, MethodField: methodKind, PathField: pathKind, QueryField: queryKind,
	RequestField: requestKind, StatusField: statusKind, TextField: textKind, OperationField: operationKind, VariablesField: variablesKind,
}

func newFields(o *Options) *fields {
	f := &fields{root: &fieldNode{}}
	given := [kinds][]string{}
	for role, list := range o.Fields {
		given[roleKinds[role]] = list
	}
	for kind := range kinds {
		usual := usualFields[kind]
		if kind == consumerKind && len(given[kind]) > 0 {
			usual = nil // who counts is not for us to guess
		}
		for rank, name := range append(given[kind][:len(given[kind]):len(given[kind])], usual...) {
			f.add(name, fieldRole{kind, rank, kind == consumerKind && isSecret(name)})
		}
	}
	return f
}

// add adds a field. A name with dots is one of a member of an object, or one
// that really has dots.
func (f *fields) add(name string, role fieldRole) {
	f.root.member(name).roles = append(f.root.member(name).roles, role)
	if !strings.Contains(name, ".") {
		return
	}
	n := f.root
	for step := range strings.SplitSeq(name, ".") {
		n = n.member(step)
	}
	n.roles = append(n.roles, role)
}

func (n *fieldNode) member(name string) *fieldNode {
	if n.members == nil {
		n.members = map[string]*fieldNode{}
	}
	if n.members[name] == nil {
		n.members[name] = &fieldNode{}
	}
	return n.members[name]
}

// line reads a line.
func (f *fields) line(line []byte, c *call, last *lastTime) bool {
	p := lineParser{s: scanner{text: line}, call: c, last: last}
	for i := range p.ranks {
		p.ranks[i] = -1
	}
	if p.s.space(); !p.object(f.root, 0) {
		return false
	}
	if p.s.space(); p.s.at < len(line) {
		return false
	}
	return p.settle()
}

// lineParser reads the object of one line.
type lineParser struct {
	s     scanner
	call  *call
	last  *lastTime
	ranks [kinds]int // of the field that was taken, -1 for none
	found [kinds][]byte
}

// object reads an object, of which some members matter.
func (p *lineParser) object(n *fieldNode, depth int) bool {
	return p.s.object(func(key []byte) bool {
		var m *fieldNode
		if n != nil {
			m = n.members[string(key)]
		}
		if m == nil {
			return p.s.skip()
		}
		start := p.s.at
		ok := false
		if p.s.peek() == '{' && m.members != nil && depth < 4 {
			ok = p.object(m, depth+1)
		} else {
			ok = p.s.skip()
		}
		if ok {
			p.take(m, p.s.text[start:p.s.at])
		}
		return ok
	})
}

// take takes a value for the roles that its field has.
func (p *lineParser) take(m *fieldNode, raw []byte) {
	for _, role := range m.roles {
		if role.kind == usedKind {
			p.call.graph.is = true
			p.call.graph.used = appendStrings(p.call.graph.used, raw)
			continue
		}
		if p.ranks[role.kind] >= 0 && p.ranks[role.kind] <= role.rank || !fits(role.kind, raw) {
			continue
		}
		p.ranks[role.kind], p.found[role.kind] = role.rank, raw
		if role.kind == consumerKind {
			p.call.secret = role.secret
		}
	}
}

// fits reports whether a value can be what a field is for.
func fits(kind fieldKind, raw []byte) bool {
	switch raw[0] {
	case 'n':
		return false
	case '{', '[':
		return kind == variablesKind || kind == paramsKind || kind == persistedKind
	case '"':
		return len(raw) > 2 && kind != paramsKind
	case 't', 'f':
		return false
	}
	return kind == consumerKind || kind == timeKind || kind == statusKind
}

// settle makes the call of what was found, and reports whether it is one.
func (p *lineParser) settle() bool {
	c := p.call
	text := func(kind fieldKind) []byte { return unquote(p.found[kind]) }
	c.consumer = text(consumerKind)
	if raw := p.found[timeKind]; raw != nil {
		if c.time = p.last.of(unquote(raw)); c.time == 0 {
			return false
		}
	}
	if raw := p.found[statusKind]; raw != nil {
		c.status = statusOf(unquote(raw))
	}
	c.graph.text, c.graph.name, c.graph.variables = text(textKind), text(operationKind), text(variablesKind)
	c.graph.persisted = p.found[persistedKind] != nil
	c.query = text(queryKind)
	if line := text(requestKind); line != nil {
		c.setRequest(line)
	}
	if m := text(methodKind); m != nil {
		c.method = m
	}
	if target := text(pathKind); target != nil {
		c.target = target
	}
	// "query" is the text of a GraphQL operation or the query of a URL.
	if t := c.graph.text; t != nil && c.target != nil && bytes.IndexByte(t, '{') < 0 {
		c.query, c.graph.text = bytes.TrimPrefix(t, []byte("?")), nil
	}
	if readsQuery(c.method) {
		c.names = paramNames(p.found[paramsKind])
	}
	c.graph.is = c.graph.is || c.graph.text != nil || c.graph.persisted
	return c.graph.is || c.target != nil
}

// readsQuery reports whether the parameters of a request are those of its
// query: it has no body.
func readsQuery(method []byte) bool {
	switch string(method) {
	case http.MethodGet, http.MethodHead, http.MethodDelete:
		return true
	}
	return false
}

// paramNames returns the names of parameters in the form that GitLab logs,
// [{"key":"page","value":"1"}], or in an object.
func paramNames(raw []byte) [][]byte {
	if len(raw) == 0 {
		return nil
	}
	var names [][]byte
	s := scanner{text: raw}
	if raw[0] == '{' {
		s.object(func(key []byte) bool {
			names = append(names, key)
			return s.skip()
		})
		return names
	}
	s.array(func() bool {
		if s.peek() != '{' {
			return s.skip()
		}
		return s.object(func(key []byte) bool {
			start := s.at
			ok := s.skip()
			if ok && string(key) == "key" {
				names = append(names, unquote(raw[start:s.at]))
			}
			return ok
		})
	})
	return names
}

// appendStrings appends the strings of a list.
func appendStrings(list [][]byte, raw []byte) [][]byte {
	s := scanner{text: raw}
	s.array(func() bool {
		start := s.at
		ok := s.skip()
		if ok && raw[start] == '"' {
			list = append(list, unquote(raw[start:s.at]))
		}
		return ok
	})
	return list
}

// unquote returns the content of a string, and any other value as it is
// written.
func unquote(raw []byte) []byte {
	if len(raw) < 2 || raw[0] != '"' {
		return raw
	}
	return unquoteBytes(raw[1 : len(raw)-1])
}

// unquoteBytes resolves the escapes of a text, those of JSON and the \xHH of
// nginx and Apache. Where there are none it is the text itself.
func unquoteBytes(b []byte) []byte {
	i := bytes.IndexByte(b, '\\')
	if i < 0 {
		return b
	}
	out := append(make([]byte, 0, len(b)), b[:i]...)
	for ; i < len(b); i++ {
		if b[i] != '\\' || i+1 == len(b) {
			out = append(out, b[i])
			continue
		}
		i++
		switch c := b[i]; c {
		case 'n':
			out = append(out, '\n')
		case 't':
			out = append(out, '\t')
		case 'r':
			out = append(out, '\r')
		case 'b':
			out = append(out, '\b')
		case 'f':
			out = append(out, '\f')
		case 'x':
			if n, ok := hexDigits(b, i+1, 2); ok {
				out = append(out, byte(n))
				i += 2
			}
		case 'u':
			n, ok := hexDigits(b, i+1, 4)
			if !ok {
				continue
			}
			i += 4
			if low, ok := hexDigits(b, i+3, 4); ok && utf16.IsSurrogate(n) && b[i+1] == '\\' && b[i+2] == 'u' {
				if pair := utf16.DecodeRune(n, low); pair != utf8.RuneError {
					n = pair
					i += 6
				}
			}
			out = utf8.AppendRune(out, n)
		default:
			out = append(out, c)
		}
	}
	return out
}

func hexDigits(b []byte, from, n int) (rune, bool) {
	if from+n > len(b) {
		return 0, false
	}
	v, err := strconv.ParseUint(string(b[from:from+n]), 16, 32)
	return rune(v), err == nil
}
