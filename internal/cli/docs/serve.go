package docs

import (
	"context"
	"errors"
	"fmt"
	"mime"
	"net"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/apidocs/site"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/watching"
	"github.com/plumbapi/plumb/internal/words"
)

// serveCall is one call of `plumb docs serve`.
type serveCall struct {
	inputs
	addr string
	poll time.Duration

	mu      sync.Mutex
	files   map[string][]byte
	changed chan struct{} // closed, and made anew, when the site is another
}

// newServe makes the command `plumb docs serve`.
func newServe(e *env.Env) *cobra.Command {
	c := &serveCall{inputs: inputs{env: e}, changed: make(chan struct{})}
	cmd := &cobra.Command{
		Use:   "serve [flags] [DOC...]",
		Short: "Show the reference site while its descriptions are written",
		Long: `Serves the site that plumb docs build would write, from memory, and builds it
anew when a description or a guide has changed; pages that are open in a browser
load themselves again. What cannot be read is said, and the site stays as it
was. An interrupt ends it.

Exit codes: 0 interrupted, 2 wrong usage or configuration, 3 something could not
be read at the start, or the address is taken.`,
		Example: `  plumb docs serve api/openapi.yaml api/schema.graphql
  plumb docs serve --addr 127.0.0.1:9000 --guides docs/guides api/openapi.yaml`,
		RunE: func(cmd *cobra.Command, args []string) error {
			defer c.close()
			if err := c.prepare(args, "plumb docs serve api/openapi.yaml"); err != nil {
				return err
			}
			return c.run(cmd.Context())
		},
	}
	c.register(cmd)
	flags := cmd.Flags()
	flags.StringVar(&c.addr, "addr", "127.0.0.1:8000", "`ADDRESS` to listen on; port 0 takes a free one")
	flags.DurationVar(&c.poll, "poll", time.Second, "how often to look whether a file has changed")
	return cmd
}

func (c *serveCall) run(ctx context.Context) error {
	if err := watching.Check(c.poll); err != nil {
		return err
	}
	for _, arg := range c.args {
		if arg == "-" {
			return env.Usagef("standard input (-) is read once and cannot change; name a file, or use plumb docs build")
		}
	}
	started := c.env.Now()
	if err := c.build(ctx); err != nil {
		return err
	}
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", c.addr)
	if err != nil {
		return env.Incompletef("--addr %s: %w", c.addr, err)
	}
	c.env.Say("plumb: serving http://%s/ until it is interrupted", listener.Addr())
	server := &http.Server{Handler: c, ReadHeaderTimeout: 10 * time.Second, BaseContext: func(net.Listener) context.Context { return ctx }}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	c.watch(ctx, started)
	_ = server.Close()
	if err := <-ended; !errors.Is(err, http.ErrServerClosed) {
		return env.Incompletef("%w", err)
	}
	return nil
}

// build makes the site anew and tells open pages.
func (c *serveCall) build(ctx context.Context) error {
	started := c.env.Now()
	o, err := c.options()
	if err != nil {
		return err
	}
	ref, err := c.reference(ctx)
	if err != nil {
		return err
	}
	o.Reload = "reload"
	m := &memory{files: map[string][]byte{}}
	s, err := site.Build(ctx, ref, o, m)
	if err != nil {
		return env.Incompletef("%w", err)
	}
	c.mu.Lock()
	c.files = m.files
	close(c.changed)
	c.changed = make(chan struct{})
	c.mu.Unlock()
	c.env.Say("plumb: %s, %.1f s", words.Count(s.Pages, "page"), c.env.Now().Sub(started).Seconds())
	return nil
}

// watch builds the site again whenever a file is another than it was when it was
// built first, until ctx ends.
func (c *serveCall) watch(ctx context.Context, started time.Time) {
	files := watching.New(c.poll, started, c.look)
	for {
		if _, ok := files.Wait(ctx); !ok {
			return
		}
		if err := c.build(ctx); err != nil && ctx.Err() == nil {
			c.env.Say("plumb: %s", err)
		}
	}
}

// ServeHTTP serves a file of the site. The path of --reload waits until the
// site is another.
func (c *serveCall) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	files, changed := c.files, c.changed
	c.mu.Unlock()
	name := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	if name == "reload" {
		select {
		case <-changed:
			w.WriteHeader(http.StatusNoContent)
		case <-r.Context().Done():
		case <-time.After(30 * time.Second):
			w.WriteHeader(http.StatusNotModified)
		}
		return
	}
	data, ok := files[name]
	if !ok {
		name = strings.TrimPrefix(name+"/index.html", "/")
		if data, ok = files[name]; ok && !strings.HasSuffix(r.URL.Path, "/") {
			http.Redirect(w, r, r.URL.Path+"/", http.StatusTemporaryRedirect)
			return
		}
	}
	if !ok {
		http.NotFound(w, r)
		return
	}
	kind := mime.TypeByExtension(path.Ext(name))
	if path.Ext(name) == ".md" {
		kind = "text/markdown; charset=utf-8"
	}
	w.Header().Set("Content-Type", kind)
	if _, err := w.Write(data); err != nil {
		return // the reader has gone
	}
}

// memory is a site that is served from memory.
type memory struct {
	mu    sync.Mutex
	files map[string][]byte
}

// Put keeps a file.
func (m *memory) Put(name string, data []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, ok := m.files[name]; ok {
		return fmt.Errorf("%s is written twice", name)
	}
	m.files[name] = append([]byte(nil), data...)
	return nil
}
