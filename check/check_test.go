package check_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
)

func TestParseSeverity(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text string
		want check.Severity
		fail bool
	}{
		{text: "error", want: check.Error},
		{text: "Warning", want: check.Warning},
		{text: "warn", want: check.Warning},
		{text: "hint", want: check.Info},
		{text: "info", want: check.Info},
		{text: "off", fail: true},
		{text: "", fail: true},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			t.Parallel()
			got, err := check.ParseSeverity(tt.text)
			if got != tt.want || (err != nil) != tt.fail {
				t.Errorf("ParseSeverity(%q) = %v, %v; want %v", tt.text, got, err, tt.want)
			}
		})
	}
}

func TestSeverityJSON(t *testing.T) {
	t.Parallel()
	text, err := json.Marshal([]check.Severity{check.Info, check.Warning, check.Error})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(`["info","warning","error"]`, string(text)); diff != "" {
		t.Errorf("Marshal (-want +got):\n%s", diff)
	}
	var back []check.Severity
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]check.Severity{check.Info, check.Warning, check.Error}, back); diff != "" {
		t.Errorf("Unmarshal (-want +got):\n%s", diff)
	}
	if _, err := json.Marshal(check.Severity(0)); err == nil {
		t.Error("a severity that was never set can be written")
	}
	if err := json.Unmarshal([]byte(`["fatal"]`), &back); err == nil {
		t.Error("an unknown severity can be read")
	}
}
