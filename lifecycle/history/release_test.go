package history_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/lifecycle/history"
)

func TestParseRelease(t *testing.T) {
	t.Parallel()
	tests := []struct {
		tag       string
		numbers   []int
		milestone string
		before    bool
	}{
		{"v15.7.0-ee", []int{15, 7, 0}, "15.7", false},
		{"15.10", []int{15, 10}, "15.10", false},
		{"v3", []int{3}, "3.0", false},
		{"V2.1", []int{2, 1}, "2.1", false},
		{"v16.0.0-rc42-ee", []int{16, 0, 0}, "16.0", true},
		{"release-2.0-rc.1", []int{2, 0}, "2.0", true},
		{"2.0.0-beta", []int{2, 0, 0}, "2.0", true},
		{"1.0.0-1", []int{1, 0, 0}, "1.0", true},
		{"1.0.0-ee.2", []int{1, 0, 0}, "1.0", false},
		{"1.0.0-ee.2-rc1", []int{1, 0, 0}, "1.0", true},
		{"1.0.0+build.7-rc1", []int{1, 0, 0}, "1.0", false},
		{"go1.22rc1", []int{1, 22}, "1.22", true},
		{"openapi3-v1.4", []int{1, 4}, "1.4", false},
		{"api/v2.1.0", []int{2, 1, 0}, "2.1", false},
		{"api2/v1.0", []int{1, 0}, "1.0", false},
		{"2022-11-15", []int{2022, 11, 15}, "2022.11", false},
		{"2022.11.15", []int{2022, 11, 15}, "2022.11", false},
		{"release_1_2_3", []int{1, 2, 3}, "1.2", false},
	}
	for _, tt := range tests {
		got, ok := history.ParseRelease(tt.tag)
		if !ok {
			t.Errorf("ParseRelease(%q) found no number", tt.tag)
		}
		if diff := cmp.Diff(tt.numbers, got.Numbers); diff != "" {
			t.Errorf("ParseRelease(%q) numbers (-want +got):\n%s", tt.tag, diff)
		}
		if got.Milestone() != tt.milestone || got.Prerelease() != tt.before {
			t.Errorf("ParseRelease(%q) = %s, before the release %t; want %s, %t", tt.tag, got.Milestone(), got.Prerelease(), tt.milestone, tt.before)
		}
	}
	for _, tag := range []string{"", "latest", "v", "api/", "v99999999999999999999", "1.0-99999999999999999999"} {
		if got, ok := history.ParseRelease(tag); ok {
			t.Errorf("ParseRelease(%q) = %v, want none", tag, got)
		}
	}
}

func TestSort(t *testing.T) {
	t.Parallel()
	day := func(d int) time.Time { return time.Date(2026, 1, d, 0, 0, 0, 0, time.UTC) }
	tests := []struct {
		name string
		in   []history.Version
		want []string
	}{
		{
			"by number, not by letter",
			[]history.Version{{Name: "v15.10.0-ee"}, {Name: "v15.9.3-ee"}, {Name: "v15.9.12-ee"}, {Name: "v16.0"}},
			[]string{"v15.9.3-ee", "v15.9.12-ee", "v15.10.0-ee", "v16.0"},
		},
		{
			"what comes before a release",
			[]history.Version{{Name: "v2.0.0"}, {Name: "v2.0.0-rc.10"}, {Name: "v2.0.0-rc.9"}, {Name: "v2.0.0-beta"}, {Name: "v2.0.0-alpha.2"}, {Name: "v2.0.0-dev"}, {Name: "v1.9"}, {Name: "v2.0.0-1"}},
			[]string{"v1.9", "v2.0.0-1", "v2.0.0-dev", "v2.0.0-alpha.2", "v2.0.0-beta", "v2.0.0-rc.9", "v2.0.0-rc.10", "v2.0.0"},
		},
		{
			"a fix of an old release comes before the new one, whenever it was made",
			[]history.Version{{Name: "v1.1.0", Time: day(2)}, {Name: "v1.0.1", Time: day(9)}, {Name: "v1.0.0", Time: day(1)}},
			[]string{"v1.0.0", "v1.0.1", "v1.1.0"},
		},
		{
			"equal numbers by time, then name",
			[]history.Version{{Name: "v1.0.0", Time: day(2)}, {Name: "1.0", Time: day(1)}, {Name: "1.0.0", Time: day(2)}},
			[]string{"1.0", "1.0.0", "v1.0.0"},
		},
		{
			"days", []history.Version{{Name: "2023-01-02"}, {Name: "2022-12-30"}, {Name: "2022-09-01"}},
			[]string{"2022-09-01", "2022-12-30", "2023-01-02"},
		},
		{
			"by time where one has no number",
			[]history.Version{{Name: "v2", Time: day(1)}, {Name: "latest", Time: day(3)}, {Name: "v1", Time: day(2)}},
			[]string{"v2", "v1", "latest"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			history.Sort(tt.in)
			var got []string
			for _, v := range tt.in {
				got = append(got, v.Name)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("Sort (-want +got):\n%s", diff)
			}
		})
	}
}
