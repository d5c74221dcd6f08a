package guide

import "testing"

func TestCasingsOf(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		want casing
	}{
		{"created_at", snake},
		{"created-at", kebab},
		{"createdAt", camel},
		{"CreatedAt", pascal},
		{"CREATED_AT", upper},
		{"created", snake | kebab | camel},
		{"CREATED", upper | pascal},
		{"sha256", snake | kebab | camel},
		{"macOS", camel},
		{"", 0},
		{"_links", 0},
		{"+1", 0},
		{"a__b", 0},
		{"a_", 0},
		{"a_b-c", 0},
		{"a_bC", 0},
		{"Content-Type", 0},
		{"a.b", 0},
		{"größe", 0},
	}
	for _, test := range tests {
		if got := casingsOf(test.name); got != test.want {
			t.Errorf("casingsOf(%q) = %05b, want %05b", test.name, got, test.want)
		}
	}
}

func TestLastWord(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, before, last string }{
		{"created_at", "created", "at"},
		{"createdAt", "created", "At"},
		{"created-at", "created", "at"},
		{"userID", "user", "ID"},
		{"HTMLUrl", "HTML", "Url"},
		{"id", "", "id"},
		{"ID", "", "ID"},
		{"a__b", "a", "b"},
		{"x_", "x", ""},
		{"", "", ""},
		{"X", "", "X"},
		{"aB", "a", "B"},
	}
	for _, test := range tests {
		if before, last := lastWord(test.name); before != test.before || last != test.last {
			t.Errorf("lastWord(%q) = %q, %q, want %q, %q", test.name, before, last, test.before, test.last)
		}
	}
}

func TestDateNameOf(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		want dateName
	}{
		{"created_at", moment}, {"createdAt", moment}, {"lastUsedAt", moment}, {"CREATED_AT", moment},
		{"merged_on", anyDate}, {"dueDate", anyDate}, {"birth-date", anyDate}, {"startDatetime", moment},
		{"push_timestamp", mark}, {"timestamp", mark},
		{"format", noDate}, {"flat", noDate}, {"candidate", noDate}, {"update", noDate}, {"date", noDate},
		{"at", noDate}, {"look_at", noDate}, {"based_on", noDate}, {"up_to_date", noDate}, {"region", noDate},
		{"out_of_date", noDate}, {"_at", noDate}, {"1_at", noDate},
	}
	for _, test := range tests {
		if got := dateNameOf(test.name); got != test.want {
			t.Errorf("dateNameOf(%q) = %d, want %d", test.name, got, test.want)
		}
	}
}
