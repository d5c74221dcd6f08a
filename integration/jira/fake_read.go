package jira

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// search answers searches by JQL, of which it knows conditions joined by AND,
// each "field = value" or "field in (value, …)" over project, labels and
// statusCategory. A search without any bound is refused, as by the cloud.
func (f *Fake) search(w http.ResponseWriter, r *http.Request) {
	var query struct {
		JQL           string   `json:"jql"`
		MaxResults    int      `json:"maxResults"`
		StartAt       int      `json:"startAt"`
		NextPageToken string   `json:"nextPageToken"`
		Properties    []string `json:"properties"`
	}
	if !body(w, r, &query) {
		return
	}
	conditions, problem := parseJQL(query.JQL)
	if problem != "" {
		refuse(w, http.StatusBadRequest, "Error in the JQL Query: "+problem, nil)
		return
	}
	if len(query.Properties) > 5 {
		refuse(w, http.StatusBadRequest, "At most 5 properties can be asked for.", nil)
		return
	}
	var found []*fakeIssue
	for _, issue := range f.issues {
		if !slices.ContainsFunc(conditions, func(c condition) bool { return !f.meets(issue, c) }) {
			found = append(found, issue)
		}
	}
	if !f.cloud {
		query.Properties = nil // Data Center does not show them in searches
	}
	size := min(query.MaxResults, 100)
	if size <= 0 {
		size = 50
	}
	start := query.StartAt
	if f.cloud {
		start = 0
		if query.NextPageToken != "" {
			n, err := strconv.Atoi(strings.TrimPrefix(query.NextPageToken, "page-"))
			if err != nil {
				refuse(w, http.StatusBadRequest, "The provided next page token is invalid or expired.", nil)
				return
			}
			start = n
		}
	}
	start = min(max(start, 0), len(found))
	end := min(start+size, len(found))
	page := make([]map[string]any, 0, end-start)
	for _, issue := range found[start:end] {
		page = append(page, f.shown(issue, query.Properties))
	}
	answer := map[string]any{"issues": page}
	if f.cloud {
		answer["isLast"] = end == len(found)
		if end < len(found) {
			answer["nextPageToken"] = "page-" + strconv.Itoa(end)
		}
	} else {
		answer["startAt"], answer["maxResults"], answer["total"] = start, size, len(found)
	}
	reply(w, http.StatusOK, answer)
}

// condition is one part of a search.
type condition struct {
	field  string
	values []string
}

func (f *Fake) meets(issue *fakeIssue, c condition) bool {
	switch c.field {
	case "project":
		return slices.Contains(c.values, f.project)
	case "labels":
		return slices.ContainsFunc(issue.labels, func(label string) bool { return slices.Contains(c.values, label) })
	default:
		return slices.Contains(c.values, categories[issue.status])
	}
}

// parseJQL reads the part of JQL that the fake knows.
func parseJQL(jql string) (conditions []condition, problem string) {
	jql, _, _ = strings.Cut(jql, " ORDER BY ")
	if strings.TrimSpace(jql) == "" {
		return nil, "Unbounded JQL queries are not allowed here. Please add a search restriction to your query."
	}
	for part := range strings.SplitSeq(jql, " AND ") {
		var c condition
		name, value, isEqual := strings.Cut(part, " = ")
		if !isEqual {
			var isIn bool
			if name, value, isIn = strings.Cut(part, " in "); !isIn {
				return nil, "expecting operator but got '" + part + "'"
			}
			if !strings.HasPrefix(value, "(") || !strings.HasSuffix(value, ")") {
				return nil, "expecting a list but got '" + value + "'"
			}
			value = value[1 : len(value)-1]
		}
		c.field = strings.TrimSpace(name)
		if !slices.Contains([]string{"project", "labels", "statusCategory"}, c.field) {
			return nil, "Field '" + c.field + "' does not exist or you do not have permission to view it."
		}
		for quoted := range strings.SplitSeq(value, ", ") {
			text, err := strconv.Unquote(quoted)
			if err != nil {
				return nil, "expecting a quoted value but got '" + quoted + "'"
			}
			c.values = append(c.values, text)
		}
		conditions = append(conditions, c)
	}
	return conditions, ""
}

func (f *Fake) types() []string {
	if len(f.Types) > 0 {
		return f.Types
	}
	return []string{"Task", "Bug"}
}

func (f *Fake) hasType(id string) bool {
	n, err := strconv.Atoi(id)
	return err == nil && n >= 1 && n <= len(f.types())
}

// createmeta lists the types of a project, or the fields of a type. The cloud
// names the lists, Data Center calls them values.
func (f *Fake) createmeta(w http.ResponseWriter, path []string) {
	if path[0] != f.project || path[1] != "issuetypes" {
		refuse(w, http.StatusNotFound, "No project could be found with key '"+path[0]+"'.", nil)
		return
	}
	name, list := "issueTypes", []map[string]any{}
	for i, kind := range f.types() {
		list = append(list, map[string]any{"id": strconv.Itoa(i + 1), "name": kind, "subtask": false})
	}
	if len(path) > 2 {
		name, list = "fields", []map[string]any{
			{"fieldId": "project", "name": "Project", "required": true, "hasDefaultValue": false},
			{"fieldId": "issuetype", "name": "Issue Type", "required": true, "hasDefaultValue": false},
			{"fieldId": "summary", "name": "Summary", "required": true, "hasDefaultValue": false},
			{"fieldId": "reporter", "name": "Reporter", "required": true, "hasDefaultValue": true},
			{"fieldId": "description", "name": "Description", "required": false, "hasDefaultValue": false},
			{"fieldId": "labels", "name": "Labels", "required": false, "hasDefaultValue": false},
		}
		for _, field := range f.Required {
			list = append(list, map[string]any{"fieldId": field, "name": "The field " + field, "required": true, "hasDefaultValue": false})
		}
	}
	if !f.cloud {
		name = "values"
	}
	reply(w, http.StatusOK, map[string]any{"startAt": 0, "maxResults": 50, "total": len(list), name: list})
}

// leads are the statuses to which one leads.
func (f *Fake) leads(status string) []string {
	if f.Workflow != nil {
		return f.Workflow[status]
	}
	var others []string
	for _, to := range []string{"To Do", "In Progress", "Done", "Won't Do"} {
		if to != status {
			others = append(others, to)
		}
	}
	return others
}

func (f *Fake) transitions(w http.ResponseWriter, issue *fakeIssue) {
	list := []map[string]any{}
	for i, to := range f.leads(issue.status) {
		fields := map[string]any{}
		if categories[to] == "done" {
			for _, name := range f.Screen {
				fields[name] = map[string]any{"required": true, "name": name}
				if name == "resolution" {
					fields[name] = map[string]any{"required": true, "name": "Resolution", "allowedValues": []map[string]string{{"name": "Done"}, {"name": "Won't Do"}}}
				}
			}
		}
		list = append(list, map[string]any{
			"id": strconv.Itoa(11 + 10*i), "name": "Move to " + to, "fields": fields,
			"to": map[string]any{"name": to, "statusCategory": map[string]any{"key": categories[to]}},
		})
	}
	reply(w, http.StatusOK, map[string]any{"transitions": list})
}

func (f *Fake) transit(w http.ResponseWriter, r *http.Request, issue *fakeIssue) {
	var move struct {
		Transition struct{ ID string }
		Fields     map[string]json.RawMessage
	}
	if !body(w, r, &move) {
		return
	}
	for i, to := range f.leads(issue.status) {
		if move.Transition.ID != strconv.Itoa(11+10*i) {
			continue
		}
		resolution := struct{ Name string }{}
		if categories[to] == "done" {
			resolution.Name = to
			for _, name := range f.Screen {
				if _, found := move.Fields[name]; !found {
					refuse(w, http.StatusBadRequest, "", map[string]string{name: name + " is required."})
					return
				}
			}
			if value, found := move.Fields["resolution"]; found && (json.Unmarshal(value, &resolution) != nil || !slices.Contains([]string{"Done", "Won't Do"}, resolution.Name)) {
				refuse(w, http.StatusBadRequest, "", map[string]string{"resolution": "The resolution is not valid."})
				return
			}
		}
		issue.status, issue.resolution = to, resolution.Name
		w.WriteHeader(http.StatusNoContent)
		return
	}
	refuse(w, http.StatusBadRequest, "It seems that you have tried to perform an illegal workflow operation.", nil)
}
