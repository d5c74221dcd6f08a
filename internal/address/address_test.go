package address_test

import (
	"net/netip"
	"testing"

	"github.com/plumbapi/plumb/internal/address"
)

func TestPublic(t *testing.T) {
	t.Parallel()
	for at, want := range map[string]bool{
		"93.184.216.34": true, "2606:4700::1111": true, "::ffff:93.184.216.34": true, "168.63.129.17": true,
		"127.0.0.1": false, "127.255.0.9": false, "10.1.2.3": false, "192.168.0.1": false, "172.16.0.1": false, "172.32.0.1": true,
		"169.254.169.254": false, "100.64.0.1": false, "100.100.100.200": false, "192.0.0.192": false, "168.63.129.16": false,
		"0.0.0.0": false, "0.1.2.3": false, "224.0.0.1": false, "192.0.2.1": false, "192.88.99.1": false, "198.18.0.1": false,
		"240.0.0.1": false, "255.255.255.255": false,
		"::1": false, "::": false, "fc00::1": false, "fd00:ec2::254": false, "fe80::1": false, "fe80::1%eth0": false,
		"::ffff:127.0.0.1": false, "::ffff:10.0.0.1": false, "::7f00:1": false, "::5db8:d822": false,
		"64:ff9b::7f00:1": false, "64:ff9b::5db8:d822": false, "64:ff9b:1::1": false, "100::1": false, "2002:7f00:1::": false,
		"2001::1": false, "2001:db8::1": false, "3fff::1": false, "4000::1": false, "5f00::1": false, "fec0::1": false, "ff02::1": false,
	} {
		if got := address.Public(netip.MustParseAddr(at)); got != want {
			t.Errorf("Public(%s) = %t, want %t", at, got, want)
		}
	}
	if address.Public(netip.Addr{}) {
		t.Error("the zero address is public")
	}
}

func BenchmarkPublic(b *testing.B) {
	ip := netip.MustParseAddr("2606:4700::1111")
	b.ReportAllocs()
	for b.Loop() {
		if !address.Public(ip) {
			b.Fatal("not public")
		}
	}
}
