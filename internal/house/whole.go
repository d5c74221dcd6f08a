package house

import (
	"fmt"
	"strings"

	"github.com/plumbapi/plumb/check"
)

// BrokenRules returns a line for each promise that a rule breaks: its
// metadata must be whole, its ID its own, and it must have an example unless
// caseless says that it has no code of its own.
func BrokenRules(metas []check.Meta, hasExample func(id string) bool, caseless func(check.Meta) bool) []string {
	var broken []string
	if err := check.ValidateMetas(metas); err != nil {
		broken = append(broken, strings.Split(err.Error(), "\n")...)
	}
	for _, m := range metas {
		if !caseless(m) && !hasExample(m.ID) {
			broken = append(broken, fmt.Sprintf("%s: no example", m.ID))
		}
	}
	return broken
}
