package jira

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// edit is the body that creates or changes an issue.
type edit struct {
	Fields     map[string]json.RawMessage `json:"fields"`
	Properties []struct {
		Key   string          `json:"key"`
		Value json.RawMessage `json:"value"`
	} `json:"properties"`
}

// body decodes what was sent; an answer has been given where it is false.
func body(w http.ResponseWriter, r *http.Request, into any) bool {
	data, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if err == nil && !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		w.WriteHeader(http.StatusUnsupportedMediaType)
		return false
	}
	if err == nil {
		err = json.Unmarshal(data, into)
	}
	if err != nil {
		refuse(w, http.StatusBadRequest, "There was an error parsing JSON. Check that your request body is valid.", nil)
	}
	return err == nil
}

func (f *Fake) create(w http.ResponseWriter, r *http.Request) {
	var e edit
	if !body(w, r, &e) {
		return
	}
	number := strconv.Itoa(len(f.issues) + 1)
	issue := &fakeIssue{
		id: "100" + number, key: f.project + "-" + number, status: "To Do", labels: []string{},
		fields: map[string]json.RawMessage{}, properties: map[string]json.RawMessage{}, links: map[string]fakeLink{},
	}
	wrong := map[string]string{}
	var project struct{ Key string }
	if json.Unmarshal(e.Fields["project"], &project) != nil || project.Key != f.project {
		wrong["project"] = "valid project is required"
	}
	var kind struct{ Name, ID string }
	if json.Unmarshal(e.Fields["issuetype"], &kind) != nil || !slices.Contains(f.types(), kind.Name) && !f.hasType(kind.ID) {
		wrong["issuetype"] = "Specify a valid issue type"
	}
	issue.kind = kind.Name
	delete(e.Fields, "project")
	delete(e.Fields, "issuetype")
	if _, found := e.Fields["summary"]; !found {
		wrong["summary"] = "You must specify a summary of the issue."
	}
	for _, field := range f.Required {
		if _, found := e.Fields[field]; !found {
			wrong[field] = field + " is required."
		}
	}
	f.apply(issue, e, wrong)
	if len(wrong) > 0 {
		refuse(w, http.StatusBadRequest, "", wrong)
		return
	}
	f.issues = append(f.issues, issue)
	reply(w, http.StatusCreated, map[string]string{"id": issue.id, "key": issue.key, "self": "https://jira.example/rest/api/3/issue/" + issue.id})
}

func (f *Fake) update(w http.ResponseWriter, r *http.Request, issue *fakeIssue) {
	var e edit
	if !body(w, r, &e) {
		return
	}
	changed := *issue
	wrong := map[string]string{}
	f.apply(&changed, e, wrong)
	if len(wrong) > 0 {
		refuse(w, http.StatusBadRequest, "", wrong)
		return
	}
	*issue = changed
	w.WriteHeader(http.StatusNoContent)
}

// apply sets fields and properties, and says what is wrong with them.
func (f *Fake) apply(issue *fakeIssue, e edit, wrong map[string]string) {
	for name, value := range e.Fields {
		if problem := f.set(issue, name, value); problem != "" {
			wrong[name] = problem
		}
	}
	for _, p := range e.Properties {
		if len(p.Key) > 255 || len(p.Value) > 32_768 {
			wrong["properties"] = "The property is too long."
			continue
		}
		issue.properties[p.Key] = p.Value
	}
}

func (f *Fake) set(issue *fakeIssue, name string, value json.RawMessage) string {
	switch name {
	case "summary":
		if json.Unmarshal(value, &issue.summary) != nil || strings.TrimSpace(issue.summary) == "" {
			return "You must specify a summary of the issue."
		}
		if strings.ContainsAny(issue.summary, "\r\n") {
			return "The summary is invalid because it contains newline characters."
		}
		if characters(issue.summary) > maxSummary {
			return "Summary must be less than 255 characters."
		}
	case "description":
		issue.body = value
		return f.text(value)
	case "labels":
		if json.Unmarshal(value, &issue.labels) != nil {
			return "data was not an array"
		}
		for _, label := range issue.labels {
			if label == "" || strings.ContainsFunc(label, unicode.IsSpace) {
				return fmt.Sprintf("The label '%s' contains spaces which is invalid.", label)
			}
			if characters(label) > 255 {
				return "The label is too long, the limit is 255 characters."
			}
		}
	case "priority":
		var priority struct{ Name string }
		if json.Unmarshal(value, &priority) != nil || !slices.Contains([]string{"Highest", "High", "Medium", "Low", "Lowest"}, priority.Name) {
			return "The priority selected is invalid."
		}
		issue.priority = priority.Name
	default:
		if !slices.Contains(f.Required, name) {
			return fmt.Sprintf("Field '%s' cannot be set. It is not on the appropriate screen, or unknown.", name)
		}
		issue.fields[name] = value
	}
	return ""
}

// text says what is wrong with a description or a comment: a document on the
// cloud, wiki markup elsewhere. How long it is counts as it is written, marks
// and all, which is the strictest way to read the documentation.
func (f *Fake) text(value json.RawMessage) string {
	if f.cloud {
		if characters(string(value)) > maxDescription {
			return "CONTENT_LIMIT_EXCEEDED"
		}
		return checkADF(value)
	}
	var text string
	if json.Unmarshal(value, &text) != nil {
		return "Operation value must be a string"
	}
	if characters(text) > maxDescription {
		return fmt.Sprintf("The entered text is too long. It exceeds the allowed limit of %d characters.", maxDescription)
	}
	return ""
}

func (f *Fake) comment(w http.ResponseWriter, r *http.Request, issue *fakeIssue) {
	var comment struct{ Body json.RawMessage }
	if !body(w, r, &comment) {
		return
	}
	if problem := f.text(comment.Body); problem != "" || len(comment.Body) == 0 {
		refuse(w, http.StatusBadRequest, "", map[string]string{"comment": problem})
		return
	}
	issue.comments = append(issue.comments, comment.Body)
	reply(w, http.StatusCreated, map[string]string{"id": strconv.Itoa(len(issue.comments))})
}

func (f *Fake) property(w http.ResponseWriter, r *http.Request, issue *fakeIssue, key string) {
	value, found := issue.properties[key]
	if r.Method == http.MethodGet {
		if !found {
			refuse(w, http.StatusNotFound, "The property "+key+" does not exist", nil)
			return
		}
		reply(w, http.StatusOK, map[string]any{"key": key, "value": value})
		return
	}
	if !body(w, r, &value) {
		return
	}
	if len(key) > 255 || len(value) > 32_768 {
		refuse(w, http.StatusBadRequest, "The property is too long.", nil)
		return
	}
	issue.properties[key] = value
	if found {
		w.WriteHeader(http.StatusOK)
		return
	}
	w.WriteHeader(http.StatusCreated)
}

func (f *Fake) link(w http.ResponseWriter, r *http.Request, issue *fakeIssue) {
	var link struct {
		GlobalID string `json:"globalId"`
		Object   struct{ URL, Title string }
	}
	if !body(w, r, &link) {
		return
	}
	switch {
	case len(link.GlobalID) > 255:
		refuse(w, http.StatusBadRequest, "", map[string]string{"globalId": "globalId is longer than 255 characters"})
		return
	case link.Object.URL == "" || link.Object.Title == "":
		refuse(w, http.StatusBadRequest, "", map[string]string{"object": "'url' and 'title' are required."})
		return
	case characters(link.Object.Title) > 255:
		refuse(w, http.StatusBadRequest, "", map[string]string{"title": "title is longer than 255 characters"})
		return
	}
	status := http.StatusCreated
	if _, found := issue.links[link.GlobalID]; found && link.GlobalID != "" {
		status = http.StatusOK
	}
	key := link.GlobalID
	if key == "" {
		key = strconv.Itoa(len(issue.links))
	}
	issue.links[key] = fakeLink(link.Object)
	reply(w, status, map[string]any{"id": 10_000 + len(issue.links)})
}
