package googlechat

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"unicode/utf8"

	"github.com/plumbapi/plumb/integration"
)

// Fake implements [integration.Tool]: one space with the webhooks of the inputs.
func (Tool) Fake(inputs integration.Inputs) integration.Fake {
	return &fake{inputs: inputs, requests: map[string]string{}}
}

type fake struct {
	inputs integration.Inputs

	mu       sync.Mutex
	requests map[string]string // the names of messages by requestId
	messages []string
}

// Objects implements [integration.Fake].
func (f *fake) Objects() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.messages)
}

// ServeHTTP implements http.Handler.
func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if err != nil {
		refuse(w, http.StatusBadRequest, "INVALID_ARGUMENT", "the body is not complete")
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	known, allowed := f.address(r)
	var p Payload
	switch {
	case !known:
		refuse(w, http.StatusNotFound, "NOT_FOUND", "the space does not exist")
	case !allowed:
		refuse(w, http.StatusUnauthorized, "UNAUTHENTICATED", "the token is not valid")
	case r.Method != http.MethodPost:
		refuse(w, http.StatusMethodNotAllowed, "INVALID_ARGUMENT", "messages are made with POST")
	case len(body) > maxBytes:
		refuse(w, http.StatusBadRequest, "INVALID_ARGUMENT", "the message is longer than 32000 bytes")
	case json.Unmarshal(body, &p) != nil:
		refuse(w, http.StatusBadRequest, "INVALID_ARGUMENT", "the payload is not JSON")
	case invalid(&p) != "":
		refuse(w, http.StatusBadRequest, "INVALID_ARGUMENT", invalid(&p))
	default:
		f.post(w, r, &p)
	}
}

// address says whether a request is for the space, and by a webhook of it.
func (f *fake) address(r *http.Request) (known, allowed bool) {
	for _, name := range []string{"webhook_url", "webhook_url_next"} {
		u, err := url.Parse(f.inputs[name])
		if err != nil || u.Host == "" || u.Host != r.Host || u.Path != r.URL.Path {
			continue
		}
		known = true
		q, want := r.URL.Query(), u.Query()
		allowed = allowed || q.Get("key") == want.Get("key") && q.Get("token") == want.Get("token")
	}
	return known, allowed
}

func refuse(w http.ResponseWriter, status int, code, text string) {
	say(w, status, map[string]any{"error": map[string]any{"code": status, "message": text, "status": code}})
}

func say(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=UTF-8")
	w.WriteHeader(status)
	_, _ = w.Write(marshal(v)) // the caller may be away
}

func (f *fake) post(w http.ResponseWriter, r *http.Request, p *Payload) {
	id := r.URL.Query().Get("requestId")
	name, known := f.requests[id]
	if !known || id == "" {
		name = fmt.Sprintf("spaces/AAAAexample/messages/%d", len(f.messages)+1)
		f.requests[id] = name
		f.messages = append(f.messages, fmt.Sprintf("card in thread %s: %s", p.Thread.ThreadKey, p.Cards[0].Card.Header.Title))
	}
	say(w, http.StatusOK, map[string]any{"name": name, "thread": map[string]string{"name": "spaces/AAAAexample/threads/" + p.Thread.ThreadKey}})
}

// maxThreadKey is how long a key of a thread may be, in characters.
const maxThreadKey = 4000

// invalid says what Chat would not take.
func invalid(p *Payload) string {
	if len(p.Cards) == 0 {
		return "the message is empty"
	}
	if utf8.RuneCountInString(p.Thread.ThreadKey) > maxThreadKey {
		return "the threadKey is longer than 4000 characters"
	}
	for _, c := range p.Cards {
		if len(p.Cards) > 1 && c.CardID == "" {
			return "a card has no cardId"
		}
		if c.Card.Header.Title == "" || len(c.Card.Sections) == 0 {
			return "a card has no title or no sections"
		}
		for _, s := range c.Card.Sections {
			if len(s.Widgets) == 0 || len(s.Widgets) > maxWidgets {
				return "a section has no widgets or too many"
			}
			for _, w := range s.Widgets {
				if problem := invalidWidget(&w); problem != "" {
					return problem
				}
			}
		}
	}
	return ""
}

func invalidWidget(w *Widget) string {
	n := 0
	if w.Paragraph != nil {
		n++
		if w.Paragraph.Text == "" {
			return "a paragraph has no text"
		}
	}
	if w.Decorated != nil {
		n++
		if w.Decorated.Text == "" {
			return "a decorated text has no text"
		}
	}
	if w.Buttons != nil {
		n++
		for _, b := range w.Buttons.Buttons {
			if u, err := url.Parse(b.OnClick.OpenLink.URL); err != nil || u.Scheme != "https" && u.Scheme != "http" || b.Text == "" {
				return "a button has no text or opens no page"
			}
		}
	}
	if n != 1 {
		return "a widget is not one thing"
	}
	return ""
}
