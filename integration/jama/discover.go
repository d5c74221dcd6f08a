package jama

import (
	"context"
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/integration"
)

// itemType is a type of items with its fields.
type itemType struct {
	ID               int
	TypeKey, Display string
	Fields           []struct {
		Name, Label, FieldType string
		PickList               int
		Required               bool
	}
}

// option is a value of a picklist.
type option struct {
	ID     int
	Name   string
	Active *bool
}

// discover finds the type by its key or name, its fields, the options of its
// status and the type of relations. Whatever is not there is an error that says
// what there is.
func (t *tracker) discover(ctx context.Context) error {
	kind, err := t.findType(ctx)
	if err != nil {
		return err
	}
	t.kind = kind.ID
	wanted := t.c.Inputs["field"]
	picklist := 0
	var fields, required []string
	for _, f := range kind.Fields {
		base, _, _ := strings.Cut(f.Name, "$") // custom fields have the type's number behind them
		fields = append(fields, base)
		switch {
		case strings.EqualFold(base, wanted) || strings.EqualFold(f.Label, wanted):
			t.field = f.Name
		case base == t.c.Inputs["status_field"]:
			picklist = f.PickList
		case f.Required && base != "name" && base != "description":
			required = append(required, f.Label)
		}
	}
	switch {
	case t.field == "":
		return t.c.Errorf(integration.Config, 0, "let an administrator add a text field of that name to the type", "the type %q has no field %q; it has %s", kind.Display, wanted, strings.Join(fields, ", "))
	case picklist == 0:
		return t.c.Errorf(integration.Config, 0, "name the field that holds the status, a picklist, in JAMA_STATUS_FIELD", "the type %q has no picklist %q; it has %s", kind.Display, t.c.Inputs["status_field"], strings.Join(fields, ", "))
	case len(required) > 0:
		return t.c.Errorf(integration.Config, 0, "make them optional, or choose another type", "the type %q asks for more than plumb knows: %s", kind.Display, strings.Join(required, ", "))
	}
	return t.findOptions(ctx, picklist)
}

func (t *tracker) findType(ctx context.Context) (*itemType, error) {
	types, err := list[itemType](ctx, t, "/itemtypes", nil)
	if err != nil {
		return nil, err
	}
	wanted := t.c.Inputs["item_type"]
	var names []string
	for i := range types {
		k := &types[i]
		if strings.EqualFold(k.TypeKey, wanted) || strings.EqualFold(k.Display, wanted) || strconv.Itoa(k.ID) == wanted {
			return k, nil
		}
		if len(names) < 20 {
			names = append(names, k.TypeKey)
		}
	}
	return nil, t.c.Errorf(integration.Config, 0, "set JAMA_ITEM_TYPE to the key of one that there is", "there is no item type %q among %s", wanted, strings.Join(names, ", "))
}

func (t *tracker) findOptions(ctx context.Context, picklist int) error {
	options, err := list[option](ctx, t, "/picklists/"+strconv.Itoa(picklist)+"/options", nil)
	if err != nil {
		return err
	}
	t.options = map[int]string{}
	var names []string
	for _, o := range options {
		t.options[o.ID] = o.Name
		if o.Active != nil && !*o.Active {
			continue
		}
		names = append(names, o.Name)
		if strings.EqualFold(o.Name, t.c.Inputs["open_status"]) {
			t.open = o.ID
		}
		if strings.EqualFold(o.Name, t.c.Inputs["closed_status"]) {
			t.closed = o.ID
		}
	}
	if t.open == 0 || t.closed == 0 {
		return t.c.Errorf(integration.Config, 0, "set JAMA_OPEN_STATUS and JAMA_CLOSED_STATUS to two of them", "the status has no %q or no %q; it has %s", t.c.Inputs["open_status"], t.c.Inputs["closed_status"], strings.Join(names, ", "))
	}
	if t.rule == 0 {
		return nil
	}
	return t.findRelation(ctx)
}

// findRelation finds the type of relation by its name, else the default one.
func (t *tracker) findRelation(ctx context.Context) error {
	types, err := list[struct {
		ID        int
		Name      string
		IsDefault bool
	}](ctx, t, "/relationshiptypes", nil)
	if err != nil {
		return err
	}
	wanted := t.c.Inputs["relationship"]
	var names []string
	for _, r := range types {
		names = append(names, r.Name)
		if wanted != "" && strings.EqualFold(r.Name, wanted) || wanted == "" && r.IsDefault {
			t.relation = r.ID
		}
	}
	if t.relation == 0 {
		return t.c.Errorf(integration.Config, 0, "set JAMA_RELATIONSHIP to one that there is", "there is no type of relationship %q among %s", wanted, strings.Join(names, ", "))
	}
	return nil
}
