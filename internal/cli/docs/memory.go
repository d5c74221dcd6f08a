package docs

import "runtime"

// whileRead is how much garbage may stand beside what is kept while the
// descriptions are read, in percent.
const whileRead = 50

// comfortable is how large the heap may become before the collector works more
// often than it would by itself, in bytes.
const comfortable = 150 << 20

// spare is how much garbage may stand beside what is kept while pages are
// written, in percent: the descriptions stay until the last page, and what a
// page needs lives as long as the page. A small product gets as much as other
// commands have, a large one less.
func spare() int {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	if m.HeapAlloc == 0 {
		return 200
	}
	percent := 100 * (comfortable - int64(m.HeapAlloc)) / int64(m.HeapAlloc)
	return int(min(max(percent, 40), 200))
}
