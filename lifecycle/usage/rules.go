package usage

import (
	"context"
	"embed"
	"fmt"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/check/checktest/cases"
)

// Rules returns the rules over a result, in the order in which they are
// documented.
func Rules() check.Set[*Result] {
	return check.Set[*Result]{deprecatedStillUsed, usedAfterSunset, usageUnclear}
}

// Check runs the rules over a result under the policy. Logs that were not read
// to their ends make the report incomplete. The report names no subjects: the
// caller knows the files. The error says that the run could not take place,
// never that there are findings.
func Check(ctx context.Context, res *Result, policy check.Policy) (*check.Report, error) {
	rep, err := check.Run(ctx, Rules(), res, policy)
	if err != nil {
		return nil, err
	}
	for _, i := range res.Incomplete {
		rep.Incomplete = append(rep.Incomplete, check.Incomplete{File: i.Log, Message: i.Message})
	}
	return rep, nil
}

// ruleCases are the test cases of the rules.
//
//go:embed testdata/rules
var ruleCases embed.FS

// Examples returns the first bad and the first good test case of the rule,
// each a description with a log, and whether the rule has any.
func Examples(ruleID string) (cases.Example, bool) {
	return cases.ReadExample(ruleCases, "testdata/rules", ruleID)
}

// since is the version that first had the rules.
const since = "0.1.0"

// properties are the numbers of an element.
func (e *Element) properties() map[string]any {
	top := make([]string, 0, len(e.Top))
	for _, c := range e.Top {
		top = append(top, c.Consumer)
	}
	p := map[string]any{
		"element": e.Name, "calls": e.Calls, "share": e.Share, "consumers": e.Consumers, "consumer_share": e.ConsumerShare,
		"top_consumers": top,
	}
	if e.Last != nil {
		p["last_seen"] = day(e.Last)
	}
	return p
}

// callers says who calls an element most, and when it was called last.
func (e *Element) callers() string {
	var parts []string
	if len(e.Top) > 0 {
		names := make([]string, 0, 3)
		for _, c := range e.Top[:min(len(e.Top), 3)] {
			names = append(names, c.Consumer)
		}
		parts = append(parts, "most by "+strings.Join(names, ", "))
	}
	if e.Last != nil {
		parts = append(parts, "last on "+day(e.Last))
	}
	if len(parts) == 0 {
		return ""
	}
	return "; " + strings.Join(parts, ", ")
}

// numbers says how much an element is used.
func (e *Element) numbers() string {
	s := fmt.Sprintf("%s (%s)", counted(e.Calls, "call"), percent(e.Share))
	if e.Consumers > 0 {
		s += fmt.Sprintf(" from %s%s (%s)", about(e.Exact), counted(int64(e.Consumers), "consumer"), percent(e.ConsumerShare))
	}
	return s
}

func about(exact bool) string {
	if exact {
		return ""
	}
	return "about "
}

func counted(n int64, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
