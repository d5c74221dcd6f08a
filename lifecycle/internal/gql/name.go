package gql

// The kinds of changes. Those of directives that are used on a kind of element
// have names that are put together; see usageAdded.
const (
	TypeAdded                                 = "TYPE_ADDED"
	TypeRemoved                               = "TYPE_REMOVED"
	TypeKindChanged                           = "TYPE_KIND_CHANGED"
	TypeDescriptionAdded                      = "TYPE_DESCRIPTION_ADDED"
	TypeDescriptionChanged                    = "TYPE_DESCRIPTION_CHANGED"
	TypeDescriptionRemoved                    = "TYPE_DESCRIPTION_REMOVED"
	ObjectTypeInterfaceAdded                  = "OBJECT_TYPE_INTERFACE_ADDED"
	ObjectTypeInterfaceRemoved                = "OBJECT_TYPE_INTERFACE_REMOVED"
	UnionMemberAdded                          = "UNION_MEMBER_ADDED"
	UnionMemberRemoved                        = "UNION_MEMBER_REMOVED"
	FieldAdded                                = "FIELD_ADDED"
	FieldRemoved                              = "FIELD_REMOVED"
	FieldTypeChanged                          = "FIELD_TYPE_CHANGED"
	FieldDescriptionAdded                     = "FIELD_DESCRIPTION_ADDED"
	FieldDescriptionChanged                   = "FIELD_DESCRIPTION_CHANGED"
	FieldDescriptionRemoved                   = "FIELD_DESCRIPTION_REMOVED"
	FieldDeprecationAdded                     = "FIELD_DEPRECATION_ADDED"
	FieldDeprecationRemoved                   = "FIELD_DEPRECATION_REMOVED"
	FieldDeprecationReasonAdded               = "FIELD_DEPRECATION_REASON_ADDED"
	FieldDeprecationReasonChanged             = "FIELD_DEPRECATION_REASON_CHANGED"
	FieldDeprecationReasonRemoved             = "FIELD_DEPRECATION_REASON_REMOVED"
	FieldArgumentAdded                        = "FIELD_ARGUMENT_ADDED"
	FieldArgumentRemoved                      = "FIELD_ARGUMENT_REMOVED"
	FieldArgumentTypeChanged                  = "FIELD_ARGUMENT_TYPE_CHANGED"
	FieldArgumentDefaultChanged               = "FIELD_ARGUMENT_DEFAULT_CHANGED"
	FieldArgumentDescriptionChanged           = "FIELD_ARGUMENT_DESCRIPTION_CHANGED"
	FieldArgumentDeprecationAdded             = "FIELD_ARGUMENT_DEPRECATION_ADDED"
	FieldArgumentDeprecationRemoved           = "FIELD_ARGUMENT_DEPRECATION_REMOVED"
	FieldArgumentDeprecationReasonAdded       = "FIELD_ARGUMENT_DEPRECATION_REASON_ADDED"
	FieldArgumentDeprecationReasonChanged     = "FIELD_ARGUMENT_DEPRECATION_REASON_CHANGED"
	FieldArgumentDeprecationReasonRemoved     = "FIELD_ARGUMENT_DEPRECATION_REASON_REMOVED"
	InputFieldAdded                           = "INPUT_FIELD_ADDED"
	InputFieldRemoved                         = "INPUT_FIELD_REMOVED"
	InputFieldTypeChanged                     = "INPUT_FIELD_TYPE_CHANGED"
	InputFieldDefaultValueChanged             = "INPUT_FIELD_DEFAULT_VALUE_CHANGED"
	InputFieldDescriptionAdded                = "INPUT_FIELD_DESCRIPTION_ADDED"
	InputFieldDescriptionChanged              = "INPUT_FIELD_DESCRIPTION_CHANGED"
	InputFieldDescriptionRemoved              = "INPUT_FIELD_DESCRIPTION_REMOVED"
	InputFieldDeprecationAdded                = "INPUT_FIELD_DEPRECATION_ADDED"
	InputFieldDeprecationRemoved              = "INPUT_FIELD_DEPRECATION_REMOVED"
	InputFieldDeprecationReasonAdded          = "INPUT_FIELD_DEPRECATION_REASON_ADDED"
	InputFieldDeprecationReasonChanged        = "INPUT_FIELD_DEPRECATION_REASON_CHANGED"
	InputFieldDeprecationReasonRemoved        = "INPUT_FIELD_DEPRECATION_REASON_REMOVED"
	EnumValueAdded                            = "ENUM_VALUE_ADDED"
	EnumValueRemoved                          = "ENUM_VALUE_REMOVED"
	EnumValueDescriptionChanged               = "ENUM_VALUE_DESCRIPTION_CHANGED"
	EnumValueDeprecationReasonAdded           = "ENUM_VALUE_DEPRECATION_REASON_ADDED"
	EnumValueDeprecationReasonChanged         = "ENUM_VALUE_DEPRECATION_REASON_CHANGED"
	EnumValueDeprecationReasonRemoved         = "ENUM_VALUE_DEPRECATION_REASON_REMOVED"
	SchemaQueryTypeChanged                    = "SCHEMA_QUERY_TYPE_CHANGED"
	SchemaMutationTypeChanged                 = "SCHEMA_MUTATION_TYPE_CHANGED"
	SchemaSubscriptionTypeChanged             = "SCHEMA_SUBSCRIPTION_TYPE_CHANGED"
	SchemaDescriptionChanged                  = "SCHEMA_DESCRIPTION_CHANGED"
	DirectiveAdded                            = "DIRECTIVE_ADDED"
	DirectiveRemoved                          = "DIRECTIVE_REMOVED"
	DirectiveDescriptionChanged               = "DIRECTIVE_DESCRIPTION_CHANGED"
	DirectiveLocationAdded                    = "DIRECTIVE_LOCATION_ADDED"
	DirectiveLocationRemoved                  = "DIRECTIVE_LOCATION_REMOVED"
	DirectiveRepeatableAdded                  = "DIRECTIVE_REPEATABLE_ADDED"
	DirectiveRepeatableRemoved                = "DIRECTIVE_REPEATABLE_REMOVED"
	DirectiveArgumentAdded                    = "DIRECTIVE_ARGUMENT_ADDED"
	DirectiveArgumentRemoved                  = "DIRECTIVE_ARGUMENT_REMOVED"
	DirectiveArgumentTypeChanged              = "DIRECTIVE_ARGUMENT_TYPE_CHANGED"
	DirectiveArgumentDefaultValueChanged      = "DIRECTIVE_ARGUMENT_DEFAULT_VALUE_CHANGED"
	DirectiveArgumentDescriptionChanged       = "DIRECTIVE_ARGUMENT_DESCRIPTION_CHANGED"
	DirectiveArgumentDeprecationAdded         = "DIRECTIVE_ARGUMENT_DEPRECATION_ADDED"
	DirectiveArgumentDeprecationRemoved       = "DIRECTIVE_ARGUMENT_DEPRECATION_REMOVED"
	DirectiveArgumentDeprecationReasonAdded   = "DIRECTIVE_ARGUMENT_DEPRECATION_REASON_ADDED"
	DirectiveArgumentDeprecationReasonChanged = "DIRECTIVE_ARGUMENT_DEPRECATION_REASON_CHANGED"
	DirectiveArgumentDeprecationReasonRemoved = "DIRECTIVE_ARGUMENT_DEPRECATION_REASON_REMOVED"
	DirectiveUsageArgumentAdded               = "DIRECTIVE_USAGE_ARGUMENT_ADDED"
	DirectiveUsageArgumentRemoved             = "DIRECTIVE_USAGE_ARGUMENT_REMOVED"
	DirectiveUsageArgumentChanged             = "DIRECTIVE_USAGE_ARGUMENT_CHANGED"
)

var (
	fieldDeprecation = deprecation{
		added: FieldDeprecationAdded, removed: FieldDeprecationRemoved,
		reasonAdded: FieldDeprecationReasonAdded, reasonRemoved: FieldDeprecationReasonRemoved,
		reasonChanged: FieldDeprecationReasonChanged, also: true,
	}
	enumValueDeprecation = deprecation{
		reasonAdded: EnumValueDeprecationReasonAdded, reasonRemoved: EnumValueDeprecationReasonRemoved,
		reasonChanged: EnumValueDeprecationReasonChanged, also: true,
	}
	argumentSite = inputSite{
		descriptionAdded: FieldArgumentDescriptionChanged, descriptionRemoved: FieldArgumentDescriptionChanged, descriptionChanged: FieldArgumentDescriptionChanged,
		defaultChanged: FieldArgumentDefaultChanged, typeChanged: FieldArgumentTypeChanged, used: usedOnArgument,
		deprecation: deprecation{
			added: FieldArgumentDeprecationAdded, removed: FieldArgumentDeprecationRemoved,
			reasonAdded: FieldArgumentDeprecationReasonAdded, reasonRemoved: FieldArgumentDeprecationReasonRemoved,
			reasonChanged: FieldArgumentDeprecationReasonChanged,
		},
	}
	inputFieldSite = inputSite{
		descriptionAdded: InputFieldDescriptionAdded, descriptionRemoved: InputFieldDescriptionRemoved, descriptionChanged: InputFieldDescriptionChanged,
		defaultChanged: InputFieldDefaultValueChanged, typeChanged: InputFieldTypeChanged, used: usedOnInputField,
		deprecation: deprecation{
			added: InputFieldDeprecationAdded, removed: InputFieldDeprecationRemoved,
			reasonAdded: InputFieldDeprecationReasonAdded, reasonRemoved: InputFieldDeprecationReasonRemoved,
			reasonChanged: InputFieldDeprecationReasonChanged,
		},
	}
	directiveArgumentSite = inputSite{
		descriptionAdded: DirectiveArgumentDescriptionChanged, descriptionRemoved: DirectiveArgumentDescriptionChanged, descriptionChanged: DirectiveArgumentDescriptionChanged,
		defaultChanged: DirectiveArgumentDefaultValueChanged, typeChanged: DirectiveArgumentTypeChanged, used: usedOnArgument,
		deprecation: deprecation{
			added: DirectiveArgumentDeprecationAdded, removed: DirectiveArgumentDeprecationRemoved,
			reasonAdded: DirectiveArgumentDeprecationReasonAdded, reasonRemoved: DirectiveArgumentDeprecationReasonRemoved,
			reasonChanged: DirectiveArgumentDeprecationReasonChanged,
		},
	}
)
