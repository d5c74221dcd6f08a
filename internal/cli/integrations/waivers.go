package integrations

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/output"
)

// waiverFile is a file of waivers that people have asked for, in the form of
// plumb.yaml. It is only added to.
type waiverFile struct {
	path, shown string
	// findings are those of the report that was sent.
	findings []check.Finding

	mu sync.Mutex
}

// maxWaivers bounds the file, as plumb.yaml is bounded.
const maxWaivers = 1 << 20

const waiversKey = "waivers:\n"

// read returns the text of the file, its key alone where there is none.
func (f *waiverFile) read() (string, error) {
	data, err := os.ReadFile(f.path)
	switch text := string(data); {
	case errors.Is(err, fs.ErrNotExist), err == nil && text == "":
		return waiversKey, nil
	case err != nil:
		return "", env.Usagef("%s cannot be read: %w", f.shown, env.Bare(err))
	case len(text) > maxWaivers:
		return "", env.Usagef("%s is larger than %d KiB; take over or delete what is in it", f.shown, maxWaivers>>10)
	case !strings.HasPrefix(text, waiversKey):
		return "", env.Usagef("%s is no file of waivers: it does not begin with %q", f.shown, strings.TrimSpace(waiversKey))
	case !strings.HasSuffix(text, "\n"):
		return text + "\n", nil
	default:
		return text, nil
	}
}

// add adds the waiver of an answer, and says whether it was not there yet. Each
// has the mark of its call, so that a call that comes again after a start anew
// adds nothing.
func (f *waiverFile) add(a *integration.Answer) (added bool, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	text, err := f.read()
	if err != nil {
		return false, err
	}
	mark := "  # call " + check.Fingerprint("call", a.ID, "", "")[:16]
	if strings.Contains(text, mark) {
		return false, nil
	}
	f.complete(a)
	w := &a.Waiver
	dash, lead := "  - ", ""
	if w.Rule == "" && w.File == "" && w.Element == "" {
		lead = "# " // it would cover everything
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s, finding %s\n", mark, hexOnly(a.Fingerprint))
	for _, m := range []struct{ key, value string }{{"rule", w.Rule}, {"file", w.File}, {"element", w.Element}, {"reason", w.Reason}, {"owner", w.Owner}} {
		if m.value != "" {
			fmt.Fprintf(&b, "%s%s%s: %q\n", lead, dash, m.key, m.value)
			dash = "    "
		}
	}
	fmt.Fprintf(&b, "%s%suntil: %s\n", lead, dash, w.Until.Format(time.DateOnly))
	return true, output.WriteFile(f.path, f.shown, func(out io.Writer) error {
		_, err := io.WriteString(out, text+b.String())
		return err
	})
}

// complete finds what an answer does not tell in the report that was sent.
func (f *waiverFile) complete(a *integration.Answer) {
	for i := range f.findings {
		if found := &f.findings[i]; found.Fingerprint == a.Fingerprint {
			w := &a.Waiver
			w.Rule, w.File, w.Element = found.Rule, found.Location.File, found.Location.Element
			return
		}
	}
}

// hexOnly keeps the digits of a fingerprint, which comes from elsewhere.
func hexOnly(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'a' && r <= 'f' {
			return r
		}
		return -1
	}, s)
}
