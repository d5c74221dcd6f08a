package perf

import (
	"encoding/json"
	"fmt"
	"math/bits"
	"time"
)

// Octaves counts durations from 1 µs to two minutes by powers of two. In JSON
// it is a list: the index of the first count that is not 0, and then the
// counts from there to the last one; [] where there is none.
type Octaves [28]uint32

// Add counts one duration.
func (o *Octaves) Add(d time.Duration) { o[OctaveOf(d)]++ }

// OctaveOf returns the member of Octaves that counts a duration.
func OctaveOf(d time.Duration) int {
	return min(bits.Len64(uint64(max(d, 0)/time.Microsecond)), len(Octaves{})-1)
}

// OctaveEnd returns where member k ends: it counts what is below that, and the
// last one all that is longer too.
func OctaveEnd(k int) time.Duration { return time.Microsecond << k }

// MarshalJSON writes the list.
func (o Octaves) MarshalJSON() ([]byte, error) {
	first, end := 0, len(o)
	for first < end && o[first] == 0 {
		first++
	}
	for end > first && o[end-1] == 0 {
		end--
	}
	list := make([]uint32, 0, 1+end-first)
	if first < end {
		list = append(append(list, uint32(first)), o[first:end]...)
	}
	return json.Marshal(list)
}

// UnmarshalJSON reads the list.
func (o *Octaves) UnmarshalJSON(text []byte) error {
	var list []uint32
	if err := json.Unmarshal(text, &list); err != nil {
		return fmt.Errorf("octaves: %w", err)
	}
	*o = Octaves{}
	if len(list) == 0 {
		return nil
	}
	if len(list) == 1 || int64(list[0])+int64(len(list)-1) > int64(len(o)) {
		return fmt.Errorf("octaves: %d counts from index %d on leave the range of %d", len(list)-1, list[0], len(o))
	}
	copy(o[list[0]:], list[1:])
	return nil
}
