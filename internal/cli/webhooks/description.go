package webhooks

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/cli/payload"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/cli/source"
	"github.com/plumbapi/plumb/internal/cli/version"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/webhook"
)

// descriptionFlags say how descriptions are read, and who sends what they
// describe.
type descriptionFlags struct {
	source   source.Flags
	provider string
	name     string
	lock     *webhook.Lock
}

func (f *descriptionFlags) register(cmd *cobra.Command) {
	f.source.Register(cmd)
	registerProvider(cmd, &f.provider)
}

// registerProvider adds the flag that says who sends.
func registerProvider(cmd *cobra.Command, provider *string) {
	cmd.Flags().StringVar(provider, "provider", "", "who sends: a `NAME` that plumb knows, such as github, or a file that describes a sender")
	output.CompleteWords(cmd, "provider", func() []string {
		_, names, _ := webhook.FindProvider("")
		return names
	})
}

// description is what one argument describes.
type description struct {
	// document is what the argument leads to; nil where payloads are all there is.
	document *source.Document
	// openapi is nil where it is no OpenAPI description.
	openapi *openapi.Document
	model   *webhook.Model
}

// only returns the one description that a command is about: the argument, else
// that of plumb.yaml.
func only(p *project.Project, args []string, example string) (string, error) {
	args, err := p.Descriptions(args, example)
	if err != nil {
		return "", err
	}
	var rest []string
	for _, arg := range args {
		switch filepath.Ext(arg) {
		case ".graphql", ".graphqls", ".gql":
		default:
			rest = append(rest, arg)
		}
	}
	switch len(rest) {
	case 0:
		return "", env.Usagef("%s is a GraphQL schema, which describes no webhooks; name an OpenAPI description, such as %s", safe.Line(args[0]), example)
	case 1:
		return rest[0], nil
	}
	return "", env.Usagef("there are %d descriptions; name the one with the webhooks, such as %s", len(rest), example)
}

// read reads a description. What cannot be read is an error with its places.
func (f *descriptionFlags) read(ctx context.Context, p *project.Project, arg string) (*description, error) {
	provider, err := payload.FindProvider(p, f.provider)
	if err != nil {
		return nil, err
	}
	o := webhook.Options{Name: f.name, Provider: provider, Lock: f.lock}
	d := &description{}
	if ofPayloads(p.Env, arg) {
		d.model, err = fromFiles(p, arg, o)
		return d, noEvents(p, arg, err)
	}
	loader, err := f.source.Loader(p, "plumb/"+version.Number)
	if err != nil {
		return nil, err
	}
	defer loader.Close()
	if project.IsURL(arg) {
		loader.Fetcher.Type(arg)
	}
	if d.document, err = loader.Load(ctx, arg); err != nil {
		return nil, err
	}
	switch {
	case d.document.OpenAPI != nil:
		d.openapi = d.document.OpenAPI
		d.model, err = webhook.FromOpenAPI(d.openapi, o)
	case d.document.GraphQL != nil:
		return nil, env.Usagef("%s is a GraphQL schema, which describes no webhooks", shown(arg))
	default:
		text, ok := d.document.Text(d.document.Name)
		if !ok || !slices.ContainsFunc(d.document.Failed, func(f check.Finding) bool { return f.Rule == "unrecognized-format" }) {
			return nil, unreadable(p, d.document)
		}
		// No OpenAPI description, so perhaps another one.
		d.model, err = webhook.Read([]webhook.Source{{Name: d.document.Name, Data: []byte(text)}}, o)
	}
	return d, noEvents(p, arg, err)
}

// ofPayloads says whether an argument is a folder, or a file whose name says that
// it holds payloads.
func ofPayloads(e *env.Env, arg string) bool {
	if arg == "-" || project.IsURL(arg) {
		return false
	}
	switch strings.ToLower(filepath.Ext(arg)) {
	case ".jsonl", ".ndjson", payload.RecordingExt:
		return true
	}
	info, err := os.Stat(e.Path(arg))
	return err == nil && info.IsDir()
}

// fromFiles reads a file of payloads, or the files of a folder: schemas, a
// description, payloads.
func fromFiles(p *project.Project, arg string, o webhook.Options) (*webhook.Model, error) {
	files, err := payload.Files(p.Env, arg, payload.IsDescriptionName)
	if err != nil {
		return nil, err
	}
	var sources []webhook.Source
	var recorded []webhook.Payload
	for _, name := range files {
		data, err := payload.ReadFile(p.Env, name, payload.MaxFile)
		if err != nil {
			return nil, env.Incompletef("%s: %w", shown(name), err)
		}
		canonical := p.Canonical(p.Env.Path(name))
		p.Type(canonical, name)
		if filepath.Ext(name) != payload.RecordingExt {
			sources = append(sources, webhook.Source{Name: canonical, Data: data})
			continue
		}
		r, err := payload.ParseRecording(data)
		if err != nil {
			return nil, env.Incompletef("%s: %w", shown(name), err)
		}
		recorded = append(recorded, webhook.Payload{Name: canonical, JSON: r.Payload(), Header: r.Header})
	}
	if len(sources) == 0 {
		return webhook.FromPayloads(recorded, o)
	}
	if len(recorded) > 0 {
		return nil, env.Usagef("%s holds recorded deliveries and other files; put them into folders of their own", shown(arg))
	}
	return webhook.Read(sources, o)
}

// noEvents makes wrong usage of what has no webhooks.
func noEvents(p *project.Project, arg string, err error) error {
	var none *webhook.NoEventsError
	if errors.As(err, &none) {
		none.Name = p.Shown(shown(arg))
		return env.Usagef("%w", none)
	}
	var unread *openapi.Error
	var payload *webhook.PayloadError
	if errors.As(err, &unread) || errors.As(err, &payload) {
		return env.Incompletef("%s", safe.Line(err.Error()))
	}
	var exit *env.Exit
	if err != nil && !errors.As(err, &exit) {
		return env.Usagef("%s: %s", shown(arg), safe.Line(err.Error()))
	}
	return err
}

// unreadable says what cannot be read, a line for each finding.
func unreadable(p *project.Project, d *source.Document) error {
	var lines []string
	for _, f := range d.Failed {
		at := p.Shown(f.Location.File)
		if f.Location.Line > 0 {
			at = fmt.Sprintf("%s:%d:%d", at, f.Location.Line, f.Location.Column)
		}
		lines = append(lines, safe.Line(at+": "+f.Message))
	}
	return env.Incompletef("%s", strings.Join(lines, "\n"))
}

// shown is an argument as it may be printed.
func shown(arg string) string { return safe.Line(project.PublicURL(arg)) }

// sayNotes tells what of a description was not understood.
func sayNotes(p *project.Project, m *webhook.Model) {
	for _, n := range m.Notes {
		at := p.Shown(n.Location.File)
		if n.Location.Line > 0 {
			at = fmt.Sprintf("%s:%d:%d", at, n.Location.Line, n.Location.Column)
		}
		p.Env.Say("plumb: note: %s", safe.Line(at+": "+n.Message))
	}
}
