package golang

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// A printer writes one file.
type printer struct {
	*plan
	b bytes.Buffer
	// later writes what stands at the end of the file, behind what people read.
	later []func()
}

// behind has something written at the end of the file.
func (p *printer) behind(write func()) { p.later = append(p.later, write) }

// end writes the end of the file.
func (p *printer) end() {
	if len(p.later) == 0 {
		return
	}
	p.line("// What package hook reads and writes the types above by.")
	p.line()
	for _, write := range p.later {
		write()
	}
}

// line writes its parts as one line.
func (p *printer) line(parts ...string) {
	for _, part := range parts {
		p.b.WriteString(part)
	}
	p.b.WriteByte('\n')
}

// list writes items between head and tail, separated by commas, with as many on
// a line as it has room for.
func (p *printer) list(head string, items []string, tail string) {
	p.b.WriteString(head)
	last := head[strings.LastIndexByte(head, '\n')+1:]
	width := utf8.RuneCountInString(last)
	for i, item := range items {
		n := utf8.RuneCountInString(item)
		switch {
		case i == 0:
		case width+n+2 > codeWidth:
			p.b.WriteString(",\n\t\t")
			width = 8
		default:
			p.b.WriteString(", ")
			width += 2
		}
		p.b.WriteString(item)
		width += n
	}
	p.line(tail)
}
