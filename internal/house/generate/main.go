// Command generate writes the generated files of the project anew.
package main

import (
	"fmt"
	"os"

	"github.com/plumbapi/plumb/internal/house"
)

func main() {
	if err := run("../.."); err != nil {
		fmt.Fprintf(os.Stderr, "generate: %v\n", err)
		os.Exit(1)
	}
}

// run writes below root, the folder of the module. `go generate` runs in the
// folder of the package house.
func run(root string) error {
	files, err := house.Generate(root)
	if err != nil {
		return err
	}
	return house.Write(root, files, house.Owned())
}
