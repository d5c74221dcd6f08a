package servicenow

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/plumbapi/plumb/integration"
)

// Fake is an instance of ServiceNow in this process: the table of changes with
// the lengths of its columns, the states of a change and which follows which,
// and the refusals of its rules.
type Fake struct {
	// Follow has the states that may follow each state; see the functions Follow
	// and FollowAgain. It may be changed before the first request.
	Follow map[string][]string
	// Templates are the sys_ids of templates of standard changes.
	Templates []string
	// Mandatory are columns that a data policy asks for in new changes; nil means
	// short_description.
	Mandatory []string
	// Burst is how many requests are taken before one is answered with 429; 0
	// means that none is.
	Burst int

	user, password string
	client, secret string
	old            bool

	mu             sync.Mutex
	served, tokens int
	changes        []*change
	groups         []string
	issued         string
}

// change is a change request as the fake keeps it.
type change struct {
	id     string
	fields map[string]string
	// cut names columns whose value was longer than they are: the instance
	// shortens it without a word.
	cut []string
	// notes are the work notes, the newest last.
	notes []string
}

// columns are how many characters fit in the columns of the table.
// Source: the dictionary of task and change_request of the base system.
var columns = map[string]int{
	"short_description": maxShort, "description": maxText, "correlation_id": maxCorrelation,
	"correlation_display": 100, "close_notes": maxText, "work_notes": maxText,
	"type": 40, "state": 40, "close_code": 40, "assignment_group": 32, "parent": 32,
	"reason": 40, "justification": maxText, "number": 40, "sys_created_on": 40, "sys_id": 32,
}

// Follow is what may come after each state of a normal change in the base
// system: new, assess, authorize, scheduled, implement, review, closed (3) and
// cancelled (4). What is closed or cancelled stays so.
func Follow() map[string][]string {
	return map[string][]string{
		"-5": {"-4", "4"}, "-4": {"-3", "-5", "4"}, "-3": {"-2", "-5", "4"}, "-2": {"-1", "-5", "4"},
		"-1": {"0", "4"}, "0": {"3", "4"},
	}
}

// FollowAgain is that of a change model that lets what was cancelled begin anew,
// as many instances have it.
func FollowAgain() map[string][]string {
	follow := Follow()
	follow["4"] = []string{"-5"}
	return follow
}

// NewFake returns an instance that accepts the inputs.
func NewFake(inputs integration.Inputs) *Fake {
	f := &Fake{
		Follow: FollowAgain(),
		old:    inputs["edition"] == "v1",
		user:   inputs["user"], password: inputs["password"],
		client: inputs["client_id"], secret: inputs["client_secret"],
	}
	if group := inputs["assignment_group"]; group != "" {
		f.groups = []string{group}
	}
	if template := inputs["template"]; template != "" {
		f.Templates = []string{template}
	}
	return f
}

// Objects implements [integration.Fake].
func (f *Fake) Objects() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	list := make([]string, 0, len(f.changes))
	for _, c := range f.changes {
		state := map[string]string{"3": "closed", "4": "cancelled"}[c.fields["state"]]
		if state == "" {
			state = "open"
		}
		text := fmt.Sprintf("%s change %s %s: %s", c.fields["type"], c.fields["number"], state, c.fields["short_description"])
		if len(c.notes) > 0 {
			text += fmt.Sprintf(" (%d notes)", len(c.notes))
		}
		if len(c.cut) > 0 {
			text += " (the instance has shortened " + strings.Join(c.cut, ", ") + ")"
		}
		list = append(list, text)
	}
	return list
}

// Move puts a change into a state, as somebody does who works in ServiceNow.
func (f *Fake) Move(number, state, closeCode string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, c := range f.changes {
		if c.fields["number"] == number {
			c.fields["state"], c.fields["close_code"] = state, closeCode
			return true
		}
	}
	return false
}

// Rotate replaces the password, and the client's secret, that are accepted.
func (f *Fake) Rotate(secret string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.password, f.secret, f.issued = secret, secret, ""
}

// ServeHTTP answers as an instance does.
func (f *Fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.served++; f.Burst > 0 && f.served%(f.Burst+1) == 0 {
		w.Header().Set("Retry-After", "1")
		refuse(w, http.StatusTooManyRequests, "Rate limit exceeded", "")
		return
	}
	if r.URL.Path == "/oauth_token.do" {
		f.token(w, r)
		return
	}
	if !f.knows(r.Header.Get("Authorization")) {
		refuse(w, http.StatusUnauthorized, "User Not Authenticated", "Required to provide Auth information")
		return
	}
	table, api := "/api/now/v2/table/change_request", "/api/sn_chg_rest/change/"
	if f.old {
		table = "/api/now/v1/table/change_request"
	}
	id, isRow := strings.CutPrefix(r.URL.Path, table+"/")
	rest, isChange := strings.CutPrefix(r.URL.Path, api)
	template, isStandard := strings.CutPrefix(rest, "standard/")
	one, isNext := strings.CutSuffix(rest, "/nextstate")
	switch {
	case r.URL.Path == table && r.Method == http.MethodGet:
		f.list(w, r)
	case r.URL.Path == table && r.Method == http.MethodPost:
		f.insert(w, r, "")
	case isRow && r.Method == http.MethodPatch:
		f.patch(w, r, id)
	case isChange && isStandard && r.Method == http.MethodPost:
		if !slices.Contains(f.Templates, template) {
			refuse(w, http.StatusNotFound, "Template not found", "")
			return
		}
		f.insert(w, r, "standard")
	case isChange && isNext && r.Method == http.MethodGet:
		f.next(w, one)
	default:
		refuse(w, http.StatusBadRequest, "Requested URI does not represent any resource", r.URL.Path)
	}
}

func (f *Fake) knows(authorization string) bool {
	if f.client != "" {
		return f.issued != "" && authorization == "Bearer "+f.issued
	}
	return authorization == "Basic "+base64.StdEncoding.EncodeToString([]byte(f.user+":"+f.password))
}

func (f *Fake) token(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost || r.ParseForm() != nil || r.PostForm.Get("grant_type") != "client_credentials" ||
		f.client == "" || r.PostForm.Get("client_id") != f.client || r.PostForm.Get("client_secret") != f.secret {
		reply(w, http.StatusUnauthorized, map[string]string{"error": "server_error", "error_description": "access_denied"})
		return
	}
	f.tokens++
	f.issued = "access-" + strconv.Itoa(f.tokens)
	reply(w, http.StatusOK, map[string]any{"access_token": f.issued, "token_type": "Bearer", "expires_in": 1799, "scope": "useraccount"})
}

func (f *Fake) list(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	found := f.matching(query.Get("sysparm_query"))
	limit, err := strconv.Atoi(query.Get("sysparm_limit"))
	if err != nil || limit <= 0 {
		limit = 10_000
	}
	offset, err := strconv.Atoi(query.Get("sysparm_offset"))
	if err != nil {
		offset = 0
	}
	w.Header().Set("X-Total-Count", strconv.Itoa(len(found)))
	offset = min(max(offset, 0), len(found))
	found = found[offset:min(offset+limit, len(found))]
	if len(found) == 0 && f.old {
		refuse(w, http.StatusNotFound, "No Record found", "Record doesn't exist or ACL restricts the record retrieval")
		return
	}
	rows := make([]map[string]string, 0, len(found))
	for _, c := range found {
		row := map[string]string{}
		for field := range strings.SplitSeq(query.Get("sysparm_fields"), ",") {
			if value, known := c.fields[field]; known {
				row[field] = value
			}
		}
		rows = append(rows, row)
	}
	reply(w, http.StatusOK, map[string]any{"result": rows})
}

// matching evaluates an encoded query. Like an instance as it is delivered, it
// passes over conditions that it does not understand, so a query with a wrong
// field finds everything.
func (f *Fake) matching(query string) []*change {
	newest := false
	var found []*change
	for _, c := range f.changes {
		for alternative := range strings.SplitSeq(query, "^NQ") {
			meets := true
			for part := range strings.SplitSeq(alternative, "^") {
				if strings.HasPrefix(part, "ORDERBYDESC") {
					newest = true
					continue
				}
				if other, isOr := strings.CutPrefix(part, "OR"); isOr {
					meets = meets || holds(c, other)
					continue
				}
				meets = meets && holds(c, part)
			}
			if meets {
				found = append(found, c)
				break
			}
		}
	}
	if newest {
		slices.Reverse(found)
	}
	return found
}

func holds(c *change, condition string) bool {
	for _, operator := range []string{"STARTSWITH", "IN", "="} {
		field, value, isIt := strings.Cut(condition, operator)
		if !isIt || columns[field] == 0 {
			continue
		}
		switch operator {
		case "STARTSWITH":
			return strings.HasPrefix(c.fields[field], value)
		case "IN":
			return slices.Contains(strings.Split(value, ","), c.fields[field])
		default:
			return c.fields[field] == value
		}
	}
	return true
}

// read decodes the fields that were sent; an answer has been given where it is
// nil.
func read(w http.ResponseWriter, r *http.Request) map[string]string {
	fields := map[string]string{}
	data, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if err != nil || json.Unmarshal(data, &fields) != nil || !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		refuse(w, http.StatusBadRequest, "Exception while reading request", "The payload is not valid JSON")
		return nil
	}
	return fields
}

func (f *Fake) insert(w http.ResponseWriter, r *http.Request, kind string) {
	fields := read(w, r)
	if fields == nil {
		return
	}
	if kind == "" && fields["type"] == "standard" {
		refuse(w, http.StatusForbidden, "Operation Failed", "Operation against file 'change_request' was aborted by Business Rule 'Validate Standard Change'")
		return
	}
	mandatory := f.Mandatory
	if mandatory == nil {
		mandatory = []string{"short_description"}
	}
	for _, name := range mandatory {
		if strings.TrimSpace(fields[name]) == "" && kind == "" {
			refuse(w, http.StatusForbidden, "Operation Failed", "Data Policy Exception: The following fields are mandatory: "+name)
			return
		}
	}
	if group := fields["assignment_group"]; group != "" && !slices.Contains(f.groups, group) {
		fields["assignment_group"] = "" // a reference to nothing stays empty
	}
	number := len(f.changes) + 1
	c := &change{id: fmt.Sprintf("%032x", number), fields: map[string]string{"type": "normal"}}
	c.set(fields)
	if kind != "" {
		c.fields["type"] = kind
	}
	c.fields["sys_id"], c.fields["number"], c.fields["state"] = c.id, fmt.Sprintf("CHG%07d", 30_000+number), "-5"
	c.fields["sys_created_on"] = fmt.Sprintf("2026-01-01 00:00:%02d", number%60)
	f.changes = append(f.changes, c)
	if kind != "" { // this endpoint shows values in pairs
		reply(w, http.StatusOK, map[string]any{"result": map[string]any{
			"sys_id": map[string]string{"value": c.id, "display_value": c.id},
			"number": map[string]string{"value": c.fields["number"], "display_value": c.fields["number"]},
		}})
		return
	}
	reply(w, http.StatusCreated, map[string]any{"result": c.fields})
}

func (f *Fake) patch(w http.ResponseWriter, r *http.Request, id string) {
	fields := read(w, r)
	if fields == nil {
		return
	}
	c := f.find(id)
	if c == nil {
		refuse(w, http.StatusNotFound, "No Record found", "Record doesn't exist or ACL restricts the record retrieval")
		return
	}
	state := c.fields["state"]
	if to, given := fields["state"]; given && to != state {
		if !slices.Contains(f.after(state), to) {
			refuse(w, http.StatusForbidden, "Operation Failed", "Operation against file 'change_request' was aborted by Business Rule 'Change Model: Check State Transition'")
			return
		}
		if to == "3" && (fields["close_code"] == "" || fields["close_notes"] == "") {
			refuse(w, http.StatusForbidden, "Operation Failed", "Data Policy Exception: The following fields are mandatory: Close code, Close notes")
			return
		}
	}
	c.set(fields)
	reply(w, http.StatusOK, map[string]any{"result": c.fields})
}

// set puts values into columns, shortened to what fits. Columns that there are
// not are passed over, as the real API does.
func (c *change) set(fields map[string]string) {
	for name, value := range fields {
		size := columns[name]
		if size == 0 {
			continue
		}
		if text := []rune(value); len(text) > size {
			value = string(text[:size])
			c.cut = append(c.cut, name)
			slices.Sort(c.cut)
		}
		if name == "work_notes" {
			if value != "" {
				c.notes = append(c.notes, value)
			}
			continue
		}
		c.fields[name] = value
	}
}

func (f *Fake) next(w http.ResponseWriter, id string) {
	c := f.find(id)
	if c == nil {
		refuse(w, http.StatusNotFound, "Change request not found", "")
		return
	}
	available := append([]string{c.fields["state"]}, f.after(c.fields["state"])...)
	reply(w, http.StatusOK, map[string]any{"result": map[string]any{"available_states": available}})
}

func (f *Fake) after(state string) []string { return f.Follow[state] }

func (f *Fake) find(id string) *change {
	for _, c := range f.changes {
		if c.id == id {
			return c
		}
	}
	return nil
}

// refuse answers with ServiceNow's form of errors.
func refuse(w http.ResponseWriter, status int, message, detail string) {
	reply(w, status, map[string]any{"error": map[string]string{"message": message, "detail": detail}, "status": "failure"})
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
