package perf

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
)

// Digest identifies what a plan sends and demands: two results with the same
// digest can be added up. Where servers are, which secrets go with requests,
// and where in a file something stands is not part of it. It is "", which is
// equal to no other, for a plan with numbers that are none.
func (p *Plan) Digest() string {
	c := *p
	c.Targets, c.Metrics = nil, Metrics{}
	c.MaxWorkers, c.MaxLag, c.Validate, c.Window = 0, 0, 0, 0
	text, err := json.Marshal(c)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:8])
}
