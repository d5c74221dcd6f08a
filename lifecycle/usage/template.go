package usage

import (
	"bytes"
	"fmt"
	"strings"
)

const (
	combinedTemplate = `$remote_addr $ident $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"`
	commonTemplate   = `$remote_addr $ident $remote_user [$time_local] "$request" $status $body_bytes_sent`
)

// template reads lines of text: fields, each up to the text that stands
// between it and the next. What a line has behind the last field is left
// alone.
type template struct {
	before string // what a line begins with
	parts  []part
}

// part is a field with the text behind it.
type part struct {
	slot  slot
	until string // "" for the last field: up to a space, or the end
	// quoted says that the field stands in quotes and may have some of its
	// own behind backslashes.
	quoted bool
}

// slot is what a field is used for.
type slot uint8

const (
	noSlot slot = iota
	requestSlot
	methodSlot
	pathSlot
	querySlot
	statusSlot
	timeSlot
	userSlot
	addressSlot
	consumerSlot
	secretSlot // a consumer whose name nobody may see
	textSlot
	operationSlot
	variablesSlot
)

// slots are the fields of nginx, and those of Apache under nginx's names.
var slots = map[string]slot{
	"request": requestSlot, "request_method": methodSlot, "request_uri": pathSlot, "uri": pathSlot, "document_uri": pathSlot,
	"args": querySlot, "query_string": querySlot, "status": statusSlot, "time_local": timeSlot, "time_iso8601": timeSlot,
	"msec": timeSlot, "remote_user": userSlot, "remote_addr": addressSlot, "realip_remote_addr": addressSlot,
}

// apache are the directives of Apache's LogFormat by nginx's names.
var apache = map[byte]string{
	'h': "remote_addr", 'a': "remote_addr", 'l': "ident", 'u': "remote_user", 't': "time_local", 'r': "request",
	's': "status", 'm': "request_method", 'U': "uri", 'q': "args",
}

var roleSlots = map[Role]slot{
	ConsumerField: consumerSlot, TimeField: timeSlot, MethodField: methodSlot, PathField: pathSlot, QueryField: querySlot,
	RequestField: requestSlot, StatusField: statusSlot, TextField: textSlot, OperationField: operationSlot, VariablesField: variablesSlot,
}

func parseTemplate(text string, o *Options) (*template, error) {
	t := &template{}
	literal := func(s string) {
		if len(t.parts) == 0 {
			t.before += s
		} else {
			t.parts[len(t.parts)-1].until += s
		}
	}
	for text != "" {
		i := strings.IndexAny(text, "$%")
		if i < 0 {
			literal(text)
			break
		}
		literal(text[:i])
		sigil := text[i]
		name, rest, err := fieldName(text[i:])
		if err != nil {
			return nil, err
		}
		if sigil == '%' && name == "time_local" {
			literal("[")
			rest = "]" + rest
		}
		if n := len(t.parts); n > 0 && t.parts[n-1].until == "" {
			return nil, fmt.Errorf("nothing stands between two fields of the format, before %q", text[i:])
		}
		t.parts = append(t.parts, part{slot: o.slotOf(name)})
		text = rest
	}
	if err := t.settle(); err != nil {
		return nil, err
	}
	return t, nil
}

// fieldName reads a field at the start of a format, and returns its name as
// nginx would have it: $name, ${name}, %h, %>s, %{Name}i.
func fieldName(text string) (name, rest string, err error) {
	isName := func(r rune) bool {
		return r == '_' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
	}
	body := text[1:]
	if text[0] == '%' {
		body = strings.TrimLeft(body, "<>!,0123456789")
	}
	if strings.HasPrefix(body, "{") {
		inner, after, ok := strings.Cut(body[1:], "}")
		switch {
		case !ok || inner == "":
			return "", "", fmt.Errorf("the field %q of the format has no end", text)
		case text[0] == '$':
			return inner, after, nil
		case after == "":
			return "", "", fmt.Errorf("the field %q of the format has no letter behind it", text)
		}
		name = strings.ToLower(strings.ReplaceAll(inner, "-", "_"))
		switch after[0] {
		case 'i':
			name = "http_" + name
		case 'o':
			name = "sent_http_" + name
		case 't':
			name = "time_" + name
		}
		return name, after[1:], nil
	}
	if text[0] == '%' {
		if body == "" {
			return "", "", fmt.Errorf("the format ends within a field")
		}
		if name = apache[body[0]]; name == "" {
			name = "apache_" + body[:1]
		}
		return name, body[1:], nil
	}
	rest = strings.TrimLeftFunc(body, isName)
	if name = body[:len(body)-len(rest)]; name == "" {
		return "", "", fmt.Errorf("a $ of the format has no name behind it: %q", text)
	}
	return name, rest, nil
}

// slotOf returns what a field is used for. Fields of the options come first; a
// header is named as nginx does, http_x_client, or as it is, X-Client.
func (o *Options) slotOf(name string) slot {
	for role, list := range o.Fields {
		for _, f := range list {
			folded := strings.ToLower(strings.ReplaceAll(f, "-", "_"))
			if f != name && folded != name && "http_"+folded != name {
				continue
			}
			if role == ConsumerField && isSecret(name) {
				return secretSlot
			}
			return roleSlots[role]
		}
	}
	s := slots[name]
	if len(o.Fields[ConsumerField]) > 0 && (s == userSlot || s == addressSlot) {
		return noSlot
	}
	return s
}

// isSecret reports whether what a field has lets its reader in.
func isSecret(name string) bool {
	name = strings.ToLower(name)
	for _, word := range []string{"authorization", "token", "secret", "password", "cookie", "api_key", "apikey", "api-key", "private", "session"} {
		if strings.Contains(name, word) && !strings.HasSuffix(name, "_id") && !strings.HasSuffix(name, "_name") {
			return true
		}
	}
	return false
}

// settle prepares the template and checks that it can tell calls.
func (t *template) settle() error {
	if len(t.parts) == 0 {
		return fmt.Errorf("the format has no fields")
	}
	request := false
	left := t.before
	for i := range t.parts {
		p := &t.parts[i]
		p.quoted = strings.HasSuffix(left, `"`) && strings.HasPrefix(p.until, `"`)
		left = p.until
		request = request || p.slot == requestSlot || p.slot == pathSlot || p.slot == textSlot
	}
	if !request {
		return fmt.Errorf("the format has no field that tells the request: $request, or $request_method and $request_uri")
	}
	// What stands behind the last field that matters does not.
	for len(t.parts) > 1 && t.parts[len(t.parts)-1].slot == noSlot && t.parts[len(t.parts)-2].until != "" {
		t.parts = t.parts[:len(t.parts)-1]
	}
	last := &t.parts[len(t.parts)-1]
	if strings.TrimSpace(last.until) == "" {
		last.until = ""
	}
	return nil
}

// line reads a line.
func (t *template) line(line []byte, c *call, last *lastTime) bool {
	if len(line) < len(t.before) || string(line[:len(t.before)]) != t.before {
		return false
	}
	line = line[len(t.before):]
	var user, address []byte
	for i := range t.parts {
		p := &t.parts[i]
		n := p.end(line)
		if n < 0 {
			return false
		}
		value := line[:n]
		line = line[n+min(len(p.until), len(line)-n):]
		switch p.slot {
		case noSlot:
		case userSlot:
			user = value
		case addressSlot:
			address = value
		case timeSlot:
			if c.time = last.of(value); c.time == 0 {
				return false
			}
		default:
			if !p.slot.set(value, c) {
				return false
			}
		}
	}
	if len(c.consumer) == 0 {
		c.consumer = address
		if len(user) > 0 && string(user) != "-" {
			c.consumer = user
		}
	}
	return true
}

// end returns the length of the field at the start of a line, -1 where what
// has to follow is not there.
func (p *part) end(line []byte) int {
	if p.until == "" {
		if i := bytes.IndexByte(line, ' '); i >= 0 {
			return i
		}
		return len(line)
	}
	if p.quoted {
		for from := 0; ; {
			i := stringEnd(line, from)
			if i < 0 {
				return -1
			}
			if len(line)-i >= len(p.until) && string(line[i:i+len(p.until)]) == p.until {
				return i
			}
			from = i + 1
		}
	}
	i := bytes.IndexByte(line, p.until[0])
	if i < 0 || len(p.until) == 1 || len(line)-i >= len(p.until) && string(line[i:i+len(p.until)]) == p.until {
		return i
	}
	return bytes.Index(line, []byte(p.until))
}

// set puts the value of a field into a call.
func (s slot) set(value []byte, c *call) bool {
	switch s {
	case requestSlot:
		c.setRequest(value)
	case methodSlot:
		c.method = value
	case pathSlot:
		c.target = value
	case querySlot:
		if string(value) != "-" {
			c.query = bytes.TrimPrefix(value, []byte("?"))
		}
	case statusSlot:
		c.status = statusOf(value)
		return c.status > 0 || string(value) == "-" || string(value) == "000"
	case consumerSlot, secretSlot:
		if len(c.consumer) == 0 && string(value) != "-" {
			c.consumer, c.secret = value, s == secretSlot
		}
	case textSlot:
		c.graph.is, c.graph.text = true, unquoteBytes(value)
	case operationSlot:
		c.graph.name = value
	case variablesSlot:
		c.graph.variables = unquoteBytes(value)
	}
	return true
}

// setRequest takes a request line apart. What is none, such as "-" for a
// connection that said nothing, is a call of nothing.
func (c *call) setRequest(line []byte) {
	i := bytes.IndexByte(line, ' ')
	if i <= 0 {
		return
	}
	c.method = line[:i]
	c.target = line[i+1:]
	if j := bytes.LastIndexByte(c.target, ' '); j >= 0 && bytes.HasPrefix(c.target[j+1:], []byte("HTTP/")) {
		c.target = c.target[:j]
	}
}

// statusOf reads a status code, 0 where the text is none.
func statusOf(b []byte) int {
	if len(b) != 3 || b[0] < '1' || b[0] > '9' || b[1] < '0' || b[1] > '9' || b[2] < '0' || b[2] > '9' {
		return 0
	}
	return int(b[0]-'0')*100 + int(b[1]-'0')*10 + int(b[2]-'0')
}
