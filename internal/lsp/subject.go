package lsp

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"
)

// subject is a document that is linted again and again.
type subject struct {
	name string

	// one lints at a time.
	turn sync.Mutex

	// What follows is guarded by Server.mu.
	stop    context.CancelFunc // ends what waits or runs
	opened  map[string]bool    // paths of open texts that it was made for
	last    *Result            // what was found last
	of      snapshot           // the open texts that it was found in
	good    *Result            // the last that could be read
	problem string             // why nothing can be said
}

// assign finds out what an open text belongs to, and lints that.
func (s *Server) assign(path string) {
	s.showConfig(path)
	s.mu.Lock()
	folders := slices.Clone(s.folders)
	s.mu.Unlock()
	names := s.options.Backend.Subjects(s.base, path, s.snapshot(), folders)
	for _, name := range names {
		s.mu.Lock()
		sub := s.subjects[name]
		if sub == nil {
			sub = &subject{name: name, opened: map[string]bool{}}
			s.subjects[name] = sub
		}
		sub.opened[path] = true
		s.mu.Unlock()
		s.schedule(sub, 0)
	}
	if len(names) == 0 {
		s.touched(path, 0)
	}
}

// touched lints again all that a file is part of, after a delay.
func (s *Server) touched(path string, delay time.Duration) {
	s.showConfig(path)
	for _, sub := range s.with(path) {
		s.schedule(sub, delay)
	}
}

// everything lints all again, since configurations may be others.
func (s *Server) everything() {
	s.options.Backend.Forget()
	s.mu.Lock()
	old := s.subjects
	s.subjects = map[string]*subject{}
	for _, sub := range old {
		if sub.stop != nil {
			sub.stop()
		}
	}
	paths := slices.Sorted(maps.Keys(s.buffers))
	s.mu.Unlock()
	for _, path := range paths {
		s.assign(path)
	}
	for _, name := range slices.Sorted(maps.Keys(old)) {
		s.mu.Lock()
		now := s.subjects[name]
		if now != nil && now.good == nil {
			now.good = old[name].good // until the new one is there
		}
		s.mu.Unlock()
		if now == nil {
			s.show(nil, name, nil)
		}
	}
	s.refresh()
}

// retire drops what no open text needs any more.
func (s *Server) retire() {
	var gone []string
	s.mu.Lock()
	for name, sub := range s.subjects {
		maps.DeleteFunc(sub.opened, func(path string, _ bool) bool { return s.buffers[path] == nil })
		if len(sub.opened) == 0 {
			if sub.stop != nil {
				sub.stop()
			}
			delete(s.subjects, name)
			gone = append(gone, name)
		}
	}
	s.mu.Unlock()
	slices.Sort(gone)
	for _, name := range gone {
		s.show(nil, name, nil)
	}
}

// with returns the subjects that a file is part of, in the order of their names.
func (s *Server) with(path string) []*subject {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []*subject
	for _, name := range slices.Sorted(maps.Keys(s.subjects)) {
		sub := s.subjects[name]
		if sub.opened[path] || holds(sub.last, path) || holds(sub.good, path) {
			list = append(list, sub)
		}
	}
	return list
}

func holds(r *Result, path string) bool {
	if r == nil {
		return false
	}
	for _, p := range r.Paths {
		if p == path {
			return true
		}
	}
	return false
}

// schedule lints a subject after a delay, unless something newer comes first.
func (s *Server) schedule(sub *subject, delay time.Duration) {
	ctx, stop := context.WithCancel(s.base)
	s.mu.Lock()
	if sub.stop != nil {
		sub.stop()
	}
	sub.stop = stop
	s.mu.Unlock()
	go func() {
		defer stop()
		timer := time.NewTimer(delay)
		defer timer.Stop()
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		}
		s.lint(ctx, sub)
	}()
}

// lint lints a subject now and shows what was found.
func (s *Server) lint(ctx context.Context, sub *subject) {
	sub.turn.Lock()
	defer sub.turn.Unlock()
	if ctx.Err() != nil {
		return
	}
	buffers := s.snapshot()
	s.mu.Lock()
	done := sub.last != nil && maps.Equal(sub.of, buffers)
	s.mu.Unlock()
	if done {
		return
	}
	end := s.progress(sub)
	r, err := s.contained(ctx, sub.name, buffers)
	end()
	if ctx.Err() != nil {
		return
	}
	if err != nil {
		s.mu.Lock()
		said := sub.problem == err.Error()
		sub.problem, sub.last = err.Error(), nil
		s.mu.Unlock()
		if !said {
			s.options.Log(err.Error())
		}
		s.show(sub, sub.name, nil)
		return
	}
	for file, path := range r.Paths {
		if text, ok := buffers.Buffer(path); ok && text == r.Texts[file] {
			r.Texts[file] = text // one text is compared with itself in no time
		}
	}
	s.mu.Lock()
	sub.last, sub.of, sub.problem = r, buffers, ""
	if r.OpenAPI != nil || r.Later != nil || r.GraphQL != nil {
		sub.good = r
	}
	s.mu.Unlock()
	for _, hole := range r.Report.Incomplete {
		if hole.Rule != "" {
			s.options.Log(fmt.Sprintf("%s: rule %s: %s", sub.name, hole.Rule, hole.Message))
		}
	}
	s.showResult(sub, r, buffers)
}

// fresh lints all that a file is part of, where a text has changed since.
func (s *Server) fresh(ctx context.Context, path string) {
	for _, sub := range s.with(path) {
		s.lint(ctx, sub)
	}
}

// contained lints, and makes an error of a panic.
func (s *Server) contained(ctx context.Context, name string, buffers Buffers) (r *Result, err error) {
	defer func() {
		if v := recover(); v != nil {
			r, err = nil, fmt.Errorf("%s: plumb stumbled over this document: %v", name, v)
		}
	}()
	return s.options.Backend.Lint(ctx, name, buffers)
}

// stopAll ends what waits or runs.
func (s *Server) stopAll() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, sub := range s.subjects {
		if sub.stop != nil {
			sub.stop()
		}
	}
}
