package live_test

import (
	"encoding/json"
	"testing"
)

func TestClean(t *testing.T) {
	t.Parallel()
	res := verify(t, serve(t, fault{}), quick())
	for _, d := range res.Differences {
		t.Errorf("false alarm: %+v", d)
	}
	text, _ := json.MarshalIndent(res, "", " ")
	t.Logf("%s", text)
}
