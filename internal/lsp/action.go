package lsp

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/check/fix"
	"github.com/plumbapi/plumb/internal/lsp/protocol"
)

// The kinds of actions.
const (
	quickFix = "quickfix"
	fixAll   = "source.fixAll.plumb"
)

// codeActions offers the fixes of what is found in a range, and one that mends
// all in the file that can be mended without a look.
func (s *Server) codeActions(ctx context.Context, params *protocol.CodeActionParams) (any, error) {
	list := []protocol.CodeAction{}
	path := keyOf(params.TextDocument.URI)
	s.fresh(ctx, path)
	findings := s.found(path)
	if params.Wants(quickFix) {
		for _, f := range findings {
			if f.Fix == nil || before(f.diagnostic.Range.End, params.Range.Start) || before(params.Range.End, f.diagnostic.Range.Start) {
				continue
			}
			if edit := s.edit(f.result, f.Fix.Edits); edit != nil {
				list = append(list, protocol.CodeAction{
					Title: f.Fix.Title, Kind: quickFix, Diagnostics: []protocol.Diagnostic{f.diagnostic},
					IsPreferred: !f.Fix.Unsafe, Edit: edit,
				})
			}
		}
	}
	if params.Wants(fixAll) {
		if edit := s.fixAll(findings); edit != nil {
			list = append(list, protocol.CodeAction{Title: "Fix all that plumb can fix in this file", Kind: fixAll, Edit: edit})
		}
	}
	return list, nil
}

// fixAll puts together the fixes of findings that need no look, as far as they
// do not touch one another.
func (s *Server) fixAll(findings []shownFinding) *protocol.WorkspaceEdit {
	var result *Result
	var fixes []*check.Fix
	for _, f := range findings {
		if f.Fix != nil && !f.Fix.Unsafe && (result == nil || result == f.result) {
			result = f.result
			fixes = append(fixes, f.Fix)
		}
	}
	if result == nil {
		return nil
	}
	texts := fix.New(func(file string) (string, error) { return result.Texts[file], nil })
	var edits []check.Edit
	for i, o := range texts.Apply(fixes) {
		for _, e := range fixes[i].Edits {
			if o.Applied && !slices.Contains(edits, e) {
				edits = append(edits, e)
			}
		}
	}
	slices.SortStableFunc(edits, func(a, b check.Edit) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
	return s.edit(result, fix.Join(edits))
}

// edit makes a change of the editor out of that of a finding; nil where a text
// is another one by now.
func (s *Server) edit(r *Result, edits []check.Edit) *protocol.WorkspaceEdit {
	open := s.snapshot()
	changes := map[string][]protocol.TextEdit{}
	for _, e := range edits {
		path, ok := r.Paths[e.File]
		read, has := r.Texts[e.File]
		if !ok || !has {
			return nil
		}
		t := s.textOf(open, r, e.File)
		if t.String() != read && t.String() != bom+read {
			return nil
		}
		skip := len(t.String()) - len(read)
		changes[path] = append(changes[path], protocol.TextEdit{Range: t.Range(e.Start+skip, e.End+skip), NewText: e.NewText})
	}
	if len(changes) == 0 {
		return nil
	}
	return s.workspaceEdit(open, changes)
}

// workspaceEdit makes one change of those of files, by path. An editor that knows
// versions is told for which ones it was made, and makes it for no others.
func (s *Server) workspaceEdit(open snapshot, changes map[string][]protocol.TextEdit) *protocol.WorkspaceEdit {
	var edit protocol.WorkspaceEdit
	for _, path := range slices.Sorted(maps.Keys(changes)) {
		uri, version := URIOf(path), (*int)(nil)
		if b := open[path]; b != nil {
			uri, version = b.uri, &b.version
		}
		if s.editor.Workspace.WorkspaceEdit.DocumentChanges {
			edit.DocumentChanges = append(edit.DocumentChanges, protocol.DocumentEdit{
				TextDocument: protocol.VersionedDocument{URI: uri, Version: version}, Edits: changes[path],
			})
			continue
		}
		if edit.Changes == nil {
			edit.Changes = map[string][]protocol.TextEdit{}
		}
		edit.Changes[uri] = changes[path]
	}
	return &edit
}

// bom is the mark that texts may begin with and loaders leave out.
const bom = "\ufeff"
