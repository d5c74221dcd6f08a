package redocly

import (
	"slices"
	"strings"
	"sync"

	"github.com/plumbapi/plumb/openapi"
)

// presetTable has the severities of the rules in Redocly's rulesets minimal,
// recommended and spec, a letter for each of OpenAPI 2.0, 3.0, 3.1 and 3.2: error,
// warn, off, or a dot where the ruleset says nothing. recommended-strict is
// recommended with errors for warnings, and all has errors for all of it.
const presetTable = `
array-parameter-serialization               .ooo .ooo .ooo
boolean-parameter-prefixes                  oooo oooo oooo
component-name-unique                       .ooo .ooo .ooo
info-contact                                oooo oooo oooo
info-license                                oooo wwww oooo
info-license-strict                         oooo wwww oooo
no-ambiguous-paths                          wwww wwww oooo
no-duplicated-enum-values                   oooo wwww oooo
no-duplicated-tag-names                     oooo wwww eeee
no-empty-servers                            .www .eee .ooo
no-enum-type-mismatch                       wwww eeee oooo
no-example-value-and-externalValue          .ww. .ee. .ee.
no-http-verbs-in-paths                      oooo oooo oooo
no-identical-paths                          wwww eeee eeee
no-illogical-composition-keywords           .ooo .www .ooo
no-invalid-media-type-examples              .www .www .ooo
no-invalid-parameter-examples               oooo wwww oooo
no-invalid-schema-examples                  oooo wwww oooo
no-mixed-number-range-constraints           ..oo ..ww ..oo
no-path-trailing-slash                      wwww eeee oooo
no-required-schema-properties-undefined     wwww wwww oooo
no-schema-type-mismatch                     wwww eeee oooo
no-server-example.com                       .www .www .ooo
no-server-trailing-slash                    .eee .eee .ooo
no-server-variables-empty-enum              .eee .eee .oee
no-undefined-server-variable                .www .eee .eee
no-unsafe-markdown                          oooo wwww oooo
no-unused-components                        .www .www .ooo
nullable-type-sibling                       .w.. .e.. .e..
operation-2xx-response                      wwww wwww oooo
operation-4xx-problem-details-rfc7807       .ooo .ooo .ooo
operation-4xx-response                      oooo wwww oooo
operation-description                       oooo oooo oooo
operation-operationId                       wwww wwww oooo
operation-operationId-unique                wwww eeee eeee
operation-operationId-url-safe              wwww eeee oooo
operation-parameters-unique                 wwww eeee eeee
operation-singular-tag                      oooo oooo oooo
operation-summary                           wwww eeee oooo
operation-tag-defined                       oooo oooo oooo
parameter-description                       oooo oooo oooo
path-declaration-must-exist                 wwww eeee eeee
path-http-verbs-order                       oooo oooo oooo
path-not-include-query                      wwww eeee eeee
path-parameters-defined                     wwww eeee eeee
path-params-defined                         oooo oooo oooo
path-segment-plural                         oooo oooo oooo
paths-kebab-case                            oooo oooo oooo
request-mime-type                           oooo oooo oooo
required-string-property-missing-min-length oooo oooo oooo
response-contains-header                    oooo oooo oooo
response-contains-property                  oooo oooo oooo
response-mime-type                          oooo oooo oooo
scalar-property-missing-example             oooo oooo oooo
security-defined                            wwww eeee oooo
security-scopes-defined                     oooo wwww oooo
spec-components-invalid-map-name            .www .eee .eee
spec-discriminator-defaultMapping           ...o ...w ...e
spec-example-values                         .ooo .ooe .ooe
spec-no-invalid-encoding-combinations       ...w ...e ...e
spec-no-invalid-tag-parents                 ...w ...e ...e
spec-querystring-parameters                 ...e ...e ...e
spec-ref-siblings                           oooo wwww eeee
spec-strict-refs                            oooo oooo eeee
tag-description                             wwww wwww oooo
tags-alphabetical                           oooo oooo oooo
`

// Presets are the rulesets that have a name of their own.
func Presets() []string {
	return []string{"minimal", "recommended", "recommended-strict", "spec", "all"}
}

// versions are the groups of rules for a version, in the order of presetTable.
var versions = [...]struct {
	group   string
	version openapi.Version
}{
	{"oas2Rules", openapi.V20}, {"oas3_0Rules", openapi.V30}, {"oas3_1Rules", openapi.V31}, {"oas3_2Rules", openapi.V32},
}

// preset returns the rules of a ruleset that has a name, nil where there is none.
func preset(name string) *layer { return presets()[name] }

var presets = sync.OnceValue(func() map[string]*layer {
	all := map[string]*layer{}
	for _, name := range Presets() {
		l := newLayer()
		for _, rule := range []string{"struct", "no-unresolved-refs"} {
			l.set("rules", rule, &setting{level: errorLevel})
		}
		all[name] = l
	}
	for line := range strings.Lines(presetTable) {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		rule := words[0]
		for i, v := range versions {
			minimal, recommended, spec := words[1][i], words[2][i], words[3][i]
			all["minimal"].letter(v.group, rule, minimal)
			all["recommended"].letter(v.group, rule, recommended)
			all["spec"].letter(v.group, rule, spec)
			if recommended == 'w' {
				recommended = 'e'
			}
			all["recommended-strict"].letter(v.group, rule, recommended)
		}
	}
	everything(all["all"], all["recommended"])
	return all
})

// letter sets what a letter of the table says.
func (l *layer) letter(group, rule string, letter byte) {
	levels := map[byte]level{'e': errorLevel, 'w': warnLevel, 'o': offLevel}
	if level, ok := levels[letter]; ok {
		l.set(group, rule, &setting{level: level})
	}
}

// mediaTypes are rules that ruleset all gives options.
var mediaTypes = []string{"request-mime-type", "response-mime-type"}

// everything turns on all rules that the table knows for a version. Media types are
// to be JSON.
func everything(l, known *layer) {
	json, err := openapi.ParseTree("all", []byte(`{"allowedValues": ["application/json"]}`))
	if err != nil {
		return
	}
	for _, v := range versions {
		for _, rule := range known.order[v.group] {
			s := &setting{level: errorLevel}
			if slices.Contains(mediaTypes, rule) {
				s.node = json
			}
			l.set(v.group, rule, s)
		}
	}
}
