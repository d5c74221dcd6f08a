//go:build !unix

package load

func fileLimit() uint64 { return 0 }
