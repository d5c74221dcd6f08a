package perf

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/version"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/perf/telemetry"
)

// telemetryFlags say who else sees a run while it goes on.
type telemetryFlags struct {
	listen string
	otlp   string
	every  time.Duration

	listener net.Listener
	endpoint string
	header   http.Header
}

// The variables that OpenTelemetry has for headers, the more special one last.
const (
	otlpHeaders        = "OTEL_EXPORTER_OTLP_HEADERS"
	otlpMetricsHeaders = "OTEL_EXPORTER_OTLP_METRICS_HEADERS"
)

func (f *telemetryFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.listen, "metrics-listen", "", "serve /metrics for Prometheus at `ADDRESS` during the run, such as 127.0.0.1:9464")
	flags.StringVar(&f.otlp, "otlp", "", "push metrics to the OpenTelemetry collector at `URL`; "+otlpHeaders+" holds headers for it")
	flags.DurationVar(&f.every, "otlp-every", 5*time.Second, "push metrics this often, as `TIME`")
}

// prepare does all that can show wrong usage before a request is sent: it
// listens, but serves nothing yet. End it with close.
func (f *telemetryFlags) prepare(ctx context.Context, e *env.Env) error {
	var err error
	if f.otlp != "" {
		if f.every < 100*time.Millisecond {
			return env.Usagef("--otlp-every %s: expected 100ms or more", f.every)
		}
		if f.endpoint, err = telemetry.Endpoint(f.otlp); err != nil {
			return env.Usagef("--otlp: %w", err)
		}
		if f.header, err = headersOf(e, otlpHeaders, otlpMetricsHeaders); err != nil {
			return err
		}
	}
	if f.listen != "" {
		var listen net.ListenConfig
		if f.listener, err = listen.Listen(ctx, "tcp", f.listen); err != nil {
			var told *net.OpError
			if errors.As(err, &told) {
				err = told.Err
			}
			return env.Usagef("--metrics-listen %q: %w; name an address of this machine with a free port, such as 127.0.0.1:9464", f.listen, err)
		}
	}
	return nil
}

// headersOf reads headers of the form a=b,c=d, with values as URLs have them.
// They may be secrets, so no error shows one.
func headersOf(e *env.Env, variables ...string) (http.Header, error) {
	header := http.Header{}
	for _, variable := range variables {
		for i, pair := range strings.Split(e.Getenv(variable), ",") {
			if strings.TrimSpace(pair) == "" {
				continue
			}
			name, value, ok := strings.Cut(pair, "=")
			name = http.CanonicalHeaderKey(strings.TrimSpace(name))
			value, err := url.PathUnescape(strings.TrimSpace(value))
			if !ok || err != nil || name == "" || strings.ContainsAny(name, " \t\r\n:") || strings.ContainsAny(value, "\r\n\x00") {
				return nil, env.Usagef("the environment variable %s: entry %d is no header of the form name=value", variable, i+1)
			}
			header.Set(name, value)
		}
	}
	return header, nil
}

// start shows a run until the function that it returns is called, which pushes
// once more what has been measured in the end.
func (f *telemetryFlags) start(e *env.Env, source telemetry.Source) (stop func(), err error) {
	var wg sync.WaitGroup
	ctx, cancel := context.WithCancel(context.Background())
	var server *http.Server
	if f.listener != nil {
		handler, err := telemetry.Handler(source)
		if err != nil {
			cancel()
			return nil, err
		}
		mux := http.NewServeMux()
		mux.Handle("/metrics", handler)
		server = &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second, ErrorLog: nil}
		listener := f.listener
		f.listener = nil // the server closes it
		e.Say("plumb: metrics at http://%s/metrics", listener.Addr())
		wg.Go(func() { _ = server.Serve(listener) })
	}
	if f.endpoint != "" {
		push := &telemetry.Push{
			Source: source, URL: f.endpoint, Header: f.header, Client: &http.Client{}, Version: version.Number, Now: e.Now,
		}
		wg.Go(func() {
			tick := time.NewTicker(f.every)
			defer tick.Stop()
			if err := push.Run(ctx, tick.C); err != nil {
				e.Say("plumb: --otlp: %s", safe.Line(err.Error()))
			}
		})
	}
	var once sync.Once
	return func() {
		once.Do(func() {
			cancel()
			if server != nil {
				last, done := context.WithTimeout(context.Background(), time.Second)
				defer done()
				_ = server.Shutdown(last)
			}
			wg.Wait()
		})
	}, nil
}

// close gives back what prepare took and start did not use.
func (f *telemetryFlags) close() {
	if f.listener != nil {
		_ = f.listener.Close()
	}
}
