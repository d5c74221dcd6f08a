package arch_test

import (
	"os"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/plumbapi/plumb/internal/arch"
)

func TestModuleKeepsTheGraph(t *testing.T) {
	t.Parallel()
	found, err := arch.Check(os.DirFS("../.."), arch.Rooms(), arch.TestImports())
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range found {
		t.Error(v)
	}
}

// TestCheckFindsViolations shows that the guard can fail.
func TestCheckFindsViolations(t *testing.T) {
	t.Parallel()
	file := func(imports string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("package p\n\nimport (\n" + imports + "\n)\n")}
	}
	rooms := []arch.Room{
		{Path: "lint", Rooms: []string{"check"}},
		{Path: "lint/deep", Rooms: []string{"lint"}, Modules: []string{"example.org/wide"}},
		{Path: "check"},
		{Path: "parity", Rooms: []string{"check"}},
	}
	tests := []struct {
		name string
		fs   fstest.MapFS
		want []arch.Violation
	}{
		{"an allowed room and the standard library", fstest.MapFS{"lint/a.go": file(`"context"; "` + arch.Module + `/check"`)}, nil},
		{
			"a check imports another", fstest.MapFS{"parity/a.go": file(`"` + arch.Module + `/lint"`)},
			[]arch.Violation{{File: "parity/a.go", Import: arch.Module + "/lint", Room: "parity"}},
		},
		{
			"the kernel imports a third party", fstest.MapFS{"check/a.go": file(`"example.org/wide"`)},
			[]arch.Violation{{File: "check/a.go", Import: "example.org/wide", Room: "check"}},
		},
		{"the deepest room counts", fstest.MapFS{"lint/deep/er/a.go": file(`"example.org/wide/sub"`)}, nil},
		{
			"a name that only begins alike", fstest.MapFS{"lint/deep/a.go": file(`"example.org/wider"`)},
			[]arch.Violation{{File: "lint/deep/a.go", Import: "example.org/wider", Room: "lint/deep"}},
		},
		{"a file in no room", fstest.MapFS{"stray/a.go": file(`"fmt"`)}, []arch.Violation{{File: "stray/a.go"}}},
		{"tests may import more", fstest.MapFS{"check/a_test.go": file(`"example.org/kit"`)}, nil},
		{
			"but not everything", fstest.MapFS{"check/a_test.go": file(`"example.org/wide"`)},
			[]arch.Violation{{File: "check/a_test.go", Import: "example.org/wide", Room: "check"}},
		},
		{"testdata is not code", fstest.MapFS{"check/testdata/a.go": file(`"example.org/wide"`)}, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := arch.Check(test.fs, rooms, []string{"example.org/kit"})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("Check (-want +got):\n%s", diff)
			}
		})
	}
}
