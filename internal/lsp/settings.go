package lsp

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/plumbapi/plumb/internal/lsp/protocol"
)

// section is under what an editor keeps plumb's settings.
const section = "plumb"

// settingsIn returns the settings in what an editor sends, which has them by
// themselves or under their section: false where there are none.
func settingsIn(raw json.RawMessage) (protocol.Settings, bool) {
	var under map[string]json.RawMessage
	if json.Unmarshal(raw, &under) != nil || under == nil {
		return protocol.Settings{}, false
	}
	if inner, ok := under[section]; ok {
		return settingsIn(inner)
	}
	var settings protocol.Settings
	if json.Unmarshal(raw, &settings) != nil {
		return protocol.Settings{}, false
	}
	return settings, true
}

// configure takes in settings and reports whether they are others than before.
// What is wrong with them the editor is told, and the earlier ones stay.
func (s *Server) configure(ctx context.Context, settings protocol.Settings) bool {
	s.mu.Lock()
	folders := slices.Clone(s.folders)
	same := slices.Equal(settings.Rulesets, s.settings.Rulesets)
	s.mu.Unlock()
	if same {
		return false
	}
	if err := s.options.Backend.Configure(ctx, Settings{Rulesets: settings.Rulesets}, folders); err != nil {
		s.notify("window/showMessage", protocol.MessageParams{Type: protocol.MessageError, Message: "plumb: in the settings of the editor: " + err.Error()})
		return false
	}
	s.mu.Lock()
	s.settings = settings
	s.mu.Unlock()
	return true
}

// settingsChanged lints all again: settings have changed, or editors say so
// about something that cannot be told from here.
func (s *Server) settingsChanged(p *protocol.SettingsParams) {
	if settings, ok := settingsIn(p.Settings); ok {
		s.configure(s.base, settings)
	}
	s.everything()
	s.askForSettings()
}

// askForSettings asks an editor that can be asked for its settings.
func (s *Server) askForSettings() {
	if !s.editor.Workspace.Configuration {
		return
	}
	go func() {
		var answer []json.RawMessage
		_, err := s.conn.Call(s.base, "workspace/configuration", protocol.ConfigurationParams{Items: []protocol.ConfigurationItem{{Section: section}}}, &answer)
		if err != nil || len(answer) != 1 {
			return // an editor without settings says so in many ways
		}
		if settings, ok := settingsIn(answer[0]); ok && s.configure(s.base, settings) {
			s.everything()
		}
	}()
}

// register asks the editor to tell of changed files and settings, as far as it
// lets itself be asked.
func (s *Server) register() {
	var list []protocol.Registration
	if s.editor.Workspace.DidChangeWatchedFiles.DynamicRegistration {
		list = append(list, protocol.Registration{
			ID: "files", Method: "workspace/didChangeWatchedFiles",
			RegisterOptions: protocol.Watchers{Watchers: []protocol.Watcher{{GlobPattern: watched}}},
		})
	}
	if s.editor.Workspace.DidChangeConfig.DynamicRegistration {
		list = append(list, protocol.Registration{
			ID: "settings", Method: "workspace/didChangeConfiguration", RegisterOptions: protocol.ConfigurationItem{Section: section},
		})
	}
	if list == nil {
		return
	}
	go func() {
		_, err := s.conn.Call(s.base, "client/registerCapability", protocol.RegistrationParams{Registrations: list}, nil)
		if err != nil && s.base.Err() == nil {
			s.options.Log("the editor does not tell of changed files: " + err.Error())
		}
	}()
}
