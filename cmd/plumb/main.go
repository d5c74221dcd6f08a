// Command plumb checks API descriptions; plumb --help says how.
package main

import (
	"os"

	"github.com/plumbapi/plumb/internal/cli"
)

func main() {
	os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) //nolint:forbidigo // the one exit of the process
}
