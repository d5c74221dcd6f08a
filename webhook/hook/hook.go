// Package hook is what generated payload types stand on at run time: values
// that may be absent or null, members that nobody described, what did not fit
// its type, decoding and encoding without loss, and the way from a delivery
// to the handler for its event.
//
// Decoding never fails for what a payload holds, only where it is no JSON.
// Nothing is lost: decoded and encoded again, a payload says the same, and where
// nothing was changed it is the same bytes.
//
// The package neither listens, verifies nor sends, and imports no HTTP.
package hook
