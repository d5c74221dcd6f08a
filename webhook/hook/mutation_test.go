package hook_test

import (
	"math/rand/v2"
	"os"
	"testing"

	"github.com/plumbapi/plumb/webhook/hook"
	"github.com/plumbapi/plumb/webhook/hook/internal/mutate"
)

// whole is a payload with everything that a type can have.
const whole = `{"action":"asked","id":9007199254740993,"state":"open","title":"Pipes \"and\" \\ fittings\r\n","author":{"login":"ada",` +
	`"email":null},"asked":[{"login":"bo","email":"bo@example.org"},{"login":"cy"}],"owner":{"login":"dee"},"labels":{"area":"core","kind":""},` +
	`"weight":1.50,"created_at":"2026-02-03T10:00:00Z","draft":true,"anything":{"x":[1,2,{"y":null}]},"sizes":[1,2,3],"grid":[[1],[],[2,3]],` +
	`"before":{"action":"asked","id":1,"state":"closed","title":null,"author":{"login":"ada"},"asked":[],"owner":"somebody","created_at":1767225600,` +
	`"draft":false,"sizes":[],"grid":[]},"extra":{"deep":[true]}}`

// TestMutations changes one place of the payload, decodes and encodes, and
// compares: nothing may be lost, and nothing may be refused.
func TestMutations(t *testing.T) {
	t.Parallel()
	rounds := 5_000
	if os.Getenv("PLUMB_SIMULATIONS") != "" {
		rounds = 1_000_000
	}
	n, err := mutate.Parse([]byte(whole))
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(20260203, 6))
	var body []byte
	for range rounds {
		did, undo := n.Mutate(r)
		second, undoSecond := n.Mutate(r)
		body = n.Append(body[:0])
		roundTrip(t, did+" and "+second, n, body)
		undoSecond()
		undo()
		if t.Failed() {
			return
		}
	}
}

// roundTrip decodes and encodes a payload, whose value n is, twice.
func roundTrip(t *testing.T, name string, n *mutate.Node, body []byte) {
	t.Helper()
	var p ReviewAsked
	if _, err := hook.Decode(&p, body); err != nil {
		t.Errorf("%s: %v\n%s", name, err, body)
		return
	}
	once, err := hook.Marshal(&p)
	if err != nil {
		t.Errorf("%s: encode: %v\n%s", name, err, body)
		return
	}
	got, err := mutate.Parse(once)
	if err != nil {
		t.Errorf("%s: %v\n%s", name, err, once)
		return
	}
	if at, same := mutate.Difference(n, got); !same {
		t.Errorf("%s: lost at %q\nbody    %s\nencoded %s", name, at, body, once)
	}
	var q ReviewAsked
	if _, err := hook.Decode(&q, once); err != nil {
		t.Errorf("%s: again: %v", name, err)
	}
	if twice := hook.Append(nil, &q); string(twice) != string(once) {
		t.Errorf("%s: not the same when encoded again\nonce  %s\ntwice %s", name, once, twice)
	}
}
