package match

import (
	"fmt"
	"strings"

	"github.com/plumbapi/plumb/parity/internal/gql"
	"github.com/plumbapi/plumb/parity/internal/word"
)

func (m *matcher) writeEvidence(q *question, o *option) []Evidence {
	w, f, e := writeWeights[:], o.field, o.evidence
	said := []Evidence{
		say(o, w, m.verbText(q, f, e), writeVerbSaid, writeVerbAction, writeVerbClass, writeVerbNear, writeVerbWrong, writeVerbMissed, writeVerbExtra, writeUndo, writeUndoWrong, writeQuery, writeQueryRead, writeSecondary, writeManyOne),
		say(o, w, m.nounText(q, f, e), writeNouns, writeNounsContext, writeNounsType, writeCoverName, writeCoverPath, writeLastInput, writeExtra, writeUncovered, writeUnknown, writeTail, writePrimary, writeFolded, writeStrangers, writeEndMissing, writeSure),
		say(o, w, contextText(e), writeContextLost, writeSubject, writeBulk, writeNearestLost),
		say(o, w, payloadText(q, e), writePayload, writePayloadOther),
		say(o, w, inputText(q, e), writeBody, writeBodyNone, writeArgs),
		say(o, w, toldText(f, e), writeTold, writeToldBack, writeSameName),
	}
	if e[writeDeprecated] == 1 {
		said = append(said, say(o, w, "-"+f.Coordinate+" is deprecated", writeDeprecated))
	}
	return said
}

func (m *matcher) verbText(q *question, f *gql.Field, e []float64) string {
	verb := ""
	if c := m.calledOf[f]; c.verb >= 0 {
		verb = strings.Trim(m.spelled(f.Name, []word.ID{c.verb}), `"`)
	}
	action := q.target.segment.Text
	switch {
	case e[writeQuery] == 1 && e[writeQueryRead] == 1:
		return "a query, and the operation only reads"
	case e[writeQuery] == 1:
		return "-it is a query, and the operation is a " + q.op.Method
	case e[writeUndo] == 1:
		return fmt.Sprintf("%s undoes %q, and so does %q", q.op.Method, action, verb)
	case e[writeUndoWrong] == 1:
		return fmt.Sprintf("-%s of %q is something else than %q", q.op.Method, action, verb)
	case e[writeVerbAction] == 1:
		return fmt.Sprintf("both say %q", action)
	case e[writeVerbMissed] == 1:
		return fmt.Sprintf("-the path says %q, and %s does not", action, f.Name)
	case e[writeVerbWrong] == 1 || e[writeVerbExtra] == 1:
		return fmt.Sprintf("-%s is something else than %q", q.op.Method, verb)
	case e[writeManyOne] == 1:
		return fmt.Sprintf("-%s is about all of them, the mutation about one", q.op.Method)
	case e[writeVerbSaid] == 1:
		return fmt.Sprintf("both say %q", verb)
	case e[writeVerbClass] == 1 || e[writeVerbNear] == 1:
		return fmt.Sprintf("%s and %q do the same", q.op.Method, verb)
	}
	return ""
}

func (m *matcher) nounText(q *question, f *gql.Field, e []float64) string {
	nouns := m.calledOf[f].nouns
	about := m.spelled(f.Name, nouns.Set)
	end := m.spelled(q.op.Path, q.wording.end.Set)
	switch {
	case e[writeFolded] == 1:
		return fmt.Sprintf("it is about %s, and takes %s", about, end)
	case about == "":
		return ""
	case e[writeNouns] == 1 || e[writeNounsContext] == 1:
		return "both are about " + about
	case e[writeNounsType] > 0:
		return fmt.Sprintf("what the path leads to is what %s is about, %s", f.Name, about)
	case e[writeUncovered] > 0:
		return fmt.Sprintf("-the path is about %s, %s about %s", end, f.Name, about)
	}
	shared := common(nouns.Set, q.wording.path)
	if len(shared) == 0 {
		return fmt.Sprintf("-%s is about %s, which the path does not name", f.Name, about)
	}
	return fmt.Sprintf("%s and the path share %s", f.Name, m.spelled(f.Name, shared))
}

func contextText(e []float64) string {
	switch {
	case e[writeSubject] > 0:
		return "what the path leads to implements the interface of the mutation's subject"
	case e[writeNearestLost] == 1 || e[writeContextLost] > 0:
		return "-it takes no argument for a part of the path"
	case e[writeBulk] == 1:
		return "-it takes many at once"
	}
	return ""
}

func payloadText(q *question, e []float64) string {
	switch {
	case e[writePayload] > 0.1:
		return "both yield " + q.answers[0].typ.Name
	case e[writePayloadOther] > 0:
		return "-" + q.answers[0].typ.Name + " is answered, and the mutation yields another type"
	}
	return ""
}

func inputText(q *question, e []float64) string {
	n := float64(len(q.bodyWords))
	switch {
	case e[writeBody] > 0:
		return fmt.Sprintf("%.0f of %.0f inputs are arguments", e[writeBody]*(n+1), n)
	case e[writeBodyNone] == 1:
		return fmt.Sprintf("-none of %.0f inputs is an argument", n)
	}
	return ""
}

func toldText(f *gql.Field, e []float64) string {
	switch {
	case e[writeSameName] == 1:
		return fmt.Sprintf("the operation is called as the mutation, %s", f.Name)
	case e[writeTold] > 0.5:
		return "what the operation is called or said to do has the words of " + f.Name
	}
	return ""
}
