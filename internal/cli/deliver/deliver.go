// Package deliver brings what a command has found to the tools that its flags or
// plumb.yaml name, once its verdict is known. A tool that is down changes no
// verdict: the failure is said, and only --require-delivery makes it count.
//
// What tools send, and how, is in package integration and below it. Here are
// the environment, the network and the memory of earlier deliveries.
package deliver

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/catalog"
	"github.com/plumbapi/plumb/integration/email"
	"github.com/plumbapi/plumb/integration/tools"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/fetch"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/cli/version"
	"github.com/plumbapi/plumb/internal/config"
	"github.com/plumbapi/plumb/internal/safe"
)

// Flags are those of a command whose findings are delivered.
type Flags struct {
	send    []string
	require bool
	dryRun  bool
	facts   Facts
}

// Register adds the flags to a command.
func (f *Flags) Register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringSliceVar(&f.send, "send", nil, "tell the integration `NAME` what was found (default report.send of plumb.yaml); repeatable")
	flags.BoolVar(&f.require, "require-delivery", false, "exit with 3 where a delivery fails; without it the exit code stays that of what was found")
	flags.BoolVar(&f.dryRun, "dry-run", false, "show what would be delivered, with secrets masked, and send nothing")
	f.facts.Register(cmd)
	output.CompleteWords(cmd, "send", tools.Names)
}

// Plan is what is going to be delivered to whom.
type Plan struct {
	project *project.Project
	flags   *Flags
	targets []*Target
}

// Open finds out to whom is delivered, and whether all inputs are there: what is
// wrong ends the call before the work. The plan has nobody where neither flags
// nor plumb.yaml name an integration.
func (f *Flags) Open(p *project.Project) (*Plan, error) {
	names := f.send
	if len(names) == 0 {
		names = p.Config.Report.Send
	}
	plan := &Plan{project: p, flags: f}
	for i, name := range names {
		if slices.Contains(names[:i], name) {
			continue
		}
		resolve := Resolve
		if f.dryRun {
			resolve = ResolveOrExamples
		}
		t, err := resolve(p, name)
		if err != nil {
			return nil, err
		}
		plan.targets = append(plan.targets, t)
	}
	if len(plan.targets) == 0 {
		return plan, nil
	}
	return plan, f.facts.Validate(p)
}

// Any reports whether there is somebody to deliver to.
func (p *Plan) Any() bool { return len(p.targets) > 0 }

// Send delivers to all, one after the other, after the command's verdict: code
// is its exit code. It says on standard error what came of each, and returns
// the exit code: the same, but env.Incomplete where a delivery that is required
// has failed. What the delivery does not say of the run (ID, revision, change,
// address, what was before) is found in flags and environment.
func (p *Plan) Send(ctx context.Context, d *integration.Delivery, code int) (int, error) {
	if !p.Any() {
		return code, nil
	}
	p.flags.facts.Complete(p.project, d)
	failed := false
	for _, t := range p.targets {
		if p.flags.dryRun {
			if err := t.Show(ctx, p.project.Env.Stderr, d); err != nil {
				failed = true
				p.project.Env.Say("plumb: %s", safe.Line(err.Error()))
			}
			continue
		}
		receipt, err := t.Deliver(ctx, d)
		Tell(p.project.Env, receipt, err)
		failed = failed || err != nil
	}
	if failed && p.flags.require {
		code = env.Incomplete
	}
	return code, ctx.Err()
}

// Tell says on standard error what came of a delivery.
func Tell(e *env.Env, receipt *integration.Receipt, err error) {
	for _, line := range Lines(receipt) {
		e.Say("plumb: %s", line)
	}
	if err != nil {
		e.Say("plumb: %s", safe.Line(err.Error()))
	}
}

// Lines are what a receipt says, a line an action.
func Lines(receipt *integration.Receipt) (lines []string) {
	if receipt == nil {
		return nil
	}
	for _, a := range receipt.Actions {
		line := receipt.Tool + ": " + a.Verb + " " + a.Object
		if a.URL != "" {
			line += "  " + a.URL
		}
		lines = append(lines, safe.Line(line))
	}
	return lines
}

// Target is a tool with its inputs.
type Target struct {
	Tool   integration.Tool
	Inputs integration.Inputs

	project *project.Project
}

// Resolve finds a tool and its inputs, in the environment and in plumb.yaml. A
// name or an input that is wrong is wrong usage; no value of a secret is in the
// message.
//
// Where plumb.yaml leads a secret to a host that nobody has named outside of the
// repository, that is wrong usage too.
func Resolve(p *project.Project, name string) (*Target, error) {
	t, err := resolve(p, name)
	if err != nil {
		return nil, err
	}
	return t, trusted(p, t)
}

// resolve is Resolve for what is not sent.
func resolve(p *project.Project, name string) (*Target, error) {
	tool, err := Find(name)
	if err != nil {
		return nil, err
	}
	inputs, err := tool.Manifest().Resolve(environment(p.Env), settings(p, name))
	var wrong *integration.InputError
	if errors.As(err, &wrong) {
		return nil, env.Usagef("%w", wrong)
	}
	if err != nil {
		return nil, err
	}
	t := &Target{Tool: tool, Inputs: inputs, project: p}
	return t, t.rehearse()
}

// rehearse delivers nothing to the tool's own fake. A tool that refuses its
// inputs before it asks anybody is not set up: some need one of several.
func (t *Target) rehearse() error {
	d := &integration.Delivery{ID: "rehearsal", Product: "rehearsal", At: t.project.Env.Now().UTC(), Report: &check.Report{Findings: []check.Finding{{
		Rule: "rehearsal", Severity: check.Error, Message: "nothing", Fingerprint: check.Fingerprint("rehearsal", "", "", ""),
	}}}}
	shown, err := catalog.Preview(context.Background(), t.Tool, t.Inputs, d)
	var e *integration.Error
	if errors.As(err, &e) && e.Kind == integration.Config && e.Status == 0 && len(shown.Requests) == 0 {
		return env.Usagef("%w", err)
	}
	return nil
}

// ResolveOrExamples is Resolve for a dry run: where a required input or every
// secret is missing, the examples of the manifest stand for what is not set.
func ResolveOrExamples(p *project.Project, name string) (*Target, error) {
	t, err := resolve(p, name)
	if err == nil && t.hasSecret() {
		return t, nil
	}
	tool, unknown := Find(name)
	if unknown != nil {
		return nil, unknown
	}
	examples := tool.Manifest().Examples()
	get := environment(p.Env)
	inputs, err := tool.Manifest().Resolve(func(variable string) (string, bool) {
		if value, ok := get(variable); ok {
			return value, true
		}
		for _, in := range tool.Manifest().Inputs {
			if in.Env == variable && in.Example != "" && !written(p, name, in.Name) {
				return examples[in.Name], true
			}
		}
		return "", false
	}, settings(p, name))
	var wrong *integration.InputError
	if errors.As(err, &wrong) {
		return nil, env.Usagef("%w", wrong)
	}
	return &Target{Tool: tool, Inputs: inputs, project: p}, err
}

// InputsToReceive are the inputs of a tool that only calls back: what sending
// needs may be missing, so examples of the manifest stand for what is no secret.
func InputsToReceive(p *project.Project, tool integration.Tool) (integration.Inputs, error) {
	m := tool.Manifest()
	get, examples := environment(p.Env), m.Examples()
	inputs, err := m.Resolve(func(variable string) (string, bool) {
		if value, ok := get(variable); ok {
			return value, true
		}
		for _, in := range m.Inputs {
			if in.Env == variable && in.Required && !written(p, m.Name, in.Name) {
				return examples[in.Name], true
			}
		}
		return "", false
	}, settings(p, m.Name))
	var wrong *integration.InputError
	if errors.As(err, &wrong) {
		return nil, env.Usagef("%w", wrong)
	}
	for _, in := range m.Inputs { // no example verifies anything
		if _, set := get(in.Env); in.Type == integration.TypeSecret && !set {
			delete(inputs, in.Name)
		}
	}
	return inputs, err
}

// hasSecret says whether a secret is set, or none is needed.
func (t *Target) hasSecret() bool {
	m := t.Tool.Manifest()
	return m.Auth == "none" || slices.ContainsFunc(m.Inputs, func(in integration.Input) bool {
		return in.Type == integration.TypeSecret && t.Inputs[in.Name] != ""
	})
}

// written says whether plumb.yaml has an input.
func written(p *project.Project, tool, input string) bool {
	return slices.ContainsFunc(p.Config.Integrations.Inputs, func(in config.Input) bool { return in.Integration == tool && in.Name == input })
}

// Find returns the tool with the name.
func Find(name string) (integration.Tool, error) {
	tool := tools.Find(name)
	if tool == nil {
		return nil, env.Usagef("%w (plumb integrations list lists them)", env.Unknown("integration", name, tools.Names()))
	}
	return tool, nil
}

// environment looks variables up; one that is empty is not set.
func environment(e *env.Env) func(string) (string, bool) {
	return func(name string) (string, bool) {
		value := e.Getenv(name)
		return value, value != ""
	}
}

// settings are what plumb.yaml says of a tool.
func settings(p *project.Project, name string) (list []integration.Setting) {
	for _, in := range p.Config.Integrations.Inputs {
		if in.Integration == name {
			at := in.At
			at.File = p.Shown(at.File)
			list = append(list, integration.Setting{Name: in.Name, Value: in.Value, At: at})
		}
	}
	return list
}

// Deliver delivers, and keeps what the tool is to remember.
func (t *Target) Deliver(ctx context.Context, d *integration.Delivery) (*integration.Receipt, error) {
	c, err := t.Client()
	if err != nil {
		return nil, err
	}
	receipt, err := t.Tool.Deliver(ctx, c, d)
	if err == nil && !isTest(d) {
		c.Memory.Used(t.Tool.Manifest().Name, c.Now())
	}
	return receipt, errors.Join(err, t.remember(c.Memory))
}

// isTest says whether a delivery only tries whether one arrives.
func isTest(d *integration.Delivery) bool {
	return slices.ContainsFunc(d.Report.Findings, func(f check.Finding) bool { return f.Rule == integration.TestRule })
}

// Client makes a client that sends.
func (t *Target) Client() (*integration.Client, error) {
	c := integration.NewClient(t.Tool.Manifest(), t.Inputs, t.sender())
	c.Now = t.project.Env.Now
	memory, err := Recall(t.project)
	c.Memory = memory
	return c, err
}

// sender reaches public addresses, and those others that the inputs name. It
// follows no redirect.
func (t *Target) sender() integration.Sender {
	f := fetch.New(fetch.Options{UserAgent: "plumb/" + version.Number, Transport: t.project.Env.Transport})
	for _, in := range t.Tool.Manifest().Inputs {
		if value := t.Inputs[in.Name]; strings.HasPrefix(value, "http://") || strings.HasPrefix(value, "https://") {
			f.Type(value)
		}
	}
	client := *f.Client()
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	client.Timeout = 0 // the client of integrations bounds each exchange
	return &email.Sender{
		Next: &client, Dial: (&net.Dialer{Timeout: integration.DefaultTimeout}).DialContext,
		Write: func(name string, data []byte) error {
			return output.WriteFile(t.project.Env.Path(name), name, func(w io.Writer) error {
				_, err := w.Write(data)
				return err
			})
		},
	}
}

// Show writes what would be sent; the tool's own fake answers.
func (t *Target) Show(ctx context.Context, w io.Writer, d *integration.Delivery) error {
	shown, err := catalog.Preview(ctx, t.Tool, t.Inputs, d)
	return errors.Join(shown.Text(w), err)
}

// memoryFile keeps, below the project's root, what tools cannot be asked, and on
// which days they were in use.
const memoryFile = ".plumb/deliveries.json"

func memoryPath(p *project.Project) string {
	return filepath.Join(p.Root, filepath.FromSlash(memoryFile))
}

// Recall reads what earlier deliveries of a project have left.
func Recall(p *project.Project) (*integration.Memory, error) {
	file, err := os.Open(memoryPath(p))
	if errors.Is(err, os.ErrNotExist) {
		return integration.NewMemory(), nil
	}
	if err != nil {
		return nil, env.Usagef("%s cannot be read: %w", memoryFile, env.Bare(err))
	}
	defer func() { _ = file.Close() }()
	m, err := integration.ReadMemory(file)
	if err != nil {
		return nil, env.Usagef("%s: %w", memoryFile, err)
	}
	return m, nil
}

// remember writes the memory where it has something.
func (t *Target) remember(m *integration.Memory) error {
	var now, empty strings.Builder
	if err := errors.Join(m.Write(&now), integration.NewMemory().Write(&empty)); err != nil {
		return err
	}
	before, err := os.ReadFile(memoryPath(t.project))
	if err != nil && now.String() == empty.String() || string(before) == now.String() {
		return nil
	}
	return output.WriteFile(memoryPath(t.project), memoryFile, func(w io.Writer) error {
		_, err := io.WriteString(w, now.String())
		return err
	})
}
