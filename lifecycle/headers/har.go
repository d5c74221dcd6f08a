package headers

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/plumbapi/plumb/lifecycle/internal/har"
)

// ReadHAR lets a judge see the exchanges of an HTTP Archive, one after the
// other; the name is the one that problems show. What cannot be read makes the
// result incomplete; entries behind one that cannot are read all the same. The
// error is that of ctx.
func ReadHAR(ctx context.Context, j *Judge, r io.Reader, name string) error {
	in := har.NewReader(r, name)
	bad, first := 0, ""
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		e, err := in.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			var at *har.Error
			if errors.As(err, &at) && at.Entry {
				if bad++; bad == 1 {
					first = err.Error()
				}
				continue
			}
			j.Fail(err.Error())
			break
		}
		j.Add(&Exchange{Method: e.Request.Method, URL: e.Request.URL, Status: e.Response.Status, Header: e.Response.Header, At: e.Started})
	}
	if bad > 0 {
		j.Fail(fmt.Sprintf("%d entries of %s cannot be read, the first: %s", bad, name, first))
	}
	return nil
}
