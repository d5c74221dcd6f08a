package webhooks

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

// recordingExt is the ending of files with recorded deliveries. They are HTTP
// requests as text, which editors and other tools know: lines of comment, the
// request line, headers, an empty line, and the body byte for byte.
const recordingExt = ".http"

// recording is one recorded delivery.
type recording struct {
	// received is when it came in; zero where the file does not say.
	received time.Time
	// left are the headers that were left out because they hold secrets.
	left   []string
	target string
	header http.Header
	body   []byte
}

const (
	receivedComment = "# received "
	leftOutComment  = "# left out: "
)

// format writes a recording.
func (r *recording) format() []byte {
	var b bytes.Buffer
	if !r.received.IsZero() {
		b.WriteString(receivedComment + r.received.UTC().Format(time.RFC3339Nano) + "\n")
	}
	if len(r.left) > 0 {
		b.WriteString(leftOutComment + strings.Join(r.left, ", ") + "\n")
	}
	fmt.Fprintf(&b, "POST %s HTTP/1.1\n", r.target)
	for _, name := range slices.Sorted(maps.Keys(r.header)) {
		for _, value := range r.header[name] {
			fmt.Fprintf(&b, "%s: %s\n", name, oneLine(value))
		}
	}
	b.WriteByte('\n')
	b.Write(r.body)
	return b.Bytes()
}

// oneLine keeps a value from beginning another header.
func oneLine(s string) string { return strings.NewReplacer("\r", " ", "\n", " ").Replace(s) }

// maxHead bounds what stands before the body.
const maxHead = 1 << 20

// parseRecording reads a recording. Lines may end with \r\n as well.
func parseRecording(data []byte) (*recording, error) {
	r := &recording{header: http.Header{}, target: "/"}
	requestLine := false
	rest := data
	for n := 1; ; n++ {
		line, after, found := bytes.Cut(rest, []byte("\n"))
		if !found || len(data)-len(after) > maxHead {
			return nil, errors.New("it is no recorded delivery: no empty line stands between headers and body")
		}
		rest = after
		text := strings.TrimSuffix(string(line), "\r")
		switch {
		case text == "":
			r.body = rest
			return r, nil
		case strings.HasPrefix(text, "#"):
			r.comment(text)
		case !requestLine && isRequestLine(text):
			requestLine = true
			r.target = strings.Fields(text)[1]
		default:
			name, value, ok := strings.Cut(text, ":")
			if !ok || strings.ContainsAny(name, " \t") || name == "" {
				return nil, fmt.Errorf("it is no recorded delivery: line %d is no header", n)
			}
			r.header.Add(name, strings.TrimSpace(value))
		}
	}
}

func isRequestLine(text string) bool {
	fields := strings.Fields(text)
	return len(fields) == 3 && strings.HasPrefix(fields[2], "HTTP/") && !strings.HasSuffix(fields[0], ":")
}

func (r *recording) comment(text string) {
	if when, ok := strings.CutPrefix(text, receivedComment); ok {
		r.received, _ = time.Parse(time.RFC3339Nano, strings.TrimSpace(when))
	}
	if left, ok := strings.CutPrefix(text, leftOutComment); ok {
		for name := range strings.SplitSeq(left, ",") {
			r.left = append(r.left, strings.TrimSpace(name))
		}
	}
}

// payload is the body as JSON: of a form, the field that has it.
func (r *recording) payload() []byte {
	if !strings.HasPrefix(r.header.Get("Content-Type"), "application/x-www-form-urlencoded") {
		return r.body
	}
	if form, err := url.ParseQuery(string(r.body)); err == nil && form.Has("payload") {
		return []byte(form.Get("payload"))
	}
	return r.body
}
