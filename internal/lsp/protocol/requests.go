package protocol

import (
	"encoding/json"
	"strings"
)

// WorkspaceFolder is a folder that an editor has open.
type WorkspaceFolder struct {
	URI  string `json:"uri"`
	Name string `json:"name"`
}

// InitializeParams is how an editor introduces itself.
type InitializeParams struct {
	RootURI          string             `json:"rootUri"`
	RootPath         string             `json:"rootPath"`
	WorkspaceFolders []WorkspaceFolder  `json:"workspaceFolders"`
	Capabilities     ClientCapabilities `json:"capabilities"`
	Options          json.RawMessage    `json:"initializationOptions"` // of which plumb knows its [Settings]
}

// ClientCapabilities are what plumb needs to know of what an editor can.
type ClientCapabilities struct {
	General struct {
		PositionEncodings []string `json:"positionEncodings"`
	} `json:"general"`
	Window struct {
		WorkDoneProgress bool `json:"workDoneProgress"`
	} `json:"window"`
	Workspace struct {
		Configuration         bool    `json:"configuration"`
		DidChangeWatchedFiles Dynamic `json:"didChangeWatchedFiles"`
		DidChangeConfig       Dynamic `json:"didChangeConfiguration"`
		WorkspaceEdit         struct {
			DocumentChanges bool `json:"documentChanges"`
		} `json:"workspaceEdit"`
		Diagnostics struct {
			RefreshSupport bool `json:"refreshSupport"`
		} `json:"diagnostics"`
	} `json:"workspace"`
	TextDocument struct {
		// PublishDiagnostics is nil where the editor takes none that it has not
		// asked for, Diagnostic where it does not ask.
		PublishDiagnostics *struct{} `json:"publishDiagnostics"`
		Rename             struct {
			PrepareSupport bool `json:"prepareSupport"`
		} `json:"rename"`
		Diagnostic *struct {
			RelatedDocumentSupport bool `json:"relatedDocumentSupport"`
		} `json:"diagnostic"`
	} `json:"textDocument"`
}

// Dynamic is a capability that a server can ask for after it has been started.
type Dynamic struct {
	DynamicRegistration bool `json:"dynamicRegistration"`
}

// Settings are what can be set in an editor's own settings, under "plumb".
type Settings struct {
	// Rulesets are used instead of those of plumb.yaml, as with --ruleset.
	Rulesets []string `json:"rulesets"`
}

// InitializeResult is what plumb answers to that.
type InitializeResult struct {
	Capabilities ServerCapabilities `json:"capabilities"`
	ServerInfo   ServerInfo         `json:"serverInfo"`
}

// ServerInfo names the server.
type ServerInfo struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// ServerCapabilities are what plumb can.
type ServerCapabilities struct {
	PositionEncoding       string            `json:"positionEncoding"`
	TextDocumentSync       SyncOptions       `json:"textDocumentSync"`
	HoverProvider          bool              `json:"hoverProvider"`
	DefinitionProvider     bool              `json:"definitionProvider"`
	ReferencesProvider     bool              `json:"referencesProvider"`
	DocumentSymbolProvider bool              `json:"documentSymbolProvider"`
	RenameProvider         any               `json:"renameProvider"` // true or [RenameOptions]
	CodeActionProvider     CodeActionOptions `json:"codeActionProvider"`
	CompletionProvider     CompletionOptions `json:"completionProvider"`
	Workspace              WorkspaceOptions  `json:"workspace"`
	// DiagnosticProvider is there for editors that ask for diagnostics, and do
	// not take others.
	DiagnosticProvider *DiagnosticOptions `json:"diagnosticProvider,omitzero"`
}

// DiagnosticOptions say that what is found in a document goes by others too.
type DiagnosticOptions struct {
	Identifier            string `json:"identifier"`
	InterFileDependencies bool   `json:"interFileDependencies"`
	WorkspaceDiagnostics  bool   `json:"workspaceDiagnostics"`
}

// SyncOptions say how texts are kept alike: Change 2 is by ranges.
type SyncOptions struct {
	OpenClose bool `json:"openClose"`
	Change    int  `json:"change"`
	Save      bool `json:"save"`
}

// RenameOptions say whether the place is asked for before a new name is.
type RenameOptions struct {
	PrepareProvider bool `json:"prepareProvider"`
}

// CodeActionOptions say which kinds of actions there are.
type CodeActionOptions struct {
	CodeActionKinds []string `json:"codeActionKinds"`
}

// CompletionOptions say after which characters a completion is asked for.
type CompletionOptions struct {
	TriggerCharacters []string `json:"triggerCharacters"`
}

// WorkspaceOptions say that there may be several folders.
type WorkspaceOptions struct {
	WorkspaceFolders struct {
		Supported           bool `json:"supported"`
		ChangeNotifications bool `json:"changeNotifications"`
	} `json:"workspaceFolders"`
}

// TextDocument names a document.
type TextDocument struct {
	URI     string `json:"uri"`
	Version int    `json:"version"`
	Text    string `json:"text"`
}

// DidOpenParams are those of textDocument/didOpen.
type DidOpenParams struct {
	TextDocument TextDocument `json:"textDocument"`
}

// DidChangeParams are those of textDocument/didChange. The changes are made
// one after the other.
type DidChangeParams struct {
	TextDocument   TextDocument `json:"textDocument"`
	ContentChanges []Change     `json:"contentChanges"`
}

// Change replaces a range of a text, all of it where there is no range.
type Change struct {
	Range *Range `json:"range"`
	Text  string `json:"text"`
}

// DocumentParams are those of requests about a document, and of the
// notifications that it was saved or closed.
type DocumentParams struct {
	TextDocument TextDocument `json:"textDocument"`
}

// DiagnosticParams ask for the diagnostics of a document; PreviousResultID is
// what the editor has.
type DiagnosticParams struct {
	TextDocument     TextDocument `json:"textDocument"`
	PreviousResultID string       `json:"previousResultId"`
}

// PositionParams are those of requests about a place. NewName is for a rename,
// Context for references.
type PositionParams struct {
	TextDocument TextDocument     `json:"textDocument"`
	Position     Position         `json:"position"`
	NewName      string           `json:"newName"`
	Context      ReferenceContext `json:"context"`
}

// ReferenceContext says whether references include the declaration.
type ReferenceContext struct {
	IncludeDeclaration bool `json:"includeDeclaration"`
}

// CodeActionParams ask for what can be done about a range.
type CodeActionParams struct {
	TextDocument TextDocument      `json:"textDocument"`
	Range        Range             `json:"range"`
	Context      CodeActionContext `json:"context"`
}

// CodeActionContext names the kinds that are wanted; none are all.
type CodeActionContext struct {
	Only []string `json:"only"`
}

// Wants reports whether actions of a kind are asked for.
func (p *CodeActionParams) Wants(kind string) bool {
	if len(p.Context.Only) == 0 {
		return true
	}
	for _, only := range p.Context.Only {
		if kind == only || strings.HasPrefix(kind, only+".") {
			return true
		}
	}
	return false
}

// WatchedFilesParams name files that another program has changed.
type WatchedFilesParams struct {
	Changes []struct {
		URI string `json:"uri"`
	} `json:"changes"`
}

// FoldersParams say which folders were opened and closed.
type FoldersParams struct {
	Event struct {
		Added   []WorkspaceFolder `json:"added"`
		Removed []WorkspaceFolder `json:"removed"`
	} `json:"event"`
}

// SettingsParams say that settings have changed; what is no settings of plumb's
// form is left to [ConfigurationParams].
type SettingsParams struct {
	Settings json.RawMessage `json:"settings"`
}

// ConfigurationParams ask the editor for settings.
type ConfigurationParams struct {
	Items []ConfigurationItem `json:"items"`
}

// ConfigurationItem names a part of the settings.
type ConfigurationItem struct {
	Section string `json:"section"`
}

// Registration asks the editor to tell of something.
type Registration struct {
	ID              string `json:"id"`
	Method          string `json:"method"`
	RegisterOptions any    `json:"registerOptions"`
}

// RegistrationParams hold registrations.
type RegistrationParams struct {
	Registrations []Registration `json:"registrations"`
}

// Watchers are patterns of files.
type Watchers struct {
	Watchers []Watcher `json:"watchers"`
}

// Watcher is one pattern.
type Watcher struct {
	GlobPattern string `json:"globPattern"`
}

// CancelParams name a request that need not be answered.
type CancelParams struct {
	ID any `json:"id"`
}

// The types of a message that an editor shows.
const (
	MessageError   = 1
	MessageWarning = 2
)

// MessageParams is a line that an editor shows.
type MessageParams struct {
	Type    int    `json:"type"`
	Message string `json:"message"`
}

// TokenParams name something that will be reported on.
type TokenParams struct {
	Token string `json:"token"`
}

// ProgressParams report on it.
type ProgressParams struct {
	Token string   `json:"token"`
	Value Progress `json:"value"`
}

// Progress says that something has begun, with a title, or that it has ended.
type Progress struct {
	Kind    string `json:"kind"`
	Title   string `json:"title,omitzero"`
	Message string `json:"message,omitzero"`
}
