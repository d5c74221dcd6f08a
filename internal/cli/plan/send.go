package plan

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/cli/version"
	"github.com/plumbapi/plumb/internal/safe"
	perflib "github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/k6"
	"github.com/plumbapi/plumb/perf/load"
	"github.com/plumbapi/plumb/perf/traffic"
)

// SendFlags say what a command that sends requests may do.
type SendFlags struct {
	hosts       []string
	writes      bool
	workers     int
	MaxRate     float64
	MaxDuration time.Duration
	maxLag      time.Duration
	unixSocket  string
	http2       bool
	tls         tlsFlags
}

// The limits that are kept unless a flag says otherwise.
const (
	defaultRate     = 10_000 // requests a second
	defaultDuration = 24 * time.Hour
)

// DefaultSend says what may be sent without any flag: reads, to loopback and
// private addresses.
func DefaultSend() *SendFlags {
	return &SendFlags{MaxRate: defaultRate, MaxDuration: defaultDuration, http2: true}
}

// Register adds the flags to a command.
func (f *SendFlags) Register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringArrayVar(&f.hosts, "allow-host", nil, "send to this `HOST` although its address is public; repeatable")
	flags.BoolVar(&f.writes, "allow-writes", false, "send operations that change data too")
	flags.IntVar(&f.workers, "workers", 0, "at most `N` requests under way at once (default that of the plan)")
	flags.Float64Var(&f.MaxRate, "max-rate", defaultRate, "refuse to send more than `RATE` requests a second")
	flags.DurationVar(&f.MaxDuration, "max-duration", defaultDuration, "refuse to send for longer than `TIME`")
	flags.DurationVar(&f.maxLag, "max-lag", 0, "trust a measurement whose generator was late by up to `TIME` (default that of the plan)")
	flags.StringVar(&f.unixSocket, "unix-socket", "", "send all requests through the socket at `PATH`")
	flags.BoolVar(&f.http2, "http2", true, "offer HTTP/2 to servers with TLS")
	f.tls.Register(cmd)
}

// options are those of the engine. A file of certificates that is of no use is
// wrong usage.
func (f *SendFlags) options(p *project.Project) (o load.Options, err error) {
	o = load.Options{
		Engine: "plumb " + version.Number, AllowHosts: f.hosts, AllowWrites: f.writes,
		MaxRate: f.MaxRate, MaxDuration: f.MaxDuration, HTTP2: f.http2,
	}
	if f.unixSocket != "" {
		o.UnixSocket = p.Env.Path(f.unixSocket)
	}
	o.TLS, err = f.tls.config(p.Env)
	return o, err
}

// apply changes a plan as the flags say.
func (f *SendFlags) apply(p *perflib.Plan) {
	if f.workers > 0 {
		p.MaxWorkers = f.workers
	}
	if f.maxLag > 0 {
		p.MaxLag = f.maxLag
	}
}

// Sender sends plans to one set of servers.
type Sender struct {
	Traffic perflib.Traffic
	Options load.Options
	// Notes say what of the requests may not be what the descriptions mean.
	Notes []string

	urls map[string]string
}

// Sender makes what sends the plan; urls take the place of targets' own. What
// is wrong with the plan, its data or its environment is wrong usage.
func (l *Loaded) Sender(f *SendFlags, urls map[string]string) (*Sender, error) {
	options, err := f.options(l.project)
	if err != nil {
		return nil, err
	}
	if _, err := l.Headers(); err != nil { // says which variable is missing, with its place
		return nil, err
	}
	f.apply(l.Plan)
	made, err := l.Requests(traffic.Options{AllowWrites: f.writes, URLs: urls, LookupEnv: func(name string) (string, bool) {
		value := l.project.Env.Getenv(name)
		return value, value != ""
	}})
	if err != nil {
		if !f.writes && slices.ContainsFunc(l.Operations, func(o perflib.Operation) bool { return o.Write }) {
			return nil, env.Usagef("%w\n--allow-writes sends what changes data", err)
		}
		return nil, err
	}
	return &Sender{Traffic: made, Options: options, urls: urls, Notes: made.Notes()}, nil
}

// Requests makes what makes the requests of the plan, from its descriptions and
// its data. What is wrong is wrong usage, with its line.
func (l *Loaded) Requests(o traffic.Options) (*traffic.Traffic, error) {
	files, err := l.Data()
	if err != nil {
		return nil, err
	}
	o.Files = map[string][]byte{}
	for _, feeder := range l.Feeders {
		o.Files[feeder.File] = files[feeder.Name]
	}
	for _, d := range l.Documents {
		if d.OpenAPI != nil {
			o.OpenAPI = append(o.OpenAPI, d.OpenAPI)
		}
		if d.GraphQL != nil {
			o.GraphQL = append(o.GraphQL, d.GraphQL)
		}
	}
	made, err := traffic.New(l.Plan, o)
	if err != nil {
		return nil, env.Usagef("%s", l.Placed(err))
	}
	return made, nil
}

// Placed writes what is wrong with a plan, a line each, with its file as people
// know it.
func (l *Loaded) Placed(err error) string {
	all := []error{err}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		all = joined.Unwrap()
	}
	var lines []string
	for _, err := range all {
		var at *traffic.Error
		var refusal *k6.Refusal
		switch {
		case errors.As(err, &at) && at.Location.Line > 0:
			lines = append(lines, safe.Line(Place(l.project, at.Location)+": "+at.Message))
		case errors.As(err, &refusal) && refusal.Location.Line > 0:
			lines = append(lines, safe.Line(Place(l.project, refusal.Location)+": "+refusal.Problem))
		default:
			lines = append(lines, safe.Line(err.Error()))
		}
	}
	return strings.Join(lines, "\n")
}

// Engine makes the engine that sends a plan, whose load may be another one than
// that of the traffic.
func (s *Sender) Engine(p *perflib.Plan) (*load.Engine, error) {
	plan := *p
	plan.Targets = slices.Clone(p.Targets)
	for i := range plan.Targets {
		if url, ok := s.urls[plan.Targets[i].Name]; ok {
			plan.Targets[i].URL = url
		}
	}
	e, err := load.New(&plan, s.Traffic, s.Options)
	var refused *load.Refused
	if errors.As(err, &refused) {
		return nil, env.Usagef("%s", Refusal(err))
	}
	return e, err
}

// Refusal says why nothing is sent, and which flag allows it, a line each.
func Refusal(err error) string {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var lines []string
		for _, err := range joined.Unwrap() {
			lines = append(lines, Refusal(err))
		}
		return strings.Join(lines, "\n")
	}
	text := safe.Line(err.Error())
	var refused *load.Refused
	if !errors.As(err, &refused) {
		return text
	}
	switch refused.Limit {
	case load.LimitRate:
		return text + " (--max-rate RATE allows more)"
	case load.LimitDuration:
		return text + " (--max-duration TIME allows more)"
	case load.LimitHosts:
		return text + " (--allow-host HOST allows it)"
	case load.LimitWrites:
		return text + " (--allow-writes allows it)"
	}
	return text
}

// Send sends a plan and measures it.
func (s *Sender) Send(ctx context.Context, p *perflib.Plan) (*perflib.Result, error) {
	e, err := s.Engine(p)
	if err != nil {
		return nil, err
	}
	r, err := e.Run(ctx)
	var unreachable *load.Unreachable
	if errors.As(err, &unreachable) {
		return nil, env.Incompletef("%w", err)
	}
	return r, err
}

// Sides reads the flag that says where one version runs: NAME=URL for each
// target, or the URL alone where the plan has one target.
func Sides(p *perflib.Plan, flag string, args []string) (map[string]string, error) {
	if len(args) == 0 {
		return nil, env.Usagef("%s says where that version runs: %s http://127.0.0.1:8080", flag, flag)
	}
	copied := *p
	copied.Targets = slices.Clone(p.Targets)
	for _, arg := range args {
		if err := retarget(&copied, arg); err != nil {
			return nil, err
		}
	}
	urls := map[string]string{}
	for i := range copied.Targets {
		if copied.Targets[i].URL != p.Targets[i].URL || len(args) == len(p.Targets) {
			urls[copied.Targets[i].Name] = copied.Targets[i].URL
		}
	}
	if len(urls) < len(p.Targets) {
		var missing []string
		for _, t := range p.Targets {
			if _, ok := urls[t.Name]; !ok {
				missing = append(missing, t.Name)
			}
		}
		return nil, env.Usagef("%s has to say where each target runs; %s is missing", flag, strings.Join(missing, " and "))
	}
	return urls, nil
}
