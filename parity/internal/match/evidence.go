package match

import "fmt"

// candidate makes the public form of an option.
func (m *matcher) candidate(q *question, o *option) Candidate {
	c := Candidate{Field: o.field, Coordinate: o.name, Status: "match", Confidence: o.p}
	w := writeWeights[:]
	if q.op.Method == "GET" {
		w = readWeights[:]
	}
	for i, v := range o.evidence {
		if v != 0 && w[i] != 0 {
			c.Evidence = append(c.Evidence, Evidence{w[i] * v, fmt.Sprintf("#%d = %.2f", i, v)})
		}
	}
	return c
}
