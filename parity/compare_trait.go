package parity

func compareTraits(p *pairing) []*Trait { return nil }
