package gitlab

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/internal/upsert"
	"github.com/plumbapi/plumb/integration/message"
)

// Deliver implements integration.Tool.
func (Tool) Deliver(ctx context.Context, c *integration.Client, d *integration.Delivery) (*integration.Receipt, error) {
	d = d.In(c.Inputs["language"])
	receipt := &integration.Receipt{Tool: manifest().Name}
	a := &api{client: c, base: c.Inputs["url"] + "/api/v4/projects/" + url.PathEscape(c.Inputs["project"])}
	if c.Inputs["note"] == "true" && d.Change > 0 {
		if err := a.note(ctx, d, receipt); err != nil {
			return receipt, err
		}
	}
	if c.Inputs["status"] == "true" && sha.MatchString(d.Revision) {
		if err := a.status(ctx, d, receipt); err != nil {
			return receipt, err
		}
	}
	if c.Inputs["issues"] == "true" {
		return receipt, upsert.Run(ctx, &issues{api: a, d: d}, c, d, upsert.Options{}, receipt)
	}
	if len(receipt.Actions) == 0 {
		return receipt, a.look(ctx, receipt)
	}
	return receipt, nil
}

// look asks for the project where there is nothing to write, so that somebody
// who sets the tool up hears whether it can be reached.
func (a *api) look(ctx context.Context, receipt *integration.Receipt) error {
	var project struct {
		URL string `json:"web_url"`
	}
	if _, err := a.call(ctx, http.MethodGet, "", nil, &project); err != nil {
		return err
	}
	receipt.Actions = append(receipt.Actions, integration.Action{
		Verb: "unchanged", Object: "project " + a.client.Inputs["project"] + ": reached, and there is no merge request or commit to write to", URL: project.URL,
	})
	return nil
}

// sha is a commit as the API takes it.
var sha = regexp.MustCompile(`^[0-9a-f]{7,64}$`)

// api calls the API of one project.
type api struct {
	client *integration.Client
	base   string
}

// call makes one call below the project. Of what may be repeated, PUT, the
// client knows by itself.
func (a *api) call(ctx context.Context, method, path string, in, out any) (*integration.Response, error) {
	return a.client.Rotate("token", func(token string) (*integration.Response, error) {
		r := &integration.Request{Method: method, URL: a.base + path, Header: http.Header{"Private-Token": {token}}}
		return a.client.Call(ctx, r, in, out)
	})
}

// maxPages bounds a list: more than that nobody has made with plumb.
const maxPages = 200

// pages reads a list to its end. The function is given each page.
func pages[T any](ctx context.Context, a *api, path string, query url.Values, take func([]T)) error {
	query.Set("per_page", "100")
	for page := "1"; page != ""; {
		query.Set("page", page)
		var items []T
		response, err := a.call(ctx, http.MethodGet, path+"?"+query.Encode(), nil, &items)
		if err != nil {
			return err
		}
		take(items)
		page = response.Header.Get("X-Next-Page")
		n, err := strconv.Atoi(page)
		switch {
		case page == "":
		case err != nil || n > maxPages:
			return a.client.Errorf(integration.Remote, response.Status, "report this", "GET %s: the list has no end after %d pages", path, maxPages)
		}
	}
	return nil
}

type noteEntry struct {
	ID     int    `json:"id"`
	Body   string `json:"body"`
	System bool   `json:"system"`
}

// note writes the note of the merge request, or leaves it where it says the
// same. The first run that has nothing to tell leaves none.
func (a *api) note(ctx context.Context, d *integration.Delivery, receipt *integration.Receipt) error {
	path := "/merge_requests/" + strconv.Itoa(d.Change) + "/notes"
	var old *noteEntry
	err := pages(ctx, a, path, url.Values{"sort": {"asc"}, "order_by": {"created_at"}}, func(notes []noteEntry) {
		for i := range notes {
			if old == nil && !notes[i].System && strings.HasPrefix(notes[i].Body, noteMark(d.Product)) {
				old = &notes[i]
			}
		}
	})
	if err != nil {
		return err
	}
	did := func(verb string) {
		receipt.Actions = append(receipt.Actions, integration.Action{Verb: verb, Object: "note of merge request !" + strconv.Itoa(d.Change), URL: a.web("/-/merge_requests/" + strconv.Itoa(d.Change))})
	}
	text := note(d)
	written := map[string]string{"body": text}
	switch {
	case old == nil && message.FromDelivery(d, message.Options{}).Quiet:
		did("unchanged")
		return nil
	case old == nil:
		_, err = a.call(ctx, http.MethodPost, path, written, &noteEntry{})
		if err == nil {
			did("created")
		}
		return err
	case firstLine(old.Body) == firstLine(text): // it has the digest of the text
		did("unchanged")
		return nil
	}
	_, err = a.call(ctx, http.MethodPut, path+"/"+strconv.Itoa(old.ID), written, &noteEntry{})
	if err == nil {
		did("updated")
	}
	return err
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return strings.TrimRight(line, "\r")
}

// web is the address of a page of the project; "" where only its number is
// known.
func (a *api) web(path string) string {
	if project := a.client.Inputs["project"]; strings.Contains(project, "/") {
		return a.client.Inputs["url"] + "/" + strings.Trim(project, "/") + path
	}
	return ""
}

// status sets the status of the commit, unless it is that already.
func (a *api) status(ctx context.Context, d *integration.Delivery, receipt *integration.Receipt) error {
	s := commitStatus(d)
	var last *statusOf
	query := url.Values{"name": {s.Name}}
	err := pages(ctx, a, "/repository/commits/"+d.Revision+"/statuses", query, func(all []statusEntry) {
		for i := range all {
			if all[i].Name == s.Name {
				last = &statusOf{State: all[i].Status, Name: all[i].Name, Description: all[i].Description, TargetURL: all[i].TargetURL, Ref: s.Ref}
			}
		}
	})
	if err != nil {
		return err
	}
	verb := "unchanged"
	if last == nil || *last != s {
		verb = "posted"
		if _, err := a.call(ctx, http.MethodPost, "/statuses/"+d.Revision, s, &statusEntry{}); err != nil {
			return err
		}
	}
	receipt.Actions = append(receipt.Actions, integration.Action{Verb: verb, Object: "status of commit " + d.Revision[:min(len(d.Revision), 12)], URL: a.web("/-/commit/" + d.Revision)})
	return nil
}

// statusEntry is a status as the API lists it, where it calls the state so.
type statusEntry struct {
	ID          int    `json:"id"`
	Status      string `json:"status"`
	Name        string `json:"name"`
	Description string `json:"description"`
	TargetURL   string `json:"target_url"`
}
