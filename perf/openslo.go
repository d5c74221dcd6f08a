package perf

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/form"
	"github.com/plumbapi/plumb/openapi"
)

// Production is what documents in OpenSLO v1 hold production to, as far as it
// is about latencies and errors.
type Production struct {
	// Name is that of the file.
	Name string
	// Service is the one that objectives are of; that of the first.
	Service string
	// Window is the longest rolling window of an objective, 0 where none says
	// one in days, hours or minutes.
	Window     time.Duration
	Objectives []ServiceObjective
	// Unread says what is not understood, each at its place.
	Unread []FileProblem
}

// ServiceObjective is one objective of one SLO.
type ServiceObjective struct {
	// Name is that of the SLO.
	Name string
	// Operations are the names that the operation may have, the likeliest
	// first: of annotations and labels, then of labels in queries.
	Operations []string
	// Kind is latency or errors; an objective about errors has no Within.
	Kind string
	Objective
	Location check.Location `json:"-"`
}

// maxOpenSLO bounds the documents of a file.
const maxOpenSLO = 5000

// ReadOpenSLO reads the SLOs of documents in OpenSLO v1, one or more in a file.
// A ratioMetric counts good and all, or bad and all, requests: one whose query
// has a bucket's edge (le) is about latency, any other about errors. A
// thresholdMetric is about latency where its query says in which unit. What
// cannot be understood is told, and the rest is read. The error is a
// *[FileError]: the text is no YAML, or has no OpenSLO in it.
func ReadOpenSLO(name string, data []byte) (*Production, error) {
	if len(data) > MaxPlan {
		return nil, form.Errorf(name, check.Location{}, "the file is larger than %d MiB", MaxPlan>>20)
	}
	r := &openSLOReader{production: &Production{Name: name}, indicators: map[string]*openapi.Node{}}
	var slos []*openapi.Node
	any := false
	for _, text := range documents(data) {
		root, err := form.Read(name, text, MaxPlan)
		if err != nil {
			return nil, err
		}
		version := root.Get("apiVersion").Text()
		switch {
		case root == nil:
			continue
		case !strings.HasPrefix(version, "openslo/"):
			r.unread(root, "this is no OpenSLO: its apiVersion is %.60q", version)
			continue
		case version != "openslo/v1":
			r.unread(root.Get("apiVersion"), "version %.60q of OpenSLO is not read; openslo/v1 is", version)
			any = true
			continue
		}
		any = true
		switch kind := root.Get("kind").Text(); kind {
		case "SLO":
			slos = append(slos, root)
		case "SLI":
			r.indicators[root.Find("metadata", "name").Text()] = root
		case "Service", "DataSource", "AlertPolicy", "AlertCondition", "AlertNotificationTarget":
		default:
			r.unread(root, "kind %.60q is not one of OpenSLO v1", kind)
		}
		if len(slos) > maxOpenSLO {
			return nil, form.Errorf(name, root.Location(), "the file has more than %d SLOs", maxOpenSLO)
		}
	}
	if !any {
		return nil, form.Errorf(name, check.Location{}, "there is no document in OpenSLO v1; each has apiVersion: openslo/v1 and kind: SLO")
	}
	for _, n := range slos {
		r.slo(n)
	}
	return r.production, nil
}

// documents parts the documents of a stream. Each keeps its line numbers: what
// stands before it is left as empty lines.
func documents(data []byte) [][]byte {
	var all [][]byte
	var current strings.Builder
	lines := 0
	flush := func() {
		if form.Lines([]byte(current.String())) > 0 {
			all = append(all, []byte(current.String()))
		}
		current.Reset()
		current.WriteString(strings.Repeat("\n", lines))
	}
	for line := range strings.Lines(strings.TrimPrefix(string(data), "\ufeff")) {
		lines++
		if rest, ok := strings.CutPrefix(line, "---"); ok && strings.TrimSpace(rest) == "" && len(all) < 2*maxOpenSLO {
			flush()
			continue
		}
		current.WriteString(line)
	}
	flush()
	return all
}

type openSLOReader struct {
	production *Production
	indicators map[string]*openapi.Node
}

func (r *openSLOReader) unread(n *openapi.Node, format string, args ...any) {
	r.production.Unread = append(r.production.Unread, form.ProblemAt(n.Location(), format, args...))
}

// slo reads the objectives of one SLO.
func (r *openSLOReader) slo(n *openapi.Node) {
	spec, name := n.Get("spec"), n.Find("metadata", "name").Text()
	r.production.Service = cmp.Or(r.production.Service, spec.Get("service").Text())
	for _, w := range spec.Get("timeWindow").Children() {
		d, ok := parseOpenSLODuration(w.Get("duration").Text())
		if !ok {
			r.unread(w, "the window of SLO %q is not one of days, hours or minutes", name)
		}
		r.production.Window = max(r.production.Window, d)
	}
	if method := spec.Get("budgetingMethod").Text(); method != "" && method != "Occurrences" {
		r.unread(spec.Get("budgetingMethod"), "SLO %q counts %s; only Occurrences count requests", name, method)
		return
	}
	for _, o := range spec.Get("objectives").Children() {
		r.objective(n, o, name)
	}
	if spec.Get("objectives").Len() == 0 {
		r.unread(n, "SLO %q has no objectives", name)
	}
}

// objective reads one objective of an SLO.
func (r *openSLOReader) objective(slo, o *openapi.Node, name string) {
	ob := ServiceObjective{Name: name, Location: o.Location()}
	var ok bool
	if ob.Share, ok = o.Get("target").Float(); !ok {
		ob.Share, ok = o.Get("targetPercent").Float()
		ob.Share /= 100
	}
	if !ok || !(ob.Share > 0 && ob.Share <= 1) {
		r.unread(o, "an objective of SLO %q has no target between 0 and 1", name)
		return
	}
	sli := r.indicator(slo, o)
	metric := sli.Get("spec").Get("ratioMetric")
	threshold := sli.Get("spec").Get("thresholdMetric")
	switch {
	case metric != nil:
		ok = r.ratio(&ob, metric)
	case threshold != nil:
		ok = r.threshold(&ob, o, threshold)
	default:
		r.unread(o, "SLO %q has no indicator with a ratioMetric or a thresholdMetric", name)
		return
	}
	if !ok {
		return
	}
	ob.Operations = operationNames(slo, sli)
	r.production.Objectives = append(r.production.Objectives, ob)
}

// indicator returns the SLI of an objective: its own, that of the SLO, or one
// that either names.
func (r *openSLOReader) indicator(slo, o *openapi.Node) *openapi.Node {
	for _, n := range [...]*openapi.Node{o, slo.Get("spec")} {
		if sli := n.Get("indicator"); sli != nil {
			return sli
		}
		if ref := n.Get("indicatorRef"); ref != nil {
			return r.indicators[ref.Text()]
		}
	}
	return nil
}

// ratio reads a ratio of counts.
func (r *openSLOReader) ratio(ob *ServiceObjective, n *openapi.Node) bool {
	count, good := n.Get("good"), true
	if count == nil {
		count, good = n.Get("bad"), false
	}
	if count == nil {
		r.unread(n, "SLO %q has a ratio without a count of good or bad requests", ob.Name)
		return false
	}
	query := queryOf(count)
	within, edges := edgeOf(query)
	switch {
	case edges == 0:
		ob.Kind = "errors"
		return true
	case edges > 1 || within == 0:
		r.unread(count, "SLO %q counts by several bucket edges, or by one that is no number", ob.Name)
		return false
	case !good && !strings.Contains(query, "-"):
		r.unread(count, "SLO %q counts requests up to a bucket edge as bad", ob.Name)
		return false
	}
	ob.Kind, ob.Within = "latency", within
	return true
}

// threshold reads a measurement that has to stay below a value.
func (r *openSLOReader) threshold(ob *ServiceObjective, o, n *openapi.Node) bool {
	op, query := o.Get("op").Text(), queryOf(n)
	value, ok := o.Get("value").Float()
	unit, known := unitOfQuery(query)
	within := time.Duration(value * float64(unit))
	switch {
	case op != "lte" && op != "lt":
		r.unread(o, "SLO %q asks for values that are %.20q; a latency is lte or lt", ob.Name, op)
	case !ok || !(value > 0) || value*float64(unit) > float64(longestDuration) || within == 0:
		r.unread(o, "SLO %q has no value that is a latency", ob.Name)
	case !known:
		r.unread(n, "SLO %q does not say in which unit it measures; expected a metric whose name has _seconds, _milliseconds or _ms", ob.Name)
	default:
		ob.Kind, ob.Within = "latency", within
		if m := quantile.FindStringSubmatch(query); m != nil {
			q, _ := strconv.ParseFloat(m[1], 64)
			if !(q > 0 && q < 1) {
				r.unread(n, "SLO %q has a quantile that is none", ob.Name)
				return false
			}
			ob.Share = q // that share of requests is within the value
		}
		return true
	}
	return false
}

var (
	quantile  = regexp.MustCompile(`histogram_quantile\(\s*([0-9.]+)`)
	fraction  = regexp.MustCompile(`histogram_fraction\(\s*[0-9.]+\s*,\s*([0-9.]+)`)
	edge      = regexp.MustCompile(`\ble\s*=~?\s*["']([^"']+)["']`)
	edgeZeros = regexp.MustCompile(`\(\\{1,2}\.0\)\?$`) // 1(\.0)? is how both ways to write 1 are matched
	edgeOther = regexp.MustCompile(`\ble\s*(!~|!=)`)
	matcher   = regexp.MustCompile(`\b([a-zA-Z_][a-zA-Z0-9_]*)\s*=\s*"((?:[^"\\]|\\.)*)"`)
)

// queryOf returns the query of a metric source.
func queryOf(n *openapi.Node) string {
	source := n.Find("metricSource", "spec")
	if source == nil {
		source = n.Find("metricSource", "metricSourceSpec")
	}
	if q := source.Get("query").Text(); q != "" {
		return q
	}
	for _, v := range source.Children() {
		if text, ok := v.Str(); ok {
			return text
		}
	}
	return ""
}

// edgeOf returns the latency up to which a query counts, and by how many edges
// of buckets it does; +Inf is none.
func edgeOf(query string) (within time.Duration, edges int) {
	unit, known := unitOfQuery(query)
	if !known {
		unit = time.Second // what Prometheus' conventions ask for
	}
	seen := map[string]bool{}
	for _, m := range slices.Concat(edge.FindAllStringSubmatch(query, -1), fraction.FindAllStringSubmatch(query, -1)) {
		text := edgeZeros.ReplaceAllString(m[1], "")
		f, err := strconv.ParseFloat(text, 64)
		if text == "+Inf" || seen[text] {
			continue
		}
		seen[text] = true
		if edges++; err == nil && f > 0 && f*float64(unit) <= float64(longestDuration) {
			within = time.Duration(f*float64(unit) + 0.5)
		} else {
			within = 0
		}
	}
	return within, edges + len(edgeOther.FindAllString(query, -1))*2
}

// unitOfQuery returns the unit that the name of a metric says.
func unitOfQuery(query string) (time.Duration, bool) {
	switch {
	case strings.Contains(query, "_milliseconds") || strings.Contains(query, "_ms_") || strings.Contains(query, "_ms{"):
		return time.Millisecond, true
	case strings.Contains(query, "_seconds"):
		return time.Second, true
	}
	return time.Second, false
}

// operationNames returns what an SLO may call its operation.
func operationNames(slo, sli *openapi.Node) []string {
	var names []string
	add := func(text string) {
		if text = strings.TrimSpace(text); text != "" && !slices.Contains(names, text) && len(names) < 20 {
			names = append(names, text)
		}
	}
	for _, n := range [...]*openapi.Node{slo.Get("metadata"), sli.Get("metadata")} {
		for _, part := range [...]string{"annotations", "labels"} {
			for _, v := range n.Get(part).Children() {
				if key := v.Key()[strings.LastIndexByte(v.Key(), '/')+1:]; slices.Contains(operationLabels[:], key) {
					add(v.Text())
					add(v.At(0).Text())
				}
			}
		}
	}
	spec := sli.Get("spec")
	for _, n := range [...]*openapi.Node{spec.Find("ratioMetric", "good"), spec.Find("ratioMetric", "bad"), spec.Find("ratioMetric", "total"), spec.Get("thresholdMetric")} {
		values := map[string]string{}
		for _, m := range matcher.FindAllStringSubmatch(queryOf(n), 100) {
			if text, err := strconv.Unquote(`"` + m[2] + `"`); err == nil {
				values[m[1]] = text
			}
		}
		for _, label := range operationLabels {
			add(values[label])
			if method := cmp.Or(values["method"], values["http_method"], values["http_request_method"]); method != "" && values[label] != "" {
				add(strings.ToUpper(method) + " " + values[label])
			}
		}
	}
	return names
}

// operationLabels are the labels that name an operation, the clearest first.
var operationLabels = [...]string{"operation", "operation_id", "operationId", "endpoint_id", "endpoint", "http_route", "route", "handler", "path", "uri", "graphql_operation"}

// parseOpenSLODuration reads "28d", "4w" or "1h"; months and longer have no
// length of their own.
func parseOpenSLODuration(text string) (time.Duration, bool) {
	if weeks, ok := strings.CutSuffix(text, "w"); ok {
		n, err := strconv.Atoi(weeks)
		return time.Duration(n) * 7 * 24 * time.Hour, err == nil && n > 0 && n < 1000
	}
	if strings.HasSuffix(text, "M") || strings.HasSuffix(text, "Q") || strings.HasSuffix(text, "Y") {
		return 0, false
	}
	return parseDuration(text)
}

// resolve returns the operation that an objective is for, by its name, its
// operationId, the value of a label, or its path with parameters of other
// names; "" where it is none of names.
func (o *ServiceObjective) resolve(names []string, c *catalog, labels map[string]string) string {
	for _, text := range o.Operations {
		for _, name := range names {
			if name == text || labels[name] == text {
				return name
			}
		}
		if c != nil && c.byName[text] != nil && c.twins[text] == nil && slices.Contains(names, c.byName[text].name) {
			return c.byName[text].name
		}
		for _, name := range names {
			if samePath(name, text) {
				return name
			}
		}
	}
	return ""
}

var anyParameter = regexp.MustCompile(`\{[^{}/]*\}|:[A-Za-z_][A-Za-z0-9_]*|<[^<>/]*>`)

// samePath reports whether two names of operations are the same but for the
// names of parameters; one may be without a method, which then is GET.
func samePath(name, text string) bool {
	plain := func(s string) string { return strings.TrimSuffix(anyParameter.ReplaceAllString(s, "{}"), "/") }
	if strings.HasPrefix(text, "/") {
		text = "GET " + text
	}
	return plain(name) == plain(text)
}

// String says what is promised: "99% within 300ms", "at most 0.1% errors".
func (o *ServiceObjective) String() string {
	if o.Kind == "errors" {
		return "at most " + percentText(1-o.Share) + " errors"
	}
	return fmt.Sprintf("%s within %s", percentText(o.Share), durationText(o.Within))
}
