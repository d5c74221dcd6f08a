package engines_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/plumbapi/plumb/perf/engines"
)

// fuzz reads whatever comes, as one that begins like the seeds: it ends in an
// error, or in a result whose numbers add up and that can be written.
func fuzz(f *testing.F, prefix string, seeds ...string) {
	f.Helper()
	for _, name := range seeds {
		text, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	p := plan()
	f.Fuzz(func(t *testing.T, text []byte) {
		if prefix != "" && !bytes.HasPrefix(text, []byte(prefix)) {
			text = append([]byte(prefix), text...)
		}
		for _, operation := range []string{"", "query Issues"} {
			r, err := engines.Read("fuzz", bytes.NewReader(text), p, engines.Options{Operation: operation})
			if err != nil {
				continue
			}
			if err := contradiction(r); err != nil {
				t.Fatal(err)
			}
			if _, err := json.Marshal(r); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func FuzzK6Lines(f *testing.F)   { fuzz(f, `{"type":"Metric","metric":"x"}`+"\n", "k6.ndjson") }
func FuzzK6CSV(f *testing.F)     { fuzz(f, "metric_name,timestamp,metric_value,", "k6.csv") }
func FuzzK6Summary(f *testing.F) { fuzz(f, "", "k6-summary.json", "k6-handle.json", "k6-machine.json") }
func FuzzVegetaGob(f *testing.F) { fuzz(f, "", "vegeta.gob") }
func FuzzVegeta(f *testing.F)    { fuzz(f, "", "vegeta.csv", "vegeta.ndjson") }
func FuzzHDR(f *testing.F)       { fuzz(f, "", "wrk2.txt", "hdr.hgrm") }
func FuzzOha(f *testing.F)       { fuzz(f, `{"summary":`, "oha.json") }
func FuzzFortio(f *testing.F)    { fuzz(f, `{"DurationHistogram":`, "fortio.json") }
func FuzzHey(f *testing.F)       { fuzz(f, "response-time,", "hey.csv") }
