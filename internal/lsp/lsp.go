// Package lsp is a language server for API descriptions: diagnostics while they
// are typed, hovers, quick fixes, definitions and references of components,
// renames, completion and symbols, for OpenAPI in JSON and YAML and for GraphQL
// in SDL.
//
// It knows the protocol, the texts that an editor has open, and when to lint
// what; how a file is linted (plumb.yaml, rulesets, files on disk) a [Backend]
// says. It opens no files and no streams.
package lsp

import (
	"context"
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
)

// Backend lints what an editor has open. Its methods are called one at a time
// for each document, and for several documents at once.
type Backend interface {
	// Subjects returns the documents that a file belongs to, by names that mean
	// something to Lint: usually the file itself, or the description that refers
	// to it. Folders are those that the editor has open.
	Subjects(ctx context.Context, path string, buffers Buffers, folders []string) []string
	// Lint reads and checks a document. The error says that ctx has ended, or
	// why nothing can be said of the document.
	Lint(ctx context.Context, subject string, buffers Buffers) (*Result, error)
	// Config reports whether a file is a configuration, and what is wrong with
	// its text.
	Config(path, text string) (bool, []check.Finding)
	// Page returns the address of the page about a rule, "" where it has none.
	Page(rule string) string
	// Rule describes a rule.
	Rule(id string) (check.Meta, bool)
	// Configure takes in what is set in the editor's own settings; paths in them
	// go from the first of the folders. The error says what is wrong with them.
	Configure(ctx context.Context, settings Settings, folders []string) error
	// Forget drops what is known of files on disk: configurations may have
	// changed.
	Forget()
}

// Settings are those of the editor.
type Settings struct {
	// Rulesets are names and files of rulesets to use instead of those of
	// plumb.yaml; none are those that the backend was made with.
	Rulesets []string
}

// Buffers are the texts of the files that an editor has open, saved or not, by
// absolute path.
type Buffers interface {
	Buffer(path string) (text string, ok bool)
}

// Result is what there is to say of a document. One of OpenAPI, Later and GraphQL
// is set unless the document cannot be read.
type Result struct {
	OpenAPI *openapi.Document
	// Later reads the description when somebody asks for it, and gives it from
	// then on. It may be called from several goroutines.
	Later   func() *openapi.Document
	GraphQL *graphql.Schema
	Report  *check.Report
	// Paths has the absolute path of each file of the document, by the name that
	// the file has in findings and sources.
	Paths map[string]string
	// Texts are the texts that were read, by the same name: those in which the
	// places of findings are.
	Texts map[string]string
}

// description returns the OpenAPI description, nil where it is none.
func (r *Result) description() *openapi.Document {
	if r.OpenAPI == nil && r.Later != nil {
		return r.Later()
	}
	return r.OpenAPI
}

// Options are what a server is made of.
type Options struct {
	Backend Backend
	// Version is that of the program.
	Version string
	// Delay is how long the server waits for the next change before it lints.
	Delay time.Duration
	// Patience is how long a lint goes on before the editor is told that there is
	// one.
	Patience time.Duration
	// Log takes a line about what went wrong in the server itself.
	Log func(line string)
}
