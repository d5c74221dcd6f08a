package parity

import "strings"

// template returns an operation in the form in which two names of it are
// equal: the method in capitals, path variables without names, no slash at
// the end.
func template(operation string) string {
	method, path, _ := strings.Cut(strings.TrimSpace(operation), " ")
	path = strings.TrimSpace(path)
	if len(path) > 1 {
		path = strings.TrimSuffix(path, "/")
	}
	var b strings.Builder
	b.WriteString(strings.ToUpper(method))
	b.WriteByte(' ')
	for i := 0; i < len(path); i++ {
		switch c := path[i]; {
		case c == '{':
			end := strings.IndexByte(path[i:], '}')
			if end < 0 {
				b.WriteString(path[i:])
				return b.String()
			}
			b.WriteString("{}")
			i += end
		case c == ':' && i > 0 && path[i-1] == '/':
			b.WriteString("{}")
			for i+1 < len(path) && path[i+1] != '/' {
				i++
			}
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}
