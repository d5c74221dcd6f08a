package generate_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/plumbapi/plumb/webhook"
	"github.com/plumbapi/plumb/webhook/generate"
)

// The compiler takes the declarations, and tells payloads apart by event and
// action.
func TestTypeScriptCompiles(t *testing.T) {
	t.Parallel()
	compiler, err := filepath.Abs("../../.tmp/node_modules/.bin/tsc")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(compiler); err != nil {
		if compiler, err = exec.LookPath("tsc"); err != nil {
			t.Skip("no TypeScript compiler: npm install --prefix .tmp typescript@5")
		}
	}
	const use = `import type { EventName, WebhookEvent, WebhookEvents } from "./tracker";

export function told(e: WebhookEvent): string {
  if (e.event === "ping") return e.payload.zen;
  if (e.action === "closed") {
    const closed: "closed" = e.payload.action;
    const { owner } = e.payload.issue;
    if (typeof owner === "string") return owner + closed;
    if (Array.isArray(owner)) return owner.join();
    return owner.type === "user" ? owner.login : String(owner.members.length);
  }
  // @ts-expect-error an issue has no zen
  return e.payload.zen;
}

export function on<E extends EventName>(name: E, handle: (payload: WebhookEvents[E]) => void): void {}

on("issues.opened", (payload) => {
  const state: "open" | "closed" | (string & {}) = payload.issue.state;
  // @ts-expect-error the title is never absent, and is a string
  const title: undefined = payload.issue.title;
  // @ts-expect-error an e-mail address may be absent or null
  const email: string = payload.sender.email;
});
`
	for _, tt := range []struct {
		name  string
		model *webhook.Model
		use   string
	}{
		{"tracker", tracker(), use},
		{"made", hostileModel(hostile()), "export {};\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			for _, f := range append(generate.TypeScript(tt.model, generate.Options{}), generate.File{Name: "use.ts", Data: []byte(tt.use)}) {
				if err := os.WriteFile(filepath.Join(dir, f.Name), f.Data, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			cmd := exec.CommandContext(t.Context(), compiler, "--strict", "--noEmit", "--target", "es2022", tt.name+".d.ts", "use.ts")
			cmd.Dir = dir
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("tsc: %v\n%.4000s", err, out)
			}
		})
	}
}
