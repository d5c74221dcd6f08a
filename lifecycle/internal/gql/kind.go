package gql

import "github.com/plumbapi/plumb/check"

// Kind describes one kind of change.
type Kind struct {
	ID string
	// Levels are those that the change can have, the worst first.
	Levels []check.Severity
	// Summary says in a sentence, in Markdown, what happened.
	Summary string
	// Topic is what the change is about.
	Topic string
	// Own says that GraphQL Inspector has no such change.
	Own bool
}

// Kinds returns every kind of change there is, by topic, in the order in which
// they are documented. The slice is the caller's.
func Kinds() []Kind {
	var kinds []Kind
	for _, t := range topics {
		for _, k := range t.kinds {
			k.Topic = t.name
			kinds = append(kinds, k)
		}
	}
	return kinds
}

// The levels of a change, where several depending on its effect.
var (
	breaks        = []check.Severity{check.Error}
	mayBreak      = []check.Severity{check.Warning}
	harmless      = []check.Severity{check.Info}
	breaksOrMay   = []check.Severity{check.Error, check.Warning}
	breaksOrNot   = []check.Severity{check.Error, check.Info}
	mayBreakOrNot = []check.Severity{check.Warning, check.Info}
)

var topics = []struct {
	name  string
	kinds []Kind
}{
	{"Types", []Kind{
		{ID: TypeAdded, Levels: harmless, Summary: "A type was added."},
		{ID: TypeRemoved, Levels: breaks, Summary: "A type was removed."},
		{ID: TypeKindChanged, Levels: breaks, Summary: "A type is now of another kind, such as an interface that was an object type."},
		{ID: TypeDescriptionAdded, Levels: harmless, Summary: "A type has a description now."},
		{ID: TypeDescriptionChanged, Levels: harmless, Summary: "The description of a type changed."},
		{ID: TypeDescriptionRemoved, Levels: harmless, Summary: "A type has no description any more."},
		{ID: ObjectTypeInterfaceAdded, Levels: mayBreak, Summary: "An object type or an interface implements one more interface, so that values of that interface may be of a type that clients do not know."},
		{ID: ObjectTypeInterfaceRemoved, Levels: breaks, Summary: "An object type or an interface no longer implements an interface."},
		{ID: UnionMemberAdded, Levels: mayBreak, Summary: "A union has one more member, so that its values may be of a type that clients do not know."},
		{ID: UnionMemberRemoved, Levels: breaks, Summary: "A type is no longer a member of a union."},
	}},
	{"Fields", []Kind{
		{ID: FieldAdded, Levels: harmless, Summary: "A field was added to an object type or an interface."},
		{ID: FieldRemoved, Levels: breaks, Summary: "A field was removed from an object type or an interface."},
		{ID: FieldTypeChanged, Levels: breaksOrNot, Summary: "The type of a field changed. It is safe where the field only became non-null, or the items of its list did."},
		{ID: FieldDescriptionAdded, Levels: harmless, Summary: "A field has a description now."},
		{ID: FieldDescriptionChanged, Levels: harmless, Summary: "The description of a field changed."},
		{ID: FieldDescriptionRemoved, Levels: harmless, Summary: "A field has no description any more."},
		{ID: FieldDeprecationAdded, Levels: harmless, Summary: "A field was deprecated."},
		{ID: FieldDeprecationRemoved, Levels: mayBreak, Summary: "A field is no longer deprecated."},
		{ID: FieldDeprecationReasonAdded, Levels: harmless, Summary: "A field was deprecated with this reason."},
		{ID: FieldDeprecationReasonChanged, Levels: harmless, Summary: "The reason to deprecate a field changed."},
		{ID: FieldDeprecationReasonRemoved, Levels: harmless, Summary: "The reason to deprecate a field went with the deprecation."},
	}},
	{"Arguments", []Kind{
		{ID: FieldArgumentAdded, Levels: breaksOrMay, Summary: "An argument was added to a field. It breaks where it must be given."},
		{ID: FieldArgumentRemoved, Levels: breaks, Summary: "An argument was removed from a field."},
		{ID: FieldArgumentTypeChanged, Levels: breaksOrNot, Summary: "The type of an argument changed. It is safe where null may now be given, and otherwise the same."},
		{ID: FieldArgumentDefaultChanged, Levels: mayBreak, Summary: "The default value of an argument was added, removed or changed."},
		{ID: FieldArgumentDescriptionChanged, Levels: harmless, Summary: "The description of an argument was added, removed or changed."},
		{ID: FieldArgumentDeprecationAdded, Levels: harmless, Summary: "An argument was deprecated.", Own: true},
		{ID: FieldArgumentDeprecationRemoved, Levels: mayBreak, Summary: "An argument is no longer deprecated.", Own: true},
		{ID: FieldArgumentDeprecationReasonAdded, Levels: harmless, Summary: "An argument was deprecated without a reason and has one now.", Own: true},
		{ID: FieldArgumentDeprecationReasonChanged, Levels: harmless, Summary: "The reason to deprecate an argument changed.", Own: true},
		{ID: FieldArgumentDeprecationReasonRemoved, Levels: harmless, Summary: "An argument is still deprecated, but without a reason.", Own: true},
	}},
	{"Input fields", []Kind{
		{ID: InputFieldAdded, Levels: breaksOrMay, Summary: "A field was added to an input object. It breaks where it must be given."},
		{ID: InputFieldRemoved, Levels: breaks, Summary: "A field was removed from an input object."},
		{ID: InputFieldTypeChanged, Levels: breaksOrNot, Summary: "The type of an input field changed. It is safe where null may now be given, and otherwise the same."},
		{ID: InputFieldDefaultValueChanged, Levels: mayBreak, Summary: "The default value of an input field was added, removed or changed."},
		{ID: InputFieldDescriptionAdded, Levels: harmless, Summary: "An input field has a description now."},
		{ID: InputFieldDescriptionChanged, Levels: harmless, Summary: "The description of an input field changed."},
		{ID: InputFieldDescriptionRemoved, Levels: harmless, Summary: "An input field has no description any more."},
		{ID: InputFieldDeprecationAdded, Levels: harmless, Summary: "An input field was deprecated.", Own: true},
		{ID: InputFieldDeprecationRemoved, Levels: mayBreak, Summary: "An input field is no longer deprecated.", Own: true},
		{ID: InputFieldDeprecationReasonAdded, Levels: harmless, Summary: "An input field was deprecated without a reason and has one now.", Own: true},
		{ID: InputFieldDeprecationReasonChanged, Levels: harmless, Summary: "The reason to deprecate an input field changed.", Own: true},
		{ID: InputFieldDeprecationReasonRemoved, Levels: harmless, Summary: "An input field is still deprecated, but without a reason.", Own: true},
	}},
	{"Enums", []Kind{
		{ID: EnumValueAdded, Levels: mayBreak, Summary: "A value was added to an enum, so that clients may be sent one that they do not know."},
		{ID: EnumValueRemoved, Levels: breaks, Summary: "A value was removed from an enum."},
		{ID: EnumValueDescriptionChanged, Levels: harmless, Summary: "The description of an enum value was added, removed or changed."},
		{ID: EnumValueDeprecationReasonAdded, Levels: harmless, Summary: "An enum value was deprecated."},
		{ID: EnumValueDeprecationReasonChanged, Levels: harmless, Summary: "The reason to deprecate an enum value changed."},
		{ID: EnumValueDeprecationReasonRemoved, Levels: harmless, Summary: "An enum value is no longer deprecated."},
	}},
	{"The schema", []Kind{
		{ID: SchemaQueryTypeChanged, Levels: breaksOrNot, Summary: "The query type is another one. It is safe where there was none."},
		{ID: SchemaMutationTypeChanged, Levels: breaksOrNot, Summary: "The mutation type is another one. It is safe where there was none."},
		{ID: SchemaSubscriptionTypeChanged, Levels: breaksOrNot, Summary: "The subscription type is another one. It is safe where there was none."},
		{ID: SchemaDescriptionChanged, Levels: harmless, Summary: "The description of the schema was added, removed or changed.", Own: true},
	}},
	{"Directives", []Kind{
		{ID: DirectiveAdded, Levels: harmless, Summary: "A directive was added."},
		{ID: DirectiveRemoved, Levels: breaks, Summary: "A directive was removed."},
		{ID: DirectiveDescriptionChanged, Levels: harmless, Summary: "The description of a directive was added, removed or changed."},
		{ID: DirectiveLocationAdded, Levels: harmless, Summary: "A directive may be used in one more place."},
		{ID: DirectiveLocationRemoved, Levels: breaks, Summary: "A directive may no longer be used in a place."},
		{ID: DirectiveRepeatableAdded, Levels: harmless, Summary: "A directive may be used more than once in one place."},
		{ID: DirectiveRepeatableRemoved, Levels: mayBreak, Summary: "A directive may no longer be used more than once in one place."},
		{ID: DirectiveArgumentAdded, Levels: breaksOrNot, Summary: "An argument was added to a directive. It breaks where it must be given."},
		{ID: DirectiveArgumentRemoved, Levels: breaks, Summary: "An argument was removed from a directive."},
		{ID: DirectiveArgumentTypeChanged, Levels: breaksOrNot, Summary: "The type of an argument of a directive changed. It is safe where null may now be given, and otherwise the same."},
		{ID: DirectiveArgumentDefaultValueChanged, Levels: mayBreak, Summary: "The default value of an argument of a directive was added, removed or changed."},
		{ID: DirectiveArgumentDescriptionChanged, Levels: harmless, Summary: "The description of an argument of a directive was added, removed or changed."},
		{ID: DirectiveArgumentDeprecationAdded, Levels: harmless, Summary: "An argument of a directive was deprecated.", Own: true},
		{ID: DirectiveArgumentDeprecationRemoved, Levels: mayBreak, Summary: "An argument of a directive is no longer deprecated.", Own: true},
		{ID: DirectiveArgumentDeprecationReasonAdded, Levels: harmless, Summary: "An argument of a directive was deprecated without a reason and has one now.", Own: true},
		{ID: DirectiveArgumentDeprecationReasonChanged, Levels: harmless, Summary: "The reason to deprecate an argument of a directive changed.", Own: true},
		{ID: DirectiveArgumentDeprecationReasonRemoved, Levels: harmless, Summary: "An argument of a directive is still deprecated, but without a reason.", Own: true},
	}},
	{"Directives that are used", []Kind{
		{ID: usageAdded(usedOnSchema), Levels: mayBreak, Summary: "A directive is used on the schema."},
		{ID: usageRemoved(usedOnSchema), Levels: mayBreak, Summary: "A directive is no longer used on the schema."},
		{ID: usageAdded(usedOnScalar), Levels: mayBreak, Summary: "A directive is used on a scalar."},
		{ID: usageRemoved(usedOnScalar), Levels: mayBreak, Summary: "A directive is no longer used on a scalar."},
		{ID: usageAdded(usedOnObject), Levels: mayBreak, Summary: "A directive is used on an object type."},
		{ID: usageRemoved(usedOnObject), Levels: mayBreak, Summary: "A directive is no longer used on an object type."},
		{ID: usageAdded(usedOnInterface), Levels: mayBreak, Summary: "A directive is used on an interface."},
		{ID: usageRemoved(usedOnInterface), Levels: mayBreak, Summary: "A directive is no longer used on an interface."},
		{ID: usageAdded(usedOnUnion), Levels: mayBreak, Summary: "A directive is used on a union."},
		{ID: usageRemoved(usedOnUnion), Levels: mayBreak, Summary: "A directive is no longer used on a union."},
		{ID: usageAdded(usedOnEnum), Levels: mayBreak, Summary: "A directive is used on an enum."},
		{ID: usageRemoved(usedOnEnum), Levels: mayBreak, Summary: "A directive is no longer used on an enum."},
		{ID: usageAdded(usedOnEnumValue), Levels: mayBreak, Summary: "A directive is used on an enum value."},
		{ID: usageRemoved(usedOnEnumValue), Levels: mayBreak, Summary: "A directive is no longer used on an enum value."},
		{ID: usageAdded(usedOnInput), Levels: breaksOrMay, Summary: "A directive is used on an input object. It breaks where it is `@oneOf`."},
		{ID: usageRemoved(usedOnInput), Levels: mayBreakOrNot, Summary: "A directive is no longer used on an input object. It is safe where it is `@oneOf`."},
		{ID: usageAdded(usedOnField), Levels: mayBreak, Summary: "A directive is used on a field."},
		{ID: usageRemoved(usedOnField), Levels: mayBreak, Summary: "A directive is no longer used on a field."},
		{ID: usageAdded(usedOnArgument), Levels: mayBreak, Summary: "A directive is used on an argument."},
		{ID: usageRemoved(usedOnArgument), Levels: mayBreak, Summary: "A directive is no longer used on an argument."},
		{ID: usageAdded(usedOnInputField), Levels: mayBreak, Summary: "A directive is used on an input field."},
		{ID: usageRemoved(usedOnInputField), Levels: mayBreak, Summary: "A directive is no longer used on an input field."},
		{ID: DirectiveUsageArgumentAdded, Levels: harmless, Summary: "A directive that is used is given one more argument."},
		{ID: DirectiveUsageArgumentRemoved, Levels: mayBreak, Summary: "A directive that is used is no longer given an argument."},
		{ID: DirectiveUsageArgumentChanged, Levels: mayBreak, Summary: "A directive that is used is given another value for an argument.", Own: true},
	}},
}
