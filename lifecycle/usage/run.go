package usage

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
)

// run is one call of Count. Readers, one a log, cut logs into blocks; workers
// count the lines of blocks, each into a tally of its own.
type run struct {
	ctx    context.Context
	opts   *Options
	watch  *watch
	format *format
	logs   []Log

	work    chan block
	free    chan []byte
	tallies []*tally
}

// count reads all logs and adds up what was counted.
func (r *run) count() (*tally, []Incomplete) {
	n := r.opts.Workers
	r.work = make(chan block, n)
	// Every reader holds two buffers, every worker one, and some wait.
	readers := r.readers()
	r.free = make(chan []byte, 2*readers+2*n)
	for range cap(r.free) {
		r.free <- nil // made when it is needed
	}
	var workers sync.WaitGroup
	for range n {
		t := newTally(r.opts, len(r.watch.elements), len(r.logs))
		r.tallies = append(r.tallies, t)
		workers.Go(func() { r.worker(t) })
	}
	problems, own := r.read(readers)
	close(r.work)
	workers.Wait()
	all := r.tallies[0]
	for _, t := range slices.Concat(r.tallies[1:], own) {
		all.merge(t)
	}
	return all, problems
}

// readers is how many logs are read at a time. What is written live has no
// end, so that all of it is read at once.
func (r *run) readers() int {
	if slices.ContainsFunc(r.logs, func(l Log) bool { return l.Live }) {
		return len(r.logs)
	}
	return min(len(r.logs), r.opts.Workers)
}

// read reads the logs, and returns what kept it from the ends of some, in
// their order, and what readers have counted themselves.
func (r *run) read(readers int) (problems []Incomplete, own []*tally) {
	type outcome struct {
		log int
		err error
		own *tally
	}
	results := make(chan outcome, len(r.logs))
	next := make(chan int, len(r.logs))
	for i := range r.logs {
		next <- i
	}
	close(next)
	var wg sync.WaitGroup
	for range readers {
		wg.Go(func() {
			for i := range next {
				if r.ctx.Err() != nil {
					results <- outcome{log: i, err: r.ctx.Err()}
					continue
				}
				t, err := r.readLog(i)
				results <- outcome{i, err, t}
			}
		})
	}
	wg.Wait()
	close(results)
	list := slices.Collect(func(yield func(outcome) bool) {
		for o := range results {
			if !yield(o) {
				return
			}
		}
	})
	slices.SortFunc(list, func(a, b outcome) int { return a.log - b.log })
	for _, o := range list {
		if o.own != nil {
			own = append(own, o.own)
		}
		if o.err == nil {
			continue
		}
		message := "not read to its end: " + o.err.Error()
		if r.ctx.Err() != nil && errors.Is(o.err, r.ctx.Err()) {
			message = "not read to its end: interrupted"
		}
		problems = append(problems, Incomplete{r.logs[o.log].Name, message})
	}
	return problems, own
}

// readLog reads one log. The tally is what it has counted without a worker.
func (r *run) readLog(i int) (*tally, error) {
	log := &r.logs[i]
	in := &source{ctx: r.ctx, r: log.R}
	plain, err := decompress(bufio.NewReaderSize(in, sniffBytes))
	own := newTally(r.opts, len(r.watch.elements), len(r.logs))
	if err != nil || plain == nil {
		return own, err
	}
	name := r.format.find(plain)
	if name == HAR {
		return own, r.readHAR(plain, i, own)
	}
	b := &blocks{
		r: plain, live: log.Live, format: name, buffer: r.buffer,
		free: func(buf []byte) { r.free <- buf },
		send: func(b block) {
			b.log = i
			r.work <- b
		},
	}
	err = b.run()
	own.logs[i].long, own.logs[i].lines, own.logs[i].format = b.long, b.lines, name
	return own, err
}

// buffer returns a free buffer. Workers give theirs back until the end.
func (r *run) buffer() []byte {
	b := <-r.free
	if b == nil {
		b = make([]byte, blockSize)
	}
	return b
}

// worker counts lines into a tally.
func (r *run) worker(t *tally) {
	k := newCounter(r.watch, t)
	for b := range r.work {
		k.block(&b, r.format.reader(b.format))
		r.free <- b.buffer[:blockSize]
	}
}

// block counts the lines of a block.
func (k *counter) block(b *block, read lineReader) {
	log := &k.logs[b.log]
	number := b.first
	for text := b.text; len(text) > 0; number++ {
		line := text
		if i := bytes.IndexByte(text, '\n'); i >= 0 {
			line, text = text[:i], text[i+1:]
		} else {
			text = nil
		}
		if n := len(line); n > 0 && line[n-1] == '\r' {
			line = line[:n-1]
		}
		if len(line) == 0 || blank(line) {
			continue
		}
		c := &k.one
		*c = call{}
		if !read.line(line, c, &k.last) {
			log.bad++
			log.sample(sample{number, mask(line)})
			continue
		}
		k.count(c, log)
	}
}

// blank reports whether a line says nothing. GitLab's begin with a comment.
func blank(line []byte) bool {
	return line[0] == '#' || line[0] <= ' ' && len(bytes.TrimSpace(line)) == 0
}

// source ends where the context does. An error is its end: whoever reads on
// meets it again.
type source struct {
	ctx context.Context
	r   io.Reader
	err error
}

func (s *source) Read(p []byte) (int, error) {
	if s.err == nil {
		s.err = s.ctx.Err()
	}
	if s.err != nil {
		return 0, s.err
	}
	n, err := s.r.Read(p)
	s.err = err
	return n, err
}

// decompress finds out by content whether a text is compressed. It is nil
// where there is none.
func decompress(in *bufio.Reader) (*bufio.Reader, error) {
	head, err := in.Peek(4)
	if len(head) == 0 {
		if errors.Is(err, io.EOF) {
			err = nil
		}
		return nil, err
	}
	for _, other := range []struct{ name, magic, tool string }{
		{"zstd", "\x28\xb5\x2f\xfd", "zstd"}, {"bzip2", "BZh", "bzip2"}, {"xz", "\xfd7zX", "xz"},
	} {
		if bytes.HasPrefix(head, []byte(other.magic)) {
			return nil, fmt.Errorf("it is compressed with %s, which is not read; pipe it in: %s -dc FILE | plumb … --log -", other.name, other.tool)
		}
	}
	if !bytes.HasPrefix(head, []byte{0x1f, 0x8b}) {
		return in, nil
	}
	z, err := gzip.NewReader(in)
	if err != nil {
		return nil, fmt.Errorf("it is no gzip, though it begins like one: %w", err)
	}
	return bufio.NewReaderSize(&unzip{z: z}, sniffBytes), nil
}

// unzip says in words what is wrong with compressed data.
type unzip struct{ z *gzip.Reader }

func (u *unzip) Read(p []byte) (int, error) {
	n, err := u.z.Read(p)
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		err = fmt.Errorf("the compressed data ends too soon: %w", err)
	case errors.Is(err, gzip.ErrHeader):
		err = errors.New("what follows the compressed data is no gzip")
	case errors.Is(err, gzip.ErrChecksum):
		err = errors.New("the compressed data is damaged: its checksum is another")
	}
	return n, err
}
