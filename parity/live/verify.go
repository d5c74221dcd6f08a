package live

import (
	"context"
	"errors"
)

func verify(ctx context.Context, plan *Plan, at Endpoints, opts Options) (*Result, error) {
	return nil, errors.New("not yet")
}
