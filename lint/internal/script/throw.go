package script

import (
	"errors"

	"github.com/dop251/goja"
)

// raise throws a value in the script that has called.
func raise(v any) {
	panic(v) //nolint:forbidigo // this is how goja is told of what is thrown
}

// throw throws what a call has thrown, or an error of ours.
func (r *realm) throw(err error) {
	var thrown *goja.Exception
	var ended *goja.InterruptedError
	switch {
	case err == nil:
	case errors.As(err, &ended):
		raise(ended)
	case errors.As(err, &thrown):
		raise(thrown.Value())
	default:
		raise(r.rt.NewGoError(err))
	}
}

// throwType throws a TypeError.
func (r *realm) throwType(format string, args ...any) {
	raise(r.rt.NewTypeError(append([]any{format}, args...)...))
}
