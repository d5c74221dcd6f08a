// Package snapshot keeps the facts of one or several APIs at one time, as JSON
// with a version: parity, objectives, lint debt, documentation, webhooks,
// deprecations, waivers and gaps. Snapshots are written by each run, merged over
// repositories, read back as a history, and compared.
//
// The package measures nothing: package snapshot/gather makes a snapshot of what
// the checks found, package snapshot/view shows it to a working group. It reads
// no clock and opens no file but those of the file system that it is given.
package snapshot

import "time"

// Version is the version of the form that this package writes, and the newest
// that it reads.
const Version = 1

// Snapshot is the facts of one or several APIs at one time.
type Snapshot struct {
	Version int `json:"version"`
	// Tool is what wrote it, such as "plumb 0.1.0".
	Tool string `json:"tool"`
	// Product is what the APIs belong to; "" where several snapshots were merged
	// and nobody has named them.
	Product string `json:"product"`
	// Revision is the commit or the tag that was looked at; "" where unknown,
	// and where several were merged.
	Revision string `json:"revision"`
	// At is when, in UTC and whole seconds; that of the newest API where several
	// were merged. Everything in it that is due is judged by its day.
	At      time.Time `json:"at"`
	APIs    []API     `json:"apis"`
	Waivers []Waiver  `json:"waivers"`
}

// API is the facts of one API. What is nil was not looked at, which is another
// thing than having nothing to say.
type API struct {
	Name string `json:"name"`
	// Product, Revision and At are those of the run that looked.
	Product  string    `json:"product"`
	Revision string    `json:"revision"`
	At       time.Time `json:"at"`
	// Descriptions are the documents that were read, by name.
	Descriptions []string `json:"descriptions"`
	Size         Size     `json:"size"`
	// Gates are the checks, those that did not run too.
	Gates     []Gate     `json:"gates"`
	Parity    *Parity    `json:"parity"`
	SLO       *SLO       `json:"slo"`
	Lint      *Debt      `json:"lint"`
	Docs      *Docs      `json:"docs"`
	Webhooks  *Drift     `json:"webhooks"`
	Lifecycle *Lifecycle `json:"lifecycle"`
	// Gaps are the most important of what one side lacks, the largest first.
	Gaps []Gap `json:"gaps"`
	// Tags and Teams cut the same facts in two ways, each by name.
	Tags  []Group `json:"tags"`
	Teams []Group `json:"teams"`
	// Resources are the operations of all surfaces side by side.
	Resources []Resource `json:"resources"`
}

// Size is how large an API is.
type Size struct {
	Operations int `json:"operations"`
	RootFields int `json:"root_fields"`
	Webhooks   int `json:"webhooks"`
}

// Gate is one check of one API.
type Gate struct {
	// Name is "lint", "parity", "lifecycle", "perf" or "webhooks".
	Name string `json:"name"`
	// Skipped says why it did not run; "" where it ran.
	Skipped string `json:"skipped"`
	// Incomplete says why it could not be finished, a line each.
	Incomplete []string `json:"incomplete"`
	// Errors, Warnings and Infos are the findings that count.
	Errors   int `json:"errors"`
	Warnings int `json:"warnings"`
	Infos    int `json:"infos"`
}

// Share is a part of a whole.
type Share struct {
	Part  int `json:"part"`
	Whole int `json:"whole"`
}

// Value returns the share, 0 to 1; 1 where there is nothing to share.
func (s Share) Value() float64 {
	if s.Whole <= 0 {
		return 1
	}
	return float64(s.Part) / float64(s.Whole)
}

// Add adds another share of the same kind.
func (s *Share) Add(o Share) {
	s.Part += o.Part
	s.Whole += o.Whole
}

// Parity is what REST and GraphQL each offer of the other.
type Parity struct {
	RESTToGraphQL Breadth `json:"rest_to_graphql"`
	GraphQLToREST Breadth `json:"graphql_to_rest"`
	// Depth is the fields of matched types that both have, Fidelity the matched
	// fields that are alike, Lifecycle the pairs that agree on what is
	// deprecated.
	Depth     Share `json:"depth"`
	Fidelity  Share `json:"fidelity"`
	Lifecycle Share `json:"lifecycle"`
}

// Breadth counts the operations of one side by what the other has. Exempt are
// those of None that need no counterpart; Total counts them too, shares do not.
type Breadth struct {
	Total   int `json:"total"`
	Match   int `json:"match"`
	Partial int `json:"partial"`
	None    int `json:"none"`
	Exempt  int `json:"exempt"`
}

// Share returns the part that has a whole counterpart, of what needs one.
func (b Breadth) Share() Share { return Share{b.Match, b.Total - b.Exempt} }

// SLO is what a load run came to.
type SLO struct {
	// Verdict is the worst of all: "invalid", "fail", "inconclusive", "pass".
	Verdict string `json:"verdict"`
	// Start is when the run began; zero where unknown.
	Start time.Time `json:"start"`
	// Engine is what sent the requests.
	Engine     string      `json:"engine"`
	Operations []Objective `json:"operations"`
}

// Count returns how many operations have a verdict.
func (s *SLO) Count(verdict string) (n int) {
	for i := range s.Operations {
		if s.Operations[i].Verdict == verdict {
			n++
		}
	}
	return n
}

// Objective is how one operation kept its budget.
type Objective struct {
	Operation string `json:"operation"`
	Tag       string `json:"tag"`
	Owner     string `json:"owner"`
	Verdict   string `json:"verdict"`
	// Reason is a sentence with the numbers.
	Reason string `json:"reason"`
	// Requests are those that were due.
	Requests uint64 `json:"requests"`
	// P95 is in milliseconds; 0 where unknown.
	P95 float64 `json:"p95_ms"`
	// Left is what is left of the error budget of the tightest demand: 1 for all
	// of it, 0 for none, less where it was exceeded. It is nil where no demand
	// allows a share.
	Left *float64 `json:"budget_left"`
}

// Debt is what lint found.
type Debt struct {
	// Errors, Warnings and Infos are the findings that count. Known are in the
	// baseline, Waived under a waiver; those that are ignored are no debt.
	Errors   int `json:"errors"`
	Warnings int `json:"warnings"`
	Infos    int `json:"infos"`
	Known    int `json:"known"`
	Waived   int `json:"waived"`
	// Rules are those with findings, the most first.
	Rules []RuleDebt `json:"rules"`
}

// Total returns all of it, known and waived findings too.
func (d *Debt) Total() int { return d.Errors + d.Warnings + d.Infos + d.Known + d.Waived }

// RuleDebt is the findings of one rule; Count are all, Counting those that are
// neither known nor waived.
type RuleDebt struct {
	Rule     string `json:"rule"`
	Severity string `json:"severity"`
	Count    int    `json:"count"`
	Counting int    `json:"counting"`
}

// Docs is how much of an API is described in words.
type Docs struct {
	Surfaces []Coverage `json:"surfaces"`
}

// Total adds all surfaces up.
func (d *Docs) Total() Coverage {
	all := Coverage{Surface: "all"}
	for _, c := range d.Surfaces {
		all.Operations.Add(c.Operations)
		all.Parameters.Add(c.Parameters)
		all.Types.Add(c.Types)
		all.Fields.Add(c.Fields)
		all.Examples.Add(c.Examples)
	}
	return all
}

// Coverage counts what is described on one surface: "rest", "graphql" or
// "webhooks". Examples are operations with an example.
type Coverage struct {
	Surface    string `json:"surface"`
	Operations Share  `json:"operations"`
	Parameters Share  `json:"parameters"`
	Types      Share  `json:"types"`
	Fields     Share  `json:"fields"`
	Examples   Share  `json:"examples"`
}

// Described adds up all that can carry a description.
func (c Coverage) Described() Share {
	all := c.Operations
	all.Add(c.Parameters)
	all.Add(c.Types)
	all.Add(c.Fields)
	return all
}

// Drift is how payloads of webhooks and their description differ.
type Drift struct {
	Payloads    int `json:"payloads"`
	Matching    int `json:"matching"`
	Violations  int `json:"violations"`
	Unknown     int `json:"unknown_members"`
	Undescribed int `json:"undescribed"`
	// Places are where the description would have to be another.
	Places int `json:"places"`
}

// Lifecycle is what goes, and what changed.
type Lifecycle struct {
	// Policy names what days were taken from where descriptions give none.
	Policy string `json:"policy"`
	// Compared says that there was an earlier version to compare with. Breaking
	// are the changes since then that break clients, Changes all.
	Compared bool `json:"compared"`
	Breaking int  `json:"breaking"`
	Changes  int  `json:"changes"`
	// Deprecations are in the order in which they go; those without a day last.
	Deprecations []Deprecation `json:"deprecations"`
}

// Deprecation is one deprecated element.
type Deprecation struct {
	// Surface is "rest", "graphql" or "webhooks".
	Surface string `json:"surface"`
	Kind    string `json:"kind"`
	Name    string `json:"name"`
	Tag     string `json:"tag"`
	Owner   string `json:"owner"`
	// Since and Due are days, "" where none is known; Release is the release
	// that removes it.
	Since   string `json:"since"`
	Due     string `json:"due"`
	Release string `json:"release"`
	// By says who says when: "stated", "policy" or "nobody".
	By string `json:"by"`
	// Status is "overdue", "removable", "ahead", "undated" or "kept".
	Status      string `json:"status"`
	Replacement string `json:"replacement"`
	// Consumers and Calls are who still uses it, nil where nobody counted.
	Consumers *int   `json:"consumers"`
	Calls     *int64 `json:"calls"`
	// Users are those with the most calls, at most [MaxUsers], each by a keyed
	// hash: a snapshot names nobody.
	Users []User `json:"users"`
	// Last is the day of the last call, "" where nobody called or counted.
	Last string `json:"last"`
}

// MaxUsers is how many users of a deprecated element a snapshot has.
const MaxUsers = 3

// User is one who still uses a deprecated element.
type User struct {
	Consumer string `json:"consumer"`
	Calls    int64  `json:"calls"`
}

// Gap is something that one side has and the other lacks.
type Gap struct {
	// Element is a REST operation or a coordinate of GraphQL.
	Element string  `json:"element"`
	Tag     string  `json:"tag"`
	Owner   string  `json:"owner"`
	Reason  string  `json:"reason"`
	Weight  float64 `json:"weight"`
}

// Group is the facts of what has one tag, or one owner.
type Group struct {
	// Name is "" for what has none.
	Name string `json:"name"`
	// Owner is who owns what has the tag, where it is one; "" for none.
	Owner         string  `json:"owner"`
	RESTToGraphQL Breadth `json:"rest_to_graphql"`
	GraphQLToREST Breadth `json:"graphql_to_rest"`
	// Errors, Warnings, Infos and Known are the lint findings, as in Debt.
	Errors   int `json:"errors"`
	Warnings int `json:"warnings"`
	Infos    int `json:"infos"`
	Known    int `json:"known"`
	// Described are the operations with a description.
	Described Share `json:"described"`
	// Deprecated counts deprecations, Overdue those past their day.
	Deprecated int `json:"deprecated"`
	Overdue    int `json:"overdue"`
	// Budgets and Broken count the operations with an objective, and those that
	// did not keep it.
	Budgets int `json:"budgets"`
	Broken  int `json:"broken"`
}

// Resource is one row of the table that sets the surfaces side by side: an
// operation, under the names that it has on each.
type Resource struct {
	// Feature is the tag, or the first segment of the path.
	Feature string `json:"feature"`
	Owner   string `json:"owner"`
	// REST is "GET /issues", GraphQL "Query.issues", Webhook the events that
	// tell of it; "" and empty where there is none.
	REST     string   `json:"rest"`
	GraphQL  string   `json:"graphql"`
	Webhooks []string `json:"webhooks"`
	// Parity is "match", "partial" or "none", "" where nobody compared; Exempt
	// is the reason for which none is asked for.
	Parity string `json:"parity"`
	Exempt string `json:"exempt"`
	// The maturity of each: "internal", "experimental", "beta", "stable",
	// "deprecated"; "" where there is none of it.
	RESTMaturity    string `json:"rest_maturity"`
	GraphQLMaturity string `json:"graphql_maturity"`
	WebhookMaturity string `json:"webhook_maturity"`
	// SLO are the verdicts of load runs on both, "" where there is none.
	RESTSLO    string `json:"rest_slo"`
	GraphQLSLO string `json:"graphql_slo"`
	// RESTP95 and GraphQLP95 are in milliseconds, 0 where unknown.
	RESTP95    float64 `json:"rest_p95_ms"`
	GraphQLP95 float64 `json:"graphql_p95_ms"`
	// Described says that every description has words for it.
	Described bool `json:"described"`
}

// Waiver is findings that somebody answers for until a day.
type Waiver struct {
	Product string `json:"product"`
	Rule    string `json:"rule"`
	File    string `json:"file"`
	Element string `json:"element"`
	Reason  string `json:"reason"`
	Owner   string `json:"owner"`
	// Until is the last day on which it holds.
	Until string `json:"until"`
	// Findings are how many it sets aside.
	Findings int `json:"findings"`
}
