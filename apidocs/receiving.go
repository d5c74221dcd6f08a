package apidocs

import "strings"

// verifying tells how a delivery's signature is verified, from the headers that
// all deliveries have: in full for the two forms that a header's name settles,
// in general for any other. It is "" where no header carries a signature.
func verifying(headers []string) string {
	named := func(name string) bool { return has(headers, func(h string) bool { return h == name }) != "" }
	signature := has(headers, func(h string) bool { return strings.Contains(h, "signature") })
	const start = "## Verify the signature\n\nIt says who sent the delivery. Compute it over the body as it came, byte for byte, before the body is read as JSON, and compare in constant time.\n\n"
	switch {
	case named("x-hub-signature-256"):
		return start + "`X-Hub-Signature-256` is `sha256=` and the HMAC-SHA256 of the body with your secret, in hexadecimal:\n\n" +
			"```go\nmac := hmac.New(sha256.New, []byte(os.Getenv(\"WEBHOOK_SECRET\")))\nmac.Write(body)\nwant := \"sha256=\" + hex.EncodeToString(mac.Sum(nil))\n" +
			"if !hmac.Equal([]byte(want), []byte(r.Header.Get(\"X-Hub-Signature-256\"))) {\n\thttp.Error(w, \"wrong signature\", http.StatusUnauthorized)\n\treturn\n}\n```\n\n"
	case named("webhook-signature") && named("webhook-id") && named("webhook-timestamp"):
		return start + "`webhook-signature` holds, after `v1,`, the HMAC-SHA256 of `webhook-id`, `webhook-timestamp` and the body with dots between them, in base64; there may be several, with spaces between. A timestamp that is minutes old is a delivery that somebody sends again:\n\n" +
			"```go\nsecret, _ := base64.StdEncoding.DecodeString(strings.TrimPrefix(os.Getenv(\"WEBHOOK_SECRET\"), \"whsec_\"))\nmac := hmac.New(sha256.New, secret)\nfmt.Fprintf(mac, \"%s.%s.%s\", r.Header.Get(\"webhook-id\"), r.Header.Get(\"webhook-timestamp\"), body)\n" +
			"want := \"v1,\" + base64.StdEncoding.EncodeToString(mac.Sum(nil))\nvalid := false\nfor _, got := range strings.Fields(r.Header.Get(\"webhook-signature\")) {\n\tvalid = hmac.Equal([]byte(want), []byte(got)) || valid\n}\n```\n\n"
	case signature != "":
		return start + "The signature is in `" + signature + "`; what it says of that header tells the form.\n\n"
	}
	return ""
}

// again tells how deliveries that come twice are known.
func again(headers []string) string {
	out := "## Deliveries come again\n\nA delivery that you do not answer with 2xx in time may be sent again, and so may one whose answer was lost. "
	id := has(headers, func(h string) bool {
		return h == "webhook-id" || strings.Contains(h, "delivery") || strings.Contains(h, "event-id") || strings.Contains(h, "event-uuid") || strings.Contains(h, "idempotency")
	})
	if id == "" {
		return out + "Do the work of each event in a way that bears being done twice.\n\n"
	}
	return out + "Keep the value of `" + id + "`, and answer one that you have seen without doing its work again.\n\n"
}

// has returns the first of the headers that fits in lower case, "" where none
// does.
func has(headers []string, fits func(string) bool) string {
	for _, h := range headers {
		if fits(strings.ToLower(h)) {
			return h
		}
	}
	return ""
}
