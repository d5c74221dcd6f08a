package lifecycle

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/cli/progress"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/cli/promise"
	"github.com/plumbapi/plumb/internal/cli/revision"
	"github.com/plumbapi/plumb/internal/cli/source"
	"github.com/plumbapi/plumb/internal/cli/version"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/lifecycle/history"
)

// historyCall is one call of `plumb lifecycle history`.
type historyCall struct {
	flags   *historyFlags
	env     *env.Env
	started time.Time
	project *project.Project
	policy  check.Policy
	promise *promise.Settings
	sink    *output.Sink

	repo     *revision.Repository
	loader   *source.Loader
	tags     []revision.Tag // in the order of versions
	versions []history.Version
	tracks   []*track

	result *history.Result // all that happened
	shown  *history.Result // what was asked for
}

// prepare does all that can show wrong usage before a description is read.
func (c *historyCall) prepare(ctx context.Context) error {
	f, e := c.flags, c.env
	there := *e
	if f.repo != "" {
		there.Dir = e.Path(f.repo)
	}
	var err error
	if c.project, err = f.policy.Project(&there); err != nil {
		return err
	}
	section := &c.project.Config.Lifecycle
	if c.policy, err = f.policy.Policy(c.project, section.Rules, section.Ignores); err != nil {
		return err
	}
	if c.promise, err = f.settings.Load(c.project); err != nil {
		return err
	}
	if c.sink, err = f.output.Open(e); err != nil {
		return err
	}
	if c.repo, err = revision.OpenRepository(ctx, there.Dir); err != nil {
		if ctx.Err() != nil {
			return err
		}
		return env.Usagef("%w; --repo names another one", err)
	}
	openapi, graphql, err := f.paths(c.project, c.repo.Prefix)
	if err != nil {
		return err
	}
	if err := c.order(ctx); err != nil {
		return err
	}
	var flags source.Flags
	if c.loader, err = flags.Loader(c.project, "plumb/"+version.Number); err != nil {
		return err
	}
	for _, d := range []struct {
		kind  source.Kind
		paths []string
	}{{source.OpenAPI, openapi}, {source.GraphQL, graphql}} {
		if len(d.paths) > 0 {
			c.tracks = append(c.tracks, &track{kind: d.kind, paths: d.paths, repo: c.repo, loader: c.loader, carriers: c.promise.Carriers})
		}
	}
	return c.place(ctx)
}

func (c *historyCall) close() {
	if c.loader != nil {
		c.loader.Close()
	}
	if c.repo != nil {
		c.repo.Close()
	}
	if c.sink != nil {
		c.sink.Abort()
	}
}

// order finds the tags and puts them in order.
func (c *historyCall) order(ctx context.Context) error {
	f := c.flags
	patterns := f.tags
	if len(patterns) == 0 {
		patterns = []string{"**"}
	}
	byName := map[string]revision.Tag{}
	for _, pattern := range patterns {
		tags, err := c.repo.Tags(ctx, pattern)
		if err != nil {
			return err
		}
		if len(tags) == 0 && f.with == "" {
			return c.noTags(pattern)
		}
		for _, t := range tags {
			if _, ok := byName[t.Name]; !ok {
				byName[t.Name] = t
				c.versions = append(c.versions, history.Version{Name: t.Name, Time: t.Time})
			}
		}
	}
	history.Sort(c.versions)
	if f.with != "" {
		t, err := c.repo.Revision(ctx, f.with)
		if err != nil {
			return env.Usagef("--with: %w", err)
		}
		if _, ok := byName[t.Name]; ok {
			return env.Usagef("--with %s: the tag is replayed already", f.with)
		}
		byName[t.Name] = t
		c.versions = append(c.versions, history.Version{Name: t.Name, Time: t.Time})
	}
	var all []string
	for _, v := range c.versions {
		c.tags = append(c.tags, byName[v.Name])
		all = append(all, v.Name)
	}
	if f.since != "" && !slices.Contains(all, f.since) {
		return env.Usagef("--since: %w", env.Unknown("tag", f.since, all))
	}
	if c.repo.Shallow && !f.output.Quiet() {
		c.env.Say("plumb: the clone is shallow, so that older tags may be missing; git fetch --unshallow --tags gets them")
	}
	return nil
}

// noTags says that no tag matches a pattern.
func (c *historyCall) noTags(pattern string) error {
	hint := "git tag lists them, git fetch --tags gets those of the remote"
	if c.repo.Shallow {
		hint = "the clone is shallow: git fetch --unshallow --tags gets them"
	}
	if pattern == "**" {
		return env.Usagef("the repository has no tags; %s", hint)
	}
	return env.Usagef("--tags: no tag matches %q; %s", pattern, hint)
}

// place finds the descriptions in the tags.
func (c *historyCall) place(ctx context.Context) error {
	stop := progress.Start(c.env, c.flags.output.Quiet(), func() string { return "looking for the descriptions in " + words.Count(len(c.tags), "tag") })
	defer stop()
	for _, t := range c.tracks {
		list, err := place(ctx, c.repo, c.tags, t.kind, t.paths)
		if err != nil {
			return err
		}
		t.tags, t.places = map[string]revision.Tag{}, map[string]placed{}
		found := false
		for i, at := range list {
			t.tags[c.versions[i].Name], t.places[c.versions[i].Name] = c.tags[i], at
			found = found || at.settled()
		}
		if !found {
			return env.Usagef("none of %s has %s; paths are relative to the top of the repository",
				words.Count(len(c.tags), "version"), strings.Join(t.paths, " or "))
		}
		c.sayRenamed(list)
	}
	return nil
}

// sayRenamed says which files were followed under another name, each name
// once.
func (c *historyCall) sayRenamed(list []placed) {
	if c.flags.output.Quiet() {
		return
	}
	last := ""
	for i, at := range list {
		if at.renamed == "" {
			last = ""
			continue
		}
		if at.files[0] != last {
			c.env.Say("plumb: %s: %s is taken from %s, from which it was renamed", c.versions[i].Name, at.renamed, at.files[0])
		}
		last = at.files[0]
	}
}

// replay replays the tags.
func (c *historyCall) replay(ctx context.Context) error {
	var done atomic.Int64
	begun := c.env.Now()
	stop := progress.Start(c.env, c.flags.output.Quiet(), func() string {
		return pace(int(done.Load()), len(c.versions), c.env.Now().Sub(begun))
	})
	defer stop()
	tracks := make([]history.Track, len(c.tracks))
	for i, t := range c.tracks {
		tracks[i] = history.Track{Name: t.name(), Read: t.Read}
	}
	var err error
	c.result, err = history.Replay(ctx, c.versions, tracks, history.Options{Done: func(n int) { done.Store(int64(n)) }})
	return err
}

// pace says how far a replay is, and how long it takes still.
func pace(done, all int, passed time.Duration) string {
	s := fmt.Sprintf("tag %d of %d", min(done+1, all), all)
	if done > 0 && done < all {
		left := (passed / time.Duration(done) * time.Duration(all-done)).Round(time.Second)
		if left < time.Minute {
			return s + fmt.Sprintf(", about %d s left", int(left.Seconds()))
		}
		s += ", about " + words.Duration(left) + " left"
	}
	return s
}

// choose takes out of the result what was asked for.
func (c *historyCall) choose() error {
	c.shown = c.result
	if c.flags.since != "" {
		at, _ := c.result.Find(c.flags.since)
		c.shown = c.shown.Since(at)
	}
	if name := c.flags.element; name != "" {
		lives := c.shown.Named(name)
		if len(lives) == 0 {
			return env.Usagef("--element: %w", unknownElement(c.result, name))
		}
		one := *c.shown
		one.Lives = lives
		c.shown = &one
	}
	return nil
}

// unknownElement is the error of a name that no element has. The closest is
// looked for among those that begin alike, since there are many.
func unknownElement(res *history.Result, name string) error {
	var list []string
	for _, l := range res.Lives {
		if len(name) > 0 && len(l.Name) > 0 && strings.EqualFold(l.Name[:1], name[:1]) {
			list = append(list, l.Name)
		}
	}
	return env.Unknown("element", name, list)
}
