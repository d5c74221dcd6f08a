package jama

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

func (f *Fake) create(w http.ResponseWriter, r *http.Request) {
	var sent struct {
		Project  int
		ItemType int
		Location struct {
			Parent struct{ Item, Project int }
		}
		Fields map[string]any
	}
	if !read(w, r, &sent) {
		return
	}
	switch {
	case sent.Project != f.project:
		refuse(w, http.StatusNotFound, "Project "+strconv.Itoa(sent.Project)+" not found")
		return
	case sent.ItemType != fakeType:
		refuse(w, http.StatusBadRequest, "The item type "+strconv.Itoa(sent.ItemType)+" is not in the project")
		return
	case sent.Location.Parent.Item != f.parent && (f.parent != 0 || sent.Location.Parent.Project != f.project):
		refuse(w, http.StatusBadRequest, "Parent item not found")
		return
	}
	number := len(f.items) + 1
	i := &item{id: 5_000 + number, key: fmt.Sprintf("API-%s-%d", f.kind, number), fields: map[string]any{}}
	for _, name := range append([]string{"name"}, f.Required...) {
		if text, isText := sent.Fields[name].(string); !isText || strings.TrimSpace(text) == "" {
			refuse(w, http.StatusBadRequest, "Required field "+name+" is missing")
			return
		}
	}
	for _, name := range slices.Sorted(maps.Keys(sent.Fields)) {
		if problem := f.set(i, name, sent.Fields[name]); problem != "" {
			refuse(w, http.StatusBadRequest, problem)
			return
		}
	}
	f.items = append(f.items, i)
	reply(w, http.StatusCreated, map[string]any{"meta": map[string]any{
		"status": "Created", "id": i.id, "location": "https://jama.example/rest/v1/items/" + strconv.Itoa(i.id),
	}})
}

// set gives a field its value, or says why it does not take it.
func (f *Fake) set(i *item, name string, value any) string {
	size := 0
	switch name {
	case "name", f.fieldName():
		size = maxName
	case "description":
		size = maxDescription
	case "status":
		n, isNumber := value.(float64)
		if !isNumber || n < fakeOption || int(n) >= fakeOption+len(f.options()) {
			return "The value of status is not an option of its picklist"
		}
		i.fields[name] = value
		return ""
	default:
		if !slices.Contains(f.Required, name) {
			return "The field " + name + " is not a field of the item type"
		}
		size = maxName
	}
	text, isText := value.(string)
	if !isText || len([]rune(text)) > size {
		return fmt.Sprintf("The field %s takes at most %d characters", name, size)
	}
	i.fields[name] = text
	return ""
}

func (f *Fake) patch(w http.ResponseWriter, r *http.Request, id int) {
	var operations []struct {
		Op, Path string
		Value    any
	}
	if !read(w, r, &operations) {
		return
	}
	i := f.at(id)
	if i == nil {
		refuse(w, http.StatusNotFound, "Item not found")
		return
	}
	if left := f.Locked[i.key]; left != 0 {
		f.Locked[i.key] = left - 1
		refuse(w, http.StatusConflict, "The item is locked by another user")
		return
	}
	changed := &item{fields: map[string]any{}}
	for _, o := range operations {
		name, isField := strings.CutPrefix(o.Path, "/fields/")
		if !isField || !slices.Contains([]string{"add", "replace"}, o.Op) {
			refuse(w, http.StatusBadRequest, "The operation "+o.Op+" "+o.Path+" is not supported")
			return
		}
		if problem := f.set(changed, name, o.Value); problem != "" {
			refuse(w, http.StatusBadRequest, problem)
			return
		}
	}
	maps.Copy(i.fields, changed.fields)
	reply(w, http.StatusOK, map[string]any{"meta": map[string]any{"status": "OK"}})
}

func (f *Fake) relate(w http.ResponseWriter, r *http.Request) {
	var sent relation
	if !read(w, r, &sent) {
		return
	}
	switch {
	case f.at(sent.From) == nil || sent.To != f.rule:
		refuse(w, http.StatusNotFound, "Item not found")
	case sent.Kind != fakeRelation && sent.Kind != fakeRelation-1:
		refuse(w, http.StatusBadRequest, "No such relationship type")
	case slices.ContainsFunc(f.relations, func(one relation) bool { return one.From == sent.From && one.To == sent.To }):
		refuse(w, http.StatusBadRequest, "Entity already exists")
	default:
		f.relations = append(f.relations, sent)
		reply(w, http.StatusCreated, map[string]any{"meta": map[string]any{"status": "Created", "id": len(f.relations)}})
	}
}

func (f *Fake) comment(w http.ResponseWriter, r *http.Request) {
	var sent struct {
		Location struct{ Item int }
		Body     struct{ Text string }
	}
	if !read(w, r, &sent) {
		return
	}
	i := f.at(sent.Location.Item)
	switch {
	case i == nil:
		refuse(w, http.StatusNotFound, "Item not found")
	case sent.Body.Text == "" || len([]rune(sent.Body.Text)) > maxDescription:
		refuse(w, http.StatusBadRequest, "The comment is empty or too long")
	default:
		i.comments = append(i.comments, sent.Body.Text)
		reply(w, http.StatusCreated, map[string]any{"meta": map[string]any{"status": "Created", "id": len(i.comments)}})
	}
}
