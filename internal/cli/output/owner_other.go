//go:build !unix

package output

import "os"

// keepOwner does nothing where files have no owner to keep.
func keepOwner(*os.File, string) {}
