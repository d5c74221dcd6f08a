package env_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
)

func TestCodeAndMessage(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		err     error
		code    int
		message string
	}{
		{"none", nil, env.Clean, ""},
		{"clean", env.Done(env.Clean), env.Clean, ""},
		{"findings", env.Done(env.Findings), env.Findings, ""},
		{"usage", env.Usagef("no %s", "file"), env.Usage, "no file"},
		{"incomplete, wrapped", fmt.Errorf("write: %w", env.Incompletef("full")), env.Incomplete, "write: full"},
		{"any other", errors.New("broken"), env.Incomplete, "broken"},
		{"interrupt", fmt.Errorf("lint: %w", context.Canceled), env.Incomplete, "interrupted; nothing was written"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := env.Code(tt.err); got != tt.code {
				t.Errorf("Code = %d, want %d", got, tt.code)
			}
			if got := env.Message(tt.err); got != tt.message {
				t.Errorf("Message = %q, want %q", got, tt.message)
			}
		})
	}
}

func TestColor(t *testing.T) {
	t.Parallel()
	tests := []struct {
		mode     string
		terminal bool
		vars     map[string]string
		want     bool
	}{
		{"auto", true, nil, true},
		{"auto", false, nil, false},
		{"auto", true, map[string]string{"NO_COLOR": "1"}, false},
		{"auto", true, map[string]string{"TERM": "dumb"}, false},
		{"always", false, map[string]string{"NO_COLOR": "1"}, true},
		{"never", true, nil, false},
	}
	for _, tt := range tests {
		e := &env.Env{StdoutTerminal: tt.terminal, Getenv: func(name string) string { return tt.vars[name] }}
		if got := e.Color(tt.mode); got != tt.want {
			t.Errorf("Color(%s), terminal %t, %v = %t, want %t", tt.mode, tt.terminal, tt.vars, got, tt.want)
		}
	}
}

func TestPath(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	e := &env.Env{Dir: dir}
	if got, want := e.Path("a/../b"), filepath.Join(dir, "b"); got != want {
		t.Errorf("Path = %q, want %q", got, want)
	}
	if got := e.Path(dir); got != dir {
		t.Errorf("Path = %q, want %q", got, dir)
	}
}

func TestUnknown(t *testing.T) {
	t.Parallel()
	many := make([]string, 20)
	for i := range many {
		many[i] = fmt.Sprintf("abcdef-%d", i)
	}
	for _, tt := range []struct {
		name  string
		names []string
		want  string
	}{
		{"jsn", []string{"text", "json"}, `unknown format "jsn"; did you mean "json"?`},
		{"xyzzy", []string{"text", "json"}, `unknown format "xyzzy"; it is one of text, json`},
		{"xyzzy", many, `unknown format "xyzzy"`},
	} {
		if diff := cmp.Diff(tt.want, env.Unknown("format", tt.name, tt.names).Error()); diff != "" {
			t.Errorf("Unknown (-want +got):\n%s", diff)
		}
	}
}

func TestWrap(t *testing.T) {
	t.Parallel()
	red := env.Style{On: true}.Severity(check.Error, 0)
	for _, tt := range []struct {
		text          string
		width, indent int
		want          string
	}{
		{"one two three", 7, 2, "one two\n  three"},
		{"one two", 0, 2, "one two"},
		{"incomprehensible a", 5, 0, "incomprehensible\na"},
		{"größe über alles", 10, 1, "größe über\n alles"},
		{red + " " + red, 11, 0, red + " " + red},
		{red + " " + red, 10, 0, red + "\n" + red},
	} {
		if diff := cmp.Diff(tt.want, env.Wrap(tt.text, tt.width, tt.indent)); diff != "" {
			t.Errorf("Wrap(%q, %d, %d) (-want +got):\n%s", tt.text, tt.width, tt.indent, diff)
		}
	}
}
