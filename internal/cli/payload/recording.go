package payload

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// RecordingExt is the ending of files with recorded deliveries. They are HTTP
// requests as text, which editors and other tools know: lines of comment, the
// request line, headers, an empty line, and the body byte for byte.
const RecordingExt = ".http"

// Recording is one recorded delivery.
type Recording struct {
	// Received is when it came in; zero where the file does not say.
	Received time.Time
	// Left are the headers that were left out because they hold secrets.
	Left   []string
	Target string
	Header http.Header
	Body   []byte
}

const (
	receivedComment = "# received "
	leftOutComment  = "# left out: "
)

// Format writes a recording.
func (r *Recording) Format() []byte {
	var b bytes.Buffer
	if !r.Received.IsZero() {
		b.WriteString(receivedComment + r.Received.UTC().Format(time.RFC3339Nano) + "\n")
	}
	if len(r.Left) > 0 {
		b.WriteString(leftOutComment + strings.Join(r.Left, ", ") + "\n")
	}
	fmt.Fprintf(&b, "POST %s HTTP/1.1\n", r.Target)
	for _, name := range slices.Sorted(maps.Keys(r.Header)) {
		for _, value := range r.Header[name] {
			fmt.Fprintf(&b, "%s: %s\n", name, oneLine(value))
		}
	}
	b.WriteByte('\n')
	b.Write(r.Body)
	return b.Bytes()
}

// oneLine keeps a value from beginning another header.
func oneLine(s string) string { return strings.NewReplacer("\r", " ", "\n", " ").Replace(s) }

// maxHead bounds what stands before the body.
const maxHead = 1 << 20

// ParseRecording reads a recording. Lines may end with \r\n as well.
func ParseRecording(data []byte) (*Recording, error) {
	r := &Recording{Header: http.Header{}, Target: "/"}
	requestLine := false
	rest := data
	for n := 1; ; n++ {
		line, after, found := bytes.Cut(rest, []byte("\n"))
		if !found || len(data)-len(after) > maxHead {
			return nil, errors.New("it is no recorded delivery: no empty line stands between headers and body")
		}
		rest = after
		text := oneLine(strings.TrimSuffix(string(line), "\r"))
		switch {
		case text == "":
			r.Body = rest
			return r, nil
		case strings.HasPrefix(text, "#"):
			r.comment(text)
		case !requestLine && isRequestLine(text):
			requestLine = true
			r.Target = strings.Fields(text)[1]
		default:
			name, value, ok := strings.Cut(text, ":")
			if !ok || strings.ContainsAny(name, " \t") || name == "" {
				return nil, fmt.Errorf("it is no recorded delivery: line %d is no header", n)
			}
			r.Header.Add(name, strings.TrimSpace(value))
		}
	}
}

func isRequestLine(text string) bool {
	fields := strings.Fields(text)
	return len(fields) == 3 && strings.HasPrefix(fields[2], "HTTP/") && !strings.HasSuffix(fields[0], ":")
}

func (r *Recording) comment(text string) {
	if when, ok := strings.CutPrefix(text, receivedComment); ok {
		r.Received, _ = time.Parse(time.RFC3339Nano, strings.TrimSpace(when))
	}
	if left, ok := strings.CutPrefix(text, leftOutComment); ok {
		for name := range strings.SplitSeq(left, ",") {
			r.Left = append(r.Left, strings.TrimSpace(name))
		}
	}
}

// Payload is the body as JSON: of a form, the field that has it.
func (r *Recording) Payload() []byte {
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
		return r.Body
	}
	if form, err := url.ParseQuery(string(r.Body)); err == nil && form.Has("payload") {
		return []byte(form.Get("payload"))
	}
	return r.Body
}
