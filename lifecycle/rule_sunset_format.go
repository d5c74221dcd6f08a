package lifecycle

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var sunsetFormat = &rule{
	Meta: meta("sunset-format", "A day of deprecation or sunset must be a date.",
		"What cannot be read as a date warns nobody: no calendar has it, no header is sent. Write days as RFC 3339 has them, "+
			"`2027-06-30`, or as a date-time.", check.Error, "openapi", "graphql", "dates"),
	Check: func(_ context.Context, p *pass) error {
		problems(p, "sunset", "since")
		return nil
	},
}
