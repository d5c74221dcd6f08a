package demo

import (
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

type user struct{ ID, Username string }

type project struct {
	ID, Name, Visibility string
	CreatedAt            time.Time
}

type milestone struct{ ID, Project, Title, DueOn string }

type comment struct {
	ID, Issue, Body string
	Author          user
	CreatedAt       time.Time
}

type issue struct {
	ID, Project, Title, State, Priority string
	Estimate                            int
	Author                              user
	CreatedAt, ClosedAt                 time.Time
	Comments                            int
}

// store is the data of the product, which both APIs read and change.
type store struct {
	mu         sync.Mutex
	users      []user
	projects   []project
	milestones []milestone
	issues     []issue
	comments   []comment
}

// counter counts requests.
type counter struct{ n atomic.Int64 }

// next returns the number of this one, from 1.
func (c *counter) next() int64 { return c.n.Add(1) }

func newStore() *store {
	at := func(day int) time.Time { return time.Date(2026, 3, day, 9, 30, 0, 0, time.UTC) }
	s := &store{users: []user{{"1", "ada"}, {"2", "grace"}, {"3", "edsger"}}}
	for i, name := range []string{"Harbour house", "Mill lane", "Old school", "Station roof", "Water tower", "Library"} {
		id := strconv.Itoa(i + 1)
		s.projects = append(s.projects, project{ID: id, Name: name, Visibility: []string{"private", "internal", "public"}[i%3], CreatedAt: at(i + 1)})
		for j, title := range []string{"Shell", "Pipes"} {
			s.milestones = append(s.milestones, milestone{strconv.Itoa(2*i + j + 1), id, title, at(i + 10*j + 1).Format(time.DateOnly)})
		}
	}
	for i, title := range []string{"Tap drips", "Gutter leaks", "Drain is slow", "Pipe hums", "Valve sticks", "No hot water", "Tile is loose", "Door jams", "Lamp flickers", "Window rattles"} {
		is := issue{
			ID: strconv.Itoa(i + 1), Project: strconv.Itoa(i%2 + 1), Title: title, State: "open", Author: s.users[i%3],
			Priority: []string{"low", "normal", "high"}[i%3], Estimate: i + 1, CreatedAt: at(i + 2),
		}
		if i%4 == 3 {
			is.State, is.ClosedAt = "closed", at(i+3)
		}
		for range i%3 + 1 {
			is.Comments++
			s.comments = append(s.comments, comment{strconv.Itoa(len(s.comments) + 1), is.ID, "Seen on the site.", s.users[is.Comments%3], at(i + 3)})
		}
		s.issues = append(s.issues, is)
	}
	return s
}

// where returns the entries of a list for which keep holds.
func where[T any](s *store, list *[]T, keep func(T) bool) []T {
	s.mu.Lock()
	defer s.mu.Unlock()
	var found []T
	for _, x := range *list {
		if keep(x) {
			found = append(found, x)
		}
	}
	return found
}

// first returns the entry for which keep holds.
func first[T any](s *store, list *[]T, keep func(T) bool) (T, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if i := slices.IndexFunc(*list, keep); i >= 0 {
		return (*list)[i], true
	}
	var none T
	return none, false
}

func (s *store) project(id string) (project, bool) {
	return first(s, &s.projects, func(p project) bool { return p.ID == id })
}

func (s *store) issue(id string) (issue, bool) {
	return first(s, &s.issues, func(i issue) bool { return i.ID == id })
}

func (s *store) user(id string) (user, bool) {
	return first(s, &s.users, func(u user) bool { return u.ID == id })
}

// issuesOf are those of a project in a state, "" for any.
func (s *store) issuesOf(project, state string) []issue {
	return where(s, &s.issues, func(i issue) bool { return i.Project == project && (state == "" || i.State == state) })
}

func (s *store) milestonesOf(project string) []milestone {
	return where(s, &s.milestones, func(m milestone) bool { return m.Project == project })
}

func (s *store) commentsOf(issue string) []comment {
	return where(s, &s.comments, func(c comment) bool { return c.Issue == issue })
}

// open adds an issue.
func (s *store) open(project, title, priority string, now time.Time) issue {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := issue{
		ID: strconv.Itoa(len(s.issues) + 1), Project: project, Title: title, State: "open", Priority: priority,
		Author: s.users[0], CreatedAt: now.UTC().Truncate(time.Second), Estimate: 1,
	}
	s.issues = append(s.issues, i)
	return i
}

// close closes an issue.
func (s *store) close(id string, now time.Time) (issue, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := slices.IndexFunc(s.issues, func(i issue) bool { return i.ID == id })
	if n < 0 {
		return issue{}, false
	}
	s.issues[n].State, s.issues[n].ClosedAt = "closed", now.UTC().Truncate(time.Second)
	return s.issues[n], true
}

// comment adds a comment to an issue.
func (s *store) comment(id, body string, now time.Time) (comment, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := slices.IndexFunc(s.issues, func(i issue) bool { return i.ID == id })
	if n < 0 {
		return comment{}, false
	}
	c := comment{strconv.Itoa(len(s.comments) + 1), id, body, s.users[1], now.UTC().Truncate(time.Second)}
	s.comments = append(s.comments, c)
	s.issues[n].Comments++
	return c, true
}

// archive takes a project out.
func (s *store) archive(id string) (project, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := slices.IndexFunc(s.projects, func(p project) bool { return p.ID == id })
	if n < 0 {
		return project{}, false
	}
	gone := s.projects[n]
	s.projects = slices.Delete(s.projects, n, n+1)
	return gone, true
}
