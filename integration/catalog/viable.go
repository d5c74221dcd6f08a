package catalog

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/internal/words"
)

// contractTests is V01.
var contractTests = &measure{
	needs: []string{"tests_passed", "tests_failed"},
	judge: func(b *bench, values map[string]float64) verdict {
		kept := payloads(b.entry.Files)
		if b.entry.Tool == nil {
			kept = make([]payload, int(values["payloads"]))
		}
		switch {
		case len(kept) < 5:
			return fail("%s kept; it needs 5", words.Count(len(kept), "golden record"))
		case values["tests_failed"] > 0 || values["tests_passed"] < 1:
			return fail("%.0f tests passed and %.0f failed", values["tests_passed"], values["tests_failed"])
		}
		return pass("%s kept, and %.0f tests pass", words.Count(len(kept), "golden record"), values["tests_passed"])
	},
}

// faultsBorne is V02.
func faultsBorne(ctx context.Context, b *bench) verdict {
	d := delivery("faults", numbered(2)...)
	v := pass("waits, lost connections, lost answers and silence are borne")
	for _, f := range []fault{429, 503} {
		g := b.rig()
		g.fault = once(f)
		if _, err := b.say(g.deliver(ctx, d)); err != nil {
			return fail("%d with Retry-After, once: the delivery is given up: %s", f, err)
		}
		if g.waited() < 7*time.Second {
			return fail("%d with Retry-After: 7: the next attempt came after %s", f, words.Duration(g.waited()))
		}
		v = v.with(fmt.Sprintf("%d with Retry-After: %s: delivered after %s", f, retryAfter, words.Duration(g.waited())))
	}
	reference := b.rig()
	if _, err := b.say(reference.deliver(ctx, d)); err != nil {
		return fail("without a fault the delivery is refused: %s", err)
	}
	want := len(reference.fake.Objects())
	for _, f := range []fault{reset, lostAnswer} {
		g := b.rig()
		g.fault = onceOnWrite(f)
		_, err := b.say(g.deliver(ctx, d))
		if err != nil && kindOf(err) != string(integration.Remote) {
			return fail("a lost connection is called %s: %s", kindOf(err), err)
		}
		if got := len(g.fake.Objects()); got > want {
			return fail("a lost connection leaves %d objects, and should %d", got, want)
		}
		v = v.with(fmt.Sprintf("%s: %s, %d of %d objects, none twice", map[fault]string{reset: "connection lost", lostAnswer: "answer lost"}[f], outcomeOf(err), len(g.fake.Objects()), want))
	}
	g := b.rig()
	g.fault, g.timeout = always(slow), 20*time.Millisecond
	silent, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	_, err := b.say(g.deliver(silent, d))
	switch {
	case silent.Err() != nil:
		return fail("a server that does not answer is waited for without a bound")
	case kindOf(err) != string(integration.Remote):
		return fail("a server that does not answer is called %s", outcomeOf(err))
	}
	v = v.with("no answer: given up after the time of " + words.Count(len(g.exchanges), "attempt"))
	return b.jitter(ctx, d, v)
}

// jitter looks whether waits between attempts depend on chance.
func (b *bench) jitter(ctx context.Context, d *integration.Delivery, v verdict) verdict {
	waits := func(random float64) (list []time.Duration) {
		g := b.rig()
		g.fault, g.random = always(500), random
		_, _ = b.say(g.deliver(ctx, d))
		return g.slept
	}
	low, high := waits(0.1), waits(0.9)
	switch {
	case len(low) == 0:
		return v.with("500: not tried again, since sending twice might do something twice")
	case slices.Equal(low, high):
		return fail("waits between attempts have no jitter: %v", low)
	}
	return v.with(fmt.Sprintf("500: tried again after %s to %s, by chance", words.Duration(low[0]), words.Duration(high[0])))
}

func outcomeOf(err error) string {
	if err == nil {
		return "delivered"
	}
	return kindOf(err)
}

// limitsKept is V03.
func limitsKept(ctx context.Context, b *bench) verdict {
	counts := []int{1, 4, 5, 6, 49, 50, 51, 99, 100, 101, 400}
	limits := slices.Sorted(maps.Values(b.manifest.Limits))
	limits = slices.Compact(limits)
	if len(limits) == 0 {
		return fail("the manifest names no limits")
	}
	tried := 0
	try := func(what string, d *integration.Delivery) string {
		tried++
		g := b.rig()
		if _, err := b.say(g.deliver(ctx, d)); err != nil {
			return fmt.Sprintf("%s: %v", what, err)
		}
		for _, e := range g.exchanges {
			if e.status >= 400 && e.status < 500 && e.status != 404 {
				return fmt.Sprintf("%s: answered with %d", what, e.status)
			}
		}
		return ""
	}
	for _, limit := range limits {
		for _, alphabet := range alphabets() {
			for _, n := range []int{limit - 1, limit, limit + 1} {
				if n < 1 || n > 200_000 {
					continue
				}
				f := finding(0, long(alphabet, n))
				if p := try(fmt.Sprintf("a message of %s times %q", words.Number(n), alphabet), delivery("limits", f)); p != "" {
					return fail("%s", p)
				}
				f = finding(0, "short")
				f.Location.Element = "/paths/" + long(alphabet, n)
				f.Fingerprint = check.Fingerprint(f.Rule, f.Location.File, f.Location.Element, "")
				if p := try(fmt.Sprintf("an element of %s times %q", words.Number(n), alphabet), delivery("limits", f)); p != "" {
					return fail("%s", p)
				}
			}
		}
		if limit <= 1000 {
			counts = append(counts, limit-1, limit, limit+1)
		}
	}
	if b.perFinding() {
		counts = []int{1, 4, 5, 6, 24, 25, 26}
	}
	for _, n := range counts {
		if n < 1 {
			continue
		}
		if p := try(words.Count(n, "finding"), delivery("limits", numbered(n)...)); p != "" {
			return fail("%s", p)
		}
	}
	return b.moreSaid(ctx, tried, len(limits))
}

// most is how many findings no message shows all of.
const most = 400

// moreSaid looks whether a cut message says how much is missing: the number
// itself. Where each group of findings is an object of its own, all are of one.
func (b *bench) moreSaid(ctx context.Context, tried, limits int) verdict {
	findings := numbered(most)
	if b.perFinding() {
		for i := range findings {
			f := finding(0, findings[i].Message)
			f.Key, f.Location.Line = fmt.Sprint(i), 10+i
			f.Fingerprint = check.Fingerprint(f.Rule, f.Location.File, f.Location.Element, f.Key)
			findings[i] = f
		}
	}
	g := b.rig()
	if _, err := b.say(g.deliver(ctx, delivery("limits", findings...))); err != nil {
		return fail("%d findings: %s", most, err)
	}
	var all strings.Builder
	for i := range g.exchanges {
		e := &g.exchanges[i]
		for _, text := range append(readable(e), string(e.body)) {
			all.WriteString(text + "\n")
		}
		if form, err := url.ParseQuery(string(e.body)); err == nil { // with the markup that readable takes away
			for _, name := range slices.Sorted(maps.Keys(form)) {
				all.WriteString(form.Get(name) + "\n")
			}
		}
	}
	shown := 0
	for i := range most {
		if strings.Contains(all.String(), fmt.Sprintf("what number %d says", i)) {
			shown++
		}
	}
	missing := fmt.Sprint(most - shown)
	if shown < most && !regexp.MustCompile(`(^|[^0-9])`+missing+`([^0-9]|$)`).MatchString(all.String()) {
		return fail("of %d findings %d are shown, and nothing says that there are %s more", most, shown, missing)
	}
	return pass("%d deliveries at and around %s were taken; of %d findings %d are shown, with how many more there are", tried, words.Count(limits, "limit"), most, shown).with(b.limitLines()...)
}

// limitLines are the limits of the manifest.
func (b *bench) limitLines() (lines []string) {
	for _, name := range slices.Sorted(maps.Keys(b.manifest.Limits)) {
		lines = append(lines, fmt.Sprintf("%s: %s", strings.ReplaceAll(name, "_", " "), words.Number(b.manifest.Limits[name])))
	}
	return lines
}

// perFinding says that each group of findings is an object of its own there.
func (b *bench) perFinding() bool {
	return slices.Contains([]string{"tracker", "itsm", "requirements"}, b.manifest.Category)
}

// sameTwice is V04.
func sameTwice(ctx context.Context, b *bench) verdict {
	g := b.rig()
	d := delivery("same", numbered(3)...)
	if _, err := b.say(g.deliver(ctx, d)); err != nil {
		return fail("the delivery is refused: %s", err)
	}
	first := g.fake.Objects()
	for range 2 {
		if _, err := b.say(g.deliver(ctx, d)); err != nil {
			return fail("the same delivery again is refused: %s", err)
		}
		if again := g.fake.Objects(); !slices.Equal(first, again) {
			return fail("the same delivery again makes %s of %d", words.Count(len(again), "object"), len(first))
		}
	}
	return pass("the same delivery three times makes %s, as once; by %s", words.Count(len(first), "object"), b.manifest.Idempotency)
}

// errorsSorted is V05.
func errorsSorted(ctx context.Context, b *bench) verdict {
	cases := []struct {
		name  string
		fault fault
		kinds []integration.Kind
	}{
		{"401", 401, []integration.Kind{integration.Auth}},
		{"403", 403, []integration.Kind{integration.Auth}},
		{"404", 404, []integration.Kind{integration.Config}},
		{"413", 413, []integration.Kind{integration.Limit}},
		{"429 without end", 429, []integration.Kind{integration.Limit}},
		{"500 without end", 500, []integration.Kind{integration.Remote}},
		{"503 without end", 503, []integration.Kind{integration.Remote, integration.Limit}},
		{"connections lost", reset, []integration.Kind{integration.Remote}},
		{"nonsense", garbage, []integration.Kind{integration.Remote, integration.Config}},
	}
	v := pass("%d kinds of refusal are each told as what they are", len(cases))
	for _, c := range cases {
		g := b.rig()
		g.fault = always(c.fault)
		_, err := b.say(g.deliver(ctx, delivery("errors", numbered(2)...)))
		var e *integration.Error
		switch {
		case err == nil && c.fault == garbage && !b.readsAnswers(ctx):
			v = v.with("nonsense: the answer is not read")
			continue
		case err == nil:
			return fail("%s: the delivery is said to have arrived", c.name)
		case !errors.As(err, &e):
			return fail("%s: the error has no kind: %.100q", c.name, err)
		case !slices.Contains(c.kinds, e.Kind):
			return fail("%s is called %s, not %s", c.name, e.Kind, c.kinds[0])
		case e.Hint == "":
			return fail("%s: nothing says what to do", c.name)
		}
		v = v.with(fmt.Sprintf("%s: %s", c.name, e.Kind))
	}
	return v
}

// readsAnswers says whether what the server answers means something: whether
// there is anything in the answers to a good delivery.
func (b *bench) readsAnswers(ctx context.Context) bool {
	g := b.rig()
	_, _ = g.deliver(ctx, delivery("answers", numbered(1)...))
	return slices.ContainsFunc(g.exchanges, func(e exchange) bool { return len(e.answer) > 0 })
}

// troubleDescribed is V06.
func troubleDescribed(b *bench) verdict {
	switch {
	case b.docs.section("permission") == nil:
		return fail("%s has no section Permissions", docsFile)
	case b.docs.section("trouble") == nil:
		return fail("%s has no section Trouble", docsFile)
	}
	return pass("%s has the permissions and what to do in trouble", docsFile)
}

// coverage is V07.
var coverage = &measure{
	needs: []string{"coverage"},
	judge: func(_ *bench, values map[string]float64) verdict {
		if values["coverage"] < 80 {
			return fail("tests run %.1f %% of statements; it needs 80 %%", values["coverage"])
		}
		return pass("tests run %.1f %% of statements", values["coverage"])
	},
}
