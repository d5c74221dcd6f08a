// Package once keeps a chat that is only posted to from hearing the same thing
// twice. Such a chat cannot be asked what it holds, so the memory of deliveries
// is: it keeps which runs were told, and a digest of what was said.
//
// It is not for tools that can be searched.
package once

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/message"
)

// Turn is one delivery's turn to speak.
type Turn struct {
	memory     *integration.Memory
	name       string
	id, digest string
	unchanged  bool
}

// Of returns the turn of a delivery with its message. What was said before is
// looked up by tool, product and change, or branch where there is no change.
func Of(memory *integration.Memory, tool string, d *integration.Delivery, m *message.Message) *Turn {
	return &Turn{
		memory: memory, name: tool + " " + Key(d), id: d.ID, digest: Digest(m),
		unchanged: d.Before != nil && len(m.Sections) == 0,
	}
}

// Key names the series of messages that a delivery belongs to, 16 hexadecimal
// digits: those of one product and change, or branch where there is no change.
func Key(d *integration.Delivery) string {
	where := d.Branch
	if d.Change != 0 {
		where = fmt.Sprint(d.Change)
	}
	return short(fmt.Sprintf("%q %q %t", d.Product, where, d.Change != 0))
}

// Digest is a hash of what a message tells, 16 hexadecimal digits. Facts and
// addresses are not part of it, since each run has its own.
func Digest(m *message.Message) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %q\n", m.Verdict, m.Headline)
	for i := range m.Sections {
		s := &m.Sections[i]
		fmt.Fprintf(&b, "%s %d\n", s.Kind, s.Total)
		for j := range s.Items {
			item := &s.Items[j]
			fmt.Fprintf(&b, "%s %q %q %q %q\n", item.Fingerprint, item.Severity, item.Rule, item.Text, item.Element)
		}
	}
	return short(b.String())
}

func short(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:8])
}

// Silent says why nothing is to be said, and "" where something is.
//
//   - The run was told already, and has nothing else to say.
//   - It would say what was said last.
//   - It is known what the run before found, and nothing has changed since.
func (t *Turn) Silent() string {
	said := t.said()
	for i, s := range said {
		if s.digest == t.digest && (i == 0 || s.id == t.id) {
			return "it was told already"
		}
	}
	if t.unchanged {
		return "nothing has changed"
	}
	return ""
}

// Unchanged says whether it is known what the run before found, and nothing has
// changed since.
func (t *Turn) Unchanged() bool { return t.unchanged }

// saying is one message that was sent.
type saying struct{ id, digest string }

// maxSaid is how many messages are remembered for each product and change.
const maxSaid = 5

// said returns what was said, the last first.
func (t *Turn) said() []saying {
	var all []saying
	for entry := range strings.SplitSeq(t.memory.Recall(t.name), ";") {
		if id, digest, ok := strings.Cut(entry, " "); ok {
			all = append(all, saying{id, digest})
		}
	}
	return all
}

// Done remembers that the message was sent.
func (t *Turn) Done() {
	entries := []string{t.id + " " + t.digest}
	for _, s := range t.said() {
		if len(entries) < maxSaid {
			entries = append(entries, s.id+" "+s.digest)
		}
	}
	t.memory.Keep(t.name, strings.Join(entries, ";"))
}
