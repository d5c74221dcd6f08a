package parity

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/words"
	paritylib "github.com/plumbapi/plumb/parity"
	"github.com/plumbapi/plumb/parity/view"
)

// ask asks for each decision on the terminal. Each that is made is written at
// once, so that an interrupt loses none.
func (f *suggestFlags) ask(ctx context.Context, l *loader, p *pair, open []paritylib.Suggestion) error {
	answers := typed(ctx, l.env.Stdin)
	opts := view.Options{Width: l.env.Width, Color: l.env.Color(f.color.Value)}
	made := 0
	for i := range open {
		s := &open[i]
		if err := view.Suggestion(l.env.Stdout, i+1, s, opts); err != nil {
			return err
		}
		k, err := f.answer(ctx, l.env, s, answers)
		switch {
		case errors.Is(err, io.EOF):
			return finished(l, made)
		case err != nil:
			return env.Incompletef("interrupted; %s made are written", words.Count(made, "decision"))
		case k == skipped:
			continue
		}
		if err := f.write(l, p, []paritylib.OperationOverride{f.entry(s, k)}); err != nil {
			return err
		}
		made++
	}
	return finished(l, made)
}

// skipped is the answer that decides nothing.
const skipped = -1

// answer asks until the answer is one.
func (f *suggestFlags) answer(ctx context.Context, e *env.Env, s *paritylib.Suggestion, answers <-chan string) (int, error) {
	for {
		numbers := "1"
		if n := len(s.Candidates); n > 1 {
			numbers += "-" + strconv.Itoa(n)
		}
		_, _ = fmt.Fprintf(e.Stdout, "%s accepts, 0 is none of them, Enter skips, q ends: ", numbers)
		select {
		case <-ctx.Done():
			return 0, context.Cause(ctx)
		case text, ok := <-answers:
			text = strings.TrimSpace(text)
			k, err := strconv.Atoi(text)
			switch {
			case ctx.Err() != nil: // what is typed ends with it too
				return 0, context.Cause(ctx)
			case !ok, strings.EqualFold(text, "q"):
				return 0, io.EOF
			case text == "":
				return skipped, nil
			case err == nil && k >= 0 && k <= len(s.Candidates):
				return k, nil
			}
		}
	}
}

// typed are the lines that are typed, until there are no more.
func typed(ctx context.Context, r io.Reader) <-chan string {
	lines := make(chan string)
	go func() {
		defer close(lines)
		in := bufio.NewScanner(r)
		for in.Scan() {
			select {
			case lines <- in.Text():
			case <-ctx.Done():
				return
			}
		}
	}()
	return lines
}

func finished(l *loader, n int) error {
	l.env.Say("plumb: %s made", words.Count(n, "decision"))
	return nil
}
