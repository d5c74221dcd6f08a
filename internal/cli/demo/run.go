package demo

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/cli/progress"
	"github.com/plumbapi/plumb/internal/demo"
	"github.com/plumbapi/plumb/internal/words"
)

// call is one call of `plumb demo`.
type call struct {
	env        *env.Env
	runner     Runner
	dir        string
	keep, list bool
	files      bool
	quiet      bool
	color      env.Choice

	folder *output.Folder
	place  string // where the folder will be, as the user may type it
	// temporary is a folder that was made for it and is empty.
	temporary string
}

func (c *call) run(ctx context.Context) (err error) {
	started := c.env.Now()
	if err := c.makeFolder(); err != nil {
		return err
	}
	defer c.abort()
	l, err := listen(ctx)
	if err != nil {
		return err
	}
	secret, err := random(32)
	if err != nil {
		_ = l.Close()
		return err
	}
	hooks, err := c.receive(ctx, "whsec_"+secret)
	if err != nil {
		_ = l.Close()
		return err
	}
	defer hooks.stop()
	r, err := serve(c.env, l, hooks.url, "whsec_"+secret)
	if err != nil {
		_ = l.Close()
		return err
	}
	defer r.close(ctx)
	results, err := c.look(ctx, r, hooks)
	if err != nil {
		return err
	}
	if err := c.folder.Commit(); err != nil {
		return err
	}
	c.temporary = ""
	verdict := judge(results)
	if err := c.show(results, verdict, c.env.Now().Sub(started)); err != nil {
		return err
	}
	if c.keep {
		c.env.Say("plumb: serving %s%s and %s%s until it is interrupted", r.address, demo.RESTPath, r.address, demo.GraphQLPath)
		<-ctx.Done()
	}
	if !verdict.exact() {
		return env.Done(env.Incomplete)
	}
	return nil
}

// makeFolder begins the folder.
func (c *call) makeFolder() (err error) {
	c.place = c.dir
	path := c.env.Path(c.dir)
	if c.dir == "" {
		if path, err = os.MkdirTemp("", "plumb-demo-"); err != nil {
			return env.Incompletef("no folder for temporary files: %w", env.Bare(err))
		}
		c.place, c.temporary = path, path
	}
	if c.folder, err = output.CreateFolder(path, c.place); err != nil {
		c.abort()
	}
	return err
}

// abort removes what has been written, unless the folder is whole.
func (c *call) abort() {
	if c.folder != nil {
		c.folder.Abort()
	}
	if c.temporary != "" {
		_ = os.Remove(c.temporary)
	}
}

// look lets things happen and runs every command. What the commands find is
// in the folder then, with the pages.
func (c *call) look(ctx context.Context, r *running, hooks *receiver) ([]result, error) {
	if err := c.put(r.address); err != nil {
		return nil, err
	}
	all := steps(r.address)
	done := 0
	stop := progress.Start(c.env, c.quiet, func() string {
		return fmt.Sprintf("%s, command %d of %d", all[min(done, len(all)-1)].line(), done+1, len(all)+1)
	})
	defer stop()
	if err := c.happen(ctx, r, hooks); err != nil {
		return nil, err
	}
	var results []result
	for _, s := range all {
		res, err := c.step(ctx, s)
		for again := 1; again < attempts && disturbed(res, err) && ctx.Err() == nil; again++ {
			res, err = c.step(ctx, s)
		}
		if err != nil {
			return nil, err
		}
		results = append(results, res)
		done++
	}
	for _, s := range pages(c.env.Now()) {
		if _, err := c.command(ctx, s, env.Clean); err != nil {
			return nil, err
		}
	}
	return results, c.writeFindings(results)
}

// put writes the files of the product, which is served at an address.
func (c *call) put(address string) error {
	files, err := demo.Files(c.env.Now(), address)
	if err != nil {
		return env.Incompletef("%w", err)
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if err := c.folder.Put(name, files[name]); err != nil {
			return err
		}
	}
	return nil
}

// writeFiles writes the files and nothing else.
func (c *call) writeFiles() error {
	if err := c.makeFolder(); err != nil {
		return err
	}
	defer c.abort()
	if err := c.put("http://127.0.0.1:8080"); err != nil {
		return err
	}
	if err := c.folder.Commit(); err != nil {
		return err
	}
	c.temporary = ""
	_, err := fmt.Fprintf(c.env.Stdout, "cd %s && plumb lint\n", c.place)
	return err
}

// attempts is how often something is measured where the machine was too busy
// with other work to tell.
const attempts = 3

// disturbed reports whether a measurement says nothing, one way or the other.
// What it does say is never asked for again.
func disturbed(res result, err error) bool {
	if res.step.name != measuring {
		return false
	}
	return err != nil || slices.ContainsFunc(res.findings, func(f check.Finding) bool { return f.Rule == "perf-inconclusive" })
}

// step runs a command and reads what it found.
func (c *call) step(ctx context.Context, s step) (result, error) {
	started := c.env.Now()
	file := resultFolder + "/" + s.name + ".json"
	if err := os.MkdirAll(filepath.Join(c.folder.Place(), resultFolder), 0o777); err != nil {
		return result{}, env.Incompletef("%w", env.Bare(err))
	}
	run := s
	run.args = append(slices.Clone(s.args), "--format", "json", "--output", file)
	// What kept a command from its end is in its result, where there is one.
	said, err := c.command(ctx, run, env.Clean, env.Findings, env.Incomplete)
	if err != nil {
		return result{step: s}, err
	}
	data, err := os.ReadFile(filepath.Join(c.folder.Place(), filepath.FromSlash(file)))
	if err != nil {
		return result{}, env.Incompletef("%s: %w: %s", s.line(), env.Bare(err), said)
	}
	res, err := readResult(s, data)
	res.took = c.env.Now().Sub(started)
	return res, err
}

// command runs a command of plumb in the folder. An exit code that is none of
// those that are right is an error with what the command said.
func (c *call) command(ctx context.Context, s step, right ...int) (said string, err error) {
	var out, problems strings.Builder
	inner := *c.env
	inner.Stdin, inner.Stdout, inner.Stderr = strings.NewReader(""), &out, &problems
	inner.Dir = c.folder.Place()
	inner.StdinTerminal, inner.StdoutTerminal, inner.StderrTerminal = false, false, false
	inner.Getenv = func(string) string { return "" } // nothing of the user's reaches the product
	code := c.runner(ctx, &inner, s.args)
	switch {
	case ctx.Err() != nil:
		return "", context.Cause(ctx)
	case !slices.Contains(right, code):
		return "", env.Incompletef("%s ended with exit code %d: %s", s.line(), code, strings.TrimSpace(problems.String()+out.String()))
	}
	return strings.TrimSpace(problems.String() + out.String()), nil
}

// happen lets things happen at the product and waits for the webhooks.
func (c *call) happen(ctx context.Context, r *running, hooks *receiver) error {
	events, err := r.act(ctx)
	if err != nil {
		return err
	}
	if err := r.product.Deliver(ctx); err != nil {
		return err
	}
	hooks.stop()
	switch taken, err := hooks.taken(filepath.Join(c.folder.Place(), deliveryFolder)); {
	case err != nil:
		return err
	case taken != events:
		return env.Incompletef("%s were sent, and %s came: %s", words.Count(events, "webhook"), words.Number(taken), hooks.said.String())
	}
	return nil
}

// deliveryFolder is where received webhooks are recorded.
const deliveryFolder = "deliveries"

// receiver is a `plumb webhooks listen` under way.
type receiver struct {
	url    string
	said   *until
	cancel context.CancelFunc
	ended  chan int
}

// receive begins to listen for webhooks.
func (c *call) receive(ctx context.Context, secret string) (*receiver, error) {
	inner := *c.env
	h := &receiver{said: &until{mark: "listening on ", seen: make(chan string, 1)}, ended: make(chan int, 1)}
	inner.Stdin, inner.Stdout, inner.Stderr = strings.NewReader(""), &strings.Builder{}, h.said
	inner.Dir = c.folder.Place()
	inner.StderrTerminal = false
	inner.Getenv = func(name string) string {
		if name == "GUTTER_SECRET" {
			return secret
		}
		return ""
	}
	listening, cancel := context.WithCancel(ctx)
	h.cancel = cancel
	go func() {
		h.ended <- c.runner(listening, &inner, []string{"webhooks", "listen", "--secret-env", "GUTTER_SECRET", "--record", deliveryFolder, "--addr", "127.0.0.1:0"})
	}()
	select {
	case h.url = <-h.said.seen:
		return h, nil
	case code := <-h.ended:
		h.ended <- code
		cancel()
		return nil, env.Incompletef("webhooks cannot be received: %w: %s", errEnded, strings.TrimSpace(h.said.String()))
	case <-ctx.Done():
		cancel()
		<-h.ended
		return nil, context.Cause(ctx)
	}
}

// stop ends listening, once everything that came is written.
func (h *receiver) stop() {
	h.cancel()
	code := <-h.ended
	h.ended <- code // for the next who stops it
}

// taken counts what was recorded, beside what is there from before.
func (h *receiver) taken(folder string) (int, error) {
	entries, err := filepath.Glob(filepath.Join(folder, "*.http"))
	return len(entries), err
}

// seconds writes how long something took.
func seconds(d time.Duration) string {
	if d < time.Second {
		return words.Duration(d.Round(time.Millisecond))
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}
