package env

import (
	"errors"
	"io/fs"
)

// Bare takes the call and the name off an error of package os, for messages
// that name the file as the user knows it.
func Bare(err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}
