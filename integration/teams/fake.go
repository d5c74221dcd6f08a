package teams

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"sync"

	"github.com/plumbapi/plumb/integration"
)

// Fake implements [integration.Tool]: the trigger of a workflow that posts what
// it gets to a channel, and has the setting Schema Validation on. Without that
// setting a real one answers 202 to everything, and posts only what is right.
func (Tool) Fake(inputs integration.Inputs) integration.Fake { return &fake{inputs: inputs} }

type fake struct {
	inputs integration.Inputs

	mu   sync.Mutex
	runs []string
}

// Objects implements [integration.Fake].
func (f *fake) Objects() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.runs)
}

// realMax is 28 KB.
const realMax = 28 << 10

// ServeHTTP implements http.Handler.
func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if err != nil {
		refuse(w, http.StatusBadRequest, "InvalidRequestContent", "the body is not complete")
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	known, signed := f.address(r)
	switch {
	case !known:
		refuse(w, http.StatusNotFound, "WorkflowNotFound", "the workflow could not be found")
	case !signed:
		refuse(w, http.StatusUnauthorized, "AuthorizationFailed", "the signature is not valid")
	case r.Method != http.MethodPost:
		refuse(w, http.StatusMethodNotAllowed, "MethodNotAllowed", "the trigger takes POST")
	case len(body) > realMax:
		refuse(w, http.StatusRequestEntityTooLarge, "TriggerRequestContentTooLarge", "the request is too large")
	default:
		f.run(w, body)
	}
}

// address says whether a request is for one of the workflows, and signed.
func (f *fake) address(r *http.Request) (known, signed bool) {
	for _, name := range []string{"webhook_url", "webhook_url_next"} {
		u, err := url.Parse(f.inputs[name])
		if err != nil || u.Host == "" || u.Host != r.Host || u.Path != r.URL.Path {
			continue
		}
		known = true
		signed = signed || u.Query().Get("sig") == r.URL.Query().Get("sig")
	}
	return known, signed
}

func refuse(w http.ResponseWriter, status int, code, text string) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{"error": map[string]string{"code": code, "message": text}}) // the caller may be away
}

func (f *fake) run(w http.ResponseWriter, body []byte) {
	c, problem := f.card(body)
	if problem == "" {
		problem = invalid(c)
	}
	if problem != "" {
		refuse(w, http.StatusBadRequest, "TriggerInputSchemaMismatch", "the input does not match the schema of the trigger: "+problem)
		return
	}
	f.runs = append(f.runs, "card: "+text(c.Body[0].Inlines))
	w.Header().Set("X-Ms-Workflow-Run-Id", fmt.Sprintf("08584%018dCU00", len(f.runs)))
	w.WriteHeader(http.StatusAccepted)
}

// card reads what the edition takes.
func (f *fake) card(body []byte) (c *Card, problem string) {
	if f.inputs["edition"] == "card" {
		c = &Card{}
		if json.Unmarshal(body, c) != nil {
			return nil, "the body is no JSON"
		}
		return c, ""
	}
	var p Payload
	switch {
	case json.Unmarshal(body, &p) != nil:
		return nil, "the body is no JSON"
	case p.Type != "message" || len(p.Attachments) != 1:
		return nil, "the body is no message with a card"
	case p.Attachments[0].ContentType != contentType:
		return nil, "the attachment is no card"
	}
	return &p.Attachments[0].Content, ""
}

// invalid says what a client of Teams would not show.
func invalid(c *Card) string {
	switch {
	case c.Type != "AdaptiveCard":
		return fmt.Sprintf("the type of the card is %q", c.Type)
	case c.Version != "1.0" && c.Version != "1.1" && c.Version != "1.2" && c.Version != "1.3" && c.Version != "1.4" && c.Version != "1.5":
		return fmt.Sprintf("the version of the card is %q", c.Version)
	case len(c.Body) == 0:
		return "the card is empty"
	case len(c.Actions) > 6:
		return "the card has more than 6 actions"
	}
	for _, e := range c.Body {
		if e.Type != "RichTextBlock" || len(e.Inlines) == 0 {
			return fmt.Sprintf("the element is of type %q or empty", e.Type)
		}
		for _, r := range e.Inlines {
			if r.Type != "TextRun" || r.Text == "" {
				return "an inline is no text"
			}
		}
	}
	for _, action := range c.Actions {
		if u, err := url.Parse(action.URL); action.Type != "Action.OpenUrl" || action.Title == "" || err != nil || u.Scheme != "https" && u.Scheme != "http" {
			return "an action is no link"
		}
	}
	return ""
}
