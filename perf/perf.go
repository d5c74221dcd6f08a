// Package perf holds the endpoints of an API to budgets under load. A plan says
// what is sent, at which rate, and what each operation owes ([Plan], the file
// slo.yaml); a run sends it and measures ([Result]); a judgement says of each
// operation whether the budget was kept ([Judgement]): pass, fail, inconclusive
// where there were too few requests to know, or invalid where the measurement
// itself cannot be trusted. What was not measured never passes.
//
// Measurements are facts: they are stored, added up over machines and judged
// again. The moments of requests come from perf/schedule, latencies are counted
// by perf/histogram, requests are made from descriptions by perf/traffic and
// sent by perf/load. This package sends nothing and reads no clock.
package perf
