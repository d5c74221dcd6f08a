package project_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/config"
)

// tree makes folders and files; a name that ends with a slash is a folder.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, "/") {
			err = os.MkdirAll(path, 0o755)
		} else {
			err = os.WriteFile(path, []byte(text), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func open(t *testing.T, dir, configPath string) *project.Project {
	t.Helper()
	p, err := project.Open(&env.Env{Dir: dir}, configPath, config.Names{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestRoot(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		files  map[string]string
		dir    string // the working directory
		config string
		root   string
		found  string // plumb.yaml
	}{
		{"nothing", map[string]string{"a/b/": ""}, "a/b", "", "a/b", ""},
		{"repository", map[string]string{"a/.git/": "", "a/b/": ""}, "a/b", "", "a", ""},
		{"configuration in the repository", map[string]string{"a/.git/": "", "a/b/plumb.yaml": "", "a/b/c/": ""}, "a/b/c", "", "a/b", "a/b/plumb.yaml"},
		{"configuration above the repository", map[string]string{"plumb.yaml": "", "a/.git/": ""}, "a", "", "a", ""},
		{"worktree", map[string]string{"a/.git": "gitdir: elsewhere", "a/b/": ""}, "a/b", "", "a", ""},
		{"no repository: only the working directory", map[string]string{"plumb.yaml": "", "a/": ""}, "a", "", "a", ""},
		{"configuration elsewhere", map[string]string{"a/.git/": "", "a/ci/p.yaml": ""}, "a", "ci/p.yaml", "a", "a/ci/p.yaml"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			dir := tree(t, tt.files)
			p := open(t, filepath.Join(dir, tt.dir), tt.config)
			if want := filepath.Join(dir, tt.root); p.Root != want {
				t.Errorf("Root = %s, want %s", p.Root, want)
			}
			want := ""
			if tt.found != "" {
				want = filepath.Join(dir, tt.found)
			}
			if p.ConfigPath != want {
				t.Errorf("ConfigPath = %q, want %q", p.ConfigPath, want)
			}
		})
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	dir := tree(t, map[string]string{"repo/.git/": "", "repo/sub/": "", "outside/": ""})
	outside := filepath.ToSlash(filepath.Join(dir, "outside/x.yaml"))
	p := open(t, filepath.Join(dir, "repo/sub"), "")
	p.Type("sub/typed.yaml", "./typed.yaml")
	p.Type("sub/typed.yaml", "too-late.yaml")
	tests := []struct{ canonical, shown, repository string }{
		{"sub/a.yaml", "a.yaml", "sub/a.yaml"},
		{"api/a.yaml", "../api/a.yaml", "api/a.yaml"},
		{"sub/typed.yaml", "./typed.yaml", "sub/typed.yaml"},
		{outside, outside, outside},
		{"https://example.com/a.yaml", "https://example.com/a.yaml", "https://example.com/a.yaml"},
		{"origin/main:/api/a.yaml", "origin/main:api/a.yaml", "origin/main:api/a.yaml"},
		{"<stdin>", "<stdin>", "<stdin>"},
	}
	for _, tt := range tests {
		if got := p.Shown(tt.canonical); got != tt.shown {
			t.Errorf("Shown(%q) = %q, want %q", tt.canonical, got, tt.shown)
		}
		if got := p.InRepository(tt.canonical); got != tt.repository {
			t.Errorf("InRepository(%q) = %q, want %q", tt.canonical, got, tt.repository)
		}
		if path, ok := p.Path(tt.canonical); ok && p.Canonical(path) != tt.canonical {
			t.Errorf("Canonical(Path(%q)) = %q", tt.canonical, p.Canonical(path))
		}
	}
}

func TestPatternsAreRebased(t *testing.T) {
	t.Parallel()
	dir := tree(t, map[string]string{
		"repo/.git/": "",
		"repo/ci/p.yaml": "lint: {ignore: [{file: '../api/*.yaml'}, {element: x}]}\n" +
			"parity: {ignore: [{file: '../gql/*.graphql'}]}\n" +
			"waivers: [{file: here.yaml, reason: r, owner: o, until: '2026-01-01'}]\n",
	})
	p := open(t, filepath.Join(dir, "repo"), "ci/p.yaml")
	if got := p.Config.Lint.Ignores[0].File; got != "api/*.yaml" {
		t.Errorf("the ignore's file is %q, want api/*.yaml", got)
	}
	if got := p.Config.Lint.Ignores[1].File; got != "" {
		t.Errorf("the ignore's file is %q, want none", got)
	}
	if got := p.Config.Parity.Ignores[0].File; got != "gql/*.graphql" {
		t.Errorf("the file of parity's ignore is %q, want gql/*.graphql", got)
	}
	if got := p.Config.Waivers[0].File; got != "ci/here.yaml" {
		t.Errorf("the waiver's file is %q, want ci/here.yaml", got)
	}
	if got, want := p.FromConfig("../api/a.yaml"), filepath.Join(dir, "repo/api/a.yaml"); got != want {
		t.Errorf("FromConfig = %q, want %q", got, want)
	}
}

func TestPublicURL(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		"https://ada:secret@example.com/a?token=secret#secret": "https://example.com/a",
		"https://example.com/%zz?token=secret":                 "https://example.com/%zz",
	} {
		if got := project.PublicURL(raw); got != want {
			t.Errorf("PublicURL(%q) = %q, want %q", raw, got, want)
		}
	}
}
