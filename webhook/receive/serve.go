package receive

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/plumbapi/plumb/internal/jsonscan"
	"github.com/plumbapi/plumb/webhook/hook"
	"github.com/plumbapi/plumb/webhook/signature"
)

// ServeHTTP implements http.Handler. It answers
//
//	202 the delivery is kept and will be handled
//	200 it was kept before, or it was a handshake
//	400 the body is not complete, not compressed as it says, or not JSON
//	401 the signature is missing or wrong, or too old
//	405 the method is not POST
//	408 the body came too slowly for the server's bounds
//	413 the body is too large
//	415 the type or the compression of the body is not one that is read
//	500 the receiver is not set up
//	503 there is no room, the store fails, or the receiver is closed; with Retry-After
func (r *Receiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	start := r.o.Now()
	a := answer{status: http.StatusAccepted, outcome: Accepted, text: "accepted"}
	d, refused := r.receive(w, req, start)
	switch {
	case refused != nil:
		a = answer{refused.status, refused.outcome, refused.text}
	case d == nil:
		r.count(Observation{Outcome: Handshake, Took: r.o.Now().Sub(start)})
		return
	default:
		a = r.keep(req, d)
	}
	r.count(Observation{Outcome: a.outcome, Delivery: d, Took: r.o.Now().Sub(start)})
	a.write(w)
}

// answer is what a request is answered with.
type answer struct {
	status  int
	outcome Outcome
	text    string
}

// retryAfter is how many seconds a sender is asked to wait.
const retryAfter = 10

func (a *answer) write(w http.ResponseWriter) {
	h := w.Header()
	h["Content-Type"] = textType
	h["X-Content-Type-Options"] = noSniff
	if a.status == http.StatusServiceUnavailable {
		h.Set("Retry-After", strconv.Itoa(retryAfter))
	}
	if a.status == http.StatusMethodNotAllowed {
		h.Set("Allow", http.MethodPost)
	}
	if a.status == http.StatusUnsupportedMediaType {
		h.Set("Accept", "application/json, application/x-www-form-urlencoded")
		h.Set("Accept-Encoding", "identity")
	}
	w.WriteHeader(a.status)
	_, _ = w.Write([]byte(a.text + "\n")) // the sender may be away already
}

var textType, noSniff = []string{"text/plain; charset=utf-8"}, []string{"nosniff"}

// receive reads and verifies a delivery. It returns nil where it has answered
// a handshake.
func (r *Receiver) receive(w http.ResponseWriter, req *http.Request, now time.Time) (*hook.Delivery, *refusal) {
	if r.err != nil {
		return nil, &refusal{http.StatusInternalServerError, NotSetUp, "the receiver is not set up"}
	}
	if r.isClosing() {
		return nil, closed
	}
	if req.Method == http.MethodOptions && r.allows(w, req) {
		return nil, nil
	}
	if req.Method != http.MethodPost {
		return nil, &refusal{http.StatusMethodNotAllowed, BadMethod, "deliveries come with POST"}
	}
	form, refused := isForm(req.Header)
	if refused != nil {
		return nil, refused
	}
	body, refused := r.read(req)
	if refused != nil {
		return nil, refused
	}
	if r.o.Verify != nil {
		if err := r.o.Verify.Verify(req.Header, body, now); err != nil {
			return nil, r.unsigned(err)
		}
	}
	if form {
		if body, refused = payload(jsonscan.View(body)); refused != nil {
			return nil, refused
		}
	}
	if !jsonscan.Valid(jsonscan.View(body)) {
		return nil, notJSON
	}
	if challenge, ok := challenge(body); ok {
		answer := answer{status: http.StatusOK, text: challenge}
		answer.write(w)
		return nil, nil
	}
	return r.delivery(req.Header, body, now), nil
}

// unsigned says why a delivery was not accepted, in the words of package
// signature, which hold nothing of the secret or the body; those of another
// verifier are not repeated.
func (r *Receiver) unsigned(err error) *refusal {
	text := "the signature is not accepted"
	var e *signature.Error
	if errors.As(err, &e) {
		text = e.Error()
		if errors.Is(e, signature.ErrNoSecret) {
			return &refusal{http.StatusInternalServerError, NotSetUp, "the receiver is not set up"}
		}
	}
	return &refusal{http.StatusUnauthorized, Unsigned, text}
}

// delivery puts together what the handler gets.
func (r *Receiver) delivery(header http.Header, body []byte, now time.Time) *hook.Delivery {
	d := &hook.Delivery{Header: r.without(header), Body: body, Received: now}
	d.ID = r.o.Routing.ID(header, body)
	d.Event, d.Action = r.o.Routing.Route(header, body)
	return d
}

// without returns the headers without those that hold secrets, which are
// nothing to keep.
func (r *Receiver) without(header http.Header) http.Header {
	h := header
	for _, names := range [][]string{r.secret, {"Authorization", "Cookie", "Proxy-Authorization"}} {
		for _, name := range names {
			if _, ok := h[name]; ok {
				if len(h) == len(header) {
					h = maps.Clone(h)
				}
				delete(h, name)
			}
		}
	}
	return h
}

// keep stores a delivery and says how to answer.
func (r *Receiver) keep(req *http.Request, d *hook.Delivery) answer {
	r.gate.RLock()
	defer r.gate.RUnlock()
	if r.closed {
		return answer{closed.status, closed.outcome, closed.text}
	}
	added, err := r.o.Store.Add(req.Context(), key(d.ID), d, r.o.Limit)
	switch {
	case err != nil:
		r.o.Log.Error("webhook is not kept", append(names(d), "type", typeOf(err))...)
		return answer{http.StatusServiceUnavailable, StoreFailed, "the delivery could not be kept; try again later"}
	case added == NoRoom:
		return answer{http.StatusServiceUnavailable, Full, noRoom.text}
	case added == Known:
		return answer{http.StatusOK, Duplicate, "known"}
	}
	r.wake()
	return answer{http.StatusAccepted, Accepted, "accepted"}
}

// maxKey bounds the keys of a store: a longer id is known by its sum.
const maxKey = 200

// key returns what a delivery is known by. One without an id is known by
// nothing that could come again.
func key(id string) string {
	switch {
	case id == "":
		return "?" + rand.Text()
	case len(id) > maxKey:
		sum := sha256.Sum256([]byte(id))
		return "#" + hex.EncodeToString(sum[:])
	}
	return "=" + id
}

// challenge returns what an endpoint that is being set up has to answer, as
// Slack asks with {"type":"url_verification","challenge":"…"}. It has been
// verified by then.
func challenge(body []byte) (string, bool) {
	const most = 4 << 10
	if len(body) > most || !strings.Contains(jsonscan.View(body), `"url_verification"`) {
		return "", false
	}
	var v struct{ Type, Challenge string }
	if json.Unmarshal(body, &v) != nil || v.Type != "url_verification" || v.Challenge == "" {
		return "", false
	}
	return v.Challenge, true
}

// allows answers the handshake of CloudEvents' HTTP Webhook specification: the
// sender asks whether it may deliver.
func (r *Receiver) allows(w http.ResponseWriter, req *http.Request) bool {
	origin := req.Header.Get("WebHook-Request-Origin")
	if origin == "" || !slices.Contains(r.o.Origins, origin) && !slices.Contains(r.o.Origins, "*") {
		return false
	}
	h := w.Header()
	h.Set("Allow", http.MethodPost)
	h.Set("WebHook-Allowed-Origin", origin)
	if req.Header.Get("WebHook-Request-Rate") != "" {
		h.Set("WebHook-Allowed-Rate", "*")
	}
	w.WriteHeader(http.StatusOK)
	return true
}
