// Package site writes the reference of a product's APIs as a site of static
// pages: one for each operation, webhook, type and GraphQL field. A page is
// whole without JavaScript and without a network, works from a folder, and
// asks nothing of other hosts; the script adds search, copying and the theme.
//
// What the pages say is an apidocs.Reference; this package decides only how it
// looks.
package site

import (
	"context"
	"net/url"
	"runtime"
	"sync"

	"github.com/plumbapi/plumb/apidocs"
	"github.com/plumbapi/plumb/apidocs/internal/markdown"
)

// Options says how the site is made.
type Options struct {
	// BaseURL is where the site will stand, "https://docs.example.com/api/":
	// for canonical links and the site map, which are left out without it.
	BaseURL string
	// Language is that of the descriptions, a BCP 47 tag; "" means "en".
	Language string
	// LinksBase is the URL that relative links in descriptions are meant from.
	// "" takes that of the documentation that a description names; where none
	// does, such links are shown as text.
	LinksBase string
	// Before is where pages were in an earlier build; nil where there was none.
	Before *Paths
	// Reload is a path in the site that pages ask, which answers with 204 when
	// they shall load themselves again; "" for a site that stays as it is.
	Reload string
	// Theme is a stylesheet that [ParseTheme] has let through, "" for none.
	Theme string
	// Templates fill slots of pages; nil for none.
	Templates *Templates
	// Try lets readers send requests; nil lets them not.
	Try *Try
	// Beside are pages that others write into the site, below its own; they are
	// listed with those about the APIs.
	Beside []Link
	// Seed decides between values where samples are made from schemas.
	Seed uint64
	// Progress, where set, is called with the number of pages written and of
	// all pages, from several goroutines.
	Progress func(done, of int)
}

// Link is a page beside those of the reference: its path in the site without
// ".html", and its title.
type Link struct{ Path, Title string }

// Writer takes the files of a site.
type Writer interface {
	// Put writes a file, named by its slash-separated path in the site. It is
	// called by several goroutines at once, once for each file. The data may
	// not be kept.
	Put(name string, data []byte) error
}

// Summary is what was written.
type Summary struct {
	Pages, Files int
	Bytes        int64
	// Paths is what the next build has to know of where pages are.
	Paths *Paths
}

// Build writes the site of a reference. The same reference and options give
// the same bytes. An error is the context's or the writer's.
func Build(ctx context.Context, ref *apidocs.Reference, o Options, w Writer) (*Summary, error) {
	b := newBuilder(ref, o)
	b.counted.to = w
	pages := b.pages()
	if err := b.writeAll(ctx, pages); err != nil {
		return nil, err
	}
	paths := b.remember()
	if err := b.writeMoved(paths); err != nil {
		return nil, err
	}
	return &Summary{Pages: len(pages), Files: b.counted.files, Bytes: b.counted.bytes, Paths: paths}, nil
}

func newBuilder(ref *apidocs.Reference, o Options) *builder {
	if o.Language == "" {
		o.Language = "en"
	}
	return &builder{
		ref: ref, options: o, callbacks: callbacksOf(ref), proses: proses{made: map[string]string{}},
		texts:    markdown.New(markdown.Options{Relative: true, Page: true, Schemes: []string{refScheme}}),
		markdown: markdown.New(markdown.Options{Base: linksBase(ref, o)}),
	}
}

// linksBase is where relative links of descriptions lead from.
func linksBase(ref *apidocs.Reference, o Options) *url.URL {
	bases := []string{o.LinksBase}
	for _, doc := range ref.Documents() {
		bases = append(bases, doc.Root().Find("externalDocs", "url").Text())
	}
	for _, base := range bases {
		if u, err := url.Parse(base); err == nil && isWeb(base) && u.Host != "" {
			return u
		}
	}
	return nil
}

// builder is what all pages of a site share.
type builder struct {
	ref       *apidocs.Reference
	options   Options
	counted   counted
	markdown  *markdown.Renderer // of descriptions
	texts     *markdown.Renderer // of pages that people wrote
	proses    proses
	callbacks callbacks
	uses      uses
	// single says that all pages are one.
	single bool
}

// task is a page to be written.
type task struct {
	path  string // without an extension
	title string
	write func(*page)
	entry *apidocs.Entry
}

// writeAll writes the pages side by side, a part to each processor, and beside
// them what is no page.
func (b *builder) writeAll(ctx context.Context, tasks []task) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	next := make(chan int)
	var wg sync.WaitGroup
	wg.Go(func() {
		if err := b.writeFiles(tasks); err != nil {
			cancel(err)
		}
	})
	var done progress
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			p := newPage(b)
			for i := range next {
				if err := p.make(tasks[i]); err != nil {
					cancel(err)
					return
				}
				if b.options.Progress != nil {
					b.options.Progress(done.add(), len(tasks))
				}
			}
		})
	}
	func() {
		defer close(next)
		for i := range tasks {
			select {
			case next <- i:
			case <-ctx.Done():
				return
			}
		}
	}()
	wg.Wait()
	return context.Cause(ctx)
}

type progress struct {
	mu sync.Mutex
	n  int
}

func (p *progress) add() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.n++
	return p.n
}

// counted counts what goes to a writer.
type counted struct {
	to    Writer
	mu    sync.Mutex
	files int
	bytes int64
}

func (c *counted) put(name string, data []byte) error {
	if err := c.to.Put(name, data); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.files++
	c.bytes += int64(len(data))
	return nil
}
