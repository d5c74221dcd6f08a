package history_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/plumbapi/plumb/lifecycle"
	"github.com/plumbapi/plumb/lifecycle/history"
)

// BenchmarkReplay replays 20 versions of 50,000 elements, of which some change
// in each: what a replay costs beside reading.
func BenchmarkReplay(b *testing.B) {
	const versions, elements = 20, 50_000
	inventories := make([]*lifecycle.Inventory, versions)
	for v := range inventories {
		inv := &lifecycle.Inventory{}
		for i := range elements {
			if i%997 == v {
				continue
			}
			inv.Elements = append(inv.Elements, element(fmt.Sprintf("Type%d.field%d", i/20, i), i+1, lifecycle.State{Deprecated: i%503 < v}))
		}
		inventories[v] = inv
	}
	list := numbered(versions)
	track := history.Track{Name: "graphql", Read: func(_ context.Context, v history.Version) (*lifecycle.Inventory, error) {
		return inventories[v.Release.Numbers[0]-1], nil
	}}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := history.Replay(b.Context(), list, []history.Track{track}, history.Options{}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/versions/1e6, "ms/version")
}
