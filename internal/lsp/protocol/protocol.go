// Package protocol has those messages of the Language Server Protocol, 3.17,
// that plumb speaks, as Go types. It knows nothing of descriptions, and holds
// no messages that package lsp does not use.
package protocol

// Position is a place in a text: a line, and a place in it in the units that
// were agreed on, both counted from 0.
type Position struct {
	Line      int `json:"line"`
	Character int `json:"character"`
}

// Range is a part of a text, its end exclusive.
type Range struct {
	Start Position `json:"start"`
	End   Position `json:"end"`
}

// Location is a range of a document.
type Location struct {
	URI   string `json:"uri"`
	Range Range  `json:"range"`
}

// TextEdit replaces a range.
type TextEdit struct {
	Range   Range  `json:"range"`
	NewText string `json:"newText"`
}

// WorkspaceEdit changes documents: by URI, or for editors that know versions of
// documents one after the other.
type WorkspaceEdit struct {
	Changes         map[string][]TextEdit `json:"changes,omitempty"`
	DocumentChanges []DocumentEdit        `json:"documentChanges,omitempty"`
}

// DocumentEdit changes one version of a document.
type DocumentEdit struct {
	TextDocument VersionedDocument `json:"textDocument"`
	Edits        []TextEdit        `json:"edits"`
}

// VersionedDocument is a document as it is in a version, nil for the one on disk.
type VersionedDocument struct {
	URI     string `json:"uri"`
	Version *int   `json:"version"`
}

// The severities of a [Diagnostic].
const (
	SeverityError       = 1
	SeverityWarning     = 2
	SeverityInformation = 3
)

// Diagnostic is a finding, as an editor shows it.
type Diagnostic struct {
	Range              Range                `json:"range"`
	Severity           int                  `json:"severity"`
	Code               string               `json:"code,omitzero"`
	CodeDescription    *CodeDescription     `json:"codeDescription,omitzero"`
	Source             string               `json:"source"`
	Message            string               `json:"message"`
	RelatedInformation []RelatedInformation `json:"relatedInformation,omitempty"`
}

// CodeDescription says where a rule is explained.
type CodeDescription struct {
	Href string `json:"href"`
}

// RelatedInformation is a second place that a diagnostic speaks of.
type RelatedInformation struct {
	Location Location `json:"location"`
	Message  string   `json:"message"`
}

// PublishDiagnosticsParams are all diagnostics of one document, as it was in the
// version.
type PublishDiagnosticsParams struct {
	URI         string       `json:"uri"`
	Version     *int         `json:"version,omitzero"`
	Diagnostics []Diagnostic `json:"diagnostics"`
}

// The kinds of a [DiagnosticReport].
const (
	ReportFull      = "full"
	ReportUnchanged = "unchanged"
)

// DiagnosticReport is the answer to an editor that asks for diagnostics, with
// those of other documents that the asked one is made of.
type DiagnosticReport struct {
	Kind     string       `json:"kind"`
	ResultID string       `json:"resultId,omitzero"`
	Items    []Diagnostic `json:"items,omitzero"`

	RelatedDocuments map[string]DiagnosticReport `json:"relatedDocuments,omitempty"`
}

// MarkupContent is text in Markdown.
type MarkupContent struct {
	Kind  string `json:"kind"`
	Value string `json:"value"`
}

// Hover is what an editor shows about a place.
type Hover struct {
	Contents MarkupContent `json:"contents"`
	Range    *Range        `json:"range,omitzero"`
}

// CodeAction is a change that an editor offers.
type CodeAction struct {
	Title       string         `json:"title"`
	Kind        string         `json:"kind"`
	Diagnostics []Diagnostic   `json:"diagnostics,omitempty"`
	IsPreferred bool           `json:"isPreferred,omitzero"`
	Edit        *WorkspaceEdit `json:"edit,omitzero"`
}

// The kinds of completions and symbols that plumb uses; the numbers are the
// protocol's.
const (
	CompletionReference = 18
	CompletionFile      = 17

	SymbolModule     = 2
	SymbolNamespace  = 3
	SymbolClass      = 5
	SymbolMethod     = 6
	SymbolProperty   = 7
	SymbolField      = 8
	SymbolEnum       = 10
	SymbolInterface  = 11
	SymbolFunction   = 12
	SymbolKey        = 20
	SymbolEnumMember = 22
	SymbolStruct     = 23
	SymbolEvent      = 24
)

// CompletionItem is one way to go on.
type CompletionItem struct {
	Label      string    `json:"label"`
	Kind       int       `json:"kind"`
	Detail     string    `json:"detail,omitzero"`
	FilterText string    `json:"filterText,omitzero"`
	TextEdit   *TextEdit `json:"textEdit,omitzero"`
}

// CompletionList is what can be chosen from.
type CompletionList struct {
	IsIncomplete bool             `json:"isIncomplete"`
	Items        []CompletionItem `json:"items"`
}

// DocumentSymbol is a part of a document with a name.
type DocumentSymbol struct {
	Name           string           `json:"name"`
	Detail         string           `json:"detail,omitzero"`
	Kind           int              `json:"kind"`
	Deprecated     bool             `json:"deprecated,omitzero"`
	Range          Range            `json:"range"`
	SelectionRange Range            `json:"selectionRange"`
	Children       []DocumentSymbol `json:"children,omitempty"`
}
