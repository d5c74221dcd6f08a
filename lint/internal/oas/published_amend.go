package oas

// The published schemas are older than some errata of the specifications,
// and know nothing of the other rules. What is amended, for each version:

// amend20 requires the scopes of OAuth 2.0, as the specification does, leaves
// oneOf and anyOf to the rules of their own, and says of security definitions
// once that they are invalid.
func amend20(r *rewriter) {
	definitions, _ := r.root["definitions"].(object)
	for _, name := range []string{"Implicit", "Password", "Application", "AccessCode"} {
		flow, _ := definitions["oauth2"+name+"Security"].(object)
		if required, ok := flow["required"].([]any); ok {
			flow["required"] = append(required, "scopes")
		}
	}
	schema, _ := definitions["schema"].(object)
	if properties, ok := schema["properties"].(object); ok {
		properties["oneOf"] = properties["allOf"]
		properties["anyOf"] = properties["allOf"]
	}
	if security, ok := definitions["securityDefinitions"].(object); ok {
		security["errorMessage"] = "a security definition is neither basic nor apiKey nor a flow of oauth2"
	}
}

// amend30 tells the alternatives of parameters and security schemes apart.
func amend30(r *rewriter) { r.byConstant, r.byPresence = true, true }

// amend31 checks Schema Objects too, allows relative URLs where the
// specification does, takes a path item with a $ref for a reference, and says
// once that the description describes nothing.
func amend31(r *rewriter) {
	each(r.root, func(s object) {
		for _, name := range []string{"externalValue", "authorizationUrl", "tokenUrl", "refreshUrl", "openIdConnectUrl"} {
			if p, ok := s[name].(object); ok && p["format"] == "uri" {
				p["format"] = "uri-reference"
			}
		}
		if s["$ref"] == "#/$defs/path-item" {
			delete(s, "$ref")
			s["if"] = object{"type": "object", "required": []any{"$ref"}}
			s["then"] = object{"$ref": "#/$defs/reference"}
			s["else"] = object{"allOf": []any{object{"$ref": "#/$defs/path-item"}}}
		}
	})
	amendSchemas(r, schemaObject31)
}

// amend32 checks Schema Objects too, and says once that the description
// describes nothing.
func amend32(r *rewriter) { amendSchemas(r, schemaObject32) }

func amendSchemas(r *rewriter, uri string) {
	each(r.root, func(s object) {
		if s["$dynamicRef"] == "#meta" {
			delete(s, "$dynamicRef")
			s["$ref"] = uri
		}
	})
	definitions, _ := r.root["$defs"].(object)
	definitions["schema"] = object{"$ref": uri}
	list, _ := r.root["anyOf"].([]any)
	delete(r.root, "anyOf")
	r.root["allOf"] = []any{object{"anyOf": list, "errorMessage": "the description has none of paths, components and webhooks"}}
}

// each calls f with every object within a value.
func each(v any, f func(object)) {
	switch v := v.(type) {
	case object:
		for _, sub := range v {
			each(sub, f)
		}
		f(v)
	case []any:
		for _, sub := range v {
			each(sub, f)
		}
	}
}
