package email_test

import (
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/email"
	"github.com/plumbapi/plumb/integration/integrationtest"
)

func TestTool(t *testing.T) {
	t.Parallel()
	integrationtest.Run(t, email.New(), integrationtest.Options{
		Forbidden: []string{"\r\nBcc:"},
		Check: func(t testing.TB, e *integrationtest.Exchange) {
			if _, parts := readable(t, e.Body); len(parts) == 2 && (strings.Contains(parts[1], "<script") || strings.Contains(parts[1], "<img")) {
				t.Errorf("markup of a finding is alive:\n%s", parts[1])
			}
		},
	})
}

// readable opens a mail as a mail program does, and returns its parts.
func readable(t testing.TB, body []byte) (subject string, parts []string) {
	t.Helper()
	m, err := mail.ReadMessage(strings.NewReader(string(body)))
	if err != nil {
		t.Errorf("the mail cannot be read: %v", err)
		return "", nil
	}
	for name := range m.Header {
		switch name {
		case "Date", "From", "To", "Subject", "Message-Id", "In-Reply-To", "References", "Auto-Submitted", "Mime-Version", "Content-Type", "Content-Language":
		default:
			t.Errorf("header %q was put in by somebody else", name)
		}
	}
	subject, err = new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil || strings.ContainsAny(subject, "\r\n") {
		t.Errorf("subject %q: %v", subject, err)
	}
	_, parameters, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Error(err)
	}
	for r := multipart.NewReader(m.Body, parameters["boundary"]); ; {
		part, err := r.NextRawPart()
		if err != nil {
			break
		}
		text, err := io.ReadAll(quotedprintable.NewReader(part))
		if err != nil {
			t.Errorf("a part cannot be read: %v", err)
		}
		parts = append(parts, string(text))
	}
	if len(parts) != 2 {
		t.Errorf("%d parts; want text and HTML", len(parts))
	}
	return subject, parts
}

// TestHeaders shows that no text of a delivery gets into a header but where it
// belongs.
func TestHeaders(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, product, want string }{
		{"plain", "tracker", "tracker failed: 1 error, 1 warning"},
		{"another header", "x\r\nBcc: victim@evil.example\r\n\r\nbody", `x Bcc: victim@evil.example  body failed: 1 error, 1 warning`},
		{"letters", "Größe 👩‍👩‍👧‍👦 " + strings.Repeat("é", 60), "Größe 👩‍👩‍👧‍👦 " + strings.Repeat("é", 60) + " failed: 1 error, 1 warning"},
		{"an encoded word", "=?utf-8?q?=0D=0ABcc:_x?=", "=\u200b?utf-8?q?=0D=0ABcc:_x?= failed: 1 error, 1 warning"},
		{"one long word", strings.Repeat("x", 500), strings.Repeat("x", 199) + "…"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := integrationtest.Story()[0].Delivery
			d.Product = tt.product
			subject, parts := readable(t, sent(t, d))
			if diff := cmp.Diff(tt.want, subject); diff != "" {
				t.Errorf("subject (-want +got):\n%s", diff)
			}
			if len(parts) == 2 && !strings.Contains(parts[0], "operation has no tags") {
				t.Errorf("the text does not say what is wrong:\n%s", parts[0])
			}
		})
	}
}

// TestLanguage shows that a mail says which language it is in, and which parts
// of it are not.
func TestLanguage(t *testing.T) {
	t.Parallel()
	body := sentIn(t, integrationtest.Story()[0].Delivery, "de")
	subject, parts := readable(t, body)
	if !strings.Contains(string(body), "\r\nContent-Language: de, en\r\n") {
		t.Error("there is no Content-Language")
	}
	if want := "tracker nicht bestanden: 1 Fehler, 1 Warnung"; subject != want {
		t.Errorf("subject %q, want %q", subject, want)
	}
	for _, want := range []string{`<html lang="de">`, `<span lang="en">operation has no tags</span>`, "✗ nicht bestanden", "<strong>Fehler</strong>", ">Vollständiger Bericht</a>"} {
		if !strings.Contains(parts[1], want) {
			t.Errorf("the page lacks %s:\n%s", want, parts[1])
		}
	}
}

// sent is the mail of a delivery, sentIn that in a language.
func sent(t *testing.T, d *integration.Delivery) []byte { t.Helper(); return sentIn(t, d, "en") }

func sentIn(t *testing.T, d *integration.Delivery, language string) []byte {
	t.Helper()
	tool := email.New()
	inputs := tool.Manifest().Examples()
	inputs["language"] = language
	recorder := &integrationtest.Recorder{Next: integration.Local(tool.Fake(inputs))}
	c, _ := integrationtest.Client(tool, inputs, recorder)
	if _, err := tool.Deliver(t.Context(), c, d); err != nil {
		t.Fatal(err)
	}
	return recorder.Exchanges()[0].Body
}

func TestInputs(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		set  integration.Inputs
		want string
	}{
		{"neither server nor file", integration.Inputs{"server": ""}, "email: there is neither a mail server nor a file; set PLUMB_SMTP_URL, or PLUMB_EMAIL_FILE"},
		{"no password", integration.Inputs{"password": ""}, `email: account "plumb" has no password; set PLUMB_SMTP_PASSWORD`},
		{"no address", integration.Inputs{"from": "plumb"}, `email: from "plumb" is no address; set PLUMB_EMAIL_FROM to an address such as "plumb <plumb@example.com>"`},
		{"no list", integration.Inputs{"to": "a@x.example, b"}, `email: to "a@x.example, b" is no list of addresses; set PLUMB_EMAIL_TO to addresses with commas between them, at most 100`},
		{"an address that is not ASCII", integration.Inputs{"to": "é@x.example"}, `email: address "é@x.example" cannot be sent to; write the address in ASCII`},
		{"too many", integration.Inputs{"to": strings.Repeat("a@x.example, ", 100) + "b@x.example"}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			tool := email.New()
			inputs := tool.Manifest().Examples()
			for name, value := range tt.set {
				inputs[name] = value
			}
			c, _ := integrationtest.Client(tool, inputs, integration.Local(tool.Fake(inputs)))
			_, err := tool.Deliver(t.Context(), c, integrationtest.Story()[0].Delivery)
			if err == nil {
				t.Fatal("it delivers")
			}
			if tt.want != "" && err.Error() != tt.want {
				t.Errorf("error %q, want %q", err, tt.want)
			}
		})
	}
}

// TestFile shows that a mail may go into a file in place of a server.
func TestFile(t *testing.T) {
	t.Parallel()
	tool := email.New()
	inputs := tool.Manifest().Examples()
	inputs["file"] = "out/über report.eml"
	files := map[string]string{}
	c, _ := integrationtest.Client(tool, inputs, &email.Sender{Write: func(name string, data []byte) error {
		files[name] = string(data)
		return nil
	}})
	if _, err := tool.Deliver(t.Context(), c, integrationtest.Story()[0].Delivery); err != nil {
		t.Fatal(err)
	}
	if len(files) != 1 || files["out/über report.eml"] == "" {
		t.Fatalf("files %q", files)
	}
	subject, _ := readable(t, []byte(files["out/über report.eml"]))
	if want := "tracker failed: 1 error, 1 warning"; subject != want {
		t.Errorf("subject %q, want %q", subject, want)
	}
	c, _ = integrationtest.Client(tool, inputs, &email.Sender{Write: func(string, []byte) error { return fmt.Errorf("disk full") }})
	if _, err := tool.Deliver(t.Context(), c, integrationtest.Story()[0].Delivery); err == nil || !strings.Contains(err.Error(), "disk full") {
		t.Errorf("error %v; want that the disk is full", err)
	}
}
