package parity

// decide lets parity.yaml and parity.lock have their say about what the
// matcher found.
func decide(res *Result, p *pairing, opts Options) {}

// Overrides are the decisions of a parity.yaml.
type Overrides struct{}

// Lock are the earlier decisions of a parity.lock.
type Lock struct{}
