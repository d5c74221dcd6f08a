package slack

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/message"
)

// Fake implements [integration.Tool]. The server takes the three methods of the
// Web API and the webhook, with the tokens and addresses of the inputs, and
// checks blocks as Slack does. Slack's own limit of a whole message is not
// documented; the fake has the figure at which it was met.
func (Tool) Fake(inputs integration.Inputs) integration.Fake { return &fake{inputs: inputs} }

type fake struct {
	inputs integration.Inputs

	mu   sync.Mutex
	sent []*kept
	next int
}

// kept is a message of the channel.
type kept struct {
	ts       string
	text     string
	metadata json.RawMessage
	edited   int
}

// Objects implements [integration.Fake].
func (f *fake) Objects() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	list := make([]string, len(f.sent))
	for i, m := range f.sent {
		first, _, _ := strings.Cut(m.text, "\n")
		list[i] = fmt.Sprintf("message %d: %s", i+1, first)
	}
	return list
}

// maxRequest bounds what the fake reads.
const maxRequest = 1 << 20

// ServeHTTP implements http.Handler.
func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, maxRequest))
	if err != nil {
		http.Error(w, "", http.StatusBadRequest)
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	switch method := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]; {
	case strings.HasPrefix(r.URL.Path, "/services/"):
		f.webhook(w, r, body)
	case !f.knows(strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "), "token"):
		say(w, map[string]any{"ok": false, "error": "invalid_auth"})
	case method == "conversations.history" && r.Method == http.MethodGet:
		f.history(w, r)
	case (method == "chat.postMessage" || method == "chat.update") && r.Method == http.MethodPost:
		f.write(w, method, r.Header.Get("Content-Type"), body)
	default:
		say(w, map[string]any{"ok": false, "error": "unknown_method"})
	}
}

func (f *fake) knows(value, name string) bool {
	return value != "" && slices.Contains(secrets(f.inputs, name), value)
}

func say(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_, _ = w.Write(marshal(v)) // the caller may be away already
}

// webhook takes what an incoming webhook takes, and answers in plain text.
func (f *fake) webhook(w http.ResponseWriter, r *http.Request, body []byte) {
	answer := func(status int, text string) {
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, text) // the caller may be away already
	}
	var p Payload
	switch {
	case r.Method != http.MethodPost || !f.knows("https://"+r.Host+r.URL.Path, "webhook_url"):
		answer(http.StatusForbidden, "invalid_token")
		return
	case json.Unmarshal(body, &p) != nil:
		answer(http.StatusBadRequest, "invalid_payload")
		return
	}
	if word := refuse(&p); word != "" {
		answer(http.StatusBadRequest, word)
		return
	}
	f.keep(&p)
	answer(http.StatusOK, "ok")
}

func (f *fake) keep(p *Payload) *kept {
	f.next++
	m := &kept{ts: fmt.Sprintf("1764244800.%06d", f.next), text: p.Text}
	if p.Metadata != nil {
		m.metadata = marshal(p.Metadata)
	}
	f.sent = append(f.sent, m)
	return m
}

func (f *fake) history(w http.ResponseWriter, r *http.Request) {
	if r.URL.Query().Get("channel") != f.inputs["channel"] {
		say(w, map[string]any{"ok": false, "error": "channel_not_found"})
		return
	}
	messages := []map[string]any{}
	for _, m := range slices.Backward(f.sent) { // the latest first
		entry := map[string]any{"type": "message", "ts": m.ts, "text": m.text}
		if m.metadata != nil && r.URL.Query().Get("include_all_metadata") == "true" {
			entry["metadata"] = m.metadata
		}
		messages = append(messages, entry)
	}
	say(w, map[string]any{"ok": true, "messages": messages, "has_more": false})
}

func (f *fake) write(w http.ResponseWriter, method, kind string, body []byte) {
	no := func(word string) { say(w, map[string]any{"ok": false, "error": word}) }
	var p Payload
	if !strings.HasPrefix(kind, "application/json") || json.Unmarshal(body, &p) != nil {
		no("invalid_json")
		return
	}
	if p.Channel != f.inputs["channel"] {
		no("channel_not_found")
		return
	}
	if word := refuse(&p); word != "" {
		no(word)
		return
	}
	if method == "chat.postMessage" {
		m := f.keep(&p)
		say(w, map[string]any{"ok": true, "channel": p.Channel, "ts": m.ts})
		return
	}
	i := slices.IndexFunc(f.sent, func(m *kept) bool { return m.ts == p.TS })
	if i < 0 {
		no("message_not_found")
		return
	}
	f.sent[i].text, f.sent[i].edited = p.Text, f.sent[i].edited+1
	if p.Metadata != nil {
		f.sent[i].metadata = marshal(p.Metadata)
	}
	say(w, map[string]any{"ok": true, "channel": p.Channel, "ts": p.TS})
}

// realTotal is where msg_blocks_too_long was met.
const realTotal = 13_200

// maxText is where chat.postMessage cuts text.
const maxText = 40_000

// refuse says no to what Slack does not take, in its word, and "" to what it
// takes.
func refuse(p *Payload) string {
	switch {
	case p.Text == "" && len(p.Blocks) == 0:
		return "no_text"
	case message.UTF16(p.Text) > maxText:
		return "msg_too_long"
	case len(p.Blocks) > maxBlocks:
		return "invalid_blocks"
	case p.Size() > realTotal:
		return "msg_blocks_too_long"
	case p.Metadata != nil && (p.Metadata.EventType == "" || p.Metadata.EventPayload == Mark{}):
		return "invalid_metadata_format"
	}
	ids := map[string]bool{}
	for i := range p.Blocks {
		b := &p.Blocks[i]
		if message.UTF16(b.BlockID) > maxBlockID || b.BlockID != "" && ids[b.BlockID] || !validBlock(b) {
			return "invalid_blocks"
		}
		ids[b.BlockID] = true
	}
	return ""
}

func validBlock(b *Block) bool {
	switch b.Type {
	case "header":
		return validText(b.Text, maxHeader) && b.Text.Type == "plain_text"
	case "section":
		return validText(b.Text, maxSection) && (b.Button == nil || validButton(b.Button))
	case "context":
		if len(b.Elements) == 0 || len(b.Elements) > maxElements {
			return false
		}
		for i := range b.Elements {
			if !validText(&b.Elements[i], maxSection) {
				return false
			}
		}
		return true
	}
	return false
}

func validText(t *Text, limit int) bool {
	if t == nil || t.Text == "" || message.UTF16(t.Text) > limit {
		return false
	}
	switch t.Type {
	case "plain_text":
		return !t.Verbatim
	case "mrkdwn":
		return t.Emoji == nil
	}
	return false
}

func validButton(b *Element) bool {
	return b.Type == "button" && b.ActionID != "" && len(b.ActionID) <= maxBlockID &&
		b.Text.Type == "plain_text" && validText(&b.Text, maxButtonText) &&
		message.UTF16(b.Value) <= maxButtonValue && message.UTF16(b.AccessibilityLabel) <= maxAccessible
}
