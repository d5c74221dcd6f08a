// Command benchload prints what plumb's load generator costs beside vegeta's
// own library: processor time for a request at a fixed rate, and the highest
// rate of a fixed number of workers. The server is another process, so that
// its work is not counted; every measurement is a process of its own, the
// variants take turns, and medians of the ratios within a round are printed.
// Where k6 is in .tmp/bin or in the path, it takes its turn as well.
package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime/pprof"
	"slices"
	"strings"
	"time"
)

func main() {
	if err := run(os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintf(os.Stderr, "benchload: %v\n", err)
		os.Exit(1)
	}
}

// settings are those of all measurements of a call.
type settings struct {
	rounds  int
	rate    float64
	length  time.Duration
	workers int
}

func run(args []string, stdout, progress io.Writer) error {
	var s settings
	flags := flag.NewFlagSet("benchload", flag.ContinueOnError)
	flags.SetOutput(progress)
	flags.IntVar(&s.rounds, "rounds", 7, "how often each variant is measured")
	flags.Float64Var(&s.rate, "rate", 2000, "requests per second where processor time is measured")
	flags.DurationVar(&s.length, "for", 3*time.Second, "how long each measurement lasts")
	flags.IntVar(&s.workers, "workers", 16, "workers where the highest rate is measured")
	as := flags.String("as", "", "what a child process does")
	url := flags.String("url", "", "the server of a child process")
	profile := flags.String("cpuprofile", "", "where a child process writes a profile")
	if err := flags.Parse(args); err != nil {
		return err
	}
	switch *as {
	case "":
		return compare(s, stdout, progress)
	case "server":
		return serve(stdout)
	}
	if *profile != "" {
		f, err := os.Create(*profile)
		if err != nil {
			return err
		}
		defer func() { _ = f.Close() }()
		if err := pprof.StartCPUProfile(f); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	sample, err := measure(*as, *url, s)
	if err != nil {
		return err
	}
	return json.NewEncoder(stdout).Encode(sample)
}

// sample is one measurement.
type sample struct {
	Requests uint64        `json:"requests"`
	CPU      time.Duration `json:"cpu_ns"`
	Wall     time.Duration `json:"wall_ns"`
	P99      time.Duration `json:"p99_ns"`
}

func (s sample) perRequest() float64 { return float64(s.CPU) / float64(s.Requests) }
func (s sample) rate() float64       { return float64(s.Requests) / s.Wall.Seconds() }

// compare runs all variants in turn and prints the table.
func compare(s settings, stdout, progress io.Writer) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	server := exec.Command(self, "-as", "server")
	server.Stderr = progress
	in, err := server.StdinPipe() // it ends with this process
	if err != nil {
		return err
	}
	out, err := server.StdoutPipe()
	if err != nil {
		return err
	}
	if err := server.Start(); err != nil {
		return err
	}
	defer func() { _ = in.Close(); _ = server.Wait() }()
	url, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return fmt.Errorf("the server: %w", err)
	}
	url = strings.TrimSpace(url)
	variants := all()
	got := map[string][]sample{}
	for round := range s.rounds {
		for i := range variants {
			v := variants[(i+round)%len(variants)] // nobody is always first
			one, err := child(self, v, url, s)
			if errors.Is(err, errMissing) {
				continue
			}
			if err != nil {
				return fmt.Errorf("%s: %w", v.name, err)
			}
			_, _ = fmt.Fprintf(progress, "round %d  %-22s %7d requests  %6.1f µs each  %7.0f/s\n", round+1, v.name, one.Requests, one.perRequest()/1e3, one.rate())
			got[v.name] = append(got[v.name], one)
		}
	}
	return table(stdout, variants, got)
}

func child(self string, v variant, url string, s settings) (sample, error) {
	if v.external != nil {
		return v.external(url, s)
	}
	cmd := exec.Command(self, "-as", v.name, "-url", url, "-rate", fmt.Sprint(s.rate), "-for", s.length.String(), "-workers", fmt.Sprint(s.workers))
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return sample{}, err
	}
	var one sample
	return one, json.Unmarshal(out, &one)
}

func table(w io.Writer, variants []variant, got map[string][]sample) error {
	var b strings.Builder
	b.WriteString("| variant | median | beside vegeta, same round | bound |\n|---|---:|---:|---:|\n")
	for _, v := range variants {
		samples := got[v.name]
		if len(samples) == 0 {
			fmt.Fprintf(&b, "| %s | not installed | | |\n", v.name)
			continue
		}
		var values, ratios []float64
		for i, one := range samples {
			values = append(values, v.value(one))
			if base := got[v.beside]; i < len(base) {
				ratios = append(ratios, v.value(one)/v.value(base[i]))
			}
		}
		if v.beside == "" {
			fmt.Fprintf(&b, "| %s | %s | | |\n", v.name, v.unit(median(values)))
			continue
		}
		bound, ratio := "", median(ratios)
		if v.bound > 0 {
			bound = fmt.Sprintf("%s %.2f", v.sign(), v.bound)
			if v.over(ratio) {
				bound += " — missed"
			}
		}
		fmt.Fprintf(&b, "| %s | %s | %.3f | %s |\n", v.name, v.unit(median(values)), ratio, bound)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func median(x []float64) float64 {
	x = slices.Clone(x)
	slices.SortFunc(x, cmp.Compare[float64])
	if len(x) == 0 {
		return 0
	}
	return (x[len(x)/2] + x[(len(x)-1)/2]) / 2
}
