package lsp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
	"sync/atomic"

	"go.lsp.dev/jsonrpc2"

	"github.com/plumbapi/plumb/internal/lsp/protocol"
)

// Server is one conversation with an editor.
type Server struct {
	options Options
	conn    jsonrpc2.Conn
	base    context.Context //nolint:containedctx // the life of the conversation, which outlives each request

	// What the editor can, and how it counts: both are set by initialize, before
	// any other message is taken.
	editor protocol.ClientCapabilities
	in     Encoding

	publishing sync.Mutex   // diagnostics of one file go out in order
	tokens     atomic.Int64 // of progress

	mu       sync.Mutex
	ready    bool // initialize was called
	shutdown bool
	settings protocol.Settings
	folders  []string
	buffers  map[string]*buffer              // open texts, by path
	subjects map[string]*subject             // what is linted, by the backend's name
	shown    map[string]map[string]shownFile // by subject and path
	running  map[string]func()               // ends a request, by ID
	exited   chan struct{}                   // closed by exit
}

// ErrNoShutdown is the end of a conversation that the editor broke off without
// asking for a shutdown before.
var ErrNoShutdown = errors.New("the editor left without a shutdown request")

// Serve speaks with an editor until it leaves. The error says that the
// conversation broke, or is [ErrNoShutdown].
func Serve(ctx context.Context, stream io.ReadWriteCloser, o Options) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	s := &Server{
		options: o, base: ctx, conn: jsonrpc2.NewConn(newStream(stream)),
		buffers: map[string]*buffer{}, subjects: map[string]*subject{}, shown: map[string]map[string]shownFile{}, in: UTF16,
		running: map[string]func(){}, exited: make(chan struct{}),
	}
	s.conn.Go(ctx, s.handle)
	var err error
	select {
	case <-s.conn.Done():
		if err = s.conn.Err(); errors.Is(err, io.EOF) {
			err = nil
		}
	case <-s.exited:
	case <-ctx.Done():
		err = context.Cause(ctx)
	}
	cancel()
	s.stopAll()
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.shutdown {
		return ErrNoShutdown
	}
	return nil
}

// handle answers one message. Notifications are taken in order; requests are
// answered beside one another.
func (s *Server) handle(ctx context.Context, req *jsonrpc2.Request) (result any, err error) {
	method := req.Method()
	defer func() {
		if v := recover(); v != nil {
			s.options.Log(fmt.Sprintf("%s: %v", method, v))
			result, err = nil, jsonrpc2.NewError(jsonrpc2.InternalError, "plumb stumbled over this request")
		}
		if !req.IsCall() {
			err = nil // an error would end the conversation
		}
	}()
	if err := s.may(method); err != nil {
		return nil, err
	}
	if notify, ok := notifications[method]; ok {
		return nil, notify(s, req.Params())
	}
	answer, ok := requests[method]
	if !ok {
		return nil, jsonrpc2.ErrMethodNotFound
	}
	if method == "initialize" || method == "shutdown" {
		return answer(ctx, s, req.Params())
	}
	ctx, end := s.begin(ctx, req)
	defer end()
	jsonrpc2.Async(ctx)
	if result, err = answer(ctx, s, req.Params()); ctx.Err() != nil {
		return nil, jsonrpc2.NewError(-32800, "the request was cancelled")
	}
	return result, err
}

// may says whether a message may come now.
func (s *Server) may(method string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case method == "exit" || method == "initialize" && !s.ready:
		return nil
	case !s.ready:
		return jsonrpc2.NewError(jsonrpc2.ServerNotInitialized, "the first request must be initialize")
	case s.shutdown, method == "initialize":
		return jsonrpc2.ErrInvalidRequest
	}
	return nil
}

// begin makes a request one that can be cancelled.
func (s *Server) begin(ctx context.Context, req *jsonrpc2.Request) (context.Context, func()) {
	ctx, cancel := context.WithCancel(ctx)
	if !req.IsCall() {
		return ctx, cancel
	}
	key := fmt.Sprint(req.ID())
	s.mu.Lock()
	s.running[key] = cancel
	s.mu.Unlock()
	return ctx, func() {
		s.mu.Lock()
		delete(s.running, key)
		s.mu.Unlock()
		cancel()
	}
}

type (
	notification func(s *Server, params []byte) error
	request      func(ctx context.Context, s *Server, params []byte) (any, error)
)

var notifications = map[string]notification{
	"initialized":                         taking((*Server).initialized),
	"exit":                                taking((*Server).exit),
	"textDocument/didOpen":                taking((*Server).didOpen),
	"textDocument/didChange":              taking((*Server).didChange),
	"textDocument/didSave":                taking((*Server).didSave),
	"textDocument/didClose":               taking((*Server).didClose),
	"workspace/didChangeWatchedFiles":     taking((*Server).filesChanged),
	"workspace/didChangeWorkspaceFolders": taking((*Server).foldersChanged),
	"workspace/didChangeConfiguration":    taking((*Server).settingsChanged),
	"$/cancelRequest":                     taking((*Server).cancel),
	"$/setTrace":                          func(*Server, []byte) error { return nil },
}

var requests = map[string]request{
	"initialize":                  answering((*Server).initialize),
	"shutdown":                    answering((*Server).shutDown),
	"textDocument/hover":          answering((*Server).hover),
	"textDocument/definition":     answering((*Server).definition),
	"textDocument/references":     answering((*Server).references),
	"textDocument/documentSymbol": answering((*Server).symbols),
	"textDocument/completion":     answering((*Server).completion),
	"textDocument/codeAction":     answering((*Server).codeActions),
	"textDocument/prepareRename":  answering((*Server).prepareRename),
	"textDocument/rename":         answering((*Server).rename),
	"textDocument/diagnostic":     answering((*Server).diagnostic),
}

func taking[P any](f func(s *Server, p *P)) notification {
	return func(s *Server, params []byte) error {
		p, err := read[P](params)
		if err == nil {
			f(s, p)
		}
		return err
	}
}

func answering[P any](f func(s *Server, ctx context.Context, p *P) (any, error)) request {
	return func(ctx context.Context, s *Server, params []byte) (any, error) {
		p, err := read[P](params)
		if err != nil {
			return nil, err
		}
		return f(s, ctx, p)
	}
}

func read[P any](params []byte) (*P, error) {
	p := new(P)
	if len(params) == 0 {
		return p, nil
	}
	if err := json.Unmarshal(params, p); err != nil {
		return nil, jsonrpc2.NewError(jsonrpc2.InvalidParams, err.Error())
	}
	return p, nil
}

// initialize takes in who the editor is.
func (s *Server) initialize(ctx context.Context, p *protocol.InitializeParams) (any, error) {
	s.greet(p)
	if settings, ok := settingsIn(p.Options); ok {
		s.configure(ctx, settings)
	}
	r := protocol.InitializeResult{ServerInfo: protocol.ServerInfo{Name: "plumb", Version: s.options.Version}}
	c := &r.Capabilities
	c.PositionEncoding = string(s.in)
	c.TextDocumentSync = protocol.SyncOptions{OpenClose: true, Change: 2, Save: true}
	c.HoverProvider, c.DefinitionProvider, c.ReferencesProvider, c.DocumentSymbolProvider = true, true, true, true
	c.RenameProvider = true
	if s.editor.TextDocument.Rename.PrepareSupport {
		c.RenameProvider = protocol.RenameOptions{PrepareProvider: true}
	}
	c.CodeActionProvider.CodeActionKinds = []string{quickFix, fixAll}
	c.CompletionProvider.TriggerCharacters = []string{"#", "/", "\"", "'"}
	c.Workspace.WorkspaceFolders.Supported, c.Workspace.WorkspaceFolders.ChangeNotifications = true, true
	if s.pulls() {
		c.DiagnosticProvider = &protocol.DiagnosticOptions{Identifier: source, InterFileDependencies: true}
	}
	return r, nil
}

// greet keeps what the editor says of itself.
func (s *Server) greet(p *protocol.InitializeParams) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ready = true
	s.editor = p.Capabilities
	for _, e := range p.Capabilities.General.PositionEncodings { // the one that it likes best first
		if known := Encoding(e); slices.Contains([]Encoding{UTF8, UTF16, UTF32}, known) {
			s.in = known
			break
		}
	}
	for _, f := range p.WorkspaceFolders {
		s.addFolder(f.URI)
	}
	if len(s.folders) == 0 {
		s.addFolder(p.RootURI)
	}
}

func (s *Server) addFolder(uri string) {
	if path, ok := PathOf(uri); ok {
		s.folders = append(s.folders, path)
	}
}

// watched are the files whose change on disk may change what is found.
const watched = "**/*.{yaml,yml,json,graphql,graphqls,gql,js,mjs,cjs}"

// initialized asks the editor for what it can only be asked for now.
func (s *Server) initialized(*struct{}) {
	s.register()
	s.askForSettings()
}

// notify tells the editor something.
func (s *Server) notify(method string, params any) {
	if err := s.conn.Notify(s.base, method, params); err != nil && s.base.Err() == nil {
		s.options.Log(method + " does not reach the editor: " + err.Error())
	}
}

func (s *Server) shutDown(context.Context, *struct{}) (any, error) {
	s.mu.Lock()
	s.shutdown = true
	s.mu.Unlock()
	s.stopAll()
	return nil, nil //nolint:nilnil // the answer is null
}

func (s *Server) exit(*struct{}) {
	select {
	case <-s.exited:
	default:
		close(s.exited)
	}
}

func (s *Server) cancel(p *protocol.CancelParams) {
	var id jsonrpc2.ID
	switch v := p.ID.(type) {
	case float64:
		id = jsonrpc2.NewNumberID(int64(v))
	case string:
		id = jsonrpc2.NewStringID(v)
	}
	s.mu.Lock()
	end := s.running[fmt.Sprint(id)]
	s.mu.Unlock()
	if end != nil {
		end()
	}
}
