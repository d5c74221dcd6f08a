package usage

// scanner goes over JSON without making anything of it. It is no validator:
// it takes some texts that are no JSON, and never one for another.
type scanner struct {
	text []byte
	at   int
}

// maxNesting is how deep a value may nest.
const maxNesting = 500

func (s *scanner) space() {
	for s.at < len(s.text) {
		switch s.text[s.at] {
		case ' ', '\t', '\r', '\n':
			s.at++
		default:
			return
		}
	}
}

// peek returns the next byte, 0 at the end.
func (s *scanner) peek() byte {
	if s.at < len(s.text) {
		return s.text[s.at]
	}
	return 0
}

// object calls member for each member of an object, whose value is next then
// and has to be passed. It returns false where the text is no object.
func (s *scanner) object(member func(key []byte) bool) bool {
	return s.items('{', '}', func() bool {
		key, ok := s.key()
		if !ok {
			return false
		}
		if s.space(); s.peek() != ':' {
			return false
		}
		s.at++
		s.space()
		return member(key)
	})
}

// array calls element for each element of an array.
func (s *scanner) array(element func() bool) bool { return s.items('[', ']', element) }

func (s *scanner) items(open, end byte, item func() bool) bool {
	if s.peek() != open {
		return false
	}
	s.at++
	s.space()
	if s.peek() == end {
		s.at++
		return true
	}
	for {
		if !item() {
			return false
		}
		s.space()
		switch s.peek() {
		case ',':
			s.at++
			s.space()
		case end:
			s.at++
			return true
		default:
			return false
		}
	}
}

func (s *scanner) key() ([]byte, bool) {
	start := s.at
	if !s.string() {
		return nil, false
	}
	return unquoteBytes(s.text[start+1 : s.at-1]), true
}

func (s *scanner) string() bool {
	if s.peek() != '"' {
		return false
	}
	end := stringEnd(s.text, s.at+1)
	if end < 0 {
		return false
	}
	s.at = end + 1
	return true
}

// skip passes a value of any kind.
func (s *scanner) skip() bool {
	switch s.peek() {
	case '"':
		return s.string()
	case '{', '[':
		return s.nested()
	}
	return s.word()
}

// word passes a number, true, false or null.
func (s *scanner) word() bool {
	start := s.at
	for s.at < len(s.text) {
		c := s.text[s.at]
		if (c < '0' || c > '9') && (c < 'a' || c > 'z') && c != '-' && c != '+' && c != '.' && c != 'E' {
			break
		}
		s.at++
	}
	return s.at > start
}

// structural are the bytes that matter to what is nested.
var structural = [256]bool{0: true, '"': true, '{': true, '}': true, '[': true, ']': true}

// nested passes an object or an array whose brackets match.
func (s *scanner) nested() bool {
	var stack [maxNesting]byte
	depth := 0
	for {
		for s.at < len(s.text) && !structural[s.text[s.at]] {
			s.at++
		}
		switch c := s.peek(); c {
		case 0:
			return false
		case '"':
			if !s.string() {
				return false
			}
			continue
		case '{', '[':
			if depth == maxNesting {
				return false
			}
			stack[depth] = c + 2 // the bracket that closes it
			depth++
		default:
			if depth == 0 || stack[depth-1] != c {
				return false
			}
			depth--
		}
		s.at++
		if depth == 0 {
			return true
		}
	}
}
