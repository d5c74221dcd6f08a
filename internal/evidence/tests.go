package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os/exec"
	"regexp"
	"strconv"

	"github.com/plumbapi/plumb/integration/catalog"
)

var covered = regexp.MustCompile(`coverage: ([0-9.]+)% of statements`)

// tests runs the tests of an integration once, and counts them and the
// statements that they ran.
func tests(ctx context.Context, root, name string) ([]catalog.Measurement, error) {
	cmd := exec.CommandContext(ctx, "go", "test", "-json", "-cover", "-count=1", "./integration/"+name)
	cmd.Dir = root
	out, err := cmd.Output()
	if len(out) == 0 {
		return nil, fmt.Errorf("go test: %w", err)
	}
	counted := map[string]float64{"tests_passed": 0, "tests_failed": 0}
	coverage := -1.0
	lines := bufio.NewScanner(bytes.NewReader(out))
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var event struct{ Action, Test, Output string }
		if json.Unmarshal(lines.Bytes(), &event) != nil {
			continue
		}
		switch {
		case event.Action == "pass" && event.Test != "":
			counted["tests_passed"]++
		case event.Action == "fail" && event.Test != "":
			counted["tests_failed"]++
		}
		if m := covered.FindStringSubmatch(event.Output); m != nil {
			coverage, _ = strconv.ParseFloat(m[1], 64)
		}
	}
	if coverage < 0 {
		return nil, fmt.Errorf("go test -cover tells no coverage: %w", err)
	}
	return []catalog.Measurement{
		{Check: "V01", Values: counted, Detail: fmt.Sprintf("go test ./integration/%s: %.0f passed, %.0f failed; golden records are compared byte for byte", name, counted["tests_passed"], counted["tests_failed"])},
		{Check: "V07", Values: map[string]float64{"coverage": coverage}, Detail: fmt.Sprintf("go test -cover ./integration/%s: %.1f %% of statements", name, coverage)},
	}, nil
}
