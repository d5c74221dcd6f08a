package histogram_test

import (
	"fmt"
	"time"

	"github.com/plumbapi/plumb/perf/histogram"
)

func Example() {
	var here, there histogram.Histogram
	for i := range 100 {
		here.Add(time.Duration(100+i) * time.Millisecond)
		there.Add(time.Duration(300+i) * time.Millisecond)
	}
	here.Merge(&there)

	p95, _ := here.Quantile(0.95)
	low, high := here.AtMost(250 * time.Millisecond)
	fmt.Println("p95 is", p95.Mid().Round(time.Millisecond))
	fmt.Println(low, "to", high, "of", here.Count(), "within 250 ms")
	// Output:
	// p95 is 388ms
	// 100 to 100 of 200 within 250 ms
}
