package monitor

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// markLength is how long a mark is with its dash.
const markLength = 9

// slugOf makes a name of RFC 1123 of any text: lower-case letters, digits and
// single dashes, at most so many of them. Where the text is too long, or
// nothing of it is left, the end of the name tells it from others.
func slugOf(text string, most int) string {
	var b strings.Builder
	for _, r := range strings.ToLower(text) {
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
		if b.Len() > 4*most { // a longer text is cut anyway
			break
		}
	}
	slug := strings.TrimRight(b.String(), "-")
	switch {
	case slug == "":
		return marked("x", text)
	case len(slug) > most:
		return marked(strings.TrimRight(slug[:most-markLength], "-"), text)
	}
	return slug
}

// marked adds to a name what tells texts from one another.
func marked(name, text string) string {
	sum := sha256.Sum256([]byte(text))
	return name + "-" + hex.EncodeToString(sum[:4])
}

// isMetric tells whether a text can be the name of a metric in any version of
// Prometheus.
func isMetric(text string) bool {
	return isName(text, ":")
}

// isLabel tells whether a text can be the name of a label that is not
// Prometheus' own.
func isLabel(text string) bool {
	return isName(text, "") && !strings.HasPrefix(text, "__")
}

func isName(text, more string) bool {
	for i, r := range text {
		switch {
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', r == '_', strings.ContainsRune(more, r):
		case '0' <= r && r <= '9' && i > 0:
		default:
			return false
		}
	}
	return text != ""
}

// reserved are the labels that the rules set themselves.
func reserved(name string) bool {
	switch name {
	case "alertname", "severity", "operation", "objective", "measured_as", "le":
		return true
	}
	return strings.HasPrefix(name, "sloth_")
}

func sortedLabels(labels map[string]string) ([]label, error) {
	var list []label
	for _, name := range slices.Sorted(maps.Keys(labels)) {
		switch {
		case !isLabel(name):
			return nil, fmt.Errorf("metrics: %q is no name of a label; such a name is team", name)
		case reserved(name):
			return nil, fmt.Errorf("metrics: the label %q is set by the rules themselves; choose another name", name)
		}
		list = append(list, label{name, labels[name]})
	}
	return list, nil
}
