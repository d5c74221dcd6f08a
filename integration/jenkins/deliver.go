package jenkins

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/plumbapi/plumb/integration"
)

// Deliver implements [integration.Tool]. It looks in the queue and among the
// latest builds for one with the delivery's ID, and starts one where there is
// none; then it waits until the build has a number.
func (Tool) Deliver(ctx context.Context, c *integration.Client, d *integration.Delivery) (*integration.Receipt, error) {
	d = d.In(c.Inputs["language"])
	receipt := &integration.Receipt{Tool: manifest().Name}
	var action *integration.Action
	var err error
	for _, token := range []string{c.Inputs["token"], c.Inputs["token_next"]} {
		if token == "" {
			continue
		}
		b := &building{c: c, d: d, header: http.Header{"Authorization": {integration.BasicAuth(c.Inputs["user"], token)}}}
		action, err = b.deliver(ctx)
		var e *integration.Error
		if action != nil || !errors.As(err, &e) || e.Kind != integration.Auth {
			break
		}
	}
	if action == nil && err == nil {
		err = c.Errorf(integration.Config, 0, "set JENKINS_TOKEN", "there is no token to start a job with")
	}
	if action != nil {
		receipt.Actions = append(receipt.Actions, *action)
	}
	return receipt, err
}

// building is one delivery with one token.
type building struct {
	c      *integration.Client
	d      *integration.Delivery
	header http.Header
}

// deliver looks, starts and waits. An action comes beside an error where the
// build was started and then something went wrong.
func (b *building) deliver(ctx context.Context) (*integration.Action, error) {
	path, err := b.path()
	if err != nil {
		return nil, err
	}
	known, job, err := b.find(ctx, path)
	if err != nil {
		return nil, err
	}
	if known != nil {
		return known, nil
	}
	defined := job.parameters()
	if !defined[runID] {
		return nil, b.c.Errorf(integration.Config, 0, "add the string parameter "+runID+" to the job: without it Jenkins drops what it is sent, and a second delivery would start a second build", "the job %q does not define the parameter %s", b.c.Inputs["job"], runID)
	}
	item, known, err := b.start(ctx, path, Form(b.d, defined))
	if err != nil || known != nil {
		return known, err
	}
	return b.wait(ctx, item)
}

// jobPart is a name in the path of a job. Patterns that count far are made when
// they are needed: they would take longer than all else that plumb starts with.
var jobPart = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[^/?#\x00-\x1f]{1,200}$`) })

// path is the address of the job.
func (b *building) path() (string, error) {
	var path strings.Builder
	path.WriteString(b.c.Inputs["url"])
	for part := range strings.SplitSeq(strings.Trim(b.c.Inputs["job"], "/"), "/") {
		if !jobPart().MatchString(part) || part == "." || part == ".." {
			return "", b.c.Errorf(integration.Config, 0, "give its name with its folders, such as team/api-report", "JENKINS_JOB %q is no job", b.c.Inputs["job"])
		}
		path.WriteString("/job/" + url.PathEscape(part))
	}
	return path.String(), nil
}

// parametersOf are the actions of a build or a queue item, of which one holds
// the parameters.
type parametersOf struct {
	Actions []*struct {
		Parameters []struct {
			Name  string `json:"name"`
			Value any    `json:"value"`
		} `json:"parameters"`
	} `json:"actions"`
}

// isOf says whether the parameters are those of a delivery.
func (p *parametersOf) isOf(id string) bool {
	for _, a := range p.Actions {
		if a == nil {
			continue
		}
		for _, parameter := range a.Parameters {
			if parameter.Name == runID && parameter.Value == id {
				return true
			}
		}
	}
	return false
}

// jobInfo is what Jenkins says of a job.
type jobInfo struct {
	Buildable *bool `json:"buildable"`
	Property  []*struct {
		Definitions []struct {
			Name string `json:"name"`
		} `json:"parameterDefinitions"`
	} `json:"property"`
	Builds []struct {
		parametersOf
		Number int    `json:"number"`
		URL    string `json:"url"`
	} `json:"builds"`
}

func (j *jobInfo) parameters() map[string]bool {
	defined := map[string]bool{}
	for _, p := range j.Property {
		if p == nil {
			continue
		}
		for _, d := range p.Definitions {
			defined[d.Name] = true
		}
	}
	return defined
}

// The trees of the answers that are read. Source:
// https://www.jenkins.io/doc/book/using/remote-access-api/
const (
	queueTree = "items[id,actions[parameters[name,value]]]"
	jobTree   = "buildable,property[parameterDefinitions[name]],builds[number,url,actions[parameters[name,value]]]{0,100}"
	itemTree  = "id,cancelled,why,executable[number,url]"
)

// find looks for a build with the delivery's ID: in the queue first, since what
// leaves it meanwhile is among the builds.
func (b *building) find(ctx context.Context, path string) (*integration.Action, *jobInfo, error) {
	var queue struct {
		Items []struct {
			parametersOf
			ID int `json:"id"`
		} `json:"items"`
	}
	if err := b.get(ctx, b.c.Inputs["url"]+"/queue/api/json?tree="+queueTree, &queue); err != nil {
		return nil, nil, err
	}
	var job jobInfo
	if err := b.get(ctx, path+"/api/json?tree="+jobTree, &job); err != nil {
		return nil, nil, err
	}
	for i := range queue.Items {
		if queue.Items[i].isOf(b.d.ID) {
			return action("unchanged", fmt.Sprintf("queue item %d", queue.Items[i].ID), ""), &job, nil
		}
	}
	for i := range job.Builds {
		if job.Builds[i].isOf(b.d.ID) {
			return action("unchanged", fmt.Sprintf("build %d", job.Builds[i].Number), page(job.Builds[i].URL)), &job, nil
		}
	}
	return nil, &job, nil
}

func action(verb, object, address string) *integration.Action {
	return &integration.Action{Verb: verb, Object: object, URL: address, Fingerprints: []string{}}
}

// page returns an address that a reader may be led to, else "".
func page(address string) string {
	if u, err := url.Parse(address); err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return ""
	}
	return address
}

func (b *building) get(ctx context.Context, address string, value any) error {
	r := &integration.Request{Method: http.MethodGet, URL: address, Header: b.header}
	answer, err := b.c.Do(ctx, r)
	if err != nil {
		return b.explain(err, answer)
	}
	return b.c.JSON(r, answer, value)
}

// start starts a build and returns its item in the queue. Where the answer is
// lost it looks whether there is a build before it tries once more.
func (b *building) start(ctx context.Context, path string, form url.Values) (item int, known *integration.Action, err error) {
	for again := false; ; again = true {
		if item, err = b.post(ctx, path, form); err == nil {
			return item, nil, nil
		}
		var e *integration.Error
		if again || ctx.Err() != nil || !errors.As(err, &e) || e.Kind != integration.Remote {
			return 0, nil, err
		}
		known, _, lookup := b.find(ctx, path)
		if lookup != nil {
			return 0, nil, err
		}
		if known != nil {
			known.Verb = "triggered"
			return 0, known, nil
		}
	}
}

// queueItem is in the address that a started build is queued at.
var queueItem = regexp.MustCompile(`/queue/item/([0-9]{1,9})/?$`)

func (b *building) post(ctx context.Context, path string, form url.Values) (int, error) {
	header := b.header.Clone()
	header.Set("Content-Type", "application/x-www-form-urlencoded")
	if needsCrumb(b.c.Inputs) {
		if err := b.crumb(ctx, header); err != nil {
			return 0, err
		}
	}
	r := &integration.Request{Method: http.MethodPost, URL: path + "/buildWithParameters", Header: header, Body: []byte(form.Encode())}
	answer, err := b.c.Do(ctx, r)
	if err != nil {
		return 0, b.explain(err, answer)
	}
	found := queueItem.FindStringSubmatch(answer.Header.Get("Location"))
	if answer.Status != http.StatusCreated || found == nil {
		return 0, b.c.Unexpected(r, answer, "it leads to no item of the queue")
	}
	item, err := strconv.Atoi(found[1])
	if err != nil {
		return 0, b.c.Unexpected(r, answer, "it leads to no item of the queue")
	}
	return item, nil
}

// crumb gets a crumb and puts it into a header, with the session that it is for.
// A Jenkins without protection has none. Source:
// https://www.jenkins.io/doc/book/security/csrf-protection/
func (b *building) crumb(ctx context.Context, header http.Header) error {
	r := &integration.Request{Method: http.MethodGet, URL: b.c.Inputs["url"] + "/crumbIssuer/api/json", Header: b.header}
	answer, err := b.c.Do(ctx, r)
	var e *integration.Error
	switch {
	case errors.As(err, &e) && e.Status == http.StatusNotFound:
		return nil
	case err != nil:
		return b.explain(err, answer)
	}
	var c struct {
		Crumb string `json:"crumb"`
		Field string `json:"crumbRequestField"`
	}
	if err := b.c.JSON(r, answer, &c); err != nil {
		return err
	}
	if !crumbField().MatchString(c.Field) || !crumbValue().MatchString(c.Crumb) {
		return b.c.Unexpected(r, answer, "it has no crumb")
	}
	header.Set(c.Field, c.Crumb)
	var cookies []string
	for _, cookie := range (&http.Response{Header: answer.Header}).Cookies() {
		cookies = append(cookies, cookie.Name+"="+cookie.Value)
	}
	if cookies != nil {
		header.Set("Cookie", strings.Join(cookies, "; "))
	}
	return nil
}

// The forms of a header's name and of a crumb.
var (
	crumbField = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[.A-Za-z0-9-]{1,64}$`) })
	crumbValue = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z0-9._-]{1,256}$`) })
)

// wait waits until a build has left the queue, as long as the inputs say. One
// that is still there then was triggered all the same.
func (b *building) wait(ctx context.Context, item int) (*integration.Action, error) {
	queued := action("triggered", fmt.Sprintf("queue item %d", item), "")
	seconds, _ := strconv.Atoi(b.c.Inputs["wait"]) // the manifest says that it is a number
	end := b.c.Now().Add(time.Duration(min(max(seconds, 0), 3600)) * time.Second)
	for pause := time.Second; b.c.Now().Add(pause).Compare(end) <= 0; pause = min(2*pause, 10*time.Second) {
		var q struct {
			Cancelled  bool   `json:"cancelled"`
			Why        string `json:"why"`
			Executable *struct {
				Number int    `json:"number"`
				URL    string `json:"url"`
			} `json:"executable"`
		}
		if err := b.get(ctx, fmt.Sprintf("%s/queue/item/%d/api/json?tree=%s", b.c.Inputs["url"], item, itemTree), &q); err != nil {
			return queued, err
		}
		switch {
		case q.Executable != nil && q.Executable.Number > 0:
			return action("triggered", fmt.Sprintf("build %d", q.Executable.Number), page(q.Executable.URL)), nil
		case q.Cancelled:
			return queued, b.c.Errorf(integration.Config, 0, "start it again, under another ID", "the build was cancelled while it was in the queue")
		}
		if err := b.c.Sleep(ctx, pause); err != nil {
			return queued, b.c.Errorf(integration.Remote, 0, "look at the queue of Jenkins", "the wait for the build was interrupted")
		}
	}
	return queued, nil
}

// explain says of refusals what to do in Jenkins.
func (b *building) explain(err error, answer *integration.Response) error {
	var e *integration.Error
	if answer == nil || !errors.As(err, &e) {
		return err
	}
	body := string(answer.Body)
	switch {
	case e.Status == http.StatusForbidden && strings.Contains(body, "crumb"):
		return b.c.Errorf(integration.Auth, e.Status, "use an API token instead of a password, or set JENKINS_EDITION to 2.0 so that a crumb is got first", "%s", e.Text)
	case e.Status == http.StatusUnauthorized:
		return b.c.Errorf(integration.Auth, e.Status, "check JENKINS_USER, and make a new API token on the page Security of that user for JENKINS_TOKEN", "%s", e.Text)
	case e.Status == http.StatusForbidden:
		return b.c.Errorf(integration.Auth, e.Status, "give the user the permissions Overall/Read, Job/Read and Job/Build", "%s", e.Text)
	case e.Status == http.StatusNotFound:
		return b.c.Errorf(integration.Config, e.Status, "check JENKINS_URL and JENKINS_JOB; Jenkins also hides a job that the user may not read", "%s", e.Text)
	case e.Status == http.StatusConflict:
		return b.c.Errorf(integration.Config, e.Status, "enable the job", "%s", e.Text)
	case e.Status == http.StatusBadRequest && strings.Contains(body, "not parameterized"):
		return b.c.Errorf(integration.Config, e.Status, "add the string parameter "+runID+" to the job", "%s", e.Text)
	}
	return err
}
