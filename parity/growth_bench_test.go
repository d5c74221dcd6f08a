package parity_test

import (
	"fmt"
	"math"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/parity"
)

// BenchmarkGrowth compares a product that is made up with one of the same
// kind and three times the size, in turns, and shows how many times the time
// and the memory of the smaller the larger takes. The quickest of all turns
// counts: what else the machine does only makes turns longer.
func BenchmarkGrowth(b *testing.B) {
	const things = 240
	small, large := madeUp(b, things), madeUp(b, 3*things)
	times := [2]time.Duration{math.MaxInt64, math.MaxInt64}
	var bytes [2]uint64
	for b.Loop() {
		for i, p := range [...]pair{small, large} {
			before, start := allocated(), time.Now()
			if _, err := parity.Match(b.Context(), p.doc, p.schema, parity.Options{}); err != nil {
				b.Fatal(err)
			}
			times[i] = min(times[i], time.Since(start))
			bytes[i] = allocated() - before
		}
	}
	b.ReportMetric(times[0].Seconds(), "s/small")
	b.ReportMetric(times[1].Seconds(), "s/large")
	b.ReportMetric(times[1].Seconds()/times[0].Seconds(), "time-ratio")
	b.ReportMetric(float64(bytes[1])/float64(bytes[0]), "memory-ratio")
}

// allocated is how many bytes were allocated so far.
func allocated() uint64 {
	runtime.GC() // so that none pays for what was left by another
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.TotalAlloc
}

type pair struct {
	doc    *openapi.Document
	schema *graphql.Schema
}

// The names of things are an adjective and a noun, as in most APIs: what
// grows shares words with what was there.
var (
	adjectives = strings.Fields("amber birch coral delta ember fjord grove haven inlet jade knoll lunar maple north ocean pearl quartz ridge solar tidal umber vale willow zephyr")
	nouns      = strings.Fields("account batch budget carrier channel contract customer depot device driver fleet gate invoice journal ledger meter notice order outlet parcel payment permit policy pricing quote refund report route sample sensor service shipment station survey tariff ticket token vehicle vendor warehouse")
	attributes = strings.Fields("title note state color width height region origin rank summary currency amount language phase weight priority")
)

// madeUp writes both descriptions of a product with so many things: each has
// the usual five operations, and a list within another thing.
func madeUp(tb testing.TB, things int) pair {
	tb.Helper()
	var paths, schemas, sdl, queries, mutations []string
	words := func(i int) (string, string) {
		return adjectives[i/len(nouns)%len(adjectives)], nouns[i%len(nouns)]
	}
	for i := range things {
		adjective, noun := words(i)
		snake, upper := adjective+"_"+noun, title(adjective)+title(noun)
		lower := adjective + title(noun)
		var properties, fields []string
		for k := range 8 {
			a := attributes[(i*7+k*3)%len(attributes)]
			properties = append(properties, fmt.Sprintf("%q:{\"type\":\"string\"}", a), fmt.Sprintf("%q:{\"type\":\"string\"}", noun+"_"+a))
			fields = append(fields, a+": String", noun+title(a)+": String")
		}
		adjective, noun = words((i + 7) % things)
		inner, innerType, innerField := adjective+"_"+noun, title(adjective)+title(noun), adjective+title(noun)
		schemas = append(schemas, fmt.Sprintf(`%q:{"type":"object","properties":{"id":{"type":"string"},%s}}`, snake, strings.Join(unique(properties), ",")))
		ref := func(name string) string {
			return fmt.Sprintf(`{"application/json":{"schema":{"$ref":"#/components/schemas/%s"}}}`, name)
		}
		list := func(name string) string {
			return fmt.Sprintf(`{"application/json":{"schema":{"type":"array","items":{"$ref":"#/components/schemas/%s"}}}}`, name)
		}
		id := `"parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"string"}}]`
		answer := func(content string) string {
			return `"responses":{"200":{"description":"it","content":` + content + `}}`
		}
		paths = append(paths,
			fmt.Sprintf(`"/%ss":{"get":{%s},"post":{"requestBody":{"content":%s},%s}}`, snake, answer(list(snake)), ref(snake), answer(ref(snake))),
			fmt.Sprintf(`"/%ss/{id}":{%s,"get":{%s},"patch":{"requestBody":{"content":%s},%s},"delete":{"responses":{"204":{"description":"gone"}}}}`, snake, id, answer(ref(snake)), ref(snake), answer(ref(snake))),
			fmt.Sprintf(`"/%ss/{id}/%ss":{%s,"get":{%s}}`, snake, inner, id, answer(list(inner))))
		sdl = append(sdl, fmt.Sprintf("type %s { id: ID! %s %ss: [%s!]! }", upper, strings.Join(unique(fields), " "), innerField, innerType),
			fmt.Sprintf("input %sInput { %s }", upper, strings.Join(unique(fields), " ")))
		queries = append(queries, fmt.Sprintf("%s(id: ID!): %s %ss: [%s!]!", lower, upper, lower, upper))
		mutations = append(mutations, fmt.Sprintf("create%s(input: %sInput!): %s update%s(id: ID!, input: %sInput!): %s delete%s(id: ID!): Boolean", upper, upper, upper, upper, upper, upper, upper))
	}
	rest := `{"openapi":"3.0.3","info":{"title":"made up","version":"1"},"paths":{` + strings.Join(paths, ",") + `},"components":{"schemas":{` + strings.Join(schemas, ",") + "}}}"
	schema := strings.Join(sdl, "\n") + "\ntype Query { " + strings.Join(queries, " ") + " }\ntype Mutation { " + strings.Join(mutations, " ") + " }\n"
	doc, gql := read(tb, []byte(rest), []byte(schema))
	return pair{doc, gql}
}

func title(word string) string { return strings.ToUpper(word[:1]) + word[1:] }

// unique leaves out what was there before.
func unique(list []string) []string {
	seen := map[string]bool{}
	var out []string
	for _, s := range list {
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}
