package send_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/webhook/send"
)

// fault is what goes wrong with one attempt.
type fault int

const (
	none        fault = iota
	reset             // the connection breaks before anything is read
	halfRequest       // and after half of the payload was read
	halfHeader        // and in the middle of the answer's headers
	tooSlow           // the answer comes after the timeout
	status500
	status503
	status429
	status502
	redirect
	faults // how many there are

	halfBody // the answer is 200, and its body breaks: it has been taken
	slow     // the answer is late, and in time
)

// plan says for each id what goes wrong with its attempts, one after the
// other; what is beyond goes well.
type plan struct {
	mu   sync.Mutex
	left map[string][]fault
	met  map[string][]fault
}

func (p *plan) next(id string) fault {
	p.mu.Lock()
	defer p.mu.Unlock()
	f := none
	if l := p.left[id]; len(l) > 0 {
		f, p.left[id] = l[0], l[1:]
	}
	p.met[id] = append(p.met[id], f)
	return f
}

// TestFaults sends 400 messages through a network where 3 attempts in 10 go
// wrong in every way there is, by a seed: all are delivered, each after exactly
// the attempts that its faults ask for, with the same id and body.
func TestFaults(t *testing.T) {
	t.Parallel()
	for seed := range uint64(3) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) { testFaults(t, rand.New(rand.NewPCG(seed, 5))) })
		})
	}
}

func testFaults(t *testing.T, r *rand.Rand) {
	const messages = 400
	p := &plan{left: map[string][]fault{}, met: map[string][]fault{}}
	want := map[string][]fault{}
	wrong, all := 0, 0
	for i := range messages {
		id := fmt.Sprintf("msg_%d", i)
		var list []fault
		for all++; r.Float64() < 0.3 && len(list) < 9; all++ {
			list = append(list, 1+fault(r.IntN(int(faults)-1)))
		}
		wrong += len(list)
		last := []fault{none, none, halfBody, slow}[r.IntN(4)]
		list = append(list, last)
		p.left[id], want[id] = list, list
	}
	if share := float64(wrong) / float64(all); share < 0.25 || share > 0.35 {
		t.Fatalf("%.3f of the attempts go wrong", share)
	}
	b := newBook()
	w := newWorld(t, func(rw http.ResponseWriter, r *http.Request) { p.serve(rw, r, b) })
	s := open(t, send.Options{
		Guard: w.guard(), Workers: 8, Random: r.Float64, Disable: send.Disable{After: -1},
		Endpoints: []send.Endpoint{{ID: "a", URL: "http://hooks.example/in", Unsigned: true, Concurrency: 8}},
	})
	for i := range messages {
		put(t, s, send.Message{ID: fmt.Sprintf("msg_%d", i), Body: fmt.Appendf(nil, `{"n":%d,"pad":%q}`, i, strings.Repeat("x", 3000))})
	}
	wait(t, s)

	if diff := cmp.Diff(want, p.met); diff != "" {
		t.Errorf("attempts by id (-want +got):\n%s", diff)
	}
	delivered, err := s.Deliveries(t.Context(), send.Query{State: send.Delivered})
	if err != nil || len(delivered) != messages {
		t.Errorf("%d delivered, %v", len(delivered), err)
	}
	for _, d := range delivered {
		attempts, err := s.Attempts(t.Context(), d.Message.ID)
		if err != nil || len(attempts) != len(want[d.Message.ID]) || d.Attempts != len(attempts) {
			t.Errorf("%s: %d attempts of %d: %v", d.Message.ID, len(attempts), len(want[d.Message.ID]), err)
			continue
		}
		for i, f := range want[d.Message.ID] {
			if class := attempts[i].Class; class != f.class() {
				t.Errorf("%s: fault %d is told as %s", d.Message.ID, f, class)
			}
		}
	}
	bodies := map[string]string{}
	for _, h := range b.all() {
		if was, known := bodies[h.ID]; known && was != h.Body {
			t.Errorf("the body of %s changed", h.ID)
		}
		bodies[h.ID] = h.Body
	}
}

func (f fault) class() send.Class {
	switch f {
	case reset, halfRequest:
		return send.ClassReset
	case halfHeader:
		return send.ClassNetwork
	case tooSlow:
		return send.ClassTimeout
	case status500, status503:
		return send.ClassServer
	case status429, status502:
		return send.ClassThrottled
	case redirect:
		return send.ClassRedirect
	default:
		return send.OK
	}
}

// serve lets one attempt go wrong.
func (p *plan) serve(rw http.ResponseWriter, r *http.Request, b *book) {
	f := p.next(r.Header.Get("Webhook-Id"))
	cut := func(before string) {
		conn, buf, err := http.NewResponseController(rw).Hijack()
		if err != nil {
			return
		}
		_, _ = buf.WriteString(before)
		_ = buf.Flush()
		_ = conn.Close()
	}
	switch f {
	case reset:
		cut("")
		return
	case halfRequest:
		_, _ = r.Body.Read(make([]byte, 1000))
		cut("")
		return
	case halfHeader:
		cut("HTTP/1.1 200 OK\r\nContent-Le")
		return
	}
	b.note(r)
	switch f {
	case tooSlow:
		select {
		case <-time.After(time.Minute):
		case <-r.Context().Done():
		}
	case slow:
		time.Sleep(15 * time.Second)
	case halfBody:
		cut("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf")
	case status500, status503, status429, status502, redirect:
		rw.WriteHeader(map[fault]int{status500: 500, status503: 503, status429: 429, status502: 502, redirect: 302}[f])
	}
}

// TestAnswers sees what each answer means.
func TestAnswers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		status int
		header string
		class  send.Class
		second time.Duration // when the second attempt is made; 0 for none
	}{
		{200, "", send.OK, 0},
		{201, "", send.OK, 0},
		{204, "", send.OK, 0},
		{299, "", send.OK, 0},
		{301, "", send.ClassRedirect, 5 * time.Second},
		{304, "", send.ClassRedirect, 5 * time.Second},
		{400, "", send.ClassClient, 5 * time.Second},
		{404, "", send.ClassClient, 5 * time.Second},
		{410, "", send.ClassGone, 0},
		{429, "", send.ClassThrottled, 5 * time.Second},
		{429, "120", send.ClassThrottled, 120 * time.Second},
		{429, "Sat, 01 Jan 2000 00:10:00 GMT", send.ClassThrottled, 10 * time.Minute},
		{429, "Fri, 31 Dec 1999 00:10:00 GMT", send.ClassThrottled, 5 * time.Second},
		{429, "99999999999999999999", send.ClassThrottled, 24 * time.Hour},
		{429, "-5", send.ClassThrottled, 5 * time.Second},
		{429, "soon", send.ClassThrottled, 5 * time.Second},
		{503, "3", send.ClassServer, 5 * time.Second},
		{503, "30", send.ClassServer, 30 * time.Second},
		{400, "30", send.ClassClient, 30 * time.Second},
		{502, "", send.ClassThrottled, 5 * time.Second},
		{504, "", send.ClassThrottled, 5 * time.Second},
		{500, "", send.ClassServer, 5 * time.Second},
		{999, "", send.ClassServer, 5 * time.Second},
	} {
		t.Run(fmt.Sprint(c.status, " ", c.header), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := newBook()
				w := newWorld(t, func(rw http.ResponseWriter, r *http.Request) {
					b.note(r)
					if c.header != "" {
						rw.Header().Set("Retry-After", c.header)
					}
					if len(b.all()) == 1 {
						rw.WriteHeader(c.status)
					}
				})
				s := open(t, send.Options{Guard: w.guard(), Endpoints: []send.Endpoint{{ID: "a", URL: "http://hooks.example/in", Unsigned: true}}})
				id := put(t, s, send.Message{})
				wait(t, s)
				attempts, err := s.Attempts(t.Context(), id)
				if err != nil || attempts[0].Class != c.class || attempts[0].Status != c.status {
					t.Fatalf("attempts: %+v, %v", attempts, err)
				}
				var second time.Duration
				if hops := b.all(); len(hops) > 1 {
					second = hops[1].At
				}
				if second != c.second {
					t.Errorf("the second attempt is made after %v, not %v", second, c.second)
				}
			})
		})
	}
}

// TestClasses sees what is told of attempts that get no answer.
func TestClasses(t *testing.T) {
	t.Parallel()
	local := newLocal(t)
	for _, c := range []struct {
		name, url string
		change    func(*send.Options)
		want      send.Class
	}{
		{"nobody listens", local.closed, nil, send.ClassRefused},
		{"no TLS there", "https" + local.plain[4:], nil, send.ClassTLS},
		{"no trust", local.untrusted, nil, send.ClassTLS},
		{"plain where TLS is", "http" + local.untrusted[5:], nil, send.ClassClient},
		{"no name", "http://none.example/", nil, send.ClassName},
		{"not public", "http://inside.example/", nil, send.ClassBlocked},
		{"too slow", local.plain + "/slow", func(o *send.Options) { o.Timeout = 30 * time.Millisecond }, send.ClassTimeout},
		{"no signature", local.plain, func(o *send.Options) { o.Endpoints[0].Signer = secretSigner("") }, send.ClassSign},
		{"headers without end", local.plain + "/headers", nil, send.ClassNetwork},
		{"no HTTP", local.garbage, nil, send.ClassNetwork},
		{"an endless body", local.plain + "/endless", nil, send.OK},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			o := send.Options{
				Guard: local.guard(), Retry: send.Retry{Waits: make([]time.Duration, 1)},
				Endpoints: []send.Endpoint{{ID: "a", URL: c.url, Unsigned: true}},
			}
			if c.change != nil {
				c.change(&o)
			}
			s := open(t, o)
			id := put(t, s, send.Message{})
			wait(t, s)
			attempts, err := s.Attempts(t.Context(), id)
			if err != nil || len(attempts) != 1 || attempts[0].Class != c.want {
				t.Errorf("attempts: %+v, %v; the class is not %s", attempts, err, c.want)
			}
		})
	}
}
