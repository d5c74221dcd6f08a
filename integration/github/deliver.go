package github

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/integration"
)

// sha is a commit as the API takes it.
var sha = regexp.MustCompile(`^[0-9a-f]{40}$`)

// repository is "owner/name".
var repository = regexp.MustCompile(`^[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+$`)

// Deliver implements integration.Tool. Annotations cannot be taken back, so a
// run with other findings on the same commit is a new check run of the same
// name, of which GitHub shows the newest.
func (Tool) Deliver(ctx context.Context, c *integration.Client, d *integration.Delivery) (*integration.Receipt, error) {
	d = d.In(c.Inputs["language"])
	receipt := &integration.Receipt{Tool: manifest().Name}
	switch {
	case d.Revision != "" && !sha.MatchString(d.Revision):
		return receipt, c.Errorf(integration.Config, 0, "deliver a commit, with all 40 digits of its name", "revision %q is no commit", d.Revision)
	case !repository.MatchString(c.Inputs["repository"]):
		return receipt, c.Errorf(integration.Config, 0, `set GITHUB_REPOSITORY to "owner/name"`, "repository %q is no name of a repository", c.Inputs["repository"])
	}
	a := &api{client: c, base: c.Inputs["url"] + "/repos/" + c.Inputs["repository"]}
	if d.Revision == "" { // a working copy is no commit
		return receipt, a.look(ctx, receipt)
	}
	run := render(d, c.Inputs["name"])
	old, err := a.find(ctx, d, &run)
	if err != nil {
		return receipt, err
	}
	verb, now := "unchanged", old
	switch {
	case old == nil:
		verb = "created"
		now, err = a.start(ctx, run)
	case old.ExternalID != run.ExternalID:
		verb = "updated"
		now, err = a.patch(ctx, old.ID, checkRun{ExternalID: run.ExternalID, DetailsURL: run.DetailsURL, Status: "in_progress", Output: run.Output.batch(0)})
	case old.Status != "completed":
		verb = "updated" // it was broken off
	}
	if err == nil && verb != "unchanged" {
		now, err = a.finish(ctx, now, run)
	}
	if err != nil {
		return receipt, err
	}
	receipt.Actions = append(receipt.Actions, integration.Action{Verb: verb, Object: "check run " + run.Name + " of " + d.Revision[:12], URL: now.HTMLURL})
	return receipt, nil
}

// look asks for the repository where there is nothing to write, so that
// somebody who sets the tool up hears whether it can be reached.
func (a *api) look(ctx context.Context, receipt *integration.Receipt) error {
	var found struct {
		URL string `json:"html_url"`
	}
	if _, err := a.call(ctx, http.MethodGet, "", nil, &found); err != nil {
		return err
	}
	receipt.Actions = append(receipt.Actions, integration.Action{
		Verb: "unchanged", Object: "repository " + a.client.Inputs["repository"] + ": reached, and there is no commit to write to", URL: found.URL,
	})
	return nil
}

// entry is a check run as the API gives it.
type entry struct {
	ID         int64  `json:"id"`
	Name       string `json:"name"`
	ExternalID string `json:"external_id"`
	Status     string `json:"status"`
	HTMLURL    string `json:"html_url"`
	Output     struct {
		AnnotationsCount int `json:"annotations_count"`
	} `json:"output"`
}

type api struct {
	client *integration.Client
	base   string
}

func (a *api) call(ctx context.Context, method, path string, in, out any) (*integration.Response, error) {
	return a.client.Rotate("token", func(token string) (*integration.Response, error) {
		r := &integration.Request{Method: method, URL: a.base + path, Header: http.Header{
			"Authorization": {"Bearer " + token}, "Accept": {"application/vnd.github+json"}, "X-Github-Api-Version": {APIVersion},
		}}
		return a.client.Call(ctx, r, in, out)
	})
}

// maxPages bounds how many pages of check runs of one commit are read.
const maxPages = 20

// find returns the check run that says the same, or that can be made to: the
// newest of the product without annotations. Nil means that a new one is made.
func (a *api) find(ctx context.Context, d *integration.Delivery, run *checkRun) (*entry, error) {
	var reusable *entry
	for page := 1; page <= maxPages; page++ {
		query := url.Values{"check_name": {run.Name}, "filter": {"all"}, "per_page": {"100"}, "page": {strconv.Itoa(page)}}
		var list struct {
			Runs *[]entry `json:"check_runs"`
		}
		path := "/commits/" + d.Revision + "/check-runs?" + query.Encode()
		response, err := a.call(ctx, http.MethodGet, path, nil, &list)
		if err != nil {
			return nil, err
		}
		if list.Runs == nil {
			return nil, a.client.Unexpected(&integration.Request{Method: http.MethodGet, URL: a.base + path}, response, "it has no check_runs")
		}
		for i := range *list.Runs {
			e := &(*list.Runs)[i]
			if e.ExternalID == run.ExternalID {
				return e, nil
			}
			if reusable == nil && strings.HasPrefix(e.ExternalID, mark(d.Product)) && e.Output.AnnotationsCount == 0 {
				reusable = e
			}
		}
		if len(*list.Runs) < 100 {
			break
		}
	}
	return reusable, nil
}

// start makes a check run with the first annotations. It is not complete until
// finish has sent the last.
func (a *api) start(ctx context.Context, run checkRun) (*entry, error) {
	run.Status, run.Conclusion, run.CompletedAt = "in_progress", "", ""
	run.Output = run.Output.batch(0)
	return a.write(ctx, http.MethodPost, "/check-runs", run)
}

// finish sends the annotations that the check run does not have yet, and then
// its conclusion. What it has is asked of the server, not of memory: a request
// whose answer was lost may have been carried out, and annotations would be
// there twice.
func (a *api) finish(ctx context.Context, now *entry, run checkRun) (*entry, error) {
	all := run.Output.Annotations
	for now.Output.AnnotationsCount < len(all) {
		next, err := a.patch(ctx, now.ID, checkRun{Output: run.Output.batch(now.Output.AnnotationsCount)})
		if err != nil {
			return nil, err
		}
		if next.Output.AnnotationsCount <= now.Output.AnnotationsCount {
			return nil, a.client.Errorf(integration.Remote, http.StatusOK, "run it again", "check run %d takes no more annotations than %d of %d", now.ID, now.Output.AnnotationsCount, len(all))
		}
		now = next
	}
	return a.patch(ctx, now.ID, checkRun{Status: "completed", Conclusion: run.Conclusion, CompletedAt: run.CompletedAt})
}

func (a *api) patch(ctx context.Context, id int64, run checkRun) (*entry, error) {
	return a.write(ctx, http.MethodPatch, "/check-runs/"+strconv.FormatInt(id, 10), run)
}

func (a *api) write(ctx context.Context, method, path string, run checkRun) (*entry, error) {
	var e entry
	response, err := a.call(ctx, method, path, run, &e)
	if err != nil {
		return nil, err
	}
	if e.ID == 0 {
		return nil, a.client.Unexpected(&integration.Request{Method: method, URL: a.base + path}, response, "it has no id")
	}
	return &e, nil
}
