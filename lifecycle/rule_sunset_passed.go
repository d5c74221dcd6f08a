package lifecycle

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var sunsetPassed = &rule{
	Meta: meta("sunset-passed", "What is past its sunset should be gone.",
		"Either clients were told a day that did not count, and will believe the next one less, or the description still "+
			"offers what no longer works. Remove the element, or give it a new day and say so.",
		check.Warning, "openapi", "graphql", "deprecation", "dates"),
	Check: checkSunsetPassed,
}

func checkSunsetPassed(_ context.Context, p *pass) error {
	for e := range p.Subject.stated() {
		if e.State.Sunset.IsZero() {
			continue
		}
		if past, known := p.Subject.releases(e.Surface).Past(e.State.Sunset, p.Subject.Now); known && past {
			e.report(p, "is past its sunset %s and still there", e.State.Sunset)
		}
	}
	return nil
}

// releases returns the release calendar of a surface, nil where there is none.
func (s *Subject) releases(surface Surface) *Releases {
	if s.Policy == nil {
		return nil
	}
	return s.Policy.For(surface).Releases
}
