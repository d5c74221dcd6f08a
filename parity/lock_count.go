package parity

// GroupCount compares the gaps of a group now with those that parity.lock
// has. A group that the lock does not have had none.
type GroupCount struct {
	Group  string `json:"group"`
	Locked Counts `json:"locked"`
	Now    Counts `json:"now"`
}

// Counts are the gaps of a group.
type Counts struct {
	// None and Partial count operations of REST, RootNone and RootPartial
	// root fields of GraphQL. What is exempt does not count.
	None        int `json:"none"`
	Partial     int `json:"partial"`
	RootNone    int `json:"root_none"`
	RootPartial int `json:"root_partial"`
	// Missing counts the properties of matched schemas that their types lack.
	Missing int `json:"missing_fields"`
}
