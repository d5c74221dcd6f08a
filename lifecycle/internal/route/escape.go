package route

// decode writes a percent-encoded segment without the encoding and returns
// its length; negative where it is too long or not encoded as it must be.
func decode(to *[maxDecoded]byte, seg string) int {
	k := 0
	for i := 0; i < len(seg); i, k = i+1, k+1 {
		if k == len(to) {
			return -1
		}
		c := seg[i]
		if c == '%' {
			if i+2 >= len(seg) {
				return -1
			}
			high, low := digit(seg[i+1]), digit(seg[i+2])
			if high|low > 15 {
				return -1
			}
			c = high<<4 | low
			i += 2
		}
		to[k] = c
	}
	return k
}

// encodes reports whether raw is a percent-encoding of path.
func encodes(raw, path string) bool {
	k := 0
	for i := 0; i < len(raw); i, k = i+1, k+1 {
		c := raw[i]
		if c == '%' {
			if i+2 >= len(raw) || digit(raw[i+1])|digit(raw[i+2]) > 15 {
				return false
			}
			c = digit(raw[i+1])<<4 | digit(raw[i+2])
			i += 2
		}
		if k >= len(path) || path[k] != c {
			return false
		}
	}
	return k == len(path)
}

// digit returns the value of a hexadecimal digit, and more than 15 for what is
// none.
func digit(c byte) byte {
	switch {
	case '0' <= c && c <= '9':
		return c - '0'
	case 'a' <= c && c <= 'f':
		return c - 'a' + 10
	case 'A' <= c && c <= 'F':
		return c - 'A' + 10
	}
	return 255
}
