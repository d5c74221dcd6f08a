package load

import (
	"crypto/tls"
	"net/http"
	"time"

	"github.com/plumbapi/plumb/perf"
)

// Options say how a plan is sent. The zero value sends all of it from this
// machine to loopback and private addresses.
type Options struct {
	// Engine names the sender in results, "plumb" where it is "", and is the
	// User-Agent of requests that have none.
	Engine string
	// Shard is the part of the schedule to send; Of 0 means all.
	Shard perf.Shard
	// Start is when the schedule begins, the same moment for all shards; one
	// that is not in the future means now.
	Start time.Time

	// AllowHosts are the hosts, as in URLs and without ports, that may be sent
	// to though their addresses are public.
	AllowHosts []string
	// AllowWrites lets operations be sent that change data.
	AllowWrites bool
	// MaxRate and MaxDuration are what no plan may exceed: requests per second
	// at the peak, 0 for 10,000, and how long a run may last, 0 for 24 hours.
	MaxRate     float64
	MaxDuration time.Duration

	// TLS is how servers are trusted and clients identify themselves; nil for
	// the system's ways.
	TLS *tls.Config
	// HTTP2 offers HTTP/2 to servers with TLS.
	HTTP2 bool
	// UnixSocket is the path of a socket that all requests go through,
	// whatever the hosts of their URLs.
	UnixSocket string
	// Transport sends the requests instead of one made from the options
	// above; nothing is checked before the start then.
	Transport http.RoundTripper

	// Limits are those of the machine; nil for what the system says.
	Limits *Limits

	// Decide looks at the settled part of the run now and then, every
	// DecideEvery, and ends it early by returning true: every verdict is
	// certain. Settled are the stretches of which all is known: what is under
	// way is never missing from one, which would make a slow server look fast.
	Decide func(settled *perf.Result) bool
	// DecideEvery is 0 for a second.
	DecideEvery time.Duration
	// Journal keeps what has been measured so far; Incomplete says that the
	// run was going on. It is called every JournalEvery, 0 for five seconds,
	// but never for more than a fiftieth of the time. An error ends the run.
	Journal      func(*perf.Result) error
	JournalEvery time.Duration
}

const (
	defaultMaxRate      = 10_000
	defaultMaxDuration  = 24 * time.Hour
	defaultTimeout      = 30 * time.Second
	defaultCatchUp      = time.Second
	defaultDecideEvery  = time.Second
	defaultJournalEvery = 5 * time.Second
)

func (o *Options) fill() {
	if o.Engine == "" {
		o.Engine = "plumb"
	}
	if o.Shard.Of == 0 {
		o.Shard = perf.Shard{Of: 1}
	}
	if o.MaxRate == 0 {
		o.MaxRate = defaultMaxRate
	}
	if o.MaxDuration == 0 {
		o.MaxDuration = defaultMaxDuration
	}
	if o.DecideEvery == 0 {
		o.DecideEvery = defaultDecideEvery
	}
	if o.JournalEvery == 0 {
		o.JournalEvery = defaultJournalEvery
	}
}
