// Package history says what happened to the elements of an API over its
// versions: when each appeared, became stable, was deprecated, was given
// another sunset, was removed, came back. [Replay] reads the descriptions of
// version after version, of which it holds a few at a time, and yields that as
// facts; [Rules] judge them by a policy.
//
// The package knows nothing of git. A version is a name and a time, and a
// [Track] reads what a version has; tags of a repository are one such thing,
// a folder of released files another. What changed between two versions beyond
// the life of their elements, and whether it breaks a client, is for
// [lifecycle.Diff] and [lifecycle.DiffGraphQL].
package history

import (
	"context"
	"time"

	"github.com/plumbapi/plumb/lifecycle"
)

// Version is one version of a product, such as a tag.
type Version struct {
	// Name tells the version from all others.
	Name string
	// Time is when it was published; zero where nobody knows.
	Time time.Time
	// Release is its number. Replay takes it from the name where it is empty.
	Release Release
}

// Track is one description through the versions.
type Track struct {
	// Name says which description it is, such as "openapi".
	Name string
	// Read returns the elements that the description has in a version. It is
	// called for one version after the other, in their order, and never twice
	// at a time. Where it returns what it returned before, the same pointer,
	// nothing has changed. An error that is [io/fs.ErrNotExist] says that the
	// version has no such description, any other that it cannot be read.
	Read func(ctx context.Context, v Version) (*lifecycle.Inventory, error)
}

// Options are what a replay may be told. The zero Options is useful.
type Options struct {
	// Done is called after each version, with how many have been replayed. It
	// may be nil.
	Done func(versions int)
}
