package jsonschema

import "github.com/plumbapi/plumb/openapi"

func (r *Run) object(s *Schema, v *openapi.Node, composite bool, seen *evaluated) bool {
	o := s.object
	n := v.Len()
	ok := true
	fail := func(good bool) bool {
		ok = ok && good
		return !good && r.stops()
	}
	if o.maxProperties >= 0 && n > o.maxProperties &&
		fail(r.report(Error{Keyword: "maxProperties", Instance: v, Schema: s.node, Values: [2]int{o.maxProperties, n}})) {
		return false
	}
	if n < o.minProperties &&
		fail(r.report(Error{Keyword: "minProperties", Instance: v, Schema: s.node, Values: [2]int{o.minProperties, n}})) {
		return false
	}
	r.charge(len(o.required) / 8)
	for i := range o.required {
		if q := &o.required[i]; !v.Has(q.name) && !r.relaxed(q) &&
			fail(r.report(Error{Keyword: "required", Instance: v, Schema: s.node, Property: q.name})) {
			return false
		}
	}
	if o.names != nil && fail(r.names(s, v)) {
		return false
	}
	if o.additional != nil && fail(r.additional(s, v, composite, seen)) {
		return false
	}
	if o.dependencies != nil && fail(r.dependencies(s, v, o.dependencies, composite, seen)) {
		return false
	}
	if o.properties != nil && fail(r.properties(o, v, composite, seen)) {
		return false
	}
	for i := range o.patterns {
		if fail(r.patternProperty(&o.patterns[i], v, composite, seen)) {
			return false
		}
	}
	if o.dependents != nil && fail(r.dependencies(s, v, o.dependents, composite, seen)) {
		return false
	}
	if o.unevaluated != nil && fail(r.unevaluatedProperties(s, v, composite, seen)) {
		return false
	}
	return ok
}

// properties applies the schemas of properties in their order. Where the
// order does not show and the value has fewer members, it is theirs.
func (r *Run) properties(o *objectRules, v *openapi.Node, composite bool, seen *evaluated) bool {
	ok := true
	if o.byName != nil && v.Len() < len(o.properties) && (r.mode.All || r.quiet > 0) {
		for _, child := range v.Children() {
			s := o.byName[child.Key()]
			if s == nil {
				continue
			}
			seen.add(child.Index())
			if !s.always && !r.schema(s, child, composite, nil) {
				if ok = false; r.stops() {
					return false
				}
			}
		}
		return ok
	}
	for i := range o.properties {
		p := &o.properties[i]
		child := v.Get(p.name)
		if child == nil {
			continue
		}
		seen.add(child.Index())
		if !p.schema.always && !r.schema(p.schema, child, composite, nil) {
			if ok = false; r.stops() {
				return false
			}
		}
	}
	return ok
}

// relaxed reports whether the mode does without a required property.
func (r *Run) relaxed(q *requirement) bool {
	return r.inNot == 0 && (q.readOnly && r.mode.Request || q.writeOnly && r.mode.Response)
}

// names applies propertyNames. A name is a string that stands nowhere as a
// value, so its errors name the member.
func (r *Run) names(s *Schema, v *openapi.Node) bool {
	ok := true
	for _, child := range v.Children() {
		mark := len(r.errs)
		if r.name(s.object.names, child) {
			continue
		}
		for i := mark; i < len(r.errs); i++ {
			r.errs[i].Instance = v
		}
		ok = r.report(Error{Keyword: "propertyNames", Instance: v, Schema: s.node, Property: child.Key()})
		if r.stops() {
			return false
		}
	}
	return ok
}

// name checks the name of a member against a schema. It is read as a text of
// its own.
func (r *Run) name(s *Schema, member *openapi.Node) bool {
	key := openapi.NewString(member.Key())
	mark := len(r.errs)
	ok := r.schema(s, key, true, nil)
	for i := mark; i < len(r.errs); i++ {
		r.errs[i].Name = member.Key()
	}
	return ok
}

func (r *Run) additional(s *Schema, v *openapi.Node, composite bool, seen *evaluated) bool {
	o := s.object
	seen.addAll()
	if o.additional.always {
		return true
	}
	ok := true
	r.charge(v.Len() * (1 + len(o.patterns)) / 8)
	for _, child := range v.Children() {
		if o.declares(child.Key()) || o.matchesPattern(child.Key()) {
			continue
		}
		good := false
		if o.additional.never {
			r.report(Error{Keyword: "additionalProperties", Instance: v, Schema: s.node, Property: child.Key()})
		} else {
			good = r.schema(o.additional, child, composite, nil)
		}
		if !good {
			if ok = false; r.stops() {
				return false
			}
		}
	}
	return ok
}

func (o *objectRules) declares(name string) bool {
	if o.byName != nil {
		return o.byName[name] != nil
	}
	return o.declared.Has(name)
}

func (o *objectRules) matchesPattern(name string) bool {
	for i := range o.patterns {
		if o.patterns[i].pattern.matches(name) {
			return true
		}
	}
	return false
}

func (r *Run) patternProperty(p *patternProperty, v *openapi.Node, composite bool, seen *evaluated) bool {
	if p.schema.always && seen == nil {
		return true
	}
	ok := true
	r.charge(v.Len() / 8)
	for _, child := range v.Children() {
		if !p.pattern.found(child.Key()) {
			continue
		}
		seen.add(child.Index())
		if !r.schema(p.schema, child, composite, nil) {
			if ok = false; r.stops() {
				return false
			}
		}
	}
	return ok
}

func (r *Run) dependencies(s *Schema, v *openapi.Node, list []dependency, composite bool, seen *evaluated) bool {
	ok := true
	for i := range list {
		d := &list[i]
		if !v.Has(d.name) {
			continue
		}
		if d.schema != nil {
			branch := seen.branch()
			if r.schema(d.schema, v, composite, branch) {
				if seen != nil {
					seen.merge(branch)
				}
			} else if ok = false; r.stops() {
				return false
			}
			continue
		}
		for _, need := range d.needs {
			if !v.Has(need) {
				ok = r.report(Error{Keyword: d.keyword, Instance: v, Schema: s.node, Property: need, Text: d.name})
				if r.stops() {
					return false
				}
			}
		}
	}
	return ok
}

// nothingMore reports the members that no schema has spoken of.
func (r *Run) nothingMore(s *Schema, v *openapi.Node, seen *evaluated) bool {
	ok := true
	for i, child := range v.Children() {
		if !seen.has(i) {
			ok = r.report(Error{Keyword: "unevaluatedProperties", Instance: v, Schema: s.node, Property: child.Key()})
		}
	}
	return ok
}

func (r *Run) unevaluatedProperties(s *Schema, v *openapi.Node, composite bool, seen *evaluated) bool {
	ok := true
	for i, child := range v.Children() {
		if seen.has(i) {
			continue
		}
		good := false
		if s.object.unevaluated.never {
			r.report(Error{Keyword: "unevaluatedProperties", Instance: v, Schema: s.node, Property: child.Key()})
		} else {
			good = r.schema(s.object.unevaluated, child, composite, nil)
		}
		if !good {
			if ok = false; r.stops() {
				return false
			}
		}
	}
	seen.addAll()
	return ok
}
