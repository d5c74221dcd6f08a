package match

import (
	"fmt"

	"github.com/plumbapi/plumb/parity/internal/gql"
)

func (m *matcher) readEvidence(q *question, o *option) []Evidence {
	w, f, e := readWeights[:], o.field, o.evidence
	said := []Evidence{
		say(o, w, m.parentText(q, f, e), readNearest, readFarther, readRoot, readRootDeep, readForeign, readInterface, readParentNamed, readHop),
		say(o, w, m.readNameText(q, f, e), readExact, readExactTail, readCoverPath, readUncovered, readUnknown, readVariantExtra, readPlural, readPluralNo, readAction, readUnique, readBroader, readHeadNo, readNamespace),
		say(o, w, m.answerText(q, f, e), readType, readTypeUnknown, readTypeOther, readScalar, readCheck, readCheckNot, readGeneric),
		say(o, w, cardinalityText(q, f), readCardinality, readCardinalityNo),
		say(o, w, m.keyText(q, f, e), readKey, readKeyMissing, readKeyUnused, readUnbound, readContextLost, readFartherLost, readScopeLost),
		say(o, w, queryText(e), readQuery),
		say(o, w, selfText(e), readViewer, readViewerNot),
	}
	if e[readNarrow] == 1 {
		said = append(said, say(o, w, "-"+f.Name+" names only some of them", readNarrow))
	}
	if e[readDeprecated] == 1 {
		said = append(said, say(o, w, "-"+f.Coordinate+" is deprecated", readDeprecated))
	}
	return said
}

func (m *matcher) parentText(q *question, f *gql.Field, e []float64) string {
	switch {
	case e[readRoot] == 1:
		return "it is a query, and the path begins with nothing else"
	case e[readRootDeep] == 1:
		return "-it is a query, and the path leads through " + q.pathTo(q.chain[0])
	case e[readForeign] == 1:
		return fmt.Sprintf("-it is a field of %s, which the path does not lead through", f.Parent.Name)
	}
	for _, c := range q.chain {
		if c != m.root && c.has(f.Parent) > 0.1 {
			return fmt.Sprintf("it is a field of %s, which is what %s is", f.Parent.Name, q.pathTo(c))
		}
	}
	return ""
}

func (m *matcher) readNameText(q *question, f *gql.Field, e []float64) string {
	end := q.target.segment.Text
	switch {
	case e[readPluralNo] == 1:
		return fmt.Sprintf("-of %q and %s one is a plural and one is not", end, f.Name)
	case e[readExact] == 1 || e[readExactTail] == 1:
		return fmt.Sprintf("the path ends with %q, and the field is called %s", end, f.Name)
	case e[readBroader] == 1:
		return fmt.Sprintf("what the path calls %q is one of what %s yields", end, f.Name)
	}
	shared := common(q.tail.Set, f.Words.Set)
	if len(shared) == 0 {
		return fmt.Sprintf("-no word of %q is one of %s", end, f.Name)
	}
	text := fmt.Sprintf("%s and the path share %s", f.Name, m.spelled(f.Name, shared))
	if missing := minus(q.tail.Set, f.Words.Set); len(missing) > 0 && e[readUncovered] > 0 {
		return fmt.Sprintf("-%s, not %s", text, m.spelled(q.op.Path, missing))
	}
	if e[readVariantExtra] > 0.5 {
		return "-" + text + ", and it says more than the path"
	}
	return text
}

func (m *matcher) answerText(q *question, f *gql.Field, e []float64) string {
	switch {
	case e[readCheck] == 1:
		return "a check that answers 204 or 404, and a Boolean"
	case e[readCheckNot] == 1:
		return "-the operation only checks that something exists"
	case e[readGeneric] > 0:
		return fmt.Sprintf("%s is answered, which is one of the %s that the field yields by a key", q.types[0].typ.Name, f.Target.Name)
	case e[readType] > 0.1:
		return fmt.Sprintf("both yield %s", f.Target.Name)
	case e[readTypeOther] > 0:
		return fmt.Sprintf("-%s is answered, and the field yields %s", q.types[0].typ.Name, f.Target.Name)
	case e[readScalar] == 1:
		return fmt.Sprintf("-an object is answered, and the field yields %s", f.Scalar)
	}
	return ""
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
		return "-the operation answers one thing, the field a list"
	}
	return "-the operation answers a list, the field one thing"
}

func (m *matcher) keyText(q *question, f *gql.Field, e []float64) string {
	variable := q.own(q.at).Text
	switch {
	case e[readKey] == 1:
		if a := m.argFor(q, f, q.at); a != nil {
			return fmt.Sprintf("%s is told by the argument %s", variable, a.Name)
		}
	case e[readKeyMissing] == 1:
		return "-no argument takes " + variable
	case e[readUnbound] > 0:
		return "-it requires an argument that the path does not give"
	case e[readContextLost] > 0 || e[readFartherLost] > 0:
		return "-some of the path's variables have no argument"
	case e[readKeyUnused] == 1:
		return "-it takes a key that the path does not give"
	}
	return ""
}

func queryText(e []float64) string {
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
		return "-the path stands for who asks, the field does not"
	}
	return ""
}
