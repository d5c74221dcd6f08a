package integrationtest

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration"
)

// Random makes a delivery of n findings with texts of any Unicode, by chance
// but the same for the same seed.
func Random(seed uint64, n int) *integration.Delivery {
	r := rand.New(rand.NewPCG(seed, 1)) //nolint:gosec // tests are to be repeatable
	var findings []check.Finding
	for i := range n {
		f := Finding(check.Severity(1+r.IntN(3)), rule(r), Text(r), Text(r), i)
		f.Location.File = Text(r)
		f.Fingerprint = check.Fingerprint(f.Rule, f.Location.File, f.Location.Element, fmt.Sprint(i))
		findings = append(findings, f)
	}
	d := Delivery(fmt.Sprintf("run-%d", seed), findings, nil)
	if r.IntN(2) == 0 {
		d.Before = findings[:r.IntN(n+1)]
		d.Report.Findings = findings[r.IntN(n+1):]
	}
	d.Product, d.Branch = Text(r), Text(r)
	if r.IntN(4) == 0 {
		d.Events = []integration.Event{{Type: "slo.breached", Subject: Text(r), Text: Text(r)}}
	}
	if r.IntN(4) == 0 {
		d.Report.Incomplete = []check.Incomplete{{Rule: rule(r), File: Text(r), Message: Text(r)}}
	}
	return d
}

func rule(r *rand.Rand) string {
	if r.IntN(10) == 0 {
		return Text(r)
	}
	return []string{"operation-tags", "info-contact", "parity-new-gap", "lifecycle-breaking"}[r.IntN(4)]
}

// Text makes a text by chance: mostly short, sometimes longer than any tool
// takes, of letters of all planes, marks, emoji sequences, markup, controls and
// bytes that are no UTF-8.
func Text(r *rand.Rand) string {
	length := r.IntN(30)
	switch r.IntN(40) {
	case 0:
		length = 150 + r.IntN(250) // around the limits of titles
	case 1:
		length = 1000 + r.IntN(4000)
	}
	var b strings.Builder
	kind := r.IntN(8)
	for range length {
		k := kind
		if k == 7 {
			k = r.IntN(7)
		}
		b.WriteString(character(r, k))
	}
	return b.String()
}

func character(r *rand.Rand, kind int) string {
	switch kind {
	case 0:
		return string(rune(' ' + r.IntN(95)))
	case 1:
		return string(rune(r.IntN(0xd800)))
	case 2:
		return string(rune(0x10000 + r.IntN(0x100000)))
	case 3: // a character with marks, more than anybody would type
		return string(rune('a'+r.IntN(26))) + strings.Repeat(string(rune(0x300+r.IntN(0x70))), r.IntN(4))
	case 4:
		return []string{"👩‍👩‍👧‍👦", "🇩🇪", "🏳️‍🌈", "👍🏽", "각", "क्षि", "e\u0301", "\r\n", "1️⃣"}[r.IntN(9)]
	case 5:
		return []string{"<", ">", "&", "\"", "'", "\\", "`", "*", "_", "|", "[", "](", "<!channel>", "@here", "{", "}", "$", "#", "\t", "\n", "]]>", "%", "/", ":"}[r.IntN(24)]
	}
	return string([]byte{byte(r.IntN(256))})
}
