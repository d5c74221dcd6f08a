package match

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/parity/internal/gql"
)

// candidate makes the public form of an option, with its evidence in words.
func (m *matcher) candidate(q *question, o *option) Candidate {
	c := Candidate{Field: o.field, Coordinate: o.name, Path: m.pathTo(q, o.field), Status: "match", Confidence: o.p}
	if q.op.Method == "GET" {
		c.Evidence = m.readEvidence(q, o)
	} else {
		c.Evidence = m.writeEvidence(q, o)
	}
	c.Evidence = slices.DeleteFunc(c.Evidence, func(e Evidence) bool { return e.Text == "" })
	slices.SortStableFunc(c.Evidence, func(a, b Evidence) int { return cmp.Compare(math.Abs(b.Weight), math.Abs(a.Weight)) })
	return c
}

// why are the texts of evidence that speaks for a candidate, the strongest
// first, then of the strongest against it.
func (c *Candidate) why() []string {
	why := []string{}
	for _, e := range c.Evidence {
		if e.Weight >= 0 && len(why) < 5 {
			why = append(why, e.Text)
		}
	}
	for _, e := range c.Evidence {
		if e.Weight < -0.5 {
			return append(why, "but "+e.Text)
		}
	}
	return why
}

// group sums up the weighted evidence of some kinds.
func group(o *option, weights []float64, kinds ...int) float64 {
	sum := 0.0
	for _, k := range kinds {
		sum += o.evidence[k] * weights[k]
	}
	return math.Round(sum*100) / 100
}

func (m *matcher) readEvidence(q *question, o *option) []Evidence {
	w, f, e := readWeights[:], o.field, o.evidence
	list := []Evidence{
		{group(o, w, readNearest, readFarther, readRoot, readRootDeep, readForeign, readInterface, readParentNamed), m.parentText(q, f, e)},
		{group(o, w, readExact, readExactTail, readCoverPath, readUncovered, readUnknown, readVariantExtra, readPlural, readPluralNo, readAction), m.readNameText(q, f, e)},
		{group(o, w, readType, readTypeUnknown, readTypeOther, readScalar, readCheck, readGeneric), m.answerText(q, f, e)},
		{group(o, w, readCardinality, readCardinalityNo), cardinalityText(q, f)},
		{group(o, w, readKey, readKeyMissing, readKeyUnused, readUnbound, readContextLost, readFartherLost), m.keyText(q, f, e)},
		{group(o, w, readQuery), queryText(q, e)},
		{group(o, w, readViewer, readViewerNot), selfText(e)},
	}
	if e[readDeprecated] == 1 {
		list = append(list, Evidence{group(o, w, readDeprecated), f.Coordinate + " is deprecated"})
	}
	return list
}

func (m *matcher) parentText(q *question, f *gql.Field, e []float64) string {
	switch {
	case e[readRoot] == 1:
		return "it is a query, and the path begins with nothing else"
	case e[readRootDeep] == 1:
		return "it is a query, though the path leads through " + q.chain[0].path()
	case e[readForeign] == 1:
		return fmt.Sprintf("it is a field of %s, which the path does not lead through", f.Parent.Name)
	}
	for _, c := range q.chain {
		if c != m.root && c.has(f.Parent) > 0.1 {
			return fmt.Sprintf("it is a field of %s, which is what %s is", f.Parent.Name, c.path())
		}
	}
	return ""
}

func (m *matcher) readNameText(q *question, f *gql.Field, e []float64) string {
	switch {
	case e[readExact] == 1 || e[readExactTail] == 1:
		return fmt.Sprintf("the path ends with %s, and the field is called %s", m.text(q.name), f.Name)
	case e[readPluralNo] == 1:
		return fmt.Sprintf("of %s and %s one is a plural and one is not", m.text(q.name), f.Name)
	}
	shared := common(q.tail.Set, f.Words.Set)
	if len(shared) == 0 {
		return fmt.Sprintf("the path's %s is no word of %s", m.text(q.name), f.Name)
	}
	text := fmt.Sprintf("%s and the path share %s", f.Name, m.words(shared))
	if missing := minus(q.tail.Set, f.Words.Set); len(missing) > 0 && e[readUncovered] > 0 {
		text += ", not " + m.words(missing)
	}
	return text
}

func (m *matcher) answerText(q *question, f *gql.Field, e []float64) string {
	switch {
	case e[readCheck] == 1:
		return "a check that answers 204 or 404, and a Boolean"
	case e[readGeneric] > 0:
		return fmt.Sprintf("%s is answered, which is one of the %s that the field yields by a key", q.types[0].typ.Name, f.Target.Name)
	case e[readType] > 0.1:
		return fmt.Sprintf("both yield %s", f.Target.Name)
	case e[readTypeOther] > 0:
		return fmt.Sprintf("%s is answered, but the field yields %s", q.types[0].typ.Name, f.Target.Name)
	case e[readScalar] == 1:
		return fmt.Sprintf("an object is answered, but the field yields %s", f.Scalar)
	}
	return "what the operation answers corresponds to no type"
}

func cardinalityText(q *question, f *gql.Field) string {
	switch {
	case q.op.Response == nil:
		return ""
	case q.many && f.List:
		return "both yield a list"
	case !q.many && !f.List:
		return "both yield one thing"
	case f.List:
		return "the operation answers one thing, the field a list"
	}
	return "the operation answers a list, the field one thing"
}

func (m *matcher) keyText(q *question, f *gql.Field, e []float64) string {
	switch {
	case e[readKey] == 1:
		if a := m.argFor(q, f, q.at); a != nil {
			return fmt.Sprintf("%s is the argument %s", q.at.segment.Text, a.Name)
		}
	case e[readKeyMissing] == 1:
		return "no argument takes " + q.at.segment.Text
	case e[readUnbound] > 0:
		return "it requires an argument that the path does not give"
	case e[readContextLost] > 0 || e[readFartherLost] > 0:
		return "some of the path's variables have no argument"
	case e[readKeyUnused] == 1:
		return "it takes a key that the path does not give"
	}
	return ""
}

func queryText(q *question, e []float64) string {
	if e[readQuery] == 0 {
		return ""
	}
	return "some of the query parameters are arguments"
}

func selfText(e []float64) string {
	switch {
	case e[readViewer] == 1:
		return "both stand for who asks"
	case e[readViewerNot] == 1:
		return "the path stands for who asks, the field does not"
	}
	return ""
}

func (m *matcher) writeEvidence(q *question, o *option) []Evidence {
	w, f, e := writeWeights[:], o.field, o.evidence
	list := []Evidence{
		{group(o, w, writeVerbSaid, writeVerbAction, writeVerbClass, writeVerbNear, writeVerbWrong, writeVerbMissed, writeVerbExtra, writeUndo, writeUndoWrong, writeQuery, writeQueryRead, writeSecondary), m.verbText(q, f, e)},
		{group(o, w, writeNouns, writeNounsContext, writeNounsType, writeCoverName, writeCoverPath, writeLastInput, writeExtra, writeUncovered, writeUnknown, writeTail, writePrimary, writeFolded), m.nounText(q, f, e)},
		{group(o, w, writeContextLost, writeSubject, writeBulk), m.contextText(e)},
		{group(o, w, writePayload, writePayloadOther), m.payloadText(q, e)},
		{group(o, w, writeBody, writeBodyNone, writeArgs), inputText(q, e)},
		{group(o, w, writeTold, writeToldBack, writeSameName), m.toldText(q, f, e)},
	}
	if e[writeDeprecated] == 1 {
		list = append(list, Evidence{group(o, w, writeDeprecated), f.Coordinate + " is deprecated"})
	}
	return list
}

func (m *matcher) verbText(q *question, f *gql.Field, e []float64) string {
	verb, _, _ := m.split(f.Words)
	name := ""
	if verb >= 0 {
		name = m.lex.Text(verb)
	}
	switch {
	case e[writeQuery] == 1:
		return "it is a query, and the operation is a " + q.op.Method
	case e[writeUndo] == 1:
		return fmt.Sprintf("%s undoes %q, and so does %s", q.op.Method, m.lex.Text(q.verbs.action), name)
	case e[writeVerbAction] == 1:
		return fmt.Sprintf("both %s", m.lex.Text(q.verbs.action))
	case e[writeVerbMissed] == 1:
		return fmt.Sprintf("the path says %q, and %s does not", m.lex.Text(q.verbs.action), f.Name)
	case e[writeVerbWrong] == 1 || e[writeVerbExtra] == 1 || e[writeUndoWrong] == 1:
		return fmt.Sprintf("%s does something else than %q", q.op.Method, name)
	case e[writeVerbSaid] == 1:
		return fmt.Sprintf("both say %q", name)
	case e[writeVerbClass] == 1 || e[writeVerbNear] == 1:
		return fmt.Sprintf("%s and %q do the same", q.op.Method, name)
	}
	return ""
}

func (m *matcher) nounText(q *question, f *gql.Field, e []float64) string {
	_, _, nouns := m.split(f.Words)
	end := q.wording.end
	switch {
	case e[writeFolded] == 1:
		return fmt.Sprintf("it is about %s, and takes %s", m.text(nouns), m.text(end))
	case e[writeNouns] == 1 || e[writeNounsContext] == 1:
		return "both are about " + m.text(nouns)
	case e[writeNounsType] > 0:
		return fmt.Sprintf("the path is about %s, and so is %s", m.text(nouns), f.Name)
	case e[writeUncovered] > 0:
		return fmt.Sprintf("the path is about %s, %s about %s", m.text(end), f.Name, m.text(nouns))
	}
	return fmt.Sprintf("%s and the path share %s", f.Name, m.words(common(nouns.Set, q.wording.path)))
}

func (m *matcher) contextText(e []float64) string {
	switch {
	case e[writeSubject] > 0:
		return "its subject is whatever implements an interface that what the path leads to implements"
	case e[writeContextLost] > 0:
		return "it takes no argument for a part of the path"
	case e[writeBulk] == 1:
		return "it takes many at once"
	}
	return ""
}

func (m *matcher) payloadText(q *question, e []float64) string {
	switch {
	case e[writePayload] > 0.1:
		return "both yield " + q.answers[0].typ.Name
	case e[writePayloadOther] > 0:
		return q.answers[0].typ.Name + " is answered, and the mutation yields another type"
	}
	return ""
}

func inputText(q *question, e []float64) string {
	n := float64(len(q.bodyWords))
	switch {
	case e[writeBody] > 0:
		return fmt.Sprintf("%.0f of %.0f inputs are arguments", e[writeBody]*(n+1), n)
	case e[writeBodyNone] == 1:
		return fmt.Sprintf("none of %.0f inputs is an argument", n)
	}
	return ""
}

func (m *matcher) toldText(q *question, f *gql.Field, e []float64) string {
	switch {
	case e[writeSameName] == 1:
		return fmt.Sprintf("the operation is called as the mutation, %s", f.Name)
	case e[writeTold] > 0.3:
		return fmt.Sprintf("its summary or ID says %s too", m.words(common(f.Words.Set, q.told.Set)))
	}
	return ""
}

// path writes the path that leads to a place.
func (p *place) path() string {
	var parts []string
	for at := p; at.parent != nil; at = at.parent {
		parts = append(parts, at.segment.Text)
	}
	slices.Reverse(parts)
	return "/" + strings.Join(parts, "/")
}
