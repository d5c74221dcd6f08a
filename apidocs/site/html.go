package site

// html is a page as it grows. Templates are too slow for thousands of pages;
// what keeps text from becoming markup here is that there are two methods, and
// that raw takes only what this package wrote or package markdown cleaned.
type html struct{ b []byte }

// raw appends markup.
func (h *html) raw(parts ...string) {
	for _, p := range parts {
		h.b = append(h.b, p...)
	}
}

// text appends text, for content and for attributes in double quotes.
func (h *html) text(s string) {
	from := 0
	for i := 0; i < len(s); i++ {
		var escaped string
		switch s[i] {
		case '<':
			escaped = "&lt;"
		case '>':
			escaped = "&gt;"
		case '&':
			escaped = "&amp;"
		case '"':
			escaped = "&#34;"
		case '\'':
			escaped = "&#39;"
		case 0:
			escaped = "\uFFFD"
		default:
			continue
		}
		h.b = append(h.b, s[from:i]...)
		h.b = append(h.b, escaped...)
		from = i + 1
	}
	h.b = append(h.b, s[from:]...)
}

// el appends an element that holds text: el("code", x) is <code>x</code>. What
// follows the name in tag are attributes.
func (h *html) el(tag, text string) {
	h.raw("<", tag, ">")
	h.text(text)
	for i := range len(tag) {
		if tag[i] == ' ' {
			tag = tag[:i]
			break
		}
	}
	h.raw("</", tag, ">")
}
