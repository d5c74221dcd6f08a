package usage_test

import (
	"io/fs"
	"path"
	"testing"

	"github.com/plumbapi/plumb/check/checktest"
	"github.com/plumbapi/plumb/lifecycle/usage"
	"github.com/plumbapi/plumb/openapi"
)

// TestRules runs every rule over the cases of its own: a description and a
// log. A share of 1 % is little, and three days with three calls are enough.
func TestRules(t *testing.T) {
	t.Parallel()
	checktest.RunFS(t, usage.Rules(), "testdata/rules", func(fsys fs.FS, root string) (*usage.Result, error) {
		dir := path.Dir(root)
		doc, err := openapi.Load(t.Context(), fsys, dir+"/openapi.yaml")
		if err != nil {
			return nil, err
		}
		log, err := fsys.Open(dir + "/access.log")
		if err != nil {
			return nil, err
		}
		defer func() { _ = log.Close() }()
		return usage.Count(t.Context(), []usage.Log{{Name: "access.log", R: log}}, usage.Options{
			REST: []*openapi.Document{doc}, ShowConsumers: true,
			Limits: usage.Limits{Gate: true, MaxShare: 0.01, MinDays: 3, MinCalls: 3},
		})
	})
}
