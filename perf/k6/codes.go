package k6

import (
	"fmt"
	"net/http"
)

// statuses are the status codes that the script counts one by one; others
// count together.
func statuses() []int {
	codes := []int{
		200, 201, 202, 203, 204, 205, 206, 207, 208, 226,
		300, 301, 302, 303, 304, 305, 307, 308,
		420, 421, 422, 423, 424, 425, 426, 428, 429, 431, 451, 499,
		500, 501, 502, 503, 504, 505, 506, 507, 508, 510, 511, 520, 521, 522, 523, 524, 525, 526, 529,
	}
	for code := 400; code <= 418; code++ {
		codes = append(codes, code)
	}
	return codes
}

// errorCodes are those of k6 that the script counts one by one; others count
// as 1000, k6's code for an error that has no other.
func errorCodes() []int {
	return []int{
		1000, 1010, 1020, 1050, 1100, 1101, 1110, 1111, 1200, 1201, 1202, 1210, 1211, 1212, 1213, 1220,
		1300, 1301, 1310, 1311, 1600, 1610, 1630, 1650, 1701,
	}
}

// ErrorClass returns the class of an error code of k6, as a run of plumb's own
// would name it.
func ErrorClass(code int) string {
	classes := map[int]string{
		1020: "transport: URL that cannot be read", 1050: "timeout: no answer",
		1100: "dns: lookup went wrong", 1101: "dns: no such host",
		1110: "generator: address not allowed", 1111: "generator: address not allowed",
		1201: "transport: connection closed", 1211: "transport: connection timed out",
		1212: "transport: connection refused", 1220: "transport: connection reset",
		1300: "tls: certificate not valid", 1301: "tls: the server does not speak TLS",
		1310: "tls: certificate of an unknown authority", 1311: "tls: certificate for another host",
		1701: "transport: answer cannot be decompressed",
	}
	switch class, ok := classes[code]; {
	case ok:
		return class
	case code >= 1600 && code < 1650:
		return "transport: HTTP/2 stream ended"
	case code >= 1650 && code < 1700:
		return "transport: HTTP/2 connection ended"
	}
	return "transport: other"
}

// statusClass returns the class of a status that is not expected.
func statusClass(status int) string {
	if text := http.StatusText(status); text != "" {
		return fmt.Sprintf("status: %d %s", status, text)
	}
	return fmt.Sprintf("status: %d", status)
}
