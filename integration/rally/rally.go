// Package rally keeps a defect in Rally for each group of findings, found by a
// custom field that holds the group's mark. It reads what Rally says, which is
// 200 with errors within where other APIs have a status.
//
// It knows no portfolio and no planning: where a defect belongs is for those who
// work there.
package rally

import (
	"context"
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/internal/describe"
	"github.com/plumbapi/plumb/integration/internal/upsert"
)

//go:embed manifest.yaml
var manifestYAML []byte

var manifest = integration.Embedded(manifestYAML)

// Tool is the integration with Rally.
type Tool struct{}

// New returns the tool.
func New() Tool { return Tool{} }

// Manifest implements [integration.Tool].
func (Tool) Manifest() *integration.Manifest { return manifest() }

// Fake implements [integration.Tool].
func (Tool) Fake(inputs integration.Inputs) integration.Fake { return NewFake(inputs) }

// Deliver implements [integration.Tool].
func (Tool) Deliver(ctx context.Context, c *integration.Client, d *integration.Delivery) (*integration.Receipt, error) {
	receipt := &integration.Receipt{Tool: manifest().Name}
	t, err := newTracker(c, d)
	if err != nil {
		return receipt, err
	}
	return receipt, upsert.Run(ctx, t, c, d, upsert.Options{Least: describe.Severity(c.Inputs["severity"])}, receipt)
}

// States implements [integration.Follower].
func (Tool) States(ctx context.Context, c *integration.Client, d *integration.Delivery) ([]integration.State, error) {
	t, err := newTracker(c, d)
	if err != nil {
		return nil, err
	}
	return upsert.States(ctx, t, d)
}

// fieldName is a custom field as the API has it, made when it is needed since it
// counts far; number is an ObjectID.
var (
	fieldName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]{0,99}$`) })
	number    = regexp.MustCompile(`^[0-9]{1,18}$`)
)

func newTracker(c *integration.Client, d *integration.Delivery) (*tracker, error) {
	t := &tracker{
		c: c, d: d.In(c.Inputs["language"]), api: strings.TrimRight(c.Inputs["url"], "/") + "/slm/webservice/v2.0",
		cloud: c.Inputs["edition"] != "on-premises", field: c.Inputs["field"],
		workspace: "/workspace/" + c.Inputs["workspace"], project: "/project/" + c.Inputs["project"],
	}
	for word := range strings.SplitSeq(c.Inputs["declined"], ",") {
		t.declined = append(t.declined, strings.ToLower(strings.TrimSpace(word)))
	}
	switch {
	case !number.MatchString(c.Inputs["workspace"]) || !number.MatchString(c.Inputs["project"]):
		return nil, c.Errorf(integration.Config, 0, "take the number from the address of the workspace or project in Rally", "RALLY_WORKSPACE and RALLY_PROJECT are ObjectIDs, which are numbers")
	case !fieldName().MatchString(t.field):
		return nil, c.Errorf(integration.Config, 0, "give the name as the API has it, such as c_PlumbFingerprint", "RALLY_FIELD %q is no name of a field", t.field)
	case t.cloud && c.Inputs["key"] == "":
		return nil, c.Errorf(integration.Config, 0, "set RALLY_KEY to an API key, or RALLY_EDITION to on-premises", "there is no API key")
	case !t.cloud && (c.Inputs["user"] == "" || c.Inputs["password"] == ""):
		return nil, c.Errorf(integration.Config, 0, "set RALLY_USER and RALLY_PASSWORD", "an installation of one's own takes user and password, which are not set")
	}
	return t, nil
}

func (t *tracker) isDeclined(resolution string) bool {
	return resolution != "" && slices.Contains(t.declined, strings.ToLower(resolution))
}
