package k6

import "fmt"

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

// ErrorText returns what an error code of k6 says, in a few words.
func ErrorText(code int) string {
	texts := map[int]string{
		1010: "network", 1020: "invalid URL", 1050: "timeout", 1100: "DNS", 1101: "no such host", 1110: "address is on the blocklist",
		1111: "host is on the blocklist", 1200: "TCP", 1201: "broken pipe", 1202: "TCP", 1210: "dial", 1211: "dial timeout",
		1212: "connection refused", 1213: "dial", 1220: "connection reset", 1300: "TLS", 1301: "TLS", 1310: "unknown certificate authority",
		1311: "certificate is for another host", 1701: "compressed answer is broken",
	}
	switch text, ok := texts[code]; {
	case ok:
		return text
	case code >= 1600 && code < 1700:
		return "HTTP/2"
	case code == 0 || code == 1000:
		return "no answer"
	}
	return fmt.Sprintf("k6 error %d", code)
}
