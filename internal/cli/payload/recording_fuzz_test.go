package payload_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/internal/cli/payload"
)

// FuzzRecording shows that what was read is written so that it is read alike.
func FuzzRecording(f *testing.F) {
	f.Add([]byte("POST /hooks HTTP/1.1\nX-Event: push\n\n{}"))
	f.Add([]byte("# received 2026-11-22T10:00:00Z\n# left out: Authorization, Cookie\r\nX-A: 1\r\nX-A: 2\r\n\r\npayload=%7B%7D"))
	f.Add([]byte("Content-Type: application/x-www-form-urlencoded\n\npayload=%7B"))
	f.Add([]byte("\n"))
	f.Add([]byte(":"))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := payload.ParseRecording(data)
		if err != nil {
			return
		}
		_ = r.Payload()
		again, err := payload.ParseRecording(r.Format())
		if err != nil {
			t.Fatalf("what was written cannot be read: %v\n%q", err, r.Format())
		}
		if diff := cmp.Diff(r, again); diff != "" {
			t.Errorf("written and read again (-want +got):\n%s", diff)
		}
	})
}
