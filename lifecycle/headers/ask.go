package headers

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// The defaults of AskOptions.
const (
	DefaultRate   = 5.0
	DefaultBudget = 1000
)

// The bounds of asking.
const (
	maxFailures = 3 // without an answer, in a row
	maxWaits    = 2 // as a server asks to, for one request
	maxWait     = time.Minute
)

// AskOptions say where and how a plan is asked.
type AskOptions struct {
	// Base is the URL that the paths of the description are below, such as
	// https://api.example.org/v2.
	Base string
	// Client sends the requests; it says which hosts and addresses may be
	// asked. Redirects are not followed: they are answers. Nil means a plain
	// one.
	Client *http.Client
	// Rate is how many requests are sent a second at most, Budget how many in
	// all; 0 means the defaults.
	Rate   float64
	Budget int
	// Wait returns after d, or with the error of ctx when that ends first; nil
	// means a timer.
	Wait func(ctx context.Context, d time.Duration) error
	// Now tells the time of the exchanges; nil means that of the Judge.
	Now func() time.Time
}

// UnreachableError says that a server gave no answer.
type UnreachableError struct {
	// URL is without a password and a query.
	URL string
	// Answered and Planned count requests.
	Answered, Planned int
	Err               error
}

// Error returns "https://api.example.org gives no answer, 3 of 12 requests
// were answered: CAUSE".
func (e *UnreachableError) Error() string {
	return fmt.Sprintf("%s gives no answer, %d of %d requests were answered: %v", e.URL, e.Answered, e.Planned, e.Err)
}

// Unwrap returns the cause.
func (e *UnreachableError) Unwrap() error { return e.Err }

// Run asks a server what the plan says, one request after the other, and lets
// the judge see the answers. The error is an [*UnreachableError], one about
// the options, or that of ctx; what was answered until then is judged.
func (p *Plan) Run(ctx context.Context, j *Judge, o AskOptions) error {
	base, err := url.Parse(o.Base)
	if err != nil || base.Host == "" || base.Scheme != "http" && base.Scheme != "https" {
		return fmt.Errorf("%q is no http or https URL", plainURL(o.Base))
	}
	a := &asker{o: o, base: base, client: &http.Client{}}
	if o.Client != nil {
		*a.client = *o.Client
	}
	a.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	budget := o.Budget
	if budget <= 0 {
		budget = DefaultBudget
	}
	for _, s := range p.Skipped {
		j.result(s.op).Skipped = s.Reason
	}
	if n := len(p.Skipped); len(p.Asks) == 0 && n > 0 {
		j.Fail(fmt.Sprintf("nothing can be asked: all %d operations that promise something change things or lack values of parameters", n))
		return nil
	}
	answered, failures := 0, 0
	for i := range p.Asks {
		ask := &p.Asks[i]
		if a.sent >= budget {
			j.Fail(fmt.Sprintf("the budget of %d requests is used up, %d of %d operations were asked", budget, i, len(p.Asks)))
			return nil
		}
		e, err := a.ask(ctx, ask)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			j.Add(&Exchange{Method: ask.method, URL: a.target(ask), Operation: ask.op})
			if failures++; failures >= maxFailures || failures == len(p.Asks) {
				return &UnreachableError{URL: plainURL(o.Base), Answered: answered, Planned: len(p.Asks), Err: err}
			}
		default:
			failures = 0
			answered++
			j.Add(e)
		}
	}
	if missing := len(p.Asks) - answered; missing > 0 {
		j.Fail(fmt.Sprintf("%s: %d of %d requests were not answered", plainURL(o.Base), missing, len(p.Asks)))
	}
	return nil
}

type asker struct {
	o      AskOptions
	base   *url.URL
	client *http.Client
	sent   int
}

// target is the URL of a request: the base, with the path below it and both
// queries.
func (a *asker) target(ask *Ask) string {
	u := *a.base
	u.RawQuery, u.Fragment, u.RawFragment = "", "", ""
	path, query, _ := strings.Cut(ask.Target, "?")
	text := strings.TrimRight(u.String(), "/") + path
	if all := strings.Trim(a.base.RawQuery+"&"+query, "&"); all != "" {
		text += "?" + all
	}
	return text
}

// ask sends a request, and again where the server asks to wait for a time that
// is not too long.
func (a *asker) ask(ctx context.Context, ask *Ask) (*Exchange, error) {
	for waits := 0; ; waits++ {
		e, err := a.once(ctx, ask)
		if err != nil {
			return nil, err
		}
		wait, asks := retryAfter(e)
		if !asks || wait > maxWait || waits == maxWaits {
			return e, nil
		}
		if err := a.wait(ctx, wait); err != nil {
			return nil, err
		}
	}
}

func (a *asker) once(ctx context.Context, ask *Ask) (*Exchange, error) {
	rate := a.o.Rate
	if rate <= 0 {
		rate = DefaultRate
	}
	if a.sent > 0 {
		if err := a.wait(ctx, time.Duration(float64(time.Second)/rate)); err != nil {
			return nil, err
		}
	}
	a.sent++
	req, err := http.NewRequestWithContext(ctx, ask.method, a.target(ask), nil)
	if err != nil {
		return nil, errors.New("the path makes no URL")
	}
	req.Header.Set("Accept", "application/json, */*;q=0.5")
	for name, values := range ask.Header {
		req.Header[name] = values
	}
	resp, err := a.client.Do(req)
	if err != nil {
		var full *url.Error
		if errors.As(err, &full) {
			err = full.Err // the address may hold secrets
		}
		return nil, err
	}
	_ = resp.Body.Close() // only the header counts
	e := &Exchange{Method: ask.method, URL: a.target(ask), Status: resp.StatusCode, Header: resp.Header, Operation: ask.op}
	if a.o.Now != nil {
		e.At = a.o.Now()
	}
	return e, nil
}

// retryAfter reads how long a server asks to wait; moments are taken for too
// long.
func retryAfter(e *Exchange) (wait time.Duration, asks bool) {
	if e.Status != http.StatusTooManyRequests && e.Status != http.StatusServiceUnavailable {
		return 0, false
	}
	n, err := strconv.ParseUint(strings.TrimSpace(e.Header.Get("Retry-After")), 10, 31)
	return time.Duration(n) * time.Second, err == nil
}

func (a *asker) wait(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil || d <= 0 {
		return err
	}
	if a.o.Wait != nil {
		return a.o.Wait(ctx, d)
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
