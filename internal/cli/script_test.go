package cli_test

import (
	"context"
	"errors"
	"flag"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"

	"github.com/plumbapi/plumb/internal/cli"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/golden"
)

func TestMain(m *testing.M) {
	// Many tests wait for what they have begun, and many begin anew with a small
	// heap, which would be collected all the time.
	if err := flag.Set("test.parallel", strconv.Itoa(2*runtime.GOMAXPROCS(0))); err != nil {
		panic(err)
	}
	debug.SetGCPercent(400)
	testscript.Main(m, map[string]func(){
		"plumb": func() { os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) },
	})
}

const scripts = "../../testdata/script"

// TestScripts runs every folder of scripts: one folder a command.
func TestScripts(t *testing.T) {
	t.Parallel()
	cache := t.TempDir() // one for all, so that each integration is graded once
	for _, folder := range folders(t) {
		t.Run(folder, func(t *testing.T) {
			t.Parallel()
			testscript.Run(t, testscript.Params{
				Dir:                 filepath.Join(scripts, folder),
				RequireExplicitExec: true,
				RequireUniqueNames:  true,
				UpdateScripts:       golden.Update(),
				Setup: func(env *testscript.Env) error {
					env.Setenv("XDG_CACHE_HOME", cache)
					return setup(env)
				},
				Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){"exits": exits, "serve": serve, "tool": tool},
			})
		})
	}
}

// setup gives a script an identity for git, and nothing of the machine's
// own configuration; TRACKER is the folder of the example product.
func setup(env *testscript.Env) error {
	tracker, err := filepath.Abs("../../testdata/tracker")
	if err != nil {
		return err
	}
	env.Setenv("TRACKER", tracker)
	for _, name := range []string{"GIT_AUTHOR", "GIT_COMMITTER"} {
		env.Setenv(name+"_NAME", "Ada")
		env.Setenv(name+"_EMAIL", "ada@example.com")
		env.Setenv(name+"_DATE", "2026-11-22T10:00:00Z")
	}
	env.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
	env.Setenv("GIT_CONFIG_NOSYSTEM", "1")
	env.Setenv("NO_COLOR", "")
	return nil
}

// exits runs a command and asserts its exit code: exits CODE COMMAND ARGS...
// plumb runs in this process, which is many times faster than another one; where
// it reads standard input it gets its own.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND [ARGS...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if args[1] == "plumb" && !slices.Contains(args, "-") {
		got = within(ts, args[2:])
	} else if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// within runs plumb in the world of a script and returns its exit code.
func within(ts *testscript.TestScript, args []string) int {
	return cli.Run(context.Background(), &env.Env{
		Stdin: strings.NewReader(""), Stdout: ts.Stdout(), Stderr: ts.Stderr(),
		Getenv: ts.Getenv, Dir: ts.MkAbs("."), Now: time.Now,
	}, args)
}

// TestEveryExitCode shows that there is a script for every exit code of
// every command.
func TestEveryExitCode(t *testing.T) {
	t.Parallel()
	want := map[string][]int{
		"check":               {0, 1, 2, 3},
		"demo":                {0, 2}, // TestDemoInterrupted shows 3
		"lint":                {0, 1, 2, 3},
		"lsp":                 {0, 1, 2, 3},
		"diff":                {0, 1, 2, 3},
		"docs":                {0, 2},
		"docs build":          {0, 1, 2, 3},
		"docs serve":          {0, 2, 3},
		"integrations":        {0, 2},
		"integrations check":  {0, 1, 2, 3},
		"integrations export": {0, 2, 3},
		"integrations list":   {0, 2, 3},
		"integrations listen": {0, 2, 3},
		"integrations score":  {0, 2, 3},
		"integrations send":   {0, 2, 3},
		"integrations show":   {0, 2, 3},
		"integrations status": {0, 2, 3},
		"integrations test":   {0, 2, 3},
		"lifecycle":           {0, 2},
		"lifecycle calendar":  {0, 2, 3},
		"lifecycle changelog": {0, 1, 2, 3},
		"lifecycle usage":     {0, 1, 2, 3},
		"lifecycle headers":   {0, 1, 2, 3},
		"lifecycle history":   {0, 1, 2, 3},
		"lifecycle status":    {0, 1, 2, 3},
		"parity":              {0, 1, 2, 3},
		"parity diff":         {0, 1, 2, 3},
		"parity explain":      {0, 2, 3},
		"parity suggest":      {0, 2, 3},
		"parity verify":       {0, 1, 2, 3},
		"perf":                {0, 2},
		"perf capacity":       {0, 1, 2, 3},
		"perf compare":        {0, 1, 2, 3},
		"perf export":         {2},
		// Formats differ in what they write only; one shows every exit code.
		"perf export prometheus":  {0, 2, 3},
		"perf export grafana":     {0},
		"perf export sloth":       {0, 2},
		"perf export pyrra":       {0},
		"perf export openslo":     {0, 2},
		"perf export k6":          {0, 2, 3},
		"perf export k6-operator": {0, 2},
		"perf init":               {0, 2, 3},
		"perf judge":              {0, 1, 2, 3},
		"perf lint":               {0, 1, 2, 3},
		"perf run":                {0, 1, 2, 3},
		"webhooks":                {0, 2},
		"webhooks drift":          {0, 1, 2, 3},
		"webhooks events":         {0, 2, 3},
		"webhooks fake":           {0, 2, 3},
		"webhooks generate":       {0, 1, 2, 3},
		"webhooks listen":         {0, 1, 2, 3},
		"webhooks replay":         {0, 1, 2, 3},
		"webhooks send":           {0, 1, 2, 3},
		"webhooks verify":         {0, 1, 2, 3},
		"report":                  {0, 1, 2, 3},
		"rules":                   {0, 2, 3},
		"explain":                 {0, 2, 3},
		"init":                    {0, 2, 3},
		"completion":              {0, 2, 3},
		"version":                 {0, 2, 3},
	}
	var commands []string
	for _, cmd := range cli.Commands(cli.Command(nil))[1:] {
		name := strings.TrimPrefix(cmd.CommandPath(), "plumb ")
		if commands = append(commands, name); want[name] == nil {
			t.Errorf("the command %s has no scripts", name)
		}
	}
	got := map[string][]int{}
	call := regexp.MustCompile(`(?m)^(?:\[linux\] )?exits (\d+) (?:sh -c 'plumb|plumb) ([a-z]+(?: [a-z][a-z0-9-]*){0,2})`)
	for _, folder := range folders(t) {
		files, err := filepath.Glob(filepath.Join(scripts, folder, "*.txtar"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range call.FindAllStringSubmatch(string(text), -1) {
				name := m[2]
				for !slices.Contains(commands, name) && strings.Contains(name, " ") {
					name = name[:strings.LastIndexByte(name, ' ')] // an argument follows
				}
				code, _ := strconv.Atoi(m[1])
				if top, _, _ := strings.Cut(name, " "); top == folder && !slices.Contains(got[name], code) {
					got[name] = append(got[name], code)
				}
			}
		}
	}
	for _, codes := range got {
		slices.Sort(codes)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("exit codes that scripts show (-want +got):\n%s", diff)
	}
}

func folders(t *testing.T) []string {
	t.Helper()
	entries, err := fs.ReadDir(os.DirFS(scripts), ".")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() && !strings.HasPrefix(e.Name(), ".") {
			names = append(names, e.Name())
		}
	}
	return names
}
