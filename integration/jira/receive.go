package jira

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/message"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/webhook/signature"
)

// Bounds of calls. Jira tries a call again for some minutes.
const (
	maxCall   = 1 << 20
	oldest    = time.Hour
	youngest  = 5 * time.Minute
	maxCalls  = 10_000
	maxAnswer = 100 // findings of one issue
)

// Receive implements [integration.Receiver]: it takes calls of a webhook that
// tells of issues that were updated, and hands on those that were declined, an
// answer for each finding. The signature is that of X-Hub-Signature, with the
// secret of the webhook or the one that is to follow it. The time of a call is
// in its body, which is signed.
// Source: https://developer.atlassian.com/cloud/jira/platform/webhooks/
func (Tool) Receive(in integration.Inputs, now func() time.Time, take func(*integration.Answer) error) (http.Handler, error) {
	keys := keyring(in)
	if keys.Err() != nil {
		return nil, &integration.Error{
			Tool: manifest().Name, Kind: integration.Config, Text: "JIRA_WEBHOOK_SECRET is not set, so nobody could tell who calls",
			Hint: "give the webhook a secret in Jira, and set it here too",
		}
	}
	return &receiver{keys: keys, now: now, take: take, declined: words(in["declined"]), seen: map[string]time.Time{}}, nil
}

// keyring verifies and signs as Jira does, which is as Bitbucket does.
func keyring(in integration.Inputs) *signature.Keyring {
	return signature.Bitbucket(in["webhook_secret"], in["webhook_secret_next"])
}

// receiver is the handler of calls.
type receiver struct {
	keys     *signature.Keyring
	now      func() time.Time
	take     func(*integration.Answer) error
	declined []string

	mu   sync.Mutex
	seen map[string]time.Time // calls that were taken, by their hash
}

// ServeHTTP answers 204 to what was taken or means nothing, 503 to what could
// not be taken and is to come again, and 4xx to what is not from Jira.
func (r *receiver) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	if request.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		http.Error(w, "calls are posted", http.StatusMethodNotAllowed)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, request.Body, maxCall))
	if err != nil {
		http.Error(w, "the call is too large, or was not read whole", http.StatusRequestEntityTooLarge)
		return
	}
	now := r.now()
	if err := r.keys.Verify(request.Header, body, now); err != nil {
		http.Error(w, "the signature is not that of the secret", http.StatusUnauthorized)
		return
	}
	var c call
	if err := json.Unmarshal(body, &c); err != nil {
		http.Error(w, "the call is no JSON of Jira", http.StatusBadRequest)
		return
	}
	if at := time.UnixMilli(c.Timestamp); now.Sub(at) > oldest || at.Sub(now) > youngest {
		http.Error(w, "the call is too old, or of the future", http.StatusBadRequest)
		return
	}
	if err := r.once(body, now, c.answers(r.declined)); err != nil {
		http.Error(w, "the answer could not be taken now", http.StatusServiceUnavailable)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// once hands on the answers of a call that was not seen before. Two equal calls
// are one, whatever their headers say, since only the body is signed.
func (r *receiver) once(body []byte, now time.Time, answers []*integration.Answer) error {
	sum := sha256.Sum256(body)
	id := hex.EncodeToString(sum[:16])
	r.mu.Lock()
	defer r.mu.Unlock()
	for known, at := range r.seen { // what is too old to be accepted need not be known
		if now.Sub(at) > 2*oldest || len(r.seen) > maxCalls {
			delete(r.seen, known)
		}
	}
	for n, a := range answers {
		part := fmt.Sprintf("%s-%d", id, n)
		if _, known := r.seen[part]; known {
			continue
		}
		a.ID = part
		if err := r.take(a); err != nil {
			return err
		}
		r.seen[part] = now
	}
	return nil
}

// call is what a webhook of Jira tells.
type call struct {
	Timestamp    int64  `json:"timestamp"`
	WebhookEvent string `json:"webhookEvent"`
	User         struct {
		DisplayName string `json:"displayName"`
	} `json:"user"`
	Issue struct {
		Key    string `json:"key"`
		Fields struct {
			Summary string   `json:"summary"`
			Labels  []string `json:"labels"`
			Status  struct {
				Name           string `json:"name"`
				StatusCategory struct {
					Key string `json:"key"`
				} `json:"statusCategory"`
			} `json:"status"`
			Resolution *struct {
				Name string `json:"name"`
			} `json:"resolution"`
			Description json.RawMessage `json:"description"`
		} `json:"fields"`
	} `json:"issue"`
	Changelog struct {
		Items []changed `json:"items"`
	} `json:"changelog"`
}

// changed is one field that a call tells of.
type changed struct {
	Field string `json:"field"`
	To    string `json:"toString"`
}

// anchor is how the address of a finding in the report ends.
var anchor = regexp.MustCompile(`#f-([0-9a-f]{32})`)

// answers are what a call says about findings: nothing where the issue is none
// of plumb's or was not declined by what has changed.
func (c *call) answers(declined []string) []*integration.Answer {
	t := tracker{declined: declined}
	word := ""
	for _, item := range c.Changelog.Items {
		if (item.Field == "resolution" || item.Field == "status") && t.isDeclined(item.To) {
			word = item.To
		}
	}
	if c.WebhookEvent != "jira:issue_updated" || word == "" || c.Issue.Fields.Status.StatusCategory.Key != "done" {
		return nil
	}
	group := ""
	for _, l := range c.Issue.Fields.Labels {
		if fingerprint, found := strings.CutPrefix(l, labelGroup); found && len(fingerprint) == 32 {
			group = fingerprint
		}
	}
	if group == "" {
		return nil
	}
	waiver := check.Waiver{
		Reason: safe.Brief(c.Issue.Key + " was closed as " + word), Owner: safe.Brief(c.User.DisplayName),
		Until: time.UnixMilli(c.Timestamp).UTC().Truncate(24 * time.Hour).Add(integration.Term),
	}
	waiver.Rule, waiver.Element = c.about(group)
	var answers []*integration.Answer
	seen := map[string]bool{}
	for _, found := range anchor.FindAllSubmatch(c.Issue.Fields.Description, maxAnswer) {
		if fingerprint := string(found[1]); !seen[fingerprint] {
			seen[fingerprint] = true
			answers = append(answers, &integration.Answer{Waiver: waiver, Fingerprint: fingerprint})
		}
	}
	if answers == nil {
		answers = append(answers, &integration.Answer{Waiver: waiver, Fingerprint: group})
	}
	return answers
}

// about are the rule and the element of an issue's group, from its labels and
// the end of its summary. People may have changed both, so they count only where
// they make the fingerprint of the group; else both are "", and whoever takes the
// answer looks the finding up by its fingerprint.
func (c *call) about(group string) (rule, element string) {
	product := ""
	for _, l := range c.Issue.Fields.Labels {
		if name, found := strings.CutPrefix(l, labelRule); found {
			rule = name
		} else if name, found := strings.CutPrefix(l, labelProduct); found {
			product = name
		}
	}
	summary := strings.TrimSuffix(c.Issue.Fields.Summary, ")")
	for at := strings.LastIndex(summary, " ("); at >= 0; at = strings.LastIndex(summary[:at], " (") {
		if element = summary[at+2:]; check.Fingerprint(rule, product, element, "group") == group {
			return rule, element
		}
	}
	if check.Fingerprint(rule, product, "", "group") == group {
		return rule, ""
	}
	return "", ""
}

// Call implements [integration.Receiver]: what Jira would send when somebody
// closes the issue of a finding as declined.
func (Tool) Call(in integration.Inputs, address string, now time.Time, f *check.Finding) (*http.Request, error) {
	const product = "product"
	d := &integration.Delivery{Product: product, URL: "https://reports.example.com/", Report: &check.Report{Findings: []check.Finding{*f}}}
	g := &message.Groups(d)[0]
	word := "Won't Do"
	if first := strings.TrimSpace(strings.Split(in["declined"], ",")[0]); first != "" {
		word = first
	}
	var c call
	c.Timestamp, c.WebhookEvent, c.User.DisplayName = now.UnixMilli(), "jira:issue_updated", "Dana"
	c.Issue.Key = in["project"] + "-1"
	fields := &c.Issue.Fields
	fields.Summary, fields.Labels = summary(g), labels(g)
	fields.Status.Name, fields.Status.StatusCategory.Key = "Done", "done"
	fields.Resolution = &struct {
		Name string `json:"name"`
	}{word}
	fields.Description = marshal(writer{}.description(d, g))
	c.Changelog.Items = []changed{{Field: "resolution", To: word}}
	body := marshal(c)
	r, err := http.NewRequestWithContext(context.Background(), http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return nil, &integration.Error{Tool: manifest().Name, Kind: integration.Config, Text: "the address of the receiver is no URL", Hint: "give one such as https://host/jira"}
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-Atlassian-Webhook-Identifier", fmt.Sprintf("%x", now.UnixNano()))
	if keyring(in).Sign(r.Header, "", body, now) != nil {
		return nil, &integration.Error{Tool: manifest().Name, Kind: integration.Config, Text: "the call could not be signed", Hint: "set JIRA_WEBHOOK_SECRET"}
	}
	return r, nil
}
