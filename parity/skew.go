package parity

func skew(p *pairing, res *Result) Skew { return Skew{Evidence: []string{}} }
