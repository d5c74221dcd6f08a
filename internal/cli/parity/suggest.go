package parity

import (
	"context"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/words"
	paritylib "github.com/plumbapi/plumb/parity"
	"github.com/plumbapi/plumb/parity/view"
	"github.com/plumbapi/plumb/report"
)

// suggestFlags are the flags of `plumb parity suggest`.
type suggestFlags struct {
	subFlags
	format, color env.Choice
	accept        []string
	above         float64
	interactive   bool
	limit         int
	reason, owner string
}

// newSuggest makes the command `plumb parity suggest`.
func newSuggest(e *env.Env) *cobra.Command {
	f := &suggestFlags{}
	cmd := &cobra.Command{
		Use:   "suggest [flags] [REST GRAPHQL]",
		Short: "List the decisions that are open, and write them to parity.yaml",
		Long: `An open decision is an operation whose counterpart the matcher is not sure of,
or that may have one that it did not take. Each is listed with the three
likeliest counterparts; those that matter most come first.

--accept takes over the first of them, --accept N=K the one with number K, and
--accept N=0 says that nothing corresponds. With --interactive each is asked
for on the terminal. What is accepted is added to the file of --map; what
stands there stays as it is.

Exit codes: 0 listed or written, 2 wrong usage or configuration, 3 something
could not be read or written.`,
		Example: `  plumb parity suggest api/openapi.yaml api/schema.graphql
  plumb parity suggest --accept-all-above 0.8 api/openapi.yaml api/schema.graphql`,
		RunE: func(cmd *cobra.Command, args []string) error { return f.run(cmd.Context(), e, args) },
	}
	f.register(cmd)
	f.format = env.Choice{Noun: "format", Words: []string{"text", "json"}, Value: "text"}
	f.color = env.Choice{Noun: "mode", Words: env.ColorModes(), Value: "auto"}
	flags := cmd.Flags()
	flags.VarP(&f.format, "format", "f", "format of the list")
	flags.Var(&f.color, "color", "colour; auto means on a terminal, unless NO_COLOR is set")
	flags.IntVar(&f.limit, "limit", 20, "list at most `N` decisions; 0 lists all")
	flags.StringSliceVar(&f.accept, "accept", nil, "write the decision of a number, as `N[=K]`; repeatable")
	flags.Float64Var(&f.above, "accept-all-above", 0, "write every decision whose first counterpart is at least as sure as this `NUMBER` from 0 to 1")
	flags.BoolVarP(&f.interactive, "interactive", "i", false, "ask for each decision on the terminal")
	flags.StringVar(&f.reason, "reason", "", "`TEXT` that says why, written with each decision")
	flags.StringVar(&f.owner, "owner", "", "`NAME` of who answers for it, written with each decision")
	output.CompleteChoice(cmd, "format", &f.format)
	output.CompleteChoice(cmd, "color", &f.color)
	return cmd
}

func (f *suggestFlags) run(ctx context.Context, e *env.Env, args []string) error {
	switch {
	case f.limit < 0:
		return env.Usagef("--limit %d: expected 0 or more", f.limit)
	case f.above < 0 || f.above > 1:
		return env.Usagef("--accept-all-above %v: expected a number from 0 to 1", f.above)
	case f.interactive && (len(f.accept) > 0 || f.above > 0):
		return env.Usagef("--interactive asks for each decision; --accept and --accept-all-above make them")
	case f.interactive && (!e.StdinTerminal || !e.StdoutTerminal):
		return env.Usagef("--interactive needs a terminal; --accept N=K makes decisions without one")
	}
	l, p, err := f.one(e, args)
	if err != nil {
		return err
	}
	defer l.loader.Close()
	res, err := l.result(ctx, p, f.pair.options(l.project))
	if err != nil {
		return err
	}
	open := paritylib.Suggest(res)
	switch {
	case f.interactive:
		return f.ask(ctx, l, p, open)
	case len(f.accept) > 0 || f.pair.cmd.Flags().Changed("accept-all-above"):
		entries, err := f.accepted(open)
		if err != nil {
			return err
		}
		return f.write(l, p, entries)
	case f.format.Value == "json":
		return report.Value(e.Stdout, struct {
			Suggestions []paritylib.Suggestion `json:"suggestions"`
		}{open})
	}
	shown := open
	if f.limit > 0 && len(shown) > f.limit {
		shown = shown[:f.limit]
	}
	o := view.Options{Width: e.Width, Color: e.Color(f.color.Value)}
	if err := view.Suggestions(e.Stdout, shown, len(open), o); err != nil {
		return err
	}
	if len(open) > 0 {
		_, err = e.Stdout.Write([]byte("plumb parity suggest --accept 1" + p.again() + "\n"))
	}
	return err
}

// accepted are the entries that --accept and --accept-all-above ask for, in
// the order of the suggestions.
func (f *suggestFlags) accepted(open []paritylib.Suggestion) ([]paritylib.OperationOverride, error) {
	chosen := map[int]int{}
	for _, text := range f.accept {
		n, k, err := choice(text, open)
		if err != nil {
			return nil, err
		}
		chosen[n] = k
	}
	var entries []paritylib.OperationOverride
	for i := range open {
		k, ok := chosen[i]
		if !ok && f.pair.cmd.Flags().Changed("accept-all-above") && len(open[i].Candidates) > 0 && open[i].Candidates[0].Confidence >= f.above {
			k, ok = 1, true
		}
		if ok {
			entries = append(entries, f.entry(&open[i], k))
		}
	}
	return entries, nil
}

// choice reads N or N=K; n counts from 0.
func choice(text string, open []paritylib.Suggestion) (n, k int, err error) {
	first, second, ok := strings.Cut(text, "=")
	if n, err = strconv.Atoi(strings.TrimSpace(first)); err != nil || n < 1 || n > len(open) {
		return 0, 0, env.Usagef("--accept %s: there are %s, numbered from 1", text, words.Count(len(open), "open decision"))
	}
	k = 1
	if ok {
		if k, err = strconv.Atoi(strings.TrimSpace(second)); err != nil {
			return 0, 0, env.Usagef("--accept %s is not of the form N or N=K", text)
		}
	}
	if most := len(open[n-1].Candidates); k < 0 || k > most {
		return 0, 0, env.Usagef("--accept %s: %s has %s, numbered from 1; 0 is none of them", text, open[n-1].Operation, words.Count(most, "candidate"))
	}
	return n - 1, k, nil
}

// entry is the decision for candidate k, counted from 1; 0 is none.
func (f *suggestFlags) entry(s *paritylib.Suggestion, k int) paritylib.OperationOverride {
	o := s.Reject()
	if k > 0 {
		o = s.Accept(k - 1)
	}
	o.Reason, o.Owner = f.reason, f.owner
	return o
}

// write adds decisions to parity.yaml.
func (f *suggestFlags) write(l *loader, p *pair, entries []paritylib.OperationOverride) error {
	path := p.files.Map.Path
	shown := l.project.Shown(l.project.Canonical(path))
	if len(entries) == 0 {
		l.env.Say("plumb: no decision is accepted; %s is as it was", shown)
		return nil
	}
	data := []byte(p.files.Texts[l.project.Canonical(path)])
	for _, entry := range entries {
		var err error
		if data, err = paritylib.AppendDecision(data, entry); err != nil {
			return env.Usagef("%s: %s: %w", shown, entry.Operation, err)
		}
	}
	err := output.WriteFile(path, shown, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
	if err != nil {
		return err
	}
	p.files.Texts[l.project.Canonical(path)] = string(data)
	l.env.Say("plumb: %s has %s more", shown, words.Count(len(entries), "decision"))
	return nil
}
