package cli_test

import (
	"testing"

	"github.com/plumbapi/plumb/internal/cli"
)

// BenchmarkCommand measures what every start of plumb pays before it does
// anything.
func BenchmarkCommand(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		cli.Command(nil)
	}
}
