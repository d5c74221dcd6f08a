package catalog

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/internal/words"
)

// capabilitiesShown is C01.
func capabilitiesShown(ctx context.Context, b *bench) verdict {
	g := b.rig()
	var done []string
	step := func(d *integration.Delivery) (verbs []string, problem string) {
		receipt, err := b.say(g.deliver(ctx, d))
		if err != nil {
			return nil, fmt.Sprintf("%s: %v", d.ID, err)
		}
		for _, a := range receipt.Actions {
			verbs = append(verbs, a.Verb)
		}
		done = append(done, d.ID+": "+strings.Join(slices.Compact(verbs), ", "))
		return verbs, ""
	}
	two := numbered(2)
	first := delivery("first", two...)
	verbs, problem := step(first)
	if problem != "" {
		return fail("%s", problem)
	}
	made := []string{"posted", "created", "triggered"}
	if !slices.ContainsFunc(verbs, func(v string) bool { return slices.Contains(made, v) }) {
		return fail("a first delivery makes nothing: %s", list(verbs)).with(done...)
	}
	if !linksBack(g) {
		return fail("nothing that was sent has the link to the report").with(done...)
	}
	if b.perFinding() {
		for _, s := range b.life(two) {
			verbs, problem := step(s.delivery)
			if problem != "" {
				return fail("%s", problem).with(done...)
			}
			if !slices.Contains(verbs, s.verb) {
				return fail("%s: nothing is %s, but %s", s.delivery.ID, s.verb, list(verbs)).with(done...)
			}
		}
		if n := len(g.fake.Objects()); n != 2 {
			return fail("after two groups of findings came, changed, went and came back there are %s", words.Count(n, "object")).with(done...)
		}
		return pass("creates, updates, closes, reopens and links back").with(done...)
	}
	next := delivery("next", two[0], finding(2, "what is new"))
	next.Before = two
	if _, problem := step(next); problem != "" {
		return fail("%s", problem).with(done...)
	}
	return pass("makes what its category is for, again with what changed, and links back").with(done...)
}

// stage is a delivery with what it must do.
type stage struct {
	verb     string
	delivery *integration.Delivery
}

// life is what becomes of two groups of findings in a tracker.
func (b *bench) life(two []check.Finding) []stage {
	changed := slices.Clone(two)
	changed[0].Message = "what it says now is something else"
	more := changed[0]
	more.Key, more.Message = "again", "a second of the same rule and element"
	more.Fingerprint = check.Fingerprint(more.Rule, more.Location.File, more.Location.Element, more.Key)
	update := delivery("update", append(changed, more)...)
	update.Before = two
	closed := delivery("close", changed[1])
	closed.Before = append(slices.Clone(changed), more)
	reopen := delivery("reopen", changed...)
	reopen.Before = changed[1:]
	return []stage{{"updated", update}, {"closed", closed}, {"reopened", reopen}}
}

// linksBack says whether what was sent has the address of the report, as it is
// or as JSON and forms write it.
func linksBack(g *rig) bool {
	for _, data := range g.written() {
		text := string(data)
		if strings.Contains(text, reportURL) || strings.Contains(text, strings.ReplaceAll(reportURL, "/", `\/`)) ||
			strings.Contains(text, "https%3A%2F%2Freports.example.com%2Ftracker%2F17") {
			return true
		}
	}
	return false
}

// fixturesHold is C04.
func fixturesHold(ctx context.Context, b *bench) verdict {
	s, err := readBodies(b.entry.Files)
	if err != nil {
		return fail("%s", err)
	}
	kept := payloads(b.entry.Files)
	if len(kept) == 0 {
		return fail("no payloads are kept")
	}
	held, problem := s.goldens(kept)
	if problem != "" {
		return fail("%s", problem)
	}
	looked := 0
	for _, d := range []*integration.Delivery{
		delivery("none"), delivery("one", numbered(1)...), delivery("many", numbered(60)...),
		delivery("long", finding(1, long("😀", 5000))), delivery("hostile", finding(2, "<!channel> <script> ]]> {{x}} *b* [l](http://x) \x00\x1b[31m\u202e @all")),
	} {
		g := b.rig()
		if _, err := b.say(g.deliver(ctx, d)); err != nil {
			return fail("%s: %v", d.ID, err)
		}
		n, problem := s.check(g.exchanges)
		if looked += n; problem != "" {
			return fail("%s: %s", d.ID, problem)
		}
	}
	tried, problem := b.fakeRefuses(ctx, s)
	if problem != "" {
		return fail("%s", problem)
	}
	return pass("%s of %s and %s are valid by %s", words.Count(held, "request"), words.Count(len(kept), "kept record"), words.Count(looked, "fresh one"), schemaFile).
		with(fmt.Sprintf("the fake refuses %s that the schema refuses", words.Count(tried, "request")))
}

// secretRotated is C05.
func secretRotated(ctx context.Context, b *bench) verdict {
	secrets := b.secrets()
	if len(secrets) == 0 {
		return irrelevant("it has no secrets")
	}
	v := pass("after a change of the secret the same delivery arrives once")
	rotated := 0
	for _, in := range secrets {
		if b.inputNamed(in.Name+"_next") == nil {
			return fail("%s has no partner %s_next: what is sent between the change on one side and on the other is lost", in.Name, in.Name)
		}
		fresh := b.with(in.Name, other(b.inputs[in.Name]))
		g := newRig(b.entry.Tool, b.inputs, fresh)
		d := delivery("rotation", numbered(2)...)
		if _, err := b.say(g.deliver(ctx, d)); err == nil {
			continue // not used by the default set up
		} else if k := kindOf(err); k != string(integration.Auth) && k != string(integration.Config) {
			return fail("the old %s is refused as %s", in.Name, k)
		}
		if n := len(g.fake.Objects()); n > 0 {
			return fail("with the old %s there are %s", in.Name, words.Count(n, "object"))
		}
		g.inputs = fresh
		reference := b.rig()
		_, _ = reference.deliver(ctx, d)
		if _, err := b.say(g.deliver(ctx, d)); err != nil {
			return fail("the new %s is refused: %s", in.Name, err)
		}
		if got, want := len(g.fake.Objects()), len(reference.fake.Objects()); got != want {
			return fail("with the new %s there are %s, and should be %d", in.Name, words.Count(got, "object"), want)
		}
		rotated++
		v = v.with(in.Name + ": the old one is refused, the new one taken")
		both := b.with(in.Name+"_next", fresh[in.Name])
		for _, accepted := range []integration.Inputs{b.inputs, fresh} {
			g := newRig(b.entry.Tool, both, accepted)
			if _, err := b.say(g.deliver(ctx, d)); err != nil {
				return fail("while the old and the new %s are both given, one is refused: %s", in.Name, err)
			}
			if got, want := len(g.fake.Objects()), len(reference.fake.Objects()); got != want {
				return fail("while the old and the new %s are both given there are %s, and should be %d", in.Name, words.Count(got, "object"), want)
			}
		}
		v = v.with(in.Name + "_next: whichever side changes first, the delivery arrives once")
	}
	if rotated == 0 {
		return fail("no secret is ever used")
	}
	return v
}

// inputNamed returns the input of a name, nil where there is none.
func (b *bench) inputNamed(name string) *integration.Input {
	for i := range b.manifest.Inputs {
		if b.manifest.Inputs[i].Name == name {
			return &b.manifest.Inputs[i]
		}
	}
	return nil
}

// editionInputs are the inputs that say which version of a tool is meant, or
// which published format where what takes it is anybody's.
func editionInputs() []string { return []string{"edition", "format"} }

// versionsRun is C06.
func versionsRun(ctx context.Context, b *bench) verdict {
	versions := b.manifest.Versions
	if len(versions) < 2 {
		return fail("the manifest names %s; two are asked for", words.Count(len(versions), "version"))
	}
	var editions []string
	name := ""
	for _, in := range b.manifest.Inputs {
		if slices.Contains(editionInputs(), in.Name) && len(in.Choices) > len(editions) {
			name, editions = in.Name, in.Choices
		}
	}
	if len(editions) < 2 {
		return fail("the manifest names %s, and no input %s is a choice of which is spoken to", list(versions), strings.Join(editionInputs(), " or "))
	}
	if len(editions) < len(versions) {
		return fail("the manifest names %s, and the input %s has %s only", list(versions), name, list(editions))
	}
	v := pass("delivered to %s", list(editions))
	sent := map[string]bool{}
	for _, edition := range editions {
		inputs := b.with(name, edition)
		g := newRig(b.entry.Tool, inputs, inputs)
		if _, err := b.say(g.deliver(ctx, delivery("versions", numbered(2)...))); err != nil {
			return fail("%s: %v", edition, err)
		}
		var requests strings.Builder
		for _, e := range g.exchanges {
			fmt.Fprintf(&requests, "%s %s\n%s\n", e.method, e.url, e.body)
		}
		if sent[requests.String()] {
			return fail("%s is sent what another version is sent, request for request", edition)
		}
		sent[requests.String()] = true
		v = v.with(fmt.Sprintf("%s: %s, %s", edition, words.Count(len(g.exchanges), "request"), words.Count(len(g.fake.Objects()), "object")))
	}
	return v
}

// sloRun is C03.
var sloRun = &measure{
	needs: []string{"success_percent", "p95_ms", "seconds", "rate", "times_usual"},
	judge: func(b *bench, v map[string]float64) verdict {
		slo := b.manifest.SLO
		p95 := float64(slo.P95) / float64(time.Millisecond)
		switch {
		case v["seconds"] < 60:
			return fail("the run took %.0f s; it needs a minute", v["seconds"])
		case v["times_usual"] < 10:
			return fail("the run had %.1f times the usual load; it needs 10", v["times_usual"])
		case v["success_percent"] < slo.Availability:
			return fail("%.2f %% succeeded; %.2f %% are promised", v["success_percent"], slo.Availability)
		case v["p95_ms"] > p95:
			return fail("95 %% took up to %.0f ms; %.0f ms are promised", v["p95_ms"], p95)
		}
		return pass("in %.0f s at %.0f deliveries a second %.2f %% succeeded, 95 %% of exchanges within %.1f ms; the fake was on loopback", v["seconds"], v["rate"], v["success_percent"], v["p95_ms"])
	},
}

// docsChecked is C07.
var docsChecked = &measure{
	needs: []string{"axe_violations", "commands_run", "commands_failed"},
	judge: func(_ *bench, v map[string]float64) verdict {
		switch {
		case v["axe_violations"] > 0:
			return fail("axe-core finds %s", words.Count(int(v["axe_violations"]), "violation"))
		case v["commands_failed"] > 0 || v["commands_run"] < 1:
			return fail("of %.0f commands of the page %.0f failed", v["commands_run"], v["commands_failed"])
		}
		return pass("axe-core finds nothing, in dark and in light, and %s of the page work", words.Count(int(v["commands_run"]), "command"))
	},
}

// changesDescribed is C08.
func changesDescribed(b *bench) verdict {
	switch {
	case b.manifest.Breaking < 90*24*time.Hour:
		return fail("changes that break are announced %d days before; 90 are asked for", int(b.manifest.Breaking.Hours()/24))
	case b.docs.section("changes", "changelog") == nil:
		return fail("%s has no section Changes", docsFile)
	}
	return pass("changes are listed, and what breaks is announced %d days before", int(b.manifest.Breaking.Hours()/24))
}

// mutation is C09.
var mutation = &measure{
	needs: []string{"mutants", "killed"},
	judge: func(_ *bench, v map[string]float64) verdict {
		if v["mutants"] < 20 {
			return fail("%.0f faults were tried; it needs 20", v["mutants"])
		}
		score := 100 * v["killed"] / v["mutants"]
		if score < 70 {
			return fail("tests notice %.0f of %.0f faults, %.1f %%; it needs 70 %%", v["killed"], v["mutants"], score)
		}
		return pass("tests notice %.0f of %.0f faults, %.1f %%", v["killed"], v["mutants"], score)
	},
}

// fakeRefuses breaks requests that were taken, so that the schema refuses them,
// and looks whether the fake does.
func (b *bench) fakeRefuses(ctx context.Context, s *bodies) (tried int, problem string) {
	g := b.rig()
	if _, err := g.deliver(ctx, delivery("refused", numbered(2)...)); err != nil {
		return 0, fmt.Sprintf("refused: %v", err)
	}
	for i := range g.exchanges {
		e := &g.exchanges[i]
		kind := s.of(e)
		data, ok := e.asJSON()
		if kind == nil || !ok || e.method == http.MethodGet {
			continue
		}
		for _, broken := range breakings(kind, data) {
			tried++
			status, answer := b.replay(e, broken)
			if status < 400 && !saysError(answer) {
				return tried, fmt.Sprintf("%s %s: the schema refuses a body that the fake takes: %.120s", e.method, pathOf(e.url), broken)
			}
		}
	}
	return tried, ""
}
