package jama

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/plumbapi/plumb/integration"
)

// Fake is a Jama Connect in this process: a project with a folder and rules, a
// type of items with its fields and a picklist, each with numbers of its own as
// every instance has them; pages of at most 50; locks.
type Fake struct {
	// Options are the values of the status picklist; empty means Open, Closed
	// and Rejected.
	Options []string
	// Required are fields that the type asks for beyond name.
	Required []string
	// Locked has the keys of items that somebody is editing, and in how many
	// requests the lock is gone; negative means never.
	Locked map[string]int
	// Burst is how many requests are taken before one is answered with 429; 0
	// means that none is.
	Burst int

	client, secret  string
	user, password  string
	project, parent int
	kind, field     string
	rule            int

	mu             sync.Mutex
	served, tokens int
	issued         string
	items          []*item
	relations      []relation
}

// item is an item as the fake keeps it.
type item struct {
	id       int
	key      string
	fields   map[string]any
	comments []string
}

type relation struct {
	From int `json:"fromItem"`
	To   int `json:"toItem"`
	Kind int `json:"relationshipType"`
}

// Numbers of the fake's instance, as they differ from one to the next.
const (
	fakeType     = 89_011
	fakePicklist = 412
	fakeOption   = 7_000
	fakeRelation = 5
)

// NewFake returns an instance that accepts the inputs.
func NewFake(inputs integration.Inputs) *Fake {
	number := func(name string) int {
		n, err := strconv.Atoi(inputs[name])
		if err != nil {
			return 0
		}
		return n
	}
	f := &Fake{
		client: inputs["client_id"], secret: inputs["client_secret"],
		user: inputs["user"], password: inputs["password"],
		project: number("project"), parent: number("parent"), rule: number("rule_item"),
		kind: inputs["item_type"], field: inputs["field"],
	}
	if inputs["edition"] == "self-hosted" {
		f.client = ""
	}
	return f
}

// Objects implements [integration.Fake].
func (f *Fake) Objects() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	list := make([]string, 0, len(f.items))
	for _, i := range f.items {
		status := "no status"
		if n, isNumber := i.fields["status"].(float64); isNumber {
			if at := int(n) - fakeOption; at >= 0 && at < len(f.options()) {
				status = f.options()[at]
			}
		}
		text := fmt.Sprintf("item %s %s: %v", i.key, status, i.fields["name"])
		for _, r := range f.relations {
			if r.From == i.id {
				text += fmt.Sprintf(" (traced to %d)", r.To)
			}
		}
		if len(i.comments) > 0 {
			text += fmt.Sprintf(" (%d comments)", len(i.comments))
		}
		list = append(list, text)
	}
	return list
}

// Move gives an item a status, as somebody does who works in Jama.
func (f *Fake) Move(key, status string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	at := slices.Index(f.options(), status)
	for _, i := range f.items {
		if i.key == key && at >= 0 {
			i.fields["status"] = float64(fakeOption + at)
			return true
		}
	}
	return false
}

// Rotate replaces the client's secret and the password that are accepted.
func (f *Fake) Rotate(secret string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.secret, f.password, f.issued = secret, secret, ""
}

func (f *Fake) options() []string {
	if len(f.Options) > 0 {
		return f.Options
	}
	return []string{"Open", "Closed", "Rejected"}
}

// ServeHTTP answers as Jama Connect does.
func (f *Fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.served++; f.Burst > 0 && f.served%(f.Burst+1) == 0 {
		w.Header().Set("Retry-After", "1")
		refuse(w, http.StatusTooManyRequests, "Too many requests")
		return
	}
	if r.URL.Path == "/rest/oauth/token" {
		f.token(w, r)
		return
	}
	if !f.knows(r.Header.Get("Authorization")) {
		refuse(w, http.StatusUnauthorized, "Unauthorized")
		return
	}
	path, found := strings.CutPrefix(r.URL.Path, "/rest/v1/")
	if !found {
		refuse(w, http.StatusNotFound, "No such resource")
		return
	}
	f.route(w, r, strings.Split(path, "/"))
}

func (f *Fake) route(w http.ResponseWriter, r *http.Request, path []string) {
	call := r.Method + " " + path[0]
	number := 0
	if len(path) > 1 {
		n, err := strconv.Atoi(path[1])
		if err != nil {
			refuse(w, http.StatusNotFound, "No such resource")
			return
		}
		number = n
		call += "/N" + strings.TrimPrefix("/"+strings.Join(path[2:], "/"), "/")
		if len(path) > 2 {
			call = r.Method + " " + path[0] + "/N/" + strings.Join(path[2:], "/")
		}
	}
	switch call {
	case "GET itemtypes":
		f.page(w, r, f.types())
	case "GET picklists/N/options":
		f.listOptions(w, r, number)
	case "GET relationshiptypes":
		f.page(w, r, []any{map[string]any{"id": fakeRelation - 1, "name": "Related to", "isDefault": false}, map[string]any{"id": fakeRelation, "name": "Validated by", "isDefault": true}})
	case "GET abstractitems":
		f.find(w, r)
	case "POST items":
		f.create(w, r)
	case "PATCH items/N":
		f.patch(w, r, number)
	case "GET items/N/downstreamrelationships":
		var list []any
		for _, one := range f.relations {
			if one.From == number {
				list = append(list, one)
			}
		}
		f.page(w, r, list)
	case "POST relationships":
		f.relate(w, r)
	case "POST comments":
		f.comment(w, r)
	default:
		refuse(w, http.StatusNotFound, "No such resource")
	}
}

func (f *Fake) knows(authorization string) bool {
	if f.client != "" {
		return f.issued != "" && authorization == "Bearer "+f.issued
	}
	return authorization == "Basic "+base64.StdEncoding.EncodeToString([]byte(f.user+":"+f.password))
}

func (f *Fake) token(w http.ResponseWriter, r *http.Request) {
	id, secret, given := r.BasicAuth()
	if r.Method != http.MethodPost || !given || f.client == "" || id != f.client || secret != f.secret {
		reply(w, http.StatusUnauthorized, map[string]string{"error": "unauthorized", "error_description": "Bad credentials"})
		return
	}
	if r.ParseForm() != nil || r.PostForm.Get("grant_type") != "client_credentials" {
		reply(w, http.StatusBadRequest, map[string]string{"error": "invalid_request", "error_description": "Missing grant type"})
		return
	}
	f.tokens++
	f.issued = "access-" + strconv.Itoa(f.tokens)
	reply(w, http.StatusOK, map[string]any{"access_token": f.issued, "token_type": "bearer", "expires_in": 3600, "scope": "token_information"})
}

// types are the item types: one that is not meant, so that the right one is
// found by its name or key and not by its place, on the second page.
func (f *Fake) types() []any {
	list := make([]any, 0, 52)
	for n := range 51 {
		list = append(list, map[string]any{"id": 100 + n, "typeKey": "T" + strconv.Itoa(n), "display": "Type " + strconv.Itoa(n), "fields": []any{}})
	}
	fields := []any{
		map[string]any{"name": "name", "label": "Name", "fieldType": "STRING", "required": true},
		map[string]any{"name": "description", "label": "Description", "fieldType": "TEXT", "textType": "RICHTEXT", "required": false},
		map[string]any{"name": "status", "label": "Status", "fieldType": "LOOKUP", "pickList": fakePicklist, "required": false},
		map[string]any{"name": f.fieldName(), "label": f.field, "fieldType": "STRING", "required": false},
	}
	for _, name := range f.Required {
		fields = append(fields, map[string]any{"name": name, "label": name, "fieldType": "STRING", "required": true})
	}
	return append(list, map[string]any{"id": fakeType, "typeKey": f.kind, "display": "Defect", "fields": fields})
}

// fieldName is the custom field's name as the API has it: its own name, and the
// number of the type.
func (f *Fake) fieldName() string { return f.field + "$" + strconv.Itoa(fakeType) }

func (f *Fake) listOptions(w http.ResponseWriter, r *http.Request, picklist int) {
	if picklist != fakePicklist {
		refuse(w, http.StatusNotFound, "No such picklist")
		return
	}
	var list []any
	for n, name := range f.options() {
		list = append(list, map[string]any{"id": fakeOption + n, "name": name, "active": true, "default": n == 0})
	}
	f.page(w, r, list)
}

// page answers with the part of a list that was asked for.
func (f *Fake) page(w http.ResponseWriter, r *http.Request, list []any) {
	size, start := 20, 0
	for name, into := range map[string]*int{"maxResults": &size, "startAt": &start} {
		if text := r.URL.Query().Get(name); text != "" {
			n, err := strconv.Atoi(text)
			if err != nil || n < 0 {
				refuse(w, http.StatusBadRequest, name+" is not a number")
				return
			}
			*into = n
		}
	}
	size = min(max(size, 1), 50) // more is not given, whatever is asked for
	start = min(start, len(list))
	some := list[start:min(start+size, len(list))]
	if some == nil {
		some = []any{}
	}
	reply(w, http.StatusOK, map[string]any{
		"meta": map[string]any{"status": "OK", "pageInfo": map[string]int{"startIndex": start, "resultCount": len(some), "totalResults": len(list)}},
		"data": some,
	})
}

// find searches the text of items, as the search index does: an item is found
// by any of its texts, so what is found need not be what was meant.
func (f *Fake) find(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	if query.Get("project") != strconv.Itoa(f.project) {
		refuse(w, http.StatusNotFound, "No such project")
		return
	}
	var list []any
	for _, i := range f.items {
		if query.Get("itemType") != "" && query.Get("itemType") != strconv.Itoa(fakeType) {
			continue
		}
		contains := query["contains"]
		if len(contains) > 0 && !slices.ContainsFunc(contains, i.contains) {
			continue
		}
		list = append(list, map[string]any{"id": i.id, "documentKey": i.key, "itemType": fakeType, "project": f.project, "fields": i.fields})
	}
	f.page(w, r, list)
}

func (i *item) contains(text string) bool {
	for _, name := range slices.Sorted(maps.Keys(i.fields)) {
		if value, isText := i.fields[name].(string); isText && strings.Contains(value, text) {
			return true
		}
	}
	return false
}

func (f *Fake) at(id int) *item {
	for _, i := range f.items {
		if i.id == id {
			return i
		}
	}
	return nil
}

func read(w http.ResponseWriter, r *http.Request, into any) bool {
	data, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if err != nil || json.Unmarshal(data, into) != nil || !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		refuse(w, http.StatusBadRequest, "The request body cannot be read")
		return false
	}
	return true
}

// refuse answers with Jama's form of errors.
func refuse(w http.ResponseWriter, status int, message string) {
	reply(w, status, map[string]any{"meta": map[string]any{"status": http.StatusText(status), "message": message}})
}

func reply(w http.ResponseWriter, status int, value any) {
	data, err := json.Marshal(value)
	if err != nil {
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json;charset=UTF-8")
	w.WriteHeader(status)
	_, _ = w.Write(data) // who does not listen any more does not need it
}
