package send_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/webhook/send"
)

// hostile are URLs that lead, or may lead, to this machine, its network or its
// cloud: none may be reached. Names have the addresses that names says.
func hostile() []string {
	return strings.Fields(strings.ReplaceAll(`
https://127.0.0.1/ https://127.0.0.1:8443/admin https://127.1/ https://127.0.1/ https://127.255.255.254/ https://0/ https://0.0.0.0/
https://2130706433/ https://017700000001/ https://0x7f000001/ https://0x7f.0.0.1/ https://0177.0.0.1/ https://0x7F.1/ https://127.0.0.01/
https://0300.0250.0.1/ https://192.168.257/ https://3232235521/ https://0xA9FEA9FE/ https://0251.0376.0251.0376/ https://169.16689662/
https://127.0.0.1./ https://0x7f000001./ https://256.256.256.256/ https://1.2.3.4.5/ https://99999999999/ https://0x/ https://1.2.3.08/
https://10.0.0.1/ https://10.255.255.255/ https://172.16.0.1/ https://172.31.255.255/ https://192.168.1.1/ https://100.64.0.1/
https://169.254.169.254/latest/meta-data/ https://169.254.170.2/v2/credentials https://100.100.100.200/ https://192.0.0.192/ https://168.63.129.16/
https://198.18.0.1/ https://192.0.2.1/ https://198.51.100.7/ https://203.0.113.7/ https://192.88.99.1/ https://224.0.0.1/ https://239.255.255.250/
https://240.0.0.1/ https://255.255.255.255/ https://0.1.2.3/
https://[::1]/ https://[::]/ https://[0:0:0:0:0:0:0:1]/ https://[::ffff:127.0.0.1]/ https://[::ffff:7f00:1]/ https://[::ffff:169.254.169.254]/
https://[::ffff:93.184.216.34]/ https://[::127.0.0.1]/ https://[::7f00:1]/ https://[64:ff9b::127.0.0.1]/ https://[64:ff9b::a9fe:a9fe]/
https://[64:ff9b:1::10.0.0.1]/ https://[2002:7f00:1::]/ https://[2002:a9fe:a9fe::1]/ https://[2001:0:7f00:1::]/ https://[2001:db8::1]/
https://[3fff::1]/ https://[fc00::1]/ https://[fd00:ec2::254]/ https://[fd12:3456:789a::1]/ https://[fe80::1]/ https://[fe80::1%25eth0]/
https://[::1%25lo]/ https://[fec0::1]/ https://[ff02::1]/ https://[ff05::1:3]/ https://[100::1]/ https://[5f00::1]/ https://[4000::1]/ https://[v1.1]/
https://localhost/ https://LOCALHOST/ https://localhost./ https://foo.localhost/ https://a.b.localhost:9200/
https://loopback.example/ https://private.example/ https://metadata.example/ https://metadata.google.internal/ https://mapped.example/
https://nat64.example/ https://sixtofour.example/ https://ula.example/ https://linklocal.example/ https://zone.example/ https://multicast.example/
https://zero.example/ https://everything.example/ https://none.example/ https://invalid.example/ https://intranet/ https://wireserver.example/
https://rebinding.example/ https://rebinding.example:8443/
https://user@public.example/ https://user:pass@public.example/ https://public.example@127.0.0.1/ https://127.0.0.1#@public.example/
https://public.example\@127.0.0.1/ https://127.0.0.1\@public.example/ https://public.example%2f@127.0.0.1/ https://127.0.0.1%00.public.example/
https://127.0.0.1%2epublic.example/ https://%31%32%37.0.0.1/ https://127。0。0。1/ https://１２７.0.0.1/ https://①②⑦.⓪.⓪.①/ https://ⓛocalhost/
https://loc%61lhost/ https://local{shy}host/ https://..127.0.0.1/ https://a..b.example/ https://.example/ https://pub_lic.example:0/ https://public.example:99999/
https://public.example:-1/ https://public.example:443:80/ https://public.example:http/ https://[::1/ https://::1/ https://[]/ https:///etc/passwd https://:443/
http://public.example/ http://127.0.0.1/ ftp://public.example/ file:///etc/passwd gopher://127.0.0.1:6379/_INFO unix:///var/run/docker.sock
data:application/json,{} javascript:alert(1) https:public.example HTTPS:/public.example //public.example/ /hook public.example localhost:80 jar:https://public.example!/
`, "{shy}", "\u00ad"))
}

// names are the addresses of names, as a hostile zone may have them.
func names() map[string][]string {
	return map[string][]string{
		"public.example": {"93.184.216.34"}, "loopback.example": {"127.0.0.1"}, "private.example": {"10.0.0.5", "192.168.0.5"},
		"metadata.example": {"169.254.169.254"}, "metadata.google.internal": {"169.254.169.254"}, "mapped.example": {"::ffff:127.0.0.1"},
		"nat64.example": {"64:ff9b::7f00:1"}, "sixtofour.example": {"2002:7f00:1::"}, "ula.example": {"fd00::1"}, "linklocal.example": {"fe80::1"},
		"zone.example": {"fe80::1%lo"}, "multicast.example": {"239.1.1.1"}, "zero.example": {"0.0.0.0"},
		"everything.example": {"127.0.0.1", "::1", "10.0.0.1", "fe80::1", "169.254.169.254"}, "none.example": {}, "intranet": {"10.0.0.80"},
		"wireserver.example": {"168.63.129.16"}, "localhost": {"127.0.0.1"}, "LOCALHOST": {"127.0.0.1"},
	}
}

// dialled notes every connection that is made, and makes none.
type dialled struct {
	mu   sync.Mutex
	list []string
}

func (d *dialled) dial(_ context.Context, _, address string) (net.Conn, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.list = append(d.list, address)
	return nil, errors.New("nobody is there")
}

func (d *dialled) take() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	list := d.list
	d.list = nil
	return list
}

// resolver answers from names. The name that rebinds is public when somebody
// looks first, to judge it, and this machine ever after.
func resolver() func(context.Context, string) ([]netip.Addr, error) {
	var mu sync.Mutex
	looks := 0
	return func(_ context.Context, host string) ([]netip.Addr, error) {
		mu.Lock()
		defer mu.Unlock()
		switch host {
		case "rebinding.example":
			if looks++; looks == 1 {
				return []netip.Addr{netip.MustParseAddr("93.184.216.34")}, nil
			}
			return []netip.Addr{netip.MustParseAddr("127.0.0.1")}, nil
		case "invalid.example":
			return []netip.Addr{{}}, nil
		}
		var list []netip.Addr
		for _, a := range names()[host] {
			list = append(list, netip.MustParseAddr(a))
		}
		if names()[host] == nil {
			// Whatever else is asked for is this machine: that a host is odd must
			// not depend on the resolver to be found out.
			list = append(list, netip.MustParseAddr("127.0.0.1"))
		}
		return list, nil
	}
}

// TestGuardReachesNone sends to each hostile URL by every way there is: as an
// endpoint, and past the look at the URL, so that each defence stands alone.
func TestGuardReachesNone(t *testing.T) {
	t.Parallel()
	urls := hostile()
	if len(urls) < 140 {
		t.Fatalf("only %d URLs", len(urls))
	}
	for _, raw := range urls {
		t.Run(strings.ReplaceAll(raw, "/", "|"), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var d dialled
				g := send.Guard{Resolve: resolver(), Dial: d.dial}
				public := func(list []string) bool {
					for _, a := range list {
						if !strings.HasPrefix(a, "93.184.216.34:") {
							return false
						}
					}
					return true
				}
				s, err := send.New(send.Options{
					Guard: g, Retry: send.Retry{Waits: make([]time.Duration, 3)},
					Endpoints: []send.Endpoint{{ID: "a", URL: raw, Unsigned: true}},
				})
				var blocked *send.BlockedError
				switch {
				case err == nil:
					put(t, s, send.Message{})
					wait(t, s)
					dead, err := s.Deliveries(t.Context(), send.Query{State: send.Dead})
					if err != nil || len(dead) != 1 || (dead[0].Class != send.ClassBlocked && dead[0].Class != send.ClassName) {
						t.Errorf("dead letters: %+v, %v", dead, err)
					}
					if err := s.Close(context.Background()); err != nil {
						t.Error(err)
					}
				case !errors.As(err, &blocked):
					t.Errorf("New: %v", err)
				}
				if list := d.take(); !public(list) {
					t.Errorf("an endpoint reached %v", list)
				}

				client := &http.Client{Transport: &http.Transport{DialContext: g.DialContext}}
				if answer, err := client.Get(raw); err == nil {
					_ = answer.Body.Close()
					t.Error("a client reached it")
				}
				// A URL that is odd only to the look at it names a public host.
				if list := d.take(); !public(list) {
					t.Errorf("a client reached %v", list)
				}
			})
		})
	}
}

// TestGuardRebinding sees that the address that was judged is the one that is
// dialled, and that the name is asked for once.
func TestGuardRebinding(t *testing.T) {
	t.Parallel()
	var d dialled
	asked := 0
	resolve := resolver()
	g := send.Guard{Dial: d.dial, Resolve: func(ctx context.Context, host string) ([]netip.Addr, error) {
		asked++
		return resolve(ctx, host)
	}}
	for i, want := range [][]string{{"93.184.216.34:443"}, nil, nil} {
		_, err := g.DialContext(t.Context(), "tcp", "rebinding.example:443")
		if err == nil || asked != i+1 {
			t.Errorf("look %d: asked %d times, error %v", i, asked, err)
		}
		if diff := cmp.Diff(want, d.take()); diff != "" {
			t.Errorf("look %d (-want +got):\n%s", i, diff)
		}
	}
}

func TestGuardLetsThrough(t *testing.T) {
	t.Parallel()
	own := []netip.Prefix{netip.MustParsePrefix("10.20.0.0/16"), netip.MustParsePrefix("fd00:1::/32")}
	local := []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	for _, c := range []struct {
		name, url string
		guard     send.Guard
		want      []string // what is dialled
	}{
		{"a public name", "https://public.example/hook?x=1", send.Guard{}, []string{"93.184.216.34:443"}},
		{"a public address", "https://93.184.216.34/", send.Guard{}, []string{"93.184.216.34:443"}},
		{"of IPv6", "https://[2606:4700::1111]:8443/", send.Guard{}, []string{"[2606:4700::1111]:8443"}},
		{"public ones of several", "https://mixed.example/", send.Guard{}, []string{"93.184.216.34:443", "[2606:4700::1111]:443"}},
		{"http that is allowed", "http://public.example/", send.Guard{HTTP: true}, []string{"93.184.216.34:80"}},
		{"a port of the list", "https://public.example:8443/", send.Guard{Ports: []uint16{443, 8443}}, []string{"93.184.216.34:8443"}},
		{"a port that is not", "https://public.example:6379/", send.Guard{Ports: []uint16{443, 8443}}, nil},
		{"http has another port", "http://public.example/", send.Guard{HTTP: true, Ports: []uint16{443}}, nil},
		{"an own network", "https://10.20.3.4/", send.Guard{Networks: own}, []string{"10.20.3.4:443"}},
		{"by name", "https://inside.example/", send.Guard{Networks: own}, []string{"10.20.0.9:443", "[fd00:1::9]:443"}},
		{"beside it", "https://10.21.0.1/", send.Guard{Networks: own}, nil},
		{"mapped, by name", "https://innermapped.example/", send.Guard{Networks: own}, []string{"10.20.0.8:443"}},
		{"this machine, where that is allowed", "http://localhost:8080/", send.Guard{HTTP: true, Networks: local}, []string{"127.0.0.1:8080"}},
		{"this machine, where another network is", "https://localhost:8080/", send.Guard{Networks: own}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var d dialled
			c.guard.Dial = d.dial
			c.guard.Resolve = func(_ context.Context, host string) ([]netip.Addr, error) {
				var list []netip.Addr
				for _, a := range strings.Fields(map[string]string{
					"public.example": "93.184.216.34", "mixed.example": "10.0.0.1 93.184.216.34 ::1 2606:4700::1111", "localhost": "::1 127.0.0.1",
					"inside.example": "10.20.0.9 fd00:1::9", "innermapped.example": "::ffff:10.20.0.8",
				}[host]) {
					list = append(list, netip.MustParseAddr(a))
				}
				return list, nil
			}
			u, err := c.guard.Check(c.url)
			if err == nil {
				port := u.Port()
				if port == "" {
					port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
				}
				_, _ = c.guard.DialContext(t.Context(), "tcp", net.JoinHostPort(u.Hostname(), port))
			}
			if diff := cmp.Diff(c.want, d.take()); diff != "" {
				t.Errorf("dialled (-want +got):\n%s\n%v", diff, err)
			}
		})
	}
}

// TestRedirectIsNotFollowed answers with every kind of redirect, to a place
// that the guard would let through.
func TestRedirectIsNotFollowed(t *testing.T) {
	t.Parallel()
	for _, status := range []int{300, 301, 302, 303, 304, 307, 308} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := newBook()
				w := newWorld(t, func(rw http.ResponseWriter, r *http.Request) {
					b.note(r)
					rw.Header().Set("Location", "http://hooks.example/other")
					rw.WriteHeader(status)
				})
				s := open(t, send.Options{
					Guard: w.guard(), Retry: send.Retry{Waits: make([]time.Duration, 2)},
					Endpoints: []send.Endpoint{{ID: "a", URL: "http://hooks.example/in", Unsigned: true}},
				})
				put(t, s, send.Message{})
				wait(t, s)
				for _, h := range b.all() {
					if h.Path != "/in" {
						t.Errorf("%s was reached", h.Path)
					}
				}
				dead, err := s.Deliveries(t.Context(), send.Query{State: send.Dead})
				if err != nil || len(dead) != 1 || dead[0].Class != send.ClassRedirect || dead[0].Attempts != 2 {
					t.Errorf("dead letters: %+v, %v", dead, err)
				}
			})
		})
	}
}

// TestProxyIsIgnored sets every variable that names a proxy.
func TestProxyIsIgnored(t *testing.T) {
	for _, v := range []string{"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy"} {
		t.Setenv(v, "http://127.0.0.1:3128")
	}
	var d dialled
	s := open(t, send.Options{
		Guard: send.Guard{Resolve: resolver(), Dial: d.dial}, Retry: send.Retry{Waits: make([]time.Duration, 1)},
		Endpoints: []send.Endpoint{{ID: "a", URL: "https://public.example/", Unsigned: true}},
	})
	put(t, s, send.Message{})
	wait(t, s)
	if diff := cmp.Diff([]string{"93.184.216.34:443"}, d.take()); diff != "" {
		t.Errorf("dialled (-want +got):\n%s", diff)
	}
}

// FuzzGuard holds the guard against the one thing that counts: what is dialled
// is public, and named by a URL that http.Client would understand the same.
func FuzzGuard(f *testing.F) {
	for _, u := range hostile() {
		f.Add(u)
	}
	f.Add("https://public.example:8443/a?b#c")
	f.Fuzz(func(t *testing.T, raw string) {
		var d dialled
		g := send.Guard{HTTP: true, Resolve: resolver(), Dial: d.dial}
		u, err := g.Check(raw)
		if err != nil {
			var blocked *send.BlockedError
			if !errors.As(err, &blocked) || strings.Contains(err.Error(), "\n") {
				t.Fatalf("Check(%q): %v", raw, err)
			}
			return
		}
		if u.User != nil || u.Host == "" || u.Fragment != "" {
			t.Fatalf("Check(%q) let through %q", raw, u)
		}
		again, err := url.Parse(u.String())
		if err != nil || again.Host != u.Host {
			t.Fatalf("%q is another URL when it is written: %v", u, err)
		}
		r, err := http.NewRequest(http.MethodPost, u.String(), nil)
		if err != nil {
			t.Fatalf("Check(%q) let through what is no request: %v", raw, err)
		}
		if r.Host != u.Host {
			t.Fatalf("the host is %q and %q", r.Host, u.Host)
		}
		client := &http.Transport{DialContext: g.DialContext, DialTLSContext: g.DialContext}
		if answer, err := client.RoundTrip(r); err == nil {
			_ = answer.Body.Close()
			t.Fatal("somebody answered")
		}
		for _, a := range d.take() {
			at := netip.MustParseAddrPort(a)
			if ip := at.Addr(); ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast() || ip.IsMulticast() || ip.IsUnspecified() {
				t.Fatalf("%q reached %s", raw, a)
			}
		}
	})
}
