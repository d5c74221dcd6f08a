//go:build unix

package output

import (
	"os"
	"syscall"
)

// keepOwner gives a file that takes the place of another one to whom that one
// belongs: root in a container leaves people their files. Who may not do that is
// the owner of what he writes.
func keepOwner(file *os.File, path string) {
	info, err := os.Stat(path)
	if err != nil {
		return
	}
	if was, ok := info.Sys().(*syscall.Stat_t); ok {
		_ = file.Chown(int(was.Uid), int(was.Gid))
	}
}
