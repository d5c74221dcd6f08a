package env

import (
	"fmt"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
)

// Unknown makes the error of a name that is none of names: the noun says
// what it should be, and the closest name is asked for, or all are listed
// where none is near and they are few.
func Unknown(noun, name string, names []string) error {
	if closest := check.Closest(name, names); closest != "" {
		return fmt.Errorf("unknown %s %q; did you mean %q?", noun, name, closest)
	}
	const few = 18
	if len(names) > few {
		return fmt.Errorf("unknown %s %q", noun, name)
	}
	return fmt.Errorf("unknown %s %q; it is one of %s", noun, name, strings.Join(names, ", "))
}

// Choice is the value of a flag that takes one of a few words. It
// implements pflag.Value.
type Choice struct {
	Noun  string
	Words []string
	Value string
}

// Set takes one of the words.
func (c *Choice) Set(word string) error {
	if !slices.Contains(c.Words, word) {
		return Unknown(c.Noun, word, c.Words)
	}
	c.Value = word
	return nil
}

// String returns the word that is set.
func (c *Choice) String() string { return c.Value }

// Type names the value in the help text.
func (c *Choice) Type() string { return strings.Join(c.Words, "|") }
