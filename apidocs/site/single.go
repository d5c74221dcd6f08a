package site

import (
	"bufio"
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"io"
	"runtime"
	"strconv"
	"sync"

	"github.com/plumbapi/plumb/apidocs"
	look "github.com/plumbapi/plumb/report/page"
)

//go:embed assets/single.css
var singleStyle string

//go:embed assets/single.js
var singleScript string

// BuildSingle writes the whole reference as one HTML document: for a mail, a
// disk, a printer. It needs no other file, and no JavaScript. The policy in it
// allows its own style and script, by their hashes, and nothing else.
//
// A browser reads all of it at once, so that it is for products of some
// hundred operations rather than thousands; [Build] writes pages. Options that
// are about several pages (BaseURL, Before, Reload, Try) are not looked at, and
// templates fill their slots once.
func BuildSingle(ctx context.Context, ref *apidocs.Reference, o Options, w io.Writer) (*Summary, error) {
	o.Reload, o.Try, o.BaseURL, o.Before = "", nil, "", nil
	b := newBuilder(ref, o)
	b.single = true
	out := bufio.NewWriterSize(w, 1<<16)
	n := int64(0)
	write := func(data []byte) error {
		n += int64(len(data))
		_, err := out.Write(data)
		return err
	}
	tasks := b.sheets()
	frame := newPage(b)
	frame.begin(tasks[0])
	frame.singleHead()
	if err := write(frame.b); err != nil {
		return nil, err
	}
	if err := b.writeSheets(ctx, tasks, write); err != nil {
		return nil, err
	}
	frame.begin(tasks[0])
	frame.foot("<script>" + look.Script() + singleScript + "</script>\n")
	if frame.err != nil {
		return nil, frame.err
	}
	if err := write(frame.b); err != nil {
		return nil, err
	}
	if err := out.Flush(); err != nil {
		return nil, err
	}
	return &Summary{Pages: len(tasks), Files: 1, Bytes: n, Paths: b.remember()}, nil
}

// sheets are the pages that go into one document: the further pages of long
// lists have nothing to say there.
func (b *builder) sheets() []task {
	var out []task
	again := map[string]bool{}
	for _, s := range b.ref.Sections {
		for _, g := range s.Groups {
			for i := 1; i < pagesOf(g); i++ {
				again[groupPath(g, i)] = true
			}
		}
	}
	for _, t := range b.pages() {
		if !again[t.path] {
			out = append(out, t)
		}
	}
	return out
}

// batch is how many sheets are made side by side before they are written in
// their order.
const batch = 64

func (b *builder) writeSheets(ctx context.Context, tasks []task, write func([]byte) error) error {
	workers := make([]*page, runtime.GOMAXPROCS(0))
	for i := range workers {
		workers[i] = newPage(b)
	}
	made := make([][]byte, batch)
	var done int
	for len(tasks) > 0 {
		if err := context.Cause(ctx); err != nil {
			return err
		}
		n := min(batch, len(tasks))
		var wg sync.WaitGroup
		for k, p := range workers {
			wg.Go(func() {
				for i := k; i < n; i += len(workers) {
					made[i] = append(made[i][:0], p.sheet(tasks[i])...)
				}
			})
		}
		wg.Wait()
		for _, p := range workers {
			if p.err != nil {
				return p.err
			}
		}
		for _, text := range made[:n] {
			if err := write(text); err != nil {
				return err
			}
		}
		tasks = tasks[n:]
		if done += n; b.options.Progress != nil {
			b.options.Progress(done, done+len(tasks))
		}
	}
	return nil
}

// sheet is a page as a part of the document.
func (p *page) sheet(t task) []byte {
	p.begin(t)
	p.raw("<section class=\"sheet\" id=\"")
	p.text(t.path)
	p.raw("\">\n")
	p.content(t)
	p.raw("</section>\n")
	return p.b
}

func hashOf(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

func (p *page) singleHead() {
	css, js := look.Style()+style+singleStyle+p.options.Theme, look.Script()+singleScript
	p.raw("<!doctype html>\n<html lang=\"")
	p.text(p.options.Language)
	p.raw("\">\n<head>\n<meta charset=\"utf-8\">\n",
		"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src ", hashOf(css), "; script-src ", hashOf(themeScript), " ", hashOf(js),
		"; img-src data:; base-uri 'none'; form-action 'none'\">\n",
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<title>")
	p.text(p.ref.Title)
	p.raw("</title>\n<link rel=\"icon\" href=\"data:,\">\n<style>", css, "</style>\n<script>", themeScript, "</script>\n")
	p.slot(slotHead)
	p.raw("</head>\n<body class=\"reference single\">\n<a class=\"skip\" href=\"#main\">Skip to content</a>\n<header class=\"topbar\">\n<a class=\"name\" href=\"#index\">")
	p.text(p.ref.Title)
	p.raw("</a>\n")
	p.slot(slotHeader)
	p.raw("<form class=\"find\" role=\"search\" id=\"find\" hidden><label class=\"label\" for=\"q\">Filter the contents</label>",
		"<input type=\"search\" id=\"q\" name=\"q\" placeholder=\"Filter  /\" autocomplete=\"off\" spellcheck=\"false\" aria-controls=\"contents\"></form>\n",
		"<button type=\"button\" class=\"plain\" id=\"theme\" hidden>Theme: system</button>\n</header>\n<div class=\"panes\">\n")
	p.singleContents()
	p.raw("<main id=\"main\">\n")
}

// singleContents lists every entry, folded by group.
func (p *page) singleContents() {
	p.raw("<nav class=\"side\" id=\"contents\" aria-label=\"Contents\">\n<ul>\n")
	if p.hasSchemes() {
		p.textLink("authentication", "Authentication", "")
	}
	p.textLinks("", true)
	p.textLinks("", false)
	p.raw("</ul>\n")
	for _, s := range p.ref.Sections {
		p.raw("<h2><a href=\"", p.to(string(s.Area)+"/index"), "\">")
		p.text(s.Title)
		p.raw("</a></h2>\n")
		for _, g := range s.Groups {
			p.raw("<details><summary>")
			p.text(g.Title)
			p.raw(" <span class=\"soft\">", strconv.Itoa(len(g.Entries)), "</span></summary>\n<ul>\n")
			for _, e := range g.Entries {
				p.raw("<li><a href=\"", p.link(e), "\">")
				if e.Kind == apidocs.Operation {
					p.method(e.Operation.Method)
				}
				p.raw("<span>")
				p.text(e.Title)
				p.raw("</span></a></li>\n")
			}
			p.raw("</ul></details>\n")
		}
	}
	p.raw("</nav>\n")
}
