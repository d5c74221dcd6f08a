package live

import (
	"errors"

	"github.com/plumbapi/plumb/parity"
)

// Plan is what will be asked. It is immutable.
type Plan struct {
	// Probes are the matched reads, in the order of parity.Result.Operations.
	Probes []*Probe `json:"probes"`
}

// Probe is one matched read.
type Probe struct {
	Operation  string `json:"operation"`
	Coordinate string `json:"coordinate"`
	// List says that REST answers with a list.
	List bool `json:"list"`
	// Query is the GraphQL document.
	Query string `json:"query"`
	// Skipped says why the probe cannot be sent; "" where it can.
	Skipped string `json:"skipped,omitempty"`

	Pair *parity.Operation `json:"-"`
}

func newPlan(res *parity.Result, opts Options) (*Plan, error) { return nil, errors.New("not yet") }
