package jenkins_test

import (
	"encoding/xml"
	"errors"
	"io"
	"net/url"
	"strings"
	"testing"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/integrationtest"
	"github.com/plumbapi/plumb/integration/jenkins"
)

func TestTool(t *testing.T) {
	integrationtest.Run(t, jenkins.New(), integrationtest.Options{Check: wellFormed})
}

func TestCrumb(t *testing.T) {
	integrationtest.Run(t, jenkins.New(), integrationtest.Options{
		Inputs: integration.Inputs{"edition": "2.0"}, Edition: "crumb", Check: wellFormed, Unlimited: true,
	})
}

// wellFormed reports a file of findings that the plugins of Jenkins would not
// read, and a form that is too large.
func wellFormed(t testing.TB, e *integrationtest.Exchange) {
	t.Helper()
	if !strings.HasSuffix(e.URL, "/buildWithParameters") {
		return
	}
	if len(e.Body) > 200_000 {
		t.Errorf("the form has %d bytes", len(e.Body))
	}
	form, err := url.ParseQuery(string(e.Body))
	if err != nil {
		t.Fatal(err)
	}
	d := xml.NewDecoder(strings.NewReader(form.Get("PLUMB_JUNIT")))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatalf("the JUnit XML is not well-formed: %v", err)
		}
	}
	for _, r := range form.Get("PLUMB_JUNIT") {
		if r < ' ' && r != '\n' && r != '\t' && r != '\r' || r == 0xfffe || r == 0xffff {
			t.Errorf("the JUnit XML holds the character %U, which XML 1.0 forbids", r)
		}
	}
}
