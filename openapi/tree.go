package openapi

// ParseTree reads any JSON or YAML text as a tree, without asking that it be
// an OpenAPI description: a JSON Schema, an example in a file of its own. The
// error is an [*Error] with the place of what is wrong.
func ParseTree(name string, data []byte) (*Node, error) {
	src, err := (&Loader{}).source(name, string(data))
	if err != nil {
		return nil, err
	}
	return src.root, nil
}

// NewString returns a string that stands in no source, for what takes nodes
// and gets a text: the name of a member that is checked as a value. It has no
// parent, no Source and no Location.
func NewString(text string) *Node { return &Node{kind: String, text: text} }
