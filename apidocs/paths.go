package apidocs

import (
	"fmt"
	"slices"
	"strings"
)

// Paths are the guides that every product can have, made from its
// descriptions: a first call, lists and their pages, errors, and receiving a
// webhook; those for which there is something to say. They are texts, as
// people would write them.
func (r *Reference) Paths() []Text {
	var out []Text
	for _, make := range []func() (Text, bool){r.firstCall, r.paging, r.errors, r.receiving} {
		if t, ok := make(); ok {
			out = append(out, t)
		}
	}
	return out
}

// firstCall shows the operation that needs the least.
func (r *Reference) firstCall() (Text, bool) {
	var best *Entry
	least := 0
	for _, e := range r.Entries {
		if e.Kind != Operation || e.Operation.Method != "GET" || e.Deprecated {
			continue
		}
		need := 2 * strings.Count(e.Operation.Path, "{")
		for _, p := range e.Document.Parameters(e.Operation) {
			if p.Get("required").IsTrue() {
				need++
			}
		}
		need = 4*need + min(3, strings.Count(e.Operation.Path, "/"))
		if best == nil || need < least {
			best, least = e, need
		}
	}
	if best == nil {
		return Text{}, false
	}
	var b strings.Builder
	b.WriteString("One request shows that all is in place: " + reference(best) + ".\n\n")
	switch c := best.Call(); {
	case len(c.Security) > 0 && len(c.Security[0].Schemes) > 0:
		b.WriteString("It wants to know who calls: see [authentication](../authentication.html). Put the credential into the variable `TOKEN` and send:\n\n")
	default:
		b.WriteString("It needs no credential. Send:\n\n")
	}
	b.WriteString("{{ sample " + best.ID + " curl }}\n\nWhat comes back, and what else can be asked for:\n\n{{ operation " + best.ID + " }}\n")
	return Text{Name: "first-call", Title: "First call", Markdown: b.String()}, true
}

// pagers are names of parameters by which lists are read in parts.
var pagers = []string{"page", "per_page", "page_size", "pagesize", "limit", "offset", "cursor", "after", "before", "starting_after", "ending_before", "page_token", "next_token", "continuation_token", "pagination", "id_after"}

// paging tells how lists are read in parts: which parameters do it, and in
// which operations.
func (r *Reference) paging() (Text, bool) {
	type way struct {
		names []string
		first *Entry
		count int
	}
	ways := map[string]*way{}
	var order []string
	for _, e := range r.Entries {
		if e.Kind != Operation || e.Operation.Method != "GET" {
			continue
		}
		var names []string
		for _, p := range e.Document.Parameters(e.Operation) {
			if name := p.Get("name").Text(); p.Get("in").Text() == "query" && slices.Contains(pagers, strings.ToLower(strings.ReplaceAll(name, "-", "_"))) {
				names = append(names, name)
			}
		}
		if len(names) == 0 {
			continue
		}
		slices.Sort(names)
		key := strings.Join(names, " ")
		if ways[key] == nil {
			ways[key] = &way{names: names, first: e}
			order = append(order, key)
		}
		ways[key].count++
	}
	connections := 0
	if r.schema != nil {
		for _, t := range r.schema.Objects {
			if strings.HasSuffix(t.Name, "Connection") && t.Field("pageInfo") != nil {
				connections++
			}
		}
	}
	if len(order) == 0 && connections == 0 {
		return Text{}, false
	}
	slices.SortStableFunc(order, func(a, b string) int { return ways[b].count - ways[a].count })
	var b strings.Builder
	b.WriteString("Long lists come in parts.\n\n")
	if len(order) > 0 {
		b.WriteString("| parameters | operations | such as |\n| --- | ---: | --- |\n")
		for _, key := range order {
			w := ways[key]
			fmt.Fprintf(&b, "| `%s` | %d | %s |\n", strings.Join(w.names, "`, `"), w.count, reference(w.first))
		}
		b.WriteString("\nAsk for a part, take what comes, and go on until there is nothing more:\n\n{{ sample " + ways[order[0]].first.ID + " curl }}\n\n{{ operation " + ways[order[0]].first.ID + " }}\n")
	}
	if connections > 0 {
		fmt.Fprintf(&b, "\nIn GraphQL, %d types are connections: ask for `first` and `after`, and read `pageInfo { hasNextPage endCursor }` until `hasNextPage` is false.\n", connections)
	}
	return Text{Name: "pagination", Title: "Lists and their pages", Markdown: b.String()}, true
}

// errors lists the statuses that operations answer with when something is
// wrong.
func (r *Reference) errors() (Text, bool) {
	type status struct {
		operations int
		words      map[string]int
		schemas    map[*Entry]int
	}
	all := map[string]*status{}
	for _, e := range r.Entries {
		if e.Kind != Operation {
			continue
		}
		for _, n := range e.Operation.Node.Get("responses").Children() {
			code := n.Key()
			if len(code) != 3 || code[0] != '4' && code[0] != '5' {
				continue
			}
			s := all[code]
			if s == nil {
				s = &status{words: map[string]int{}, schemas: map[*Entry]int{}}
				all[code] = s
			}
			s.operations++
			answer := response(e.Document, e.Operation.Node, code, e.Document.Resolve(n))
			if text := FirstSentence(answer.Description); text != "" {
				s.words[text]++
			}
			for _, m := range answer.Media {
				if known := r.byNode[e.Document.Resolve(m.Schema)]; known != nil {
					s.schemas[known]++
				}
			}
		}
	}
	if len(all) == 0 {
		return Text{}, false
	}
	var b strings.Builder
	b.WriteString("What operations answer with when something is wrong.\n\n| status | operations | meaning | body |\n| --- | ---: | --- | --- |\n")
	for _, code := range sorted(all) {
		s := all[code]
		words := sorted(s.words)
		slices.SortStableFunc(words, func(a, b string) int { return s.words[b] - s.words[a] })
		var bodies []*Entry
		for e := range s.schemas {
			bodies = append(bodies, e)
		}
		slices.SortFunc(bodies, func(a, b *Entry) int {
			if n := s.schemas[b] - s.schemas[a]; n != 0 {
				return n
			}
			return strings.Compare(a.Path, b.Path)
		})
		var refs []string
		for _, e := range bodies[:min(3, len(bodies))] {
			refs = append(refs, reference(e))
		}
		fmt.Fprintf(&b, "| %s | %d | %s | %s |\n", code, s.operations, cell(strings.Join(words[:min(3, len(words))], " · ")), strings.Join(refs, ", "))
	}
	return Text{Name: "errors", Title: "Errors", Markdown: b.String()}, true
}

// receiving shows how a webhook is received.
func (r *Reference) receiving() (Text, bool) {
	var hooks []*Entry
	for _, e := range r.Entries {
		if e.Kind == Webhook {
			hooks = append(hooks, e)
		}
	}
	if len(hooks) == 0 {
		return Text{}, false
	}
	var b strings.Builder
	count := "There is one event. It is"
	if len(hooks) > 1 {
		count = fmt.Sprintf("There are %d events. Each is", len(hooks))
	}
	fmt.Fprintf(&b, "%s a `POST` to an address of yours; answer with a status of 2xx as soon as it is stored, and work on it after that.\n\n", count)
	names := commonHeaders(hooks)
	if len(names) > 0 {
		b.WriteString("Every delivery has these headers:\n\n")
		for _, name := range names {
			b.WriteString("- `" + name + "`\n")
		}
		b.WriteString("\n")
	}
	b.WriteString(verifying(names))
	b.WriteString(again(names))
	b.WriteString("## A receiver in Go\n\n```go\nhttp.HandleFunc(\"POST /hooks\", func(w http.ResponseWriter, r *http.Request) {\n\tbody, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 25<<20))\n\tif err != nil {\n\t\thttp.Error(w, \"too large\", http.StatusRequestEntityTooLarge)\n\t\treturn\n\t}\n\t// Verify the signature over body, then store it.\n\tw.WriteHeader(http.StatusNoContent)\n})\n```\n\n## An event\n\n{{ webhook " + hooks[0].ID + " }}\n")
	return Text{Name: "receive-a-webhook", Title: "Receive a webhook", Markdown: b.String()}, true
}

// commonHeaders are the headers that all webhooks describe.
func commonHeaders(hooks []*Entry) []string {
	counts := map[string]int{}
	var order []string
	for _, e := range hooks {
		for _, p := range e.Document.Parameters(e.Operation) {
			if name := p.Get("name").Text(); p.Get("in").Text() == "header" {
				if counts[name] == 0 {
					order = append(order, name)
				}
				counts[name]++
			}
		}
	}
	return slices.DeleteFunc(order, func(name string) bool { return counts[name] < len(hooks) })
}

// reference is a link to an entry.
func reference(e *Entry) string {
	title := strings.NewReplacer("[", `\[`, "]", `\]`, "|", `\|`, "`", "'").Replace(strings.Join(strings.Fields(e.Title), " "))
	return "[" + title + "](<ref:" + e.ID + ">)"
}

func cell(s string) string { return strings.ReplaceAll(s, "|", `\|`) }

func sorted[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
