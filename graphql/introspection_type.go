package graphql

func (in *introspection) typeDefinition() error {
	t := &Type{Node: Node{src: in.src}}
	var kind span
	at, err := in.object(func(key string) (err error) {
		switch key {
		case "kind":
			t.Kind, kind, err = in.kind()
		case "name":
			t.Name, t.name, err = in.text()
		case "description":
			err = in.description(&t.Node)
		case "fields":
			err = in.optional(func() error { return in.fields(t) })
		case "inputFields":
			err = in.optional(func() (err error) {
				t.InputFields, err = in.inputs()
				return err
			})
		case "interfaces":
			err = in.references(&t.Interfaces)
		case "possibleTypes":
			err = in.references(&t.Members)
		case "enumValues":
			err = in.optional(func() error { return in.enumValues(t) })
		case "specifiedByURL", "specifiedByUrl":
			t.SpecifiedBy, _, err = in.textOrNull()
		case "isOneOf":
			t.OneOf, err = in.boolean()
		default:
			err = in.skip()
		}
		return err
	})
	switch {
	case err != nil:
		return err
	case t.Name == "":
		return in.mismatch(at, "a type with a name", "one without")
	case kind == (span{}):
		return in.mismatch(at, "a type with a kind", "one without")
	}
	t.extent = at
	t.trim()
	in.types = append(in.types, t)
	return nil
}

// trim drops what the kind of a type does not have: a server may tell
// anything, and an interface tells its possible types.
func (t *Type) trim() {
	output := t.Kind == Object || t.Kind == Interface
	if !output {
		t.Fields, t.Interfaces = nil, nil
	}
	if t.Kind != InputObject {
		t.InputFields = nil
	}
	if t.Kind != Enum {
		t.EnumValues = nil
	}
	if t.Kind != Union {
		t.Members = nil
	}
}

func (in *introspection) kind() (Kind, span, error) {
	name, at, err := in.text()
	if err != nil {
		return 0, at, err
	}
	for k, n := range kindNames {
		if n == name && k > 0 {
			return Kind(k), at, nil
		}
	}
	return 0, at, in.mismatch(at, "the kind of a type, such as OBJECT", name)
}

func (in *introspection) fields(t *Type) error {
	return in.array(func() error {
		f := one(&in.slabs.fields)
		f.src = in.src
		d := deprecated{}
		at, err := in.object(func(key string) (err error) {
			switch key {
			case "name":
				f.Name, f.name, err = in.text()
			case "description":
				err = in.description(&f.Node)
			case "args":
				err = in.optional(func() (err error) {
					f.Args, err = in.inputs()
					return err
				})
			case "type":
				f.Type, f.typeAt, err = in.typeRef(0)
			default:
				err = in.deprecation(key, &d)
			}
			return err
		})
		f.extent, f.Deprecated = at, d.deprecation()
		if err == nil && (f.Name == "" || f.Type == nil) {
			err = in.mismatch(at, "a field with a name and a type", "one without")
		}
		t.Fields = append(t.Fields, f)
		return err
	})
}

func (in *introspection) inputs() ([]*InputValue, error) {
	var values []*InputValue
	err := in.array(func() error {
		v := one(&in.slabs.inputs)
		v.src = in.src
		d := deprecated{}
		at, err := in.object(func(key string) (err error) {
			switch key {
			case "name":
				v.Name, v.name, err = in.text()
			case "description":
				err = in.description(&v.Node)
			case "type":
				v.Type, v.typeAt, err = in.typeRef(0)
			case "defaultValue":
				err = in.defaultValue(v)
			default:
				err = in.deprecation(key, &d)
			}
			return err
		})
		v.extent, v.Deprecated = at, d.deprecation()
		if err == nil && (v.Name == "" || v.Type == nil) {
			err = in.mismatch(at, "an input value with a name and a type", "one without")
		}
		values = append(values, v)
		return err
	})
	return values, err
}

func (in *introspection) defaultValue(v *InputValue) error {
	text, at, err := in.textOrNull()
	if err != nil || at == (span{}) {
		return err
	}
	v.defaultAt = at
	if v.Default, err = parseValue(text, &in.tokens); err != nil {
		in.invalidValues = append(in.invalidValues, invalidValue{v, err})
	}
	return nil
}

func (in *introspection) enumValues(t *Type) error {
	return in.array(func() error {
		v := one(&in.slabs.values)
		v.src = in.src
		d := deprecated{}
		at, err := in.object(func(key string) (err error) {
			switch key {
			case "name":
				v.Name, v.name, err = in.text()
			case "description":
				err = in.description(&v.Node)
			default:
				err = in.deprecation(key, &d)
			}
			return err
		})
		v.extent, v.Deprecated = at, d.deprecation()
		if err == nil && v.Name == "" {
			err = in.mismatch(at, "an enum value with a name", "one without")
		}
		t.EnumValues = append(t.EnumValues, v)
		return err
	})
}

func (in *introspection) directive() error {
	d := &DirectiveDefinition{Node: Node{src: in.src}}
	at, err := in.object(func(key string) (err error) {
		switch key {
		case "name":
			d.Name, d.name, err = in.text()
		case "description":
			err = in.description(&d.Node)
		case "args":
			err = in.optional(func() (err error) {
				d.Args, err = in.inputs()
				return err
			})
		case "isRepeatable":
			d.Repeatable, err = in.boolean()
		case "locations":
			err = in.array(func() error {
				l, _, err := in.text()
				d.Locations = append(d.Locations, l)
				return err
			})
		case "onOperation", "onFragment", "onField": // before locations
			var on bool
			if on, err = in.boolean(); on {
				d.Locations = append(d.Locations, oldLocations(key)...)
			}
		default:
			err = in.skip()
		}
		return err
	})
	if err == nil && d.Name == "" {
		err = in.mismatch(at, "a directive with a name", "one without")
	}
	d.extent = at
	in.directives = append(in.directives, d)
	return err
}

func oldLocations(key string) []string {
	switch key {
	case "onOperation":
		return []string{"QUERY", "MUTATION", "SUBSCRIPTION"}
	case "onFragment":
		return []string{"FRAGMENT_DEFINITION", "FRAGMENT_SPREAD", "INLINE_FRAGMENT"}
	}
	return []string{"FIELD"}
}

// deprecated is what introspection tells of a deprecation.
type deprecated struct {
	is     bool
	reason string
}

// deprecation reads the value of one of the two keys, or skips it.
func (in *introspection) deprecation(key string, d *deprecated) (err error) {
	switch key {
	case "isDeprecated":
		d.is, err = in.boolean()
	case "deprecationReason":
		d.reason, _, err = in.textOrNull()
	default:
		err = in.skip()
	}
	return err
}

func (d deprecated) deprecation() *Deprecation {
	switch {
	case d.reason != "":
		return &Deprecation{Reason: d.reason}
	case d.is:
		return &Deprecation{Reason: DefaultReason}
	}
	return nil
}
