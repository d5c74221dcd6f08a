package perf

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/netip"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/plumbapi/plumb/openapi"
)

// write makes the text of the draft.
func (d *drafter) write() string {
	var b strings.Builder
	b.WriteString(`# What plumb sends to the API under load, and what each operation owes.
# yaml-language-server: $schema=https://raw.githubusercontent.com/plumbapi/plumb/main/docs/slo.schema.json

`)
	fmt.Fprintf(&b, "service: %s\n\n# Paths are relative to this file.\ndescriptions:\n", quoteYAML(cmp.Or(d.options.Service, "service")))
	for _, x := range d.options.Descriptions {
		fmt.Fprintf(&b, "  - %s\n", quoteYAML(x.Name))
	}
	b.WriteString("\n")
	d.writeTargets(&b)
	d.writeLoad(&b)
	d.writeBudgets(&b)
	d.writeOperations(&b)
	d.writePools(&b)
	if p := d.options.Production; p != nil && p.Window > 0 {
		fmt.Fprintf(&b, "\nwindow: %s\n", durationText(p.Window))
	}
	return b.String()
}

func (d *drafter) writeTargets(b *strings.Builder) {
	b.WriteString(`# Where to send it. plumb sends load to loopback and private addresses only,
# unless --allow-host names another. Values of headers that are secret come from
# the environment: headers: {Authorization: "Bearer ${TOKEN}"}
targets:
`)
	used := map[string]int{}
	for _, x := range d.options.Descriptions {
		name, address, extra := "rest", "http://127.0.0.1:8080", ""
		if x.GraphQL != nil {
			name, address, extra = "graphql", "http://127.0.0.1:8080/graphql", ", graphql: true"
		} else if server := serverOf(x.OpenAPI); server != "" {
			var public bool
			if address, public = localServer(server); public {
				fmt.Fprintf(b, "  # %s names %s, which is public.\n", comment(x.Name), comment(server))
			}
		}
		if used[name]++; used[name] > 1 || d.kinds(x.GraphQL != nil) > 1 {
			extra += ", description: " + quoteYAML(x.Name)
		}
		if used[name] > 1 {
			name += "-" + strconv.Itoa(used[name])
		}
		fmt.Fprintf(b, "  %s: {url: %s%s}\n", name, quoteYAML(address), extra)
	}
}

// kinds counts the descriptions of a kind.
func (d *drafter) kinds(graphQL bool) (n int) {
	for _, x := range d.options.Descriptions {
		if (x.GraphQL != nil) == graphQL {
			n++
		}
	}
	return n
}

// serverOf returns the first server that a description names.
func serverOf(doc *openapi.Document) string {
	root := doc.Root()
	if server := root.Get("servers").At(0).Get("url").Text(); server != "" {
		return server
	}
	host := root.Get("host").Text()
	if host == "" {
		return root.Get("basePath").Text()
	}
	return cmp.Or(root.Get("schemes").At(0).Text(), "https") + "://" + host + root.Get("basePath").Text()
}

// localServer returns the address of a server, on this machine where it is not
// that of a loopback or private one.
func localServer(server string) (address string, public bool) {
	const here = "http://127.0.0.1:8080"
	u, err := url.Parse(server)
	if err != nil || strings.ContainsAny(server, "{}") {
		return here, true
	}
	u.RawQuery, u.Fragment, u.User, u.ForceQuery = "", "", nil, false
	path := strings.TrimSuffix(u.EscapedPath(), "/")
	if u.Host == "" {
		if path != "" && !strings.HasPrefix(path, "/") {
			path = "/" + path
		}
		return here + path, false
	}
	local := u.Hostname() == "localhost"
	if ip, err := netip.ParseAddr(u.Hostname()); err == nil {
		local = ip.IsLoopback() || ip.IsPrivate()
	}
	if !local || CheckTarget(u.String()) != "" {
		return here + path, true
	}
	return strings.TrimSuffix(u.String(), "/"), false
}

func (d *drafter) writeLoad(b *strings.Builder) {
	rate, hold, each := d.load()
	fmt.Fprintf(b, `
# How much. Other profiles: ramp, steps, spike, soak, or stages one by one.
# It takes about %d requests of each operation to show 99.5 %% within a time.
load:
  warm-up: {rate: %s, for: 10s}   # sent, and not judged
  constant: {rate: %s, for: %s}
  arrivals: even   # or poisson
  seed: 1
  timeout: 10s
  validate: 5%%   # of answers are held against the description
`, each, rateInPlan(rate/5), rateInPlan(rate), durationText(hold))
}

func (d *drafter) writeBudgets(b *strings.Builder) {
	fmt.Fprintf(b, `
# What operations owe that have no budget of their own. An urgency is 99.5 %% of
# requests within 250 ms (high), 500 ms (medium), 1 s (default) or 5 s (low).
budgets:
  default: {urgency: %s}
  # tags:
  #   search: {latency: {99%%: 500ms, 99.9%%: 2s}, errors: 0.1%%, rate: 5/s}
`, cmp.Or(d.options.Urgency, "default"))
}

func (d *drafter) writeOperations(b *strings.Builder) {
	b.WriteString(`
# What is sent, and how often relative to each other. Writes are sent only where
# they are named here, and the run is called with --allow-writes.
operations:
`)
	for _, op := range d.operations {
		parts := []string{"weight: " + strconv.FormatFloat(op.weight, 'f', -1, 64)}
		if op.pool != "" {
			parts = append(parts, fmt.Sprintf("path: {%s: %s}", quoteYAML(op.parameter), quoteYAML("{{"+op.pool+"}}")))
		}
		if len(op.fills) > 0 {
			var fills []string
			for _, f := range op.fills {
				fills = append(fills, f.Pool+": "+quoteYAML(f.Pointer))
			}
			parts = append(parts, "fill: {"+strings.Join(fills, ", ")+"}")
		}
		if op.budget != nil {
			parts = append(parts, "budget: "+budgetText(op.budget))
		}
		fmt.Fprintf(b, "  %s: {%s}\n", keyYAML(op.offer.name), strings.Join(parts, ", "))
	}
	if len(d.operations) == 0 {
		b.WriteString("  {}\n")
	}
	if len(d.left) == 0 {
		return
	}
	d.notes = append(d.notes, fmt.Sprintf("%s values that are not known; the plan has them as comments", plural(len(d.left), "read needs", "reads need")))
	b.WriteString("  # These need values that the descriptions do not tell. Give them, from data or\n  # pools where there are many: path: {id: \"{{ids}}\"}\n")
	for i, l := range d.left {
		if i == maxLeft {
			fmt.Fprintf(b, "  # … and %d more.\n", len(d.left)-maxLeft)
			break
		}
		fmt.Fprintf(b, "  # %s: {%s}\n", comment(keyYAML(l.offer.name)), comment(needsText(l.needs)))
	}
}

// maxLeft bounds the comments about what is left out.
const maxLeft = 200

// needsText writes values that somebody has to give.
func needsText(needs []string) string {
	var parts []string
	for _, in := range [...]string{"path", "query", "header", "cookie", "body", "variables"} {
		var names []string
		for _, need := range needs {
			if where, name, _ := strings.Cut(need, " "); where == in {
				names = append(names, quoteYAML(cmp.Or(name, "name"))+": …")
			}
		}
		if names != nil {
			parts = append(parts, in+": {"+strings.Join(names, ", ")+"}")
		}
	}
	return strings.Join(parts, ", ")
}

func (d *drafter) writePools(b *strings.Builder) {
	seen := map[string]bool{}
	for _, op := range d.operations {
		for _, f := range op.fills {
			if seen[f.Pool] {
				continue
			}
			if len(seen) == 0 {
				b.WriteString("\n# Values that answers give and other requests use.\npools:\n")
			}
			seen[f.Pool] = true
			fmt.Fprintf(b, "  %s: {max: 10000}\n", f.Pool)
		}
	}
}

// budgetText writes a budget as the file has it.
func budgetText(b *Budget) string {
	var parts []string
	if len(b.Latency) > 0 {
		var list []string
		for _, o := range b.Latency {
			list = append(list, objectiveText(o))
		}
		parts = append(parts, "latency: {"+strings.Join(list, ", ")+"}")
	}
	if b.HasErrors {
		parts = append(parts, "errors: "+percentText(b.Errors))
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// percentText writes a share as the file has it, "99.9%".
func percentText(share float64) string {
	text := strconv.FormatFloat(share*100, 'f', 9, 64) // without the noise of binary fractions
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".") + "%"
}

// durationText writes a duration as the file has it.
func durationText(d time.Duration) string {
	switch {
	case d >= 24*time.Hour && d%(24*time.Hour) == 0:
		return fmt.Sprintf("%dd", d/(24*time.Hour))
	case d >= time.Hour && d%time.Hour == 0:
		return fmt.Sprintf("%dh", d/time.Hour)
	case d >= time.Minute && d%time.Minute == 0:
		return fmt.Sprintf("%dm", d/time.Minute)
	case d >= time.Second:
		return strconv.FormatFloat(d.Seconds(), 'f', -1, 64) + "s"
	case d >= time.Millisecond:
		return strconv.FormatFloat(float64(d)/float64(time.Millisecond), 'f', -1, 64) + "ms"
	}
	return strconv.FormatFloat(float64(d)/float64(time.Microsecond), 'f', -1, 64) + "us"
}

func rateInPlan(rate float64) string { return strconv.FormatFloat(rate, 'f', -1, 64) + "/s" }

// plainYAML is what cannot be taken for anything but text, also inside braces.
var plainYAML = regexp.MustCompile(`^[A-Za-z/_.][A-Za-z0-9/_.-]*( [A-Za-z0-9/_.-]+)*$`)

// quoteYAML writes a text so that it is read as that text.
func quoteYAML(text string) string {
	switch strings.ToLower(text) {
	case "true", "false", "yes", "no", "on", "off", "null", "y", "n", ".", ".nan", ".inf":
	default:
		if plainYAML.MatchString(text) {
			return text
		}
	}
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(text); err != nil {
		return `""`
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// keyText is what can be the key of a mapping that is not in braces.
var keyText = regexp.MustCompile(`^([A-Z]+ /[A-Za-z0-9/_.{}-]*|query [A-Za-z_][A-Za-z0-9_]*)$`)

// keyYAML writes the name of an operation as a key.
func keyYAML(name string) string {
	if keyText.MatchString(name) {
		return name
	}
	return quoteYAML(name)
}

// comment makes a text fit for a comment: one line, without what moves a
// terminal's cursor.
func comment(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 || r == '\u2028' || r == '\u2029' || r == '\ufeff' {
			return ' '
		}
		return r
	}, text)
}

func compareObjectives(a, b Objective) int {
	return cmp.Or(cmp.Compare(a.Share, b.Share), cmp.Compare(a.Within, b.Within))
}
