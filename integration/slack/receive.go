package slack

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/webhook/signature"
)

// Receive implements [integration.Receiver]: it is what the app's request URL
// for interactivity leads to. It answers
//
//	200 the answer is taken, was taken before, or is none of this package's
//	400 the body is not what Slack sends
//	401 the signature is missing, wrong or older than five minutes
//	405 the method is not POST
//	413 the body is larger than 256 KiB
//	500 take has failed; Slack shows whoever pressed the button that it did
//
// Within the time in which a signature holds a call is known by its trigger, so
// that one that is sent again is taken once. Source:
// https://docs.slack.dev/authentication/verifying-requests-from-slack/
func (Tool) Receive(in integration.Inputs, now func() time.Time, take func(*integration.Answer) error) (http.Handler, error) {
	keys := secrets(in, "signing_secret")
	if len(keys) == 0 {
		return nil, &integration.Error{
			Tool: manifest().Name, Kind: integration.Config, Text: "there is no secret to verify calls with",
			Hint: "set SLACK_SIGNING_SECRET; it is on the app's page Basic Information",
		}
	}
	return &receiver{keys: signature.Slack(keys...), now: now, take: take, seen: map[string]time.Time{}}, nil
}

type receiver struct {
	keys *signature.Keyring
	now  func() time.Time
	take func(*integration.Answer) error

	mu   sync.Mutex
	seen map[string]time.Time
}

// The bounds of a receiver: of a body, and of how many calls are remembered.
const (
	maxCall = 256 << 10
	maxSeen = 10_000
	window  = 2 * signature.DefaultWindow // past and future of a signature's time
)

// ServeHTTP implements http.Handler.
func (r *receiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	status, text := r.serve(req)
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	if status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", http.MethodPost)
	}
	w.WriteHeader(status)
	if status != http.StatusOK { // what follows 200 Slack would take for a message
		_, _ = io.WriteString(w, text+"\n") // the caller may be away already
	}
}

func (r *receiver) serve(req *http.Request) (int, string) {
	if req.Method != http.MethodPost {
		return http.StatusMethodNotAllowed, "calls come with POST"
	}
	body, err := io.ReadAll(io.LimitReader(req.Body, maxCall+1))
	switch {
	case err != nil:
		return http.StatusBadRequest, "the body is not complete"
	case len(body) > maxCall:
		return http.StatusRequestEntityTooLarge, "the body is too large"
	}
	now := r.now()
	if err := r.keys.Verify(req.Header, body, now); err != nil {
		return http.StatusUnauthorized, err.Error()
	}
	if kind, _, _ := mime.ParseMediaType(req.Header.Get("Content-Type")); kind != "application/x-www-form-urlencoded" {
		return http.StatusBadRequest, "the body is no form"
	}
	form, err := url.ParseQuery(string(body))
	if err != nil || len(form["payload"]) != 1 {
		return http.StatusBadRequest, "the form has no payload, or more than one"
	}
	return r.call(form.Get("payload"), now)
}

// interaction is what Slack sends of a button that was pressed. Source:
// https://docs.slack.dev/reference/interaction-payloads/block_actions-payload/
type interaction struct {
	Type      string   `json:"type"`
	TriggerID string   `json:"trigger_id"`
	User      user     `json:"user"`
	Team      team     `json:"team"`
	Channel   channel  `json:"channel"`
	Actions   []action `json:"actions"`
}

type (
	user struct {
		ID       string `json:"id"`
		Username string `json:"username"`
	}
	team    struct{ ID, Domain string }
	channel struct {
		ID   string `json:"id"`
		Name string `json:"name"`
	}
	action struct {
		ActionID string `json:"action_id"`
		Value    string `json:"value"`
		ActionTS string `json:"action_ts"`
	}
)

func (r *receiver) call(payload string, now time.Time) (int, string) {
	var i interaction
	if err := json.Unmarshal([]byte(payload), &i); err != nil {
		return http.StatusBadRequest, "the payload is not JSON"
	}
	if i.Type != "block_actions" {
		return http.StatusOK, "" // of another part of the app
	}
	for n := range i.Actions {
		a := &i.Actions[n]
		if a.ActionID != snoozeAction {
			continue
		}
		var s Snooze
		if err := json.Unmarshal([]byte(a.Value), &s); err != nil || s.Rule == "" {
			return http.StatusBadRequest, "the button has no finding"
		}
		id := i.TriggerID + " " + s.Fingerprint
		if !r.first(id, now) {
			continue
		}
		if err := r.take(i.answer(&s, id, now)); err != nil {
			r.forget(id)
			return http.StatusInternalServerError, "the answer could not be kept; try again"
		}
	}
	return http.StatusOK, ""
}

// answer is the waiver that somebody asks for. Names are theirs to choose, so
// they are made safe.
func (i *interaction) answer(s *Snooze, id string, now time.Time) *integration.Answer {
	who := i.User.Username
	if who == "" {
		who = i.User.ID
	}
	reason := "snoozed in Slack"
	if i.Channel.Name != "" {
		reason += ", #" + safe.Brief(i.Channel.Name)
	}
	return &integration.Answer{
		ID: id, Fingerprint: s.Fingerprint,
		Waiver: check.Waiver{
			Rule: s.Rule, File: s.File, Element: s.Element, Reason: reason, Owner: "@" + safe.Brief(who),
			Until: now.UTC().Truncate(24*time.Hour).AddDate(0, 0, SnoozeDays),
		},
	}
}

// first notes a call and says whether it is the first of its kind.
func (r *receiver) first(id string, now time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, ok := r.seen[id]; ok {
		return false
	}
	if len(r.seen) >= maxSeen {
		for old, at := range r.seen {
			if now.Sub(at) > window {
				delete(r.seen, old)
			}
		}
	}
	r.seen[id] = now
	return true
}

func (r *receiver) forget(id string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.seen, id)
}

// Call implements [integration.Receiver].
func (Tool) Call(in integration.Inputs, address string, now time.Time, f *check.Finding) (*http.Request, error) {
	keys := secrets(in, "signing_secret")
	b := snooze(f, "")
	if b == nil {
		return nil, errors.New("the finding is too large for a button")
	}
	payload := marshal(interaction{
		Type: "block_actions", TriggerID: "1337." + digits(now.UTC().Format("150405.000000")) + "." + f.Fingerprint,
		User: user{ID: "U0EXAMPLE", Username: "dana"}, Channel: channel{ID: "C0EXAMPLE01", Name: "api-governance"},
		Actions: []action{{ActionID: b.ActionID, Value: b.Value}},
	})
	body := []byte("payload=" + url.QueryEscape(string(payload)))
	r, err := http.NewRequest(http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if err := signature.Slack(keys...).Sign(r.Header, "", body, now); err != nil {
		return nil, err
	}
	return r, nil
}
