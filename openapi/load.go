package openapi

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"net/url"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/plumbapi/plumb/check"
)

// DefaultMaxBytes is the largest source that a [Loader] reads unless told
// otherwise: 64 MiB, five times the largest published description known.
const DefaultMaxBytes = 64 << 20

// Fetcher gets a remote source. It alone decides what may be fetched: a
// Loader without one reads no remote source.
type Fetcher interface {
	// Fetch returns the body behind an absolute http or https URL. The
	// caller closes it.
	Fetch(ctx context.Context, url string) (io.ReadCloser, error)
}

// Loader reads documents. The zero Loader reads single sources only: every
// reference to another file is a problem of the document.
type Loader struct {
	// FS holds the files. References are followed inside it and never out of
	// it; os.Root's FS keeps symbolic links inside too, os.DirFS does not. Nil
	// means that there are none.
	FS fs.FS
	// Prefix is put before the names of files where they are shown, so that
	// they read as the user knows them.
	Prefix string
	// Fetcher gets remote sources; nil means that none are read.
	Fetcher Fetcher
	// MaxBytes bounds each source; 0 means DefaultMaxBytes, and 2 GiB is the
	// most.
	MaxBytes int64
}

// Load reads the document with the name, a slash-separated path within
// l.FS or an http or https URL, and every source that its references reach.
// The error is an [*Error] where the document itself cannot be read; a
// reference that leads nowhere is a problem of the document.
func (l *Loader) Load(ctx context.Context, name string) (*Document, error) {
	if !isURL(name) {
		name = path.Clean(name)
	}
	text, err := l.read(ctx, name)
	if err != nil {
		return nil, err
	}
	return l.parse(ctx, name, text)
}

// Read reads a document from r; name says where it stands among the files of
// l.FS, for its references and for what is shown.
func (l *Loader) Read(ctx context.Context, name string, r io.Reader) (*Document, error) {
	text, err := l.readAll(name, r)
	if err != nil {
		return nil, err
	}
	return l.parse(ctx, name, text)
}

// Load reads the named document from a file system; see [Loader.Load].
func Load(ctx context.Context, fsys fs.FS, name string) (*Document, error) {
	return (&Loader{FS: fsys}).Load(ctx, name)
}

// Parse reads a document of one source.
func Parse(name string, data []byte) (*Document, error) {
	return (&Loader{}).parse(context.Background(), name, string(data))
}

func (l *Loader) parse(ctx context.Context, name, text string) (*Document, error) {
	src, err := l.source(name, text)
	if err != nil {
		return nil, err
	}
	src.id, src.located = name, l.FS != nil || l.Fetcher != nil
	d := &Document{root: src, byName: map[string]*Source{}, limit: l.maxBytes()}
	d.addSource(src)
	if !src.root.Is(Object) {
		return nil, fail(ruleUnrecognized, src.root.Location(), nil,
			"the document is %s; expected an object with the member openapi or swagger", src.root.Kind().WithArticle())
	}
	var at *Node
	d.version, d.raw, at = detectVersion(src.root)
	switch {
	case at == nil:
		return nil, fail(ruleUnrecognized, src.root.Location(), nil,
			"the document says neither openapi nor swagger; expected an OpenAPI description of version 2.0, 3.0, 3.1 or 3.2")
	case d.version == 0:
		return nil, fail(ruleUnrecognized, at.Location(), nil,
			"%s %q is no version that can be read; expected 2.0, 3.0, 3.1 or 3.2", at.Key(), d.raw)
	}
	if err := l.follow(ctx, d); err != nil {
		return nil, err
	}
	d.buildIndex()
	for _, s := range d.sources {
		d.problems = append(d.problems, s.problems...)
	}
	d.problems = append(d.problems, d.refProblems()...)
	return d, nil
}

// largeText is from how many bytes on a text is read by two at once.
const largeText = 1 << 20

// source turns a text into a tree.
func (l *Loader) source(name, text string) (*Source, error) {
	shown := l.shown(name)
	if limit := l.maxBytes(); int64(len(text)) > limit {
		return nil, l.tooLarge(name)
	}
	if err := checkText(shown, text); err != nil {
		return nil, err
	}
	s := &Source{name: shown, text: strings.TrimPrefix(text, utf8BOM)}
	s.format = sniff(s.text)
	if len(s.text) > largeText {
		go s.once.Do(s.scanLines) // while it is parsed
	}
	var err error
	if s.format == JSON {
		err = parseJSON(s)
		if ext := path.Ext(name); err != nil && (ext == ".yaml" || ext == ".yml") {
			// What begins with a brace may be YAML in flow style.
			flow := &Source{name: shown, text: s.text, format: YAML}
			if parseYAML(flow) == nil {
				s, err = flow, nil
			}
		}
	} else {
		err = parseYAML(s)
	}
	if err != nil {
		return nil, err
	}
	if !utf8.ValidString(s.text) {
		at := s.location(uint32(invalidUTF8(s.text)), uint32(invalidUTF8(s.text)), "")
		s.problems = append(s.problems, problem(ruleParser, at, "the text is not UTF-8 here"))
	}
	s.keyProblems()
	return s, nil
}

// invalidUTF8 returns the offset of the first byte that is no UTF-8.
func invalidUTF8(text string) int {
	for i, r := range text {
		if r == utf8.RuneError && !strings.HasPrefix(text[i:], "\ufffd") {
			return i
		}
	}
	return len(text)
}

// checkText refuses what is no text, or the wrong one, before a parser makes
// a riddle of it.
func checkText(name, text string) error {
	at := check.Location{File: name}
	trimmed := strings.TrimLeft(strings.TrimPrefix(text, utf8BOM), " \t\r\n")
	switch {
	case trimmed == "":
		return fail(ruleParser, at, nil, "the document is empty; expected an OpenAPI description")
	case strings.HasPrefix(text, "\xff\xfe"), strings.HasPrefix(text, "\xfe\xff"):
		return fail(ruleUnreadable, at, nil, "the document is UTF-16 text; expected JSON or YAML in UTF-8")
	case strings.IndexByte(text, 0) >= 0:
		i := strings.IndexByte(text, 0)
		s := &Source{name: name, text: text}
		at.Line, at.Column = s.Position(i)
		return fail(ruleUnreadable, at, nil, "the document holds a NUL byte, so it is no text; expected JSON or YAML in UTF-8")
	case trimmed[0] == '<':
		return fail(ruleUnreadable, at, nil, "the document is HTML or XML; expected JSON or YAML")
	case !utf8.ValidString(text[:min(len(text), 512)]) && !utf8.ValidString(text):
		s := &Source{name: name, text: text}
		at.Line, at.Column = s.Position(invalidUTF8(text))
		return fail(ruleUnreadable, at, nil, "the document is not UTF-8 text; expected JSON or YAML in UTF-8")
	}
	return nil
}

func (l *Loader) read(ctx context.Context, name string) (string, error) {
	at := check.Location{File: l.shown(name)}
	if isURL(name) {
		if l.Fetcher == nil {
			return "", fail(ruleUnreadable, at, nil, "the document is remote, and remote documents are not read here")
		}
		body, err := l.Fetcher.Fetch(ctx, name)
		if err != nil {
			return "", fail(ruleUnreadable, at, err, "the document cannot be fetched: %s", err)
		}
		defer func() { _ = body.Close() }()
		return l.readAll(name, body)
	}
	if l.FS == nil {
		return "", fail(ruleUnreadable, at, nil, "the document is another file, and there are no other files here")
	}
	if !utf8.ValidString(name) {
		return "", fail(ruleUnreadable, at, fs.ErrInvalid, "the name of the file is not UTF-8")
	}
	if !fs.ValidPath(name) {
		return "", fail(ruleUnreadable, at, fs.ErrInvalid, "%s", openProblem(fs.ErrInvalid))
	}
	f, err := l.FS.Open(name)
	if err != nil {
		return "", fail(ruleUnreadable, at, err, "%s", openProblem(err))
	}
	defer func() { _ = f.Close() }()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return "", fail(ruleUnreadable, at, nil, "the document is a directory; expected a file")
	}
	return l.readAll(name, f)
}

func (l *Loader) readAll(name string, r io.Reader) (string, error) {
	limit := l.maxBytes()
	var b strings.Builder
	if f, ok := r.(fs.File); ok {
		if info, err := f.Stat(); err == nil {
			if info.Size() > limit {
				return "", l.tooLarge(name)
			}
			b.Grow(int(info.Size()))
		}
	}
	n, err := io.Copy(&b, io.LimitReader(r, limit+1))
	at := check.Location{File: l.shown(name)}
	if err != nil {
		return "", fail(ruleUnreadable, at, err, "the document cannot be read: %s", err)
	}
	if n > limit {
		return "", l.tooLarge(name)
	}
	return b.String(), nil
}

func (l *Loader) tooLarge(name string) error {
	return fail(ruleUnreadable, check.Location{File: l.shown(name)}, nil, "the document is larger than %d MiB", l.maxBytes()>>20)
}

func (l *Loader) maxBytes() int64 {
	if l.MaxBytes > 0 {
		return min(l.MaxBytes, math.MaxInt32) // places are kept in 32 bits
	}
	return DefaultMaxBytes
}

func (l *Loader) shown(name string) string {
	if l.Prefix == "" || isURL(name) {
		return name
	}
	return path.Join(l.Prefix, name)
}

func openProblem(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "there is no such file"
	case errors.Is(err, fs.ErrPermission):
		return "the file may not be read: permission denied"
	case errors.Is(err, fs.ErrInvalid):
		return "the path leads out of the root folder"
	}
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		err = pathErr.Err // without the call and the name, which is known
	}
	return fmt.Sprintf("the file cannot be opened: %s", err)
}

func isURL(name string) bool {
	return strings.HasPrefix(name, "https://") || strings.HasPrefix(name, "http://")
}

// join resolves a reference's file part against the name of the source that
// holds it.
func join(base, ref string) (string, error) {
	u, err := url.Parse(ref)
	if err != nil {
		return "", fmt.Errorf("no URI reference: %w", err)
	}
	switch {
	case u.Scheme == "http", u.Scheme == "https":
		return u.String(), nil
	case u.Scheme != "":
		return "", fmt.Errorf("the scheme %q is not followed", u.Scheme)
	case isURL(base):
		b, err := url.Parse(base)
		if err != nil {
			return "", fmt.Errorf("no URI reference: %w", err)
		}
		return b.ResolveReference(u).String(), nil
	case u.Host != "" || strings.HasPrefix(u.Path, "/"):
		return "", errors.New("the path leads out of the root folder")
	case u.Path == "":
		return base, nil
	}
	return path.Join(path.Dir(base), u.Path), nil
}
