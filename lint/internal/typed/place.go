package typed

import (
	"strconv"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

// Place is a place in a description: a value, or where one would stand below it.
type Place struct {
	Node *openapi.Node
	// Below are the names that lead on from the value to what is not there.
	Below []string
	// Name is set where the name of the member is meant, not its value.
	Name bool
}

// At is the place of a value.
func At(n *openapi.Node) Place { return Place{Node: n} }

// Child is the place of a member or of an element below.
func (p Place) Child(names ...string) Place {
	p.Name = false
	for i, name := range names {
		if len(p.Below) == 0 {
			if next := p.Node.Find(name); next != nil {
				p.Node = next
				continue
			}
		}
		p.Below = append(append([]string{}, p.Below...), names[i:]...)
		break
	}
	return p
}

// Item is the place of an element.
func (p Place) Item(i int) Place { return p.Child(strconv.Itoa(i)) }

// Key is the place of the member's name.
func (p Place) Key() Place {
	p.Name = true
	return p
}

// Pointer is the JSON Pointer of the place.
func (p Place) Pointer() string {
	return p.Node.Pointer() + openapi.FormatPointer(p.Below...)
}

// Location is the place as findings name it. What is not there is shown where the
// value is that it would stand in.
func (p Place) Location() check.Location {
	at := p.Node.Location()
	if p.Name {
		at = p.Node.KeyLocation()
	}
	if len(p.Below) > 0 {
		at.Element += openapi.FormatPointer(p.Below...)
	}
	return at
}
