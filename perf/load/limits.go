package load

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"strconv"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/schedule"
)

// Limits are what the machine lets a process have at once; 0 where it is not
// known.
type Limits struct {
	// Files is how many files may be open; a connection is one.
	Files uint64
	// Ports is how many local ports there are for connections to one server.
	Ports uint64
}

// SystemLimits asks the system.
func SystemLimits() Limits {
	return Limits{Files: fileLimit(), Ports: portRange("/proc/sys/net/ipv4/ip_local_port_range")}
}

// portRange reads the first and the last port that connections get.
func portRange(file string) uint64 {
	text, err := os.ReadFile(file)
	if err != nil {
		return 0
	}
	fields := bytes.Fields(text)
	if len(fields) != 2 {
		return 0
	}
	first, err1 := strconv.ParseUint(string(fields[0]), 10, 16)
	last, err2 := strconv.ParseUint(string(fields[1]), 10, 16)
	if err1 != nil || err2 != nil || last < first {
		return 0
	}
	return last - first + 1
}

// spareFiles are left for all that is not a connection.
const spareFiles = 64

// workers returns how many requests may be under way at once: what the plan
// says, as far as the machine has files and ports for it. A plan that asks for
// more is refused. One that sets no bound gets the machine's, and notice says
// so where rate and timeout could reach it.
func workers(plan *perf.Plan, s *schedule.Schedule, timeout float64, o *Options) (n uint64, notice string, err error) {
	limits := o.Limits
	if limits == nil {
		l := SystemLimits()
		limits = &l
	}
	bound, of := uint64(math.MaxUint64), ""
	if limits.Files > spareFiles {
		bound, of = limits.Files-spareFiles, fmt.Sprintf("%d files may be open (ulimit -n)", limits.Files)
	}
	if most := limits.Ports * uint64(max(len(plan.Targets), 1)); most > 0 && most < bound && o.UnixSocket == "" {
		bound, of = most, fmt.Sprintf("there are %d local ports for each server (net.ipv4.ip_local_port_range)", limits.Ports)
	}
	if o.Transport != nil {
		bound = math.MaxUint64
	}
	var peak float64
	for _, stage := range s.Stages() {
		peak = max(peak, stage.From, stage.To)
	}
	reach := peak / float64(max(o.Shard.Of, 1)) * timeout // Little's law, when no request is answered
	switch wanted := uint64(max(plan.MaxWorkers, 0)); {
	case wanted > bound:
		return 0, "", refuse(LimitMachine, "%d workers need as many connections, but %s; ask for at most %d workers or raise that limit", wanted, of, bound)
	case wanted > 0:
		return wanted, "", nil
	case bound == math.MaxUint64:
		return 0, "", nil
	case reach > float64(bound):
		return bound, fmt.Sprintf("%.0f requests could be under way at once (%.0f/s for up to %.3g s), but %s: at most %d will be", reach, peak, timeout, of, bound), nil
	default:
		return bound, "", nil
	}
}
