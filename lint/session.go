package lint

import (
	"context"
	"slices"
	"strings"
	"sync"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/edit"
)

// Session lints one description again and again while it is being written.
// After a small edit it does not read and check the whole again: what the edit
// cannot have touched is kept. Its reports are those of [Document].
//
// An edit is small where it stays inside info, or one member of paths, webhooks or
// a group of components, or adds such a member or takes away one that nothing
// refers to, in a document of one file without problems. Of the rules, those that
// look at such members one by one run over the one that was edited and over what
// leads there through references; those that compare across the document run over
// all of it again. For any other edit the caller loads and lints the
// document as a whole: see [Session.Edit].
//
// A Session is safe for concurrent use.
type Session struct {
	policy check.Policy

	mu     sync.Mutex
	live   *openapi.Live
	ledger *check.Ledger[*openapi.Document]
	ways   []character // by place in the ledger
	files  *check.Report
	style  edit.Style
	unread bool // the text that was given last cannot be read
}

// NewSession makes a session under the policy, without a document.
func NewSession(policy check.Policy) *Session { return &Session{policy: policy} }

// Document lints a document as [Document] does and keeps it for edits. The
// session takes the document over: while it is [Session.Live], nobody else may
// use it.
func (s *Session) Document(ctx context.Context, doc *openapi.Document) (*check.Report, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.live, s.unread = nil, false
	ledger, err := check.NewLedger(OpenAPI(), s.policy)
	if err != nil {
		return nil, err
	}
	s.ledger = ledger
	s.ways = s.ways[:0]
	every := make([]int, 0, len(ledger.Rules()))
	for i, r := range ledger.Rules() {
		s.ways = append(s.ways, character{ways[r.ID], blind[r.ID], byName[r.ID]})
		every = append(every, i)
	}
	if err := ledger.Run(ctx, doc, every); err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(every, func(i int) bool { return !ledger.Finished(i) }) {
		s.live = openapi.NewLive(doc)
	}
	if s.live != nil {
		s.style = edit.StyleOf(doc.Source().Text(), doc.Source().Format())
	}
	s.files = &check.Report{}
	nameSources(s.files, doc)
	return s.report(), nil
}

// Forget gives the document back.
func (s *Session) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.live, s.ledger = nil, nil
}

// Live reports whether the session takes edits of the document that it has.
// Where it does not, it leaves the document alone: others may read it.
func (s *Session) Live() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.live != nil
}

// Edit lints the text that the document has now. Ok is false where the edit is
// not a small one, or there is no document yet: then the text is to be loaded
// and given to [Session.Document]. Of a text that cannot be read the report says
// why; the session goes on from the last text that can, so that an edit which
// breaks the text and one that mends it cost no more than others. An edit that has begun is brought to its end whatever becomes
// of ctx.
func (s *Session) Edit(ctx context.Context, text string) (rep *check.Report, ok bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.live == nil {
		return nil, false, nil
	}
	if ctx.Err() != nil {
		return nil, false, context.Cause(ctx)
	}
	e, ok := s.live.Prepare(text)
	if !ok {
		return s.unreadable(text)
	}
	if edit.StyleOf(text, s.live.Document().Source().Format()) != s.style {
		return nil, false, nil // fixes anywhere may be others
	}
	s.unread = false
	if !e.Same() {
		if err := s.edit(context.WithoutCancel(ctx), e); err != nil {
			s.live = nil // nothing is known of the findings any more
			return nil, false, err
		}
	}
	if s.live == nil {
		return nil, false, nil
	}
	return s.report(), true, nil
}

// Unread reports whether the text that the session was given last cannot be
// read, so that its report says why and no more.
func (s *Session) Unread() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.unread
}

// unreadable is the report of a text that no edit leads to. Ok is false where it
// can be read, or only reading it tells.
func (s *Session) unreadable(text string) (rep *check.Report, ok bool, err error) {
	why := s.live.Unreadable(text)
	if why == nil {
		return nil, false, nil
	}
	s.unread = true
	rep, err = Unread(s.policy, slices.Clone(s.files.Subjects), []check.Finding{why.Finding})
	return rep, err == nil, err
}

func (s *Session) report() *check.Report {
	rep := s.ledger.Report()
	rep.Subjects, rep.Files = s.files.Subjects, s.files.Files
	return rep
}

// edit brings the findings up to date.
func (s *Session) edit(ctx context.Context, e *openapi.Edit) error {
	own := looker{was: e.Was, is: e.Is}
	near, wide := own, own
	if e.Region != nil { // nothing leads to members of a group that come and go
		near.was = s.live.UsersBesideSchemas(e.Region)
		wide.was = s.live.Users(e.Region)
		near.is, wide.is = near.was, wide.was
	}
	seen := changed(e)
	if s.live.Document().Source().Format() == openapi.YAML {
		seen &^= withSameReferences // fixes go by the form of all members of a group
	}
	var again, still []int
	for i, w := range s.ways {
		switch {
		case w.way == acrossRegions && seen&w.blind == 0, e.Region == nil && (w.way == inNames || w.names):
			again = append(again, i)
		case w.way == inNames || seen&w.blind != 0:
			still = append(still, i)
		default:
			k := &own
			switch {
			case w.way == besideSchemas:
				k = &near
			case w.references():
				k = &wide
			}
			if len(k.was) > mostRegions {
				again = append(again, i)
			} else {
				k.rules = append(k.rules, i)
			}
		}
	}
	lookers := []*looker{&own, &near, &wide}
	for _, k := range lookers {
		if err := k.look(ctx, s, k.was, &k.before); err != nil {
			return err
		}
	}
	m, around := newMover(e.Start, e.End, e.Delta), newMover(0, 0, e.Delta)
	around.from, around.until = e.Value()
	source := s.live.Document().Source()
	m.before(source)
	around.before(source)
	e.Apply()
	m.after(source)
	around.after(source)

	for _, i := range still {
		if !s.ledger.Move(i, around.move) {
			again = append(again, i)
		}
	}
	for _, k := range lookers {
		if err := k.look(ctx, s, k.is, &k.after); err != nil {
			return err
		}
		for j, i := range k.rules {
			if !k.settle(s, m, i, j) {
				again = append(again, i)
			}
		}
	}
	if err := s.ledger.Run(ctx, s.live.Document(), again); err != nil {
		return err
	}
	for _, i := range again {
		if !s.ledger.Finished(i) {
			s.live = nil
		}
	}
	return nil
}

// mostRegions is how many regions are looked at one by one; where an edit
// touches more, the rules run over the whole document.
const mostRegions = 200

// looker runs rules over some regions before and after an edit.
type looker struct {
	was, is       []*openapi.Region
	rules         []int // places in the ledger
	before, after look
}

type look struct {
	found [][]check.Finding
	whole []bool
}

func (k *looker) look(ctx context.Context, s *Session, regions []*openapi.Region, to *look) (err error) {
	if len(k.rules) == 0 {
		return nil
	}
	to.found, to.whole, err = s.ledger.Look(ctx, s.live.View(regions), k.rules)
	return err
}

// within reports whether an element stands in one of the regions.
func within(element string, regions []*openapi.Region) bool {
	for _, r := range regions {
		p := r.Pointer()
		if strings.HasPrefix(element, p) && (len(element) == len(p) || element[len(p)] == '/') {
			return true
		}
	}
	return false
}

// settle puts what a rule finds in the regions now in place of what it found
// there, and moves the rest. It reports false where that cannot be right: the
// rule must run over the whole document.
func (k *looker) settle(s *Session, m *mover, i, j int) bool {
	if !k.before.whole[j] || !k.after.whole[j] {
		return false
	}
	// What the regions cause elsewhere must be the same as before.
	was, is := outside(k.before.found[j], k.was), outside(k.after.found[j], k.is)
	if len(was) != len(is) {
		return false
	}
	for at := range was {
		f := *was[at]
		if !m.move(&f) || !equal(&f, is[at]) {
			return false
		}
	}
	// Of what was found in the regions all must have been seen.
	old := s.ledger.Findings(i)
	kept := make([]check.Finding, 0, len(old))
	removed := 0
	for at := range old {
		if within(old[at].Location.Element, k.was) {
			removed++
		} else {
			kept = append(kept, old[at])
		}
	}
	if removed != len(k.before.found[j])-len(was) {
		return false
	}
	if s.ways[i].first() && (removed > 0 || len(k.after.found[j]) > len(is)) {
		return false
	}
	if removed == 0 && len(k.after.found[j]) == len(is) {
		return s.ledger.Move(i, m.move)
	}
	for at := range kept {
		if !m.move(&kept[at]) {
			return false
		}
	}
	for at := range k.after.found[j] {
		if f := &k.after.found[j][at]; within(f.Location.Element, k.is) {
			kept = append(kept, *f)
		}
	}
	s.ledger.Set(i, kept)
	return true
}

func outside(found []check.Finding, regions []*openapi.Region) []*check.Finding {
	var out []*check.Finding
	for i := range found {
		if !within(found[i].Location.Element, regions) {
			out = append(out, &found[i])
		}
	}
	return out
}
