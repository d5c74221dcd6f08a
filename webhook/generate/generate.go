// Package generate writes a model of webhooks as code: a Go package, TypeScript
// declarations, a JSON Schema for each event, and a registry of the events.
//
// What it writes depends on nothing but the model: the same model gives the
// same bytes. It writes no files; who calls it does.
package generate

import (
	"github.com/plumbapi/plumb/webhook"
	"github.com/plumbapi/plumb/webhook/internal/golang"
)

// Runtime is the import path of what generated Go packages stand on.
const Runtime = "github.com/plumbapi/plumb/webhook/hook"

// Options say what the code is called.
type Options struct {
	// Package is the name of the Go package, one word in lower case; that of the
	// model where it is "".
	Package string
}

// File is one file of what is generated.
type File struct {
	// Name is its path below the folder that it is meant for, with slashes.
	Name string
	Data []byte
}

// Go writes a Go package: a struct for each payload and object in it, enums
// with their constants, unions, and a Mux with a method for each event. It
// imports [Runtime] and the standard library's context, and is formatted. The
// error says that Options.Package is no name for a package.
func Go(m *webhook.Model, o Options) ([]File, error) {
	files, err := golang.Files(m, golang.Options{Package: o.Package, Runtime: Runtime})
	if err != nil {
		return nil, err
	}
	out := make([]File, len(files))
	for i, f := range files {
		out[i] = File(f)
	}
	return out, nil
}
