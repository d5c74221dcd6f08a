package servicenow

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/internal/describe"
	"github.com/plumbapi/plumb/integration/internal/upsert"
	"github.com/plumbapi/plumb/integration/message"
)

// tracker reaches the changes of one product. It implements upsert.Tracker.
type tracker struct {
	c       *integration.Client
	d       *integration.Delivery
	base    string
	version string
	rules   []string
	token   string // of OAuth, once it was asked for
}

// The states of a change in the base system.
const (
	stateNew       = "-5"
	stateClosed    = "3"
	stateCancelled = "4"
)

// row is a change as the table shows it.
type row struct {
	SysID       string `json:"sys_id"`
	Number      string `json:"number"`
	State       string `json:"state"`
	CloseCode   string `json:"close_code"`
	Correlation string `json:"correlation_id"`
	Display     string `json:"correlation_display"`
}

const columnsRead = "sys_id,number,state,close_code,correlation_id,correlation_display"

// pageSize is how many changes are asked for at a time, pages how often.
const (
	pageSize = 200
	pages    = 50
)

func (t *tracker) table() string {
	return t.base + "/api/now/" + t.version + "/table/change_request"
}

// search finds changes by an encoded query. Values in it are made of letters,
// digits, hyphens and colons only, so that none can be a condition ("^") of its
// own. An instance passes over conditions that it does not understand and then
// returns everything, so every row is looked at again by the caller.
// Source: https://www.servicenow.com/docs/bundle/zurich-api-reference/page/integrate/inbound-rest/concept/c_TableAPI.html
func (t *tracker) search(ctx context.Context, query string) ([]row, error) {
	var all []row
	for number := range pages {
		values := url.Values{
			"sysparm_query":                  {query},
			"sysparm_fields":                 {columnsRead},
			"sysparm_limit":                  {strconv.Itoa(pageSize)},
			"sysparm_offset":                 {strconv.Itoa(number * pageSize)},
			"sysparm_exclude_reference_link": {"true"},
		}
		var page struct{ Result *[]row }
		err := t.call(ctx, http.MethodGet, t.table()+"?"+values.Encode(), nil, &page)
		var e *integration.Error
		if t.version == "v1" && errors.As(err, &e) && e.Status == http.StatusNotFound {
			return all, nil // the older version says so that there is nothing
		}
		if err != nil {
			return nil, err
		}
		if page.Result == nil {
			return nil, t.c.Errorf(integration.Remote, http.StatusOK, "check that SERVICENOW_URL is the address of the instance, and that no proxy or login page answers in its place", "the answer to a search has no list of changes")
		}
		all = append(all, *page.Result...)
		if len(*page.Result) < pageSize {
			return all, nil
		}
	}
	return nil, t.c.Errorf(integration.Limit, 0, "archive changes that are done with", "there are more than %d changes of plumb", pages*pageSize)
}

// objects are the changes of this product among rows.
func (t *tracker) objects(rows []row) []upsert.Object {
	var objects []upsert.Object
	for _, r := range rows {
		m, isMark := upsert.ParseMark(r.Correlation)
		if !isMark || m.Product != upsert.MarkOf(t.d.Product, "", "").Product || !isID(r.SysID) {
			continue
		}
		o := t.object(r.SysID, r.Number, m.Fingerprint)
		o.Open, o.Status = r.State != stateClosed && r.State != stateCancelled, status(r.State)
		o.Digest, _ = strings.CutPrefix(r.Display, displayed)
		objects = append(objects, o)
	}
	return objects
}

func (t *tracker) object(id, number, fingerprint string) upsert.Object {
	return upsert.Object{ID: id, Name: number, URL: t.base + "/nav_to.do?uri=change_request.do%3Fsys_id%3D" + id, Fingerprint: fingerprint, Open: true, Status: status(stateNew)}
}

// status is a state in the words of the base system.
func status(state string) string {
	words := map[string]string{
		"-5": "New", "-4": "Assess", "-3": "Authorize", "-2": "Scheduled", "-1": "Implement", "0": "Review", "3": "Closed", "4": "Canceled",
	}
	if word := words[state]; word != "" {
		return word
	}
	return "state " + state
}

const oldestFirst = "^ORDERBYsys_created_on"

// Open implements upsert.Tracker.
func (t *tracker) Open(ctx context.Context) ([]upsert.Object, error) {
	all, err := t.All(ctx)
	return slices.DeleteFunc(all, func(o upsert.Object) bool { return !o.Open }), err
}

// All implements upsert.Lister.
func (t *tracker) All(ctx context.Context) ([]upsert.Object, error) {
	rows, err := t.search(ctx, "correlation_idSTARTSWITH"+upsert.MarkPrefix(t.d.Product)+oldestFirst)
	return t.objects(rows), err
}

// Find implements upsert.Tracker.
func (t *tracker) Find(ctx context.Context, fingerprint string) (*upsert.Object, error) {
	rows, err := t.search(ctx, "correlation_id="+correlation(t.d.Product, fingerprint)+"^ORDERBYDESCsys_created_on")
	if err != nil {
		return nil, err
	}
	for _, o := range t.objects(rows) {
		if o.Fingerprint == fingerprint {
			return &o, nil
		}
	}
	return nil, nil
}

// Create implements upsert.Tracker.
func (t *tracker) Create(ctx context.Context, g *message.Group) (upsert.Object, error) {
	return t.create(ctx, g, nil)
}

func (t *tracker) create(ctx context.Context, g *message.Group, more map[string]string) (upsert.Object, error) {
	fields := body(t.d, g)
	fields["correlation_id"] = correlation(t.d.Product, g.Fingerprint)
	if group := t.c.Inputs["assignment_group"]; group != "" {
		fields["assignment_group"] = group
	}
	for name, value := range more {
		fields[name] = value
	}
	kind := t.c.Inputs["type"]
	if kind == "standard" {
		return t.createStandard(ctx, g, fields)
	}
	fields["type"] = kind
	var made struct{ Result row }
	if err := t.call(ctx, http.MethodPost, t.table(), fields, &made); err != nil {
		return upsert.Object{}, err
	}
	return t.made(made.Result.SysID, made.Result.Number, g)
}

// createStandard makes a change from a template, which only the API of change
// management does. It shows values in pairs.
// Source: https://www.servicenow.com/docs/bundle/zurich-api-reference/page/integrate/inbound-rest/concept/change-management-api.html
func (t *tracker) createStandard(ctx context.Context, g *message.Group, fields map[string]string) (upsert.Object, error) {
	var made struct {
		Result struct {
			SysID  struct{ Value string } `json:"sys_id"`
			Number struct{ Value string } `json:"number"`
		}
	}
	if err := t.call(ctx, http.MethodPost, t.base+"/api/sn_chg_rest/change/standard/"+t.c.Inputs["template"], fields, &made); err != nil {
		return upsert.Object{}, err
	}
	return t.made(made.Result.SysID.Value, made.Result.Number.Value, g)
}

func (t *tracker) made(id, number string, g *message.Group) (upsert.Object, error) {
	if !isID(id) || number == "" {
		return upsert.Object{}, t.c.Errorf(integration.Remote, 0, "look in ServiceNow whether the change is there, and run it again", "what was created has no number")
	}
	o := t.object(id, number, g.Fingerprint)
	o.Digest = g.Digest()
	return o, nil
}

// Update implements upsert.Tracker.
func (t *tracker) Update(ctx context.Context, o upsert.Object, g *message.Group) (upsert.Object, error) {
	return t.write(ctx, o, g, describe.Changed(t.d, g), nil)
}

// write makes a change say what the group is now, with a work note. Sent twice
// it would leave two notes, so it is not repeated.
func (t *tracker) write(ctx context.Context, o upsert.Object, g *message.Group, comment []describe.Block, more map[string]string) (upsert.Object, error) {
	fields := body(t.d, g)
	fields["work_notes"] = note(comment)
	for name, value := range more {
		fields[name] = value
	}
	o.Digest = g.Digest()
	return o, t.call(ctx, http.MethodPatch, t.table()+"/"+o.ID, fields, nil)
}

// Close implements upsert.Tracker. A change that was carried out is closed as
// successful; one that was not is cancelled, since there is nothing left to
// change. Where the model allows neither now, a note says that it is mended, and
// the next run tries again.
func (t *tracker) Close(ctx context.Context, o upsert.Object) (upsert.Object, error) {
	text := note(describe.Mended(t.d))
	fields := map[string]string{"work_notes": text}
	next, err := t.next(ctx, o.ID)
	if err != nil {
		return o, err
	}
	switch {
	case slices.Contains(next, stateClosed):
		fields["state"], fields["close_code"], fields["close_notes"] = stateClosed, "successful", text
	case slices.Contains(next, stateCancelled):
		fields["state"] = stateCancelled
	default:
		return o, t.c.Errorf(integration.Config, http.StatusConflict, "end it by hand, or let the change model go from there to closed or canceled", "%s is mended, and in the state %q can be neither closed nor canceled", o.Name, o.Status)
	}
	if err := t.call(ctx, http.MethodPatch, t.table()+"/"+o.ID, fields, nil); err != nil {
		return o, err
	}
	o.Open, o.Status = false, status(fields["state"])
	return o, nil
}

// next are the states that a change may go to now. The older version of the API
// comes from instances that do not say; they are taken by their word when they
// refuse.
func (t *tracker) next(ctx context.Context, id string) ([]string, error) {
	if t.version == "v1" {
		return []string{stateCancelled, stateNew}, nil
	}
	var answer struct {
		Result struct {
			States []string `json:"available_states"`
		}
	}
	err := t.call(ctx, http.MethodGet, t.base+"/api/sn_chg_rest/change/"+id+"/nextstate", nil, &answer)
	return answer.Result.States, err
}

// Reopen implements upsert.Tracker. Where the model lets an ended change begin
// anew, it does; where not, as in the base system, a new one takes its place and
// names it.
func (t *tracker) Reopen(ctx context.Context, o upsert.Object, g *message.Group) (upsert.Object, error) {
	next, err := t.next(ctx, o.ID)
	if err != nil {
		return o, err
	}
	comment := describe.Again(t.d, g)
	if slices.Contains(next, stateNew) && o.Status != status(stateClosed) {
		again, err := t.write(ctx, o, g, comment, map[string]string{"state": stateNew})
		var e *integration.Error
		if !errors.As(err, &e) || e.Kind != integration.Config {
			return again, err
		}
	}
	comment = append(comment, describe.Predecessor(t.d, o.Name, strings.ToLower(o.Status)))
	return t.create(ctx, g, map[string]string{"parent": o.ID, "work_notes": note(comment)})
}
