package redocly

import "github.com/plumbapi/plumb/openapi"

// Options are what a configuration says of a rule, beside its severity.
type Options struct{ Node *openapi.Node }

// flag is an option that is true or false.
func (o Options) flag(name string) bool { return o.Node.Get(name).IsTrue() }

// text is an option that is a text.
func (o Options) text(name string) string { return o.Node.Get(name).Text() }

// list is an option that is a list of texts, and whether it is there.
func (o Options) list(name string) ([]string, bool) {
	n := o.Node.Get(name)
	if !n.Is(openapi.Array) {
		return nil, false
	}
	return texts(n), true
}

func texts(n *openapi.Node) []string {
	list := make([]string, 0, n.Len())
	for _, c := range n.Children() {
		list = append(list, c.Text())
	}
	return list
}

// byStatus is an option with a list for each status: that of the status, else that
// of its range, 4XX or 4xx.
func (o Options) byStatus(name, status string) []string {
	n := o.Node.Get(name)
	if list := n.Get(status); list != nil {
		return texts(list)
	}
	if len(status) != 3 || !digits(status) {
		return nil
	}
	if list := n.Get(status[:1] + "XX"); list != nil {
		return texts(list)
	}
	return texts(n.Get(status[:1] + "xx"))
}

func digits(text string) bool {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return true
}

// needsList is Valid of a rule that cannot do without a list.
func needsList(name string) func(Options) (*openapi.Node, string) {
	return func(o Options) (*openapi.Node, string) {
		if _, ok := o.list(name); !ok {
			return o.Node, "needs " + name + ", a list of texts"
		}
		return nil, ""
	}
}
