package upsert

import (
	"strings"

	"github.com/plumbapi/plumb/check"
)

// Mark is what an object keeps of the group that it is about, for trackers that
// have one field to keep it in.
type Mark struct {
	// Product is eight hexadecimal digits of the product's name, Fingerprint and
	// Digest are those of the group; a digest may be missing.
	Product, Fingerprint, Digest string
}

// MarkOf makes the mark of a group of a product.
func MarkOf(product, fingerprint, digest string) Mark {
	return Mark{Product: productMark(product), Fingerprint: fingerprint, Digest: digest}
}

// productMark is eight hexadecimal digits that stand for a product, so that no
// name of one can be markup or syntax of a query.
func productMark(product string) string {
	return check.Fingerprint("product", product, "", "")[:8]
}

// MarkPrefix is how the marks of a product begin.
func MarkPrefix(product string) string { return "plumb:" + productMark(product) + ":" }

// String returns the mark as one word of lower-case letters, digits and colons,
// at most 70 characters: "plumb:PRODUCT:FINGERPRINT:DIGEST".
func (m Mark) String() string {
	text := "plumb:" + m.Product + ":" + m.Fingerprint
	if m.Digest != "" {
		text += ":" + m.Digest
	}
	return text
}

// ParseMark reads a mark; it is false where the text is none.
func ParseMark(text string) (Mark, bool) {
	parts := strings.Split(strings.TrimSpace(text), ":")
	if len(parts) < 3 || len(parts) > 4 || parts[0] != "plumb" || !isHex(parts[1], 8) || !isHex(parts[2], 32) {
		return Mark{}, false
	}
	m := Mark{Product: parts[1], Fingerprint: parts[2]}
	if len(parts) == 4 {
		m.Digest = parts[3]
	}
	return m, m.Digest == "" || isHex(m.Digest, 16)
}

func isHex(s string, size int) bool {
	return len(s) == size && strings.Trim(s, "0123456789abcdef") == ""
}
