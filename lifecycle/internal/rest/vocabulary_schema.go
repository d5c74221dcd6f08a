package rest

// verb is something that can happen to a schema, wherever it stands.
type verb uint8

// The verbs about schemas that are no bounds; those of bounds come first, four
// for each bound.
const (
	patternAdded verb = iota + verb(bounds)*4
	patternRemoved
	patternChanged
	patternGeneralized
	patternPropertyAdded
	patternPropertyRemoved
	uniqueItemsSet
	uniqueItemsUnset
	multipleOfChanged
	multipleOfGeneralized
	multipleOfSpecialized
	discriminatorAdded
	discriminatorRemoved
	discriminatorNameChanged
	mappingAdded
	mappingDeleted
	mappingChanged
	allOfAdded
	allOfRemoved
	allOfAddedAnnotation
	allOfRemovedAnnotation
	anyOfAdded
	anyOfRemoved
	oneOfAdded
	oneOfRemoved
	wrapped
	wrappedPreserved
	prefixItemsAdded
	prefixItemsRemoved
	ifAdded
	ifRemoved
	thenAdded
	thenRemoved
	elseAdded
	elseRemoved
	containsAdded
	containsRemoved
	dependentRequiredAdded
	dependentRequiredRemoved
	dependentRequiredChanged
	dependentSchemaAdded
	dependentSchemaRemoved
	propertyNamesAdded
	propertyNamesRemoved
	unevaluatedItemsAdded
	unevaluatedItemsRemoved
	unevaluatedPropertiesAdded
	unevaluatedPropertiesRemoved
	contentSchemaAdded
	contentSchemaRemoved
	contentMediaTypeChanged
	contentEncodingChanged
	becameEnum
	becameNotEnum
	enumValueAdded
	enumValueRemoved
	extensibleEnumValueRemoved
	defaultAdded
	defaultRemoved
	defaultChanged
	constAdded
	constRemoved
	constChanged
	becameFalse
	becameNotFalse
	typeGeneralized
	typeCompatible
	typeChanged
	typeSpecialized
	typesWidened
	typesNarrowed
	becameNullable
	becameNotNullable
	becameRequired
	becameRequiredDefault
	becameOptional
	deprecated
	deprecatedSunset
	deprecatedSunsetMissing
	deprecatedSunsetInvalid
	reactivated
	sunsetTooSmall
	stabilityDecreased
	stabilityIncreased
	schemaVerbs
)

// bound is a keyword with an ordered value.
type bound uint8

// The bounds.
const (
	maximum bound = iota
	minimum
	multipleOf
	maxLength
	minLength
	maxItems
	minItems
	maxProperties
	minProperties
	minContains
	maxContains
	exclusiveMinimum
	exclusiveMaximum
	bounds
)

// boundTable has the name of each bound in IDs, its keyword, whether a larger
// value allows more, and whether read-only properties have names of their own.
var boundTable = [bounds]struct {
	name     string
	word     keyword
	upper    bool
	readOnly int // the action that has a name of its own, -1 where none has
}{
	{"max", kwMaximum, true, decreased},
	{"min", kwMinimum, false, increased},
	{"multiple-of", kwMultipleOf, false, -1},
	{"max-length", kwMaxLength, true, decreased},
	{"min-length", kwMinLength, false, -1},
	{"max-items", kwMaxItems, true, decreased},
	{"min-items", kwMinItems, false, -1},
	{"max-properties", kwMaxProperties, true, decreased},
	{"min-properties", kwMinProperties, false, -1},
	{"min-contains", kwMinContains, false, -1},
	{"max-contains", kwMaxContains, true, -1},
	{"exclusive-min", kwExclusiveMinimum, false, increased},
	{"exclusive-max", kwExclusiveMaximum, true, decreased},
}

// What can happen to a bound.
const (
	set = iota
	unset
	increased
	decreased
)

// verb returns the verb of an action on the bound.
func (b bound) verb(action int) verb { return verb(b)*4 + verb(action) }

// facet is a row of the table of schema changes: a verb with the sites that
// have a name for it.
type facet struct {
	suffix string
	effect Effect
	kind   Kind
	sites  siteSet
	says   string
}

// Sites that go together.
var (
	bodies     = setOf(requestBody, responseBody)
	properties = setOf(requestProperty, responseProperty)
	payload    = bodies | properties
	roots      = payload | setOf(parameter, responseHeader)
	typed      = payload | setOf(parameter, parameterProperty)
	enumerated = properties | setOf(requestBody, responseMediaType, parameter)
)

func schemaTable() []facet {
	list := make([]facet, 0, schemaVerbs)
	for b := range bounds {
		list = append(list, b.facets()...)
	}
	return append(list, schemaFacets...)
}

// facets are the four rows of a bound. Those of multipleOf have no order.
func (b bound) facets() []facet {
	t := boundTable[b]
	more, less := Widens, Narrows
	if !t.upper {
		more, less = Narrows, Widens
	}
	word := keywordNames[t.word]
	list := []facet{
		{t.name + "-set", Narrows, Constraints, roots, "got " + word + " %to"},
		{t.name + "-unset", Widens, Constraints, roots, "lost " + word + " %from"},
		{t.name + "-increased", more, Constraints, roots, word + " went up from %from to %to"},
		{t.name + "-decreased", less, Constraints, roots, word + " went down from %from to %to"},
	}
	if b == multipleOf {
		list[increased].sites, list[decreased].sites = 0, 0
	}
	if t.readOnly >= 0 {
		list[t.readOnly].sites |= setOf(requestReadOnlyProperty)
	}
	return list
}

// schemaFacets are the rows after those of the bounds, in the order of the
// verbs. In what they say, %key is what the change is about, %from and %to are
// the values.
var schemaFacets = []facet{
	{"pattern-added", Narrows, Constraints, properties | setOf(parameter), "got the pattern %to"},
	{"pattern-removed", Widens, Constraints, properties | setOf(parameter), "lost the pattern %from"},
	{"pattern-changed", Unknown, Constraints, properties | setOf(parameter), "pattern changed from %from to %to"},
	{"pattern-generalized", Widens, Constraints, setOf(requestProperty, parameter), "pattern changed from %from to one that allows all"},
	{"pattern-property-added", Narrows, Constraints, payload, "got a schema for properties like %key"},
	{"pattern-property-removed", Widens, Constraints, payload, "lost the schema for properties like %key"},
	{"unique-items-set", Narrows, Constraints, setOf(requestBody, requestProperty), "items must be unique now"},
	{"unique-items-unset", Widens, Constraints, payload, "items need not be unique any more"},
	{"multiple-of-changed", Incomparable, Constraints, payload, "multipleOf changed from %from to %to"},
	{"multiple-of-generalized", Widens, Constraints, setOf(requestBody, requestProperty), "multipleOf changed from %from to %to, which divides it"},
	{"multiple-of-specialized", Narrows, Constraints, setOf(responseBody, responseProperty), "multipleOf changed from %from to its multiple %to"},

	{"discriminator-added", None, Structure, payload, "got a discriminator"},
	{"discriminator-removed", None, Structure, payload, "lost its discriminator"},
	{"discriminator-property-name-changed", None, Structure, payload, "discriminator changed from property %from to %to"},
	{"discriminator-mapping-added", None, Structure, payload, "discriminator got mappings: %key"},
	{"discriminator-mapping-deleted", None, Structure, payload, "discriminator lost mappings: %key"},
	{"discriminator-mapping-changed", None, Structure, payload, "discriminator mapping %key changed from %from to %to"},
	{"all-of-added", Narrows, Structure, payload, "must match %key too (allOf)"},
	{"all-of-removed", Widens, Structure, payload, "need not match %key any more (allOf)"},
	{"all-of-added-annotation-only", None, Structure, payload, "allOf got %key, which only describes"},
	{"all-of-removed-annotation-only", None, Structure, payload, "allOf lost %key, which only described"},
	{"any-of-added", Widens, Structure, payload, "may match %key too (anyOf)"},
	{"any-of-removed", Narrows, Structure, payload, "may not match %key any more (anyOf)"},
	{"one-of-added", Widens, Structure, payload, "may match %key too (oneOf)"},
	{"one-of-removed", Narrows, Structure, payload, "may not match %key any more (oneOf)"},
	{"wrapped-in-one-of", Incomparable, Structure, bodies, "became one of several alternatives (oneOf)"},
	{"wrapped-in-one-of-original-preserved", Unknown, Structure, bodies, "became one of several alternatives (oneOf), and is still one of them"},
	{"prefix-items-added", Unknown, Structure, payload, "prefixItems got %key"},
	{"prefix-items-removed", Unknown, Structure, payload, "prefixItems lost %key"},
	{"if-added", Narrows, Structure, payload, "got a condition (if)"},
	{"if-removed", Widens, Structure, payload, "lost its condition (if)"},
	{"then-added", Narrows, Structure, payload, "got a consequence (then)"},
	{"then-removed", Widens, Structure, payload, "lost its consequence (then)"},
	{"else-added", Narrows, Structure, payload, "got an alternative (else)"},
	{"else-removed", Widens, Structure, payload, "lost its alternative (else)"},
	{"contains-added", Narrows, Structure, payload, "must contain an item of a given shape now"},
	{"contains-removed", Widens, Structure, payload, "need not contain an item of a given shape any more"},
	{"dependent-required-added", Narrows, Structure, payload, "%key requires %to now"},
	{"dependent-required-removed", Widens, Structure, payload, "%key does not require %from any more"},
	{"dependent-required-changed", Incomparable, Structure, payload, "what %key requires changed from %from to %to"},
	{"dependent-schema-added", Narrows, Structure, payload, "got a schema that depends on %key"},
	{"dependent-schema-removed", Widens, Structure, payload, "lost the schema that depended on %key"},
	{"property-names-added", Narrows, Structure, payload, "names of properties must match a schema now"},
	{"property-names-removed", Widens, Structure, payload, "names of properties need not match a schema any more"},
	{"unevaluated-items-added", Narrows, Structure, payload, "got unevaluatedItems"},
	{"unevaluated-items-removed", Widens, Structure, payload, "lost unevaluatedItems"},
	{"unevaluated-properties-added", Narrows, Structure, payload, "got unevaluatedProperties"},
	{"unevaluated-properties-removed", Widens, Structure, payload, "lost unevaluatedProperties"},
	{"content-schema-added", Narrows, Existence, payload, "got a schema for what the text holds (contentSchema)"},
	{"content-schema-removed", Widens, Existence, payload, "lost the schema for what the text holds (contentSchema)"},
	{"content-media-type-changed", Incomparable, Type, payload, "contentMediaType changed from %from to %to"},
	{"content-encoding-changed", Incomparable, Type, payload, "contentEncoding changed from %from to %to"},

	{"became-enum", Narrows, Values, enumerated | setOf(requestHeaderProperty), "allows only listed values now"},
	{"became-not-enum", Widens, Values, enumerated | setOf(parameterProperty), "allows more than listed values now"},
	{"enum-value-added", Widens, Values, enumerated | setOf(parameterProperty, responseWriteOnlyProperty), "allows %key too"},
	{"enum-value-removed", Narrows, Values, enumerated | setOf(parameterProperty, requestReadOnlyProperty), "does not allow %key any more"},
	{"x-extensible-enum-value-removed", Narrows, Values, setOf(requestProperty, parameter), "lost the value %key of x-extensible-enum"},
	{"default-value-added", None, Values, payload | setOf(parameter), "got the default %to"},
	{"default-value-removed", None, Values, payload | setOf(parameter), "lost the default %from"},
	{"default-value-changed", None, Values, payload | setOf(parameter), "default changed from %from to %to"},
	{"const-added", Narrows, Values, payload, "must be %to now"},
	{"const-removed", Widens, Values, payload, "need not be %from any more"},
	{"const-changed", Incomparable, Values, payload, "must be %to now instead of %from"},

	{"schema-became-false", Narrows, Type, roots | typed, "allows no value any more (false)"},
	{"schema-became-not-false", Widens, Type, roots | typed, "allows values now (it was false)"},
	{"type-generalized", Widens, Type, roots | typed, "type widened from %from to %to"},
	{"type-compatible", None, Type, payload | setOf(responseHeader), "type changed from %from to %to, which reads the same as text"},
	{"type-changed", Incomparable, Type, roots | typed, "type changed from %from to %to"},
	{"type-specialized", Narrows, Type, setOf(responseBody, responseProperty, responseHeader, parameterProperty), "type narrowed from %from to %to"},
	{"list-of-types-widened", Widens, Type, typed, "may be of the types %key too"},
	{"list-of-types-narrowed", Narrows, Type, typed, "may not be of the types %key any more"},

	{"became-nullable", Widens, Requiredness, roots | typed, "may be null now"},
	{"became-not-nullable", Narrows, Requiredness, roots | typed, "may not be null any more"},
	{"became-required", Narrows, Requiredness, properties | setOf(responseWriteOnlyProperty, requestHeaderProperty), "became required"},
	{"became-required-with-default", Narrows, Requiredness, setOf(requestProperty), "became required, though it has a default"},
	{"became-optional", Widens, Requiredness, properties | setOf(responseWriteOnlyProperty), "became optional"},

	{"deprecated", None, Life, properties, "was deprecated"},
	{"deprecated-with-sunset", None, Life, properties, "was deprecated, sunset %to"},
	{"deprecated-sunset-missing", Violation, Life, properties, "was deprecated without a sunset date"},
	{"deprecated-sunset-invalid", Violation, Life, properties, "was deprecated with the sunset %to, which is no date"},
	{"reactivated", None, Life, properties, "is not deprecated any more"},
	{"sunset-date-too-small", Violation, Life, properties, "was deprecated with the sunset %to, which is too soon"},
	{"stability-decreased", Violation, Life, properties, "stability went down from %from to %to"},
	{"stability-increased", None, Life, properties, "stability went up from %from to %to"},
}

// entry is the cell of the row at a site.
func (f *facet) entry(site Site) Entry {
	e := f.effect
	judged := site.direction()
	switch {
	case site == requestReadOnlyProperty, site == responseWriteOnlyProperty:
		e = None // it is not sent that way
	case site == parameterProperty && f.suffix == "type-changed":
		e = Unknown // how an object in a parameter is written is not known
	case site == responseBody && (f.suffix == "schema-became-false" || f.suffix == "schema-became-not-false"):
		judged = Request // clients rely on there being a body
	}
	return Entry{
		ID: sitePrefix[site] + f.suffix, Level: levelOf(e, judged), Direction: site.direction(), Kind: f.kind, Effect: f.effect,
		Says: f.says, Where: siteWords[site],
	}
}
