package lifecycle

// Summary counts the elements of one surface by what becomes of them. What is
// shared counts once.
type Summary struct {
	Surface  Surface `json:"surface"`
	Elements int     `json:"elements"`
	// Internal, Experimental and Beta are the elements of these levels that
	// are not deprecated.
	Internal     int `json:"internal"`
	Experimental int `json:"experimental"`
	Beta         int `json:"beta"`
	Deprecated   int `json:"deprecated"`
	// Of what is deprecated: how much is past its stated end, may go by the
	// policy, has its end still to come, has none, or never goes.
	Overdue   int `json:"overdue"`
	Removable int `json:"removable"`
	Ahead     int `json:"ahead"`
	Undated   int `json:"undated"`
	Kept      int `json:"kept"`
}

// Summarize counts the elements of each surface that there is, in the order
// REST, GraphQL, webhooks.
func Summarize(c *Calendar, inventories ...*Inventory) []Summary {
	var all []Summary
	for _, surface := range []Surface{REST, GraphQL, Webhooks} {
		s := Summary{Surface: surface}
		s.levels(inventories)
		for i := range c.Entries {
			if c.Entries[i].Surface == surface {
				s.status(c.Entries[i].Status)
			}
		}
		if s.Elements > 0 {
			all = append(all, s)
		}
	}
	return all
}

func (s *Summary) levels(inventories []*Inventory) {
	seen := map[at]bool{}
	for _, inv := range inventories {
		for i := range inv.Elements {
			e := &inv.Elements[i]
			if e.Surface != s.Surface {
				continue
			}
			if e.Kind == Parameter || e.Kind == Header {
				key := at{e.Location.File, e.Location.Element}
				if seen[key] {
					continue
				}
				seen[key] = true
			}
			s.Elements++
			if e.State.Deprecated {
				continue
			}
			switch e.State.Stability {
			case Internal:
				s.Internal++
			case Experimental:
				s.Experimental++
			case Beta:
				s.Beta++
			}
		}
	}
}

func (s *Summary) status(status Status) {
	s.Deprecated++
	switch status {
	case Overdue:
		s.Overdue++
	case Removable:
		s.Removable++
	case Ahead:
		s.Ahead++
	case Undated:
		s.Undated++
	case Kept:
		s.Kept++
	}
}
