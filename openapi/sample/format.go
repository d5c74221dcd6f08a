package sample

import (
	"encoding/base64"
	"fmt"
)

// format makes a text of a format, and reports whether it knows it. Variants
// differ.
func (r *run) format(name string, s *shape) (string, bool) {
	n := uint64(r.variant)
	if r.seed != 0 {
		n += r.next() % 1000
	}
	day := 1 + n%28
	switch name {
	case "date-time":
		return fmt.Sprintf("2026-01-%02dT12:%02d:%02dZ", day, n/28%60, n/1680%60), true
	case "date":
		return fmt.Sprintf("%04d-%02d-%02d", 2026-n/336%50, 1+n/28%12, day), true
	case "time":
		return fmt.Sprintf("12:%02d:%02dZ", n%60, n/60%60), true
	case "duration":
		return fmt.Sprintf("PT%dM", 1+n), true
	case "uuid":
		return fmt.Sprintf("3f2504e0-4f89-41d3-9a0c-%012x", 0x0305e82c3301+n), true
	case "email", "idn-email":
		return fmt.Sprintf("user%d@example.com", 1+n), true
	case "hostname", "idn-hostname":
		return fmt.Sprintf("host%d.example.com", 1+n), true
	case "ipv4", "ip", "ip-address":
		return fmt.Sprintf("192.0.2.%d", 1+n%254), true
	case "ipv6":
		return fmt.Sprintf("2001:db8::%x", 1+n%0xffff), true
	}
	return r.referenceFormat(name, n, s)
}

func (r *run) referenceFormat(name string, n uint64, s *shape) (string, bool) {
	switch name {
	case "uri", "url", "iri":
		return fmt.Sprintf("https://example.com/%d", 1+n), true
	case "uri-reference", "iri-reference":
		return fmt.Sprintf("/items/%d", 1+n), true
	case "uri-template":
		return "/items/{id}", true
	case "json-pointer":
		return fmt.Sprintf("/items/%d", n), true
	case "relative-json-pointer":
		return fmt.Sprintf("%d/items", n), true
	case "regex":
		return fmt.Sprintf("^item%d$", n), true
	case "byte", "base64":
		size := max(s.minLength/4*3, 6)
		return base64.StdEncoding.EncodeToString([]byte(fmt.Sprintf("%0*d", size, 1+n))), true
	}
	return "", false
}
