package email

import (
	"context"
	"net/http"
	"net/mail"
	"net/url"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/message"
)

// taken is the answer to a mail that has been taken.
const taken = "queued"

// The headers of a request that say what the envelope of a mail says.
const (
	headerFrom = "Mail-From"
	headerTo   = "Rcpt-To"
)

// Deliver implements integration.Tool. A run that has nothing to tell sends no
// mail. One delivery has one Message-ID, under which mailboxes keep it once; a
// mail that is known to have been sent is not sent again.
func (Tool) Deliver(ctx context.Context, c *integration.Client, d *integration.Delivery) (*integration.Receipt, error) {
	d = d.In(c.Inputs["language"])
	receipt := &integration.Receipt{Tool: manifest().Name}
	e, err := readEnvelope(c)
	if err != nil {
		return receipt, err
	}
	m := message.FromDelivery(d, message.Options{Items: 20})
	if m.Quiet {
		receipt.Actions = append(receipt.Actions, integration.Action{Verb: "unchanged", Object: "no mail: nothing is new"})
		return receipt, nil
	}
	id := messageID(d, e.from)
	body, err := render(d, m, e, id)
	if err != nil {
		return receipt, c.Errorf(integration.Config, 0, "report this", "the mail cannot be written: %v", err)
	}
	note := check.Fingerprint("email", id, e.addresses(), string(body))
	key := "email " + check.Fingerprint("email", d.Product, e.addresses(), "")
	action := integration.Action{Verb: "posted", Object: "mail to " + e.addresses(), Fingerprints: nil}
	if c.Memory.Recall(key) == note {
		action.Verb = "unchanged"
		receipt.Actions = append(receipt.Actions, action)
		return receipt, nil
	}
	if err := e.send(ctx, c, body); err != nil {
		return receipt, err
	}
	c.Memory.Keep(key, note)
	receipt.Actions = append(receipt.Actions, action)
	return receipt, nil
}

// envelope is who sends to whom, and by what way.
type envelope struct {
	from *mail.Address
	to   []*mail.Address
	url  string
	user string
}

func (e *envelope) addresses() string {
	all := make([]string, len(e.to))
	for i, a := range e.to {
		all[i] = a.Address
	}
	return strings.Join(all, ", ")
}

func readEnvelope(c *integration.Client) (*envelope, error) {
	fail := func(hint, format string, args ...any) (*envelope, error) {
		return nil, c.Errorf(integration.Config, 0, hint, format, args...)
	}
	e := &envelope{url: c.Inputs["server"], user: c.Inputs["user"]}
	if file := c.Inputs["file"]; file != "" {
		e.url, e.user = (&url.URL{Scheme: "file", Opaque: url.PathEscape(file)}).String(), ""
	}
	var err error
	switch {
	case e.url == "":
		return fail("set PLUMB_SMTP_URL, or PLUMB_EMAIL_FILE", "there is neither a mail server nor a file")
	case e.user != "" && c.Inputs["password"] == "":
		return fail("set PLUMB_SMTP_PASSWORD", "account %q has no password", e.user)
	}
	if e.from, err = mail.ParseAddress(c.Inputs["from"]); err != nil || !plain(e.from) {
		return fail(`set PLUMB_EMAIL_FROM to an address such as "plumb <plumb@example.com>"`, "from %q is no address", c.Inputs["from"])
	}
	if e.to, err = mail.ParseAddressList(c.Inputs["to"]); err != nil || len(e.to) > manifest().LimitOf("recipients") {
		return fail("set PLUMB_EMAIL_TO to addresses with commas between them, at most 100", "to %q is no list of addresses", c.Inputs["to"])
	}
	for _, a := range e.to {
		if !plain(a) {
			return fail("write the address in ASCII", "address %q cannot be sent to", a.Address)
		}
	}
	return e, nil
}

// plain reports whether an address can be sent to by every server: ASCII
// without spaces, and with a host.
func plain(a *mail.Address) bool {
	for i := range len(a.Address) {
		if c := a.Address[i]; c <= ' ' || c >= 0x7f || c == '<' || c == '>' {
			return false
		}
	}
	_, host, ok := strings.Cut(a.Address, "@")
	return ok && host != ""
}

func (e *envelope) send(ctx context.Context, c *integration.Client, body []byte) error {
	header := http.Header{"Content-Type": {"message/rfc822"}, headerFrom: {e.from.Address}, headerTo: nil}
	for _, a := range e.to {
		header.Add(headerTo, a.Address)
	}
	r := &integration.Request{Method: http.MethodPost, URL: e.url, Body: body}
	response, err := c.Rotate("password", func(password string) (*integration.Response, error) {
		h := header.Clone()
		if e.user != "" {
			h.Set("Authorization", integration.BasicAuth(e.user, password))
		}
		r.Header = h
		return c.Do(ctx, r)
	})
	if err == nil && string(response.Body) != taken {
		return c.Unexpected(r, response, "it is that of no mail server")
	}
	return err
}

// messageID is the Message-ID of a delivery: the same whenever it is made.
func messageID(d *integration.Delivery, from *mail.Address) string {
	_, host, _ := strings.Cut(from.Address, "@")
	return "<" + check.Fingerprint("mail", d.Product, d.ID, "") + "@" + host + ">"
}

// thread is the Message-ID that all mails about a product refer to, so that
// mail programs show them together.
func thread(d *integration.Delivery, from *mail.Address) string {
	_, host, _ := strings.Cut(from.Address, "@")
	return "<" + check.Fingerprint("thread", d.Product, "", "") + "@" + host + ">"
}
