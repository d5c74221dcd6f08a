package peer

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"testing"

	peer "github.com/google/go-github/v90/github"

	"github.com/plumbapi/plumb/webhook/hook"
	"github.com/plumbapi/plumb/webhook/hook/internal/mutate"
)

// TestRoundTrip decodes and encodes every payload and compares what it says.
func TestRoundTrip(t *testing.T) {
	payloads, _ := corpus(t)
	ours, theirs := 0, 0
	for _, p := range payloads {
		want, err := mutate.Parse(p.body)
		if err != nil {
			t.Fatal(err)
		}
		v := p.empty()
		if v == nil {
			t.Errorf("%s %s: no type", p.event, p.action)
			continue
		}
		if _, err := hook.Decode(v, p.body); err != nil {
			t.Errorf("%s %s: %v", p.event, p.action, err)
		}
		if at, same := said(t, want, hook.Append(nil, v)); same {
			ours++
		} else {
			t.Errorf("%s %s: lost at %s", p.event, p.action, at)
		}
		if event, err := peer.ParseWebHook(p.event, p.body); err == nil {
			if out, err := json.Marshal(event); err == nil {
				if _, same := said(t, want, out); same {
					theirs++
				}
			}
		}
	}
	t.Logf("say the same after decoding and encoding: plumb %d of %d, go-github %d", ours, len(payloads), theirs)
}

// TestMutations changes one place of a payload, decodes, encodes, and compares.
func TestMutations(t *testing.T) {
	payloads, _ := corpus(t)
	rounds := 3_000
	if os.Getenv("PLUMB_SIMULATIONS") != "" {
		rounds = 1_000_000
	}
	nodes := make([]*mutate.Node, len(payloads))
	for i, p := range payloads {
		n, err := mutate.Parse(p.body)
		if err != nil {
			t.Fatal(err)
		}
		nodes[i] = n
	}
	r := rand.New(rand.NewPCG(6, 2026))
	did := map[string]int{}
	drifted, refused, lost := 0, 0, 0
	var body, out []byte
	for range rounds {
		i := r.IntN(len(payloads))
		what, undo := nodes[i].Mutate(r)
		did[what]++
		body = nodes[i].Append(body[:0])
		v := payloads[i].empty()
		drift, err := hook.Decode(v, body)
		if err != nil {
			refused++
			t.Errorf("%s: %s: %v", payloads[i].event, what, err)
		}
		if len(drift) > 0 {
			drifted++
		}
		out = hook.Append(out[:0], v)
		if at, same := said(t, nodes[i], out); !same {
			lost++
			t.Errorf("%s: %s: lost at %s", payloads[i].event, what, at)
		}
		undo()
		if refused+lost > 20 {
			break
		}
	}
	t.Logf("%d mutations (%v): %d refused, %d lost something, %d with drift", rounds, did, refused, lost, drifted)
}

func said(t *testing.T, want *mutate.Node, out []byte) (at string, same bool) {
	t.Helper()
	got, err := mutate.Parse(out)
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return mutate.Difference(want, got)
}
