package view

import (
	"math"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/parity"
)

// add adds a row and counts what it can be filtered by.
func (l *htmlList) add(row htmlRow) {
	if n := len(l.Rows); n > 0 {
		row.Again = l.Rows[n-1].Group == row.Group
	}
	if !row.Again && row.Group != "" {
		l.Groups = append(l.Groups, row.Group)
	}
	for _, s := range []parity.Status{parity.StatusMatch, parity.StatusPartial, parity.StatusNone} {
		l.Statuses = count(l.Statuses, string(s), row.Status == s)
	}
	if row.Band != "" && row.Status != parity.StatusNone {
		l.Bands = count(count(l.Bands, string(parity.Auto), row.Band == parity.Auto), string(parity.Review), row.Band == parity.Review)
	}
	if row.New {
		l.New++
	}
	l.Rows = append(l.Rows, row)
}

// count counts a facet, and adds it where it is new.
func count(list []htmlFacet, name string, on bool) []htmlFacet {
	i := slices.IndexFunc(list, func(f htmlFacet) bool { return f.Name == name })
	if i < 0 {
		i = len(list)
		list = append(list, htmlFacet{Name: name})
	}
	if on {
		list[i].N++
	}
	return list
}

// facts are what is known of a row.
type facts []htmlFact

// add adds the lines that say something.
func (f *facts) add(name string, lines ...string) {
	var said []string
	for _, s := range lines {
		if s != "" {
			said = append(said, safe.Brief(s))
		}
	}
	if said != nil {
		*f = append(*f, htmlFact{name, said})
	}
}

func first(tags []string) string {
	if len(tags) == 0 {
		return ""
	}
	return tags[0]
}

func rank(s parity.Status) int {
	return slices.Index([]parity.Status{parity.StatusNone, parity.StatusPartial, parity.StatusMatch}, s)
}

func percent(confidence float64) int { return int(math.Round(confidence * 100)) }

func marks(deprecated, experimental, exempt bool) string {
	var list []string
	for _, m := range []struct {
		on   bool
		text string
	}{{deprecated, "deprecated"}, {experimental, "experimental"}, {exempt, "exempt"}} {
		if m.on {
			list = append(list, m.text)
		}
	}
	return strings.Join(list, ", ")
}
