package shape

import "slices"

// usual are the members that senders tell payloads apart by, the usual first.
var usual = []string{"type", "event", "event_type", "eventType", "object_kind", "event_name", "kind", "object", "topic", "action", "name"}

// discriminate finds the member that every object has and whose known values
// are of one object only, and returns it with the values of each; "" where
// there is none. What a description names is tried first.
func discriminate(objects []Variant, said string) (string, [][]string) {
	var names []string
	if said != "" {
		names = append(names, said)
	}
	names = append(names, usual...)
	for _, f := range objects[0].Shape.Fields {
		names = append(names, f.Name)
	}
	for _, name := range names {
		tags := make([][]string, len(objects))
		taken := map[string]bool{}
		ok := true
		for i, o := range objects {
			tags[i] = tagsOf(o, name, name == said)
			ok = ok && len(tags[i]) > 0
			for _, t := range tags[i] {
				ok = ok && !taken[t]
				taken[t] = true
			}
			if !ok {
				break
			}
		}
		if ok {
			return name, tags
		}
	}
	return "", nil
}

// tagsOf returns the values of a member that mean an object, those that a
// description says it has before those of the member's own schema.
func tagsOf(o Variant, name string, said bool) []string {
	f := o.Shape.Field(name)
	if f != nil && !f.Nullable && isWord(f.Use) && (said || !f.Optional) {
		return known(f.Use)
	}
	if said && f != nil {
		return o.Tags
	}
	return nil
}

// distinguish finds for each object a member that it always has and no other
// object knows; nil where one has none.
func distinguish(objects []Variant) []string {
	members := make([]string, len(objects))
	for i, o := range objects {
		for _, f := range o.Shape.Fields {
			if f.Optional || slices.ContainsFunc(objects, func(other Variant) bool {
				return other.Shape != o.Shape && other.Shape.Field(f.Name) != nil
			}) {
				continue
			}
			members[i] = f.Name
			break
		}
		if members[i] == "" {
			return nil
		}
	}
	return members
}
