package match

// candidate makes the public form of an option.
func (m *matcher) candidate(q *question, o *option) Candidate {
	return Candidate{Field: o.field, Coordinate: o.name, Status: "match", Confidence: o.p}
}
