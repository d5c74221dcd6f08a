package parity

func compareInputs(p *pairing) []*Input { return nil }
