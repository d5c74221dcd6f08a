package view

import (
	"html/template"

	"github.com/plumbapi/plumb/perf"
)

func html(*perf.Assessment) (template.HTML, error) { return "", nil }
