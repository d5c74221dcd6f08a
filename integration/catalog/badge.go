package catalog

import (
	"fmt"
	"html"
	"io"
	"unicode/utf8"

	"github.com/plumbapi/plumb/internal/safe"
)

// WriteBadge writes the level as a small SVG image with a text of its own, for
// the readme of an integration.
func WriteBadge(w io.Writer, r *Result) error {
	name, level := r.Entry.Manifest.Title, r.Level.String()
	if name == "" {
		name = r.Entry.Manifest.Name
	}
	name = safe.Line(name)
	left, right := textWidth(name)+20, textWidth(level)+20
	colour := map[Level]string{Planned: "#59626c", Minimal: "#855300", Viable: "#0a5cad", Complete: "#1a7035", Lovable: "#8a1c5c"}[r.Level]
	_, err := fmt.Fprintf(w, `<svg xmlns="http://www.w3.org/2000/svg" width="%[1]d" height="20" viewBox="0 0 %[1]d 20" role="img" aria-labelledby="t">
<title id="t">%[4]s: %[5]s, score %[7]s of 10</title>
<rect width="%[1]d" height="20" rx="3" fill="#323a43"/>
<path d="M%[2]d 0h%[8]d a3 3 0 0 1 3 3v14a3 3 0 0 1 -3 3h-%[8]dz" fill="%[6]s"/>
<g fill="#ffffff" font-family="system-ui, Verdana, DejaVu Sans, sans-serif" font-size="11" text-anchor="middle">
<text x="%[9]d" y="14">%[4]s</text>
<text x="%[10]d" y="14">%[5]s</text>
</g>
</svg>
`, left+right, left, right, html.EscapeString(name), level, colour, fmt.Sprintf("%.1f", r.Score), right-3, left/2, left+right/2)
	return err
}

// textWidth is about how wide a text of 11 px is, in px.
func textWidth(text string) int { return utf8.RuneCountInString(text) * 7 }
