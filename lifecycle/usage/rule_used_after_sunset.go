package usage

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
)

var usedAfterSunset = &check.Rule[*Result]{
	Meta: check.Meta{
		ID:      "lifecycle-used-after-sunset",
		Summary: "What has had its sunset is called no more.",
		Rationale: "The description says that the element is gone from a day on, and it is called on that day or later. Either " +
			"consumers have missed the date, and will meet an error without a warning, or the date was never kept and nobody believes the " +
			"next one. Tell the consumers that are named, then remove the element or move its sunset.",
		Severity: check.Warning, Tags: []string{"lifecycle", "usage", "openapi", "graphql", "deprecation"}, Since: since,
	},
	Check: func(_ context.Context, p *check.Pass[*Result]) error {
		for i := range p.Subject.Elements {
			e := &p.Subject.Elements[i]
			if e.AfterSunset == 0 {
				continue
			}
			f := check.Finding{
				Location: e.Location, Key: e.Name, Properties: e.properties(),
				Message: fmt.Sprintf("%s %q has %s since its sunset %s%s", e.Kind, e.Name, counted(e.AfterSunset, "call"), e.Sunset, e.callers()),
			}
			f.Properties["calls_after_sunset"] = e.AfterSunset
			p.Report(f)
		}
		return nil
	},
}
