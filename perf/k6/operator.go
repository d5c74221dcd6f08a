package k6

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/plumbapi/plumb/perf"
)

// OperatorOptions say how a script runs on a cluster.
type OperatorOptions struct {
	// Parallelism is over how many pods the load is dealt out.
	Parallelism int
	// Name is that of the TestRun and of its ConfigMap; "" stands for one made
	// of the service's.
	Name string
	// Namespace is "" for that of whoever applies it.
	Namespace string
	// Image is that of the pods; "" for the operator's own.
	Image string
	// Claim is a PersistentVolumeClaim into which each pod writes its result;
	// "" leaves results in the pods' logs.
	Claim string
	// Secret holds the environment variables that the script needs, under
	// their names; "" stands for one called as the TestRun is.
	Secret string
}

// mostConfigMap is how many bytes of data a ConfigMap may hold, a little below
// what the API server takes.
const mostConfigMap = 1_000_000

// resultsPath is where pods find the claim.
const resultsPath = "/results"

// TestRun writes a ConfigMap with a script and a TestRun for the k6 operator
// (k6.io/v1alpha1), as YAML. Each pod sends the requests of its execution
// segment and writes a result of its own, and thresholds are off: no pod knows
// what the others measure. plumb perf judge merges the results and judges them.
func TestRun(plan *perf.Plan, e *Export, o OperatorOptions) ([]byte, error) {
	if o.Parallelism < 1 {
		return nil, fmt.Errorf("a parallelism of %d is none", o.Parallelism)
	}
	if len(e.Script) > mostConfigMap {
		return nil, fmt.Errorf("the script has %d bytes, and a ConfigMap holds %d; write fewer requests into it", len(e.Script), mostConfigMap)
	}
	if o.Name == "" {
		o.Name = label("plumb-" + plan.Service)
	}
	if o.Secret == "" {
		o.Secret = o.Name
	}
	for _, name := range []string{o.Name, o.Namespace, o.Claim, o.Secret} {
		if name != "" && name != label(name) {
			return nil, fmt.Errorf("%q is no name on a cluster: lower case letters, digits and -, at most 63 of them", name)
		}
	}
	var b bytes.Buffer
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	head := func(api, kind string) {
		line("apiVersion: %s\nkind: %s\nmetadata:\n  name: %s", api, kind, o.Name)
		if o.Namespace != "" {
			line("  namespace: %s", o.Namespace)
		}
	}
	head("v1", "ConfigMap")
	line("data:\n  script.js: |")
	for text := range strings.SplitSeq(strings.TrimSuffix(string(e.Script), "\n"), "\n") {
		if text == "" {
			line("")
			continue
		}
		line("    %s", text)
	}
	line("---")
	head("k6.io/v1alpha1", "TestRun")
	line("spec:\n  parallelism: %d\n  arguments: --no-thresholds --quiet --no-usage-report", o.Parallelism)
	line("  script:\n    configMap:\n      name: %s\n      file: script.js", o.Name)
	line("  runner:")
	if o.Image != "" {
		image, err := ascii(o.Image)
		if err != nil {
			return nil, err
		}
		line("    image: %s", image)
	}
	result := "-"
	if o.Claim != "" {
		result = resultsPath + "/" + o.Name + ".json"
	}
	line("    env:\n      - name: PLUMB_RESULT\n        value: %q", result)
	for _, name := range e.Env {
		line("      - name: %q\n        valueFrom:\n          secretKeyRef:\n            name: %s\n            key: %q", name, o.Secret, name)
	}
	if o.Claim != "" {
		line("    volumes:\n      - name: results\n        persistentVolumeClaim:\n          claimName: %s", o.Claim)
		line("    volumeMounts:\n      - name: results\n        mountPath: %s", resultsPath)
	}
	return b.Bytes(), nil
}

// label makes a name that a cluster takes.
func label(text string) string {
	const most = 63
	out := strings.Map(func(r rune) rune {
		switch {
		case r >= 'A' && r <= 'Z':
			return r - 'A' + 'a'
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			return r
		}
		return '-'
	}, text)
	out = strings.Trim(out[:min(len(out), most)], "-")
	return out
}
