package stat_test

import (
	"os"
	"testing"
)

// scaled returns how often to simulate: often enough to see a fault, and
// often enough to state a number where PLUMB_SIMULATIONS is set.
func scaled(usual, full int) int {
	switch {
	case os.Getenv("PLUMB_SIMULATIONS") != "":
		return full
	case testing.Short():
		return usual / 4
	}
	return usual
}
