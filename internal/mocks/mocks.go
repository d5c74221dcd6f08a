// Package mocks writes the mocks of the project's few real boundaries into
// the folders below it. It has no code of its own; only tests import what
// stands there.
package mocks

//go:generate sh -c "cd ../.. && go tool mockery --log-level error"
