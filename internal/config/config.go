// Package config reads plumb.yaml, the one file in which a project says what
// plumb is to check and by which rules. Everything in it is optional; what is
// in it must be known: a key, a rule or a value that plumb does not know is an
// error with its place and the closest name, never silently ignored.
//
// [Parse] reads a file's bytes, [Schema] describes the file to editors. Both
// come from one table (table.go), so that they cannot disagree. The package
// opens no files; where plumb.yaml is looked for is said by internal/cli.
package config

import (
	"slices"

	"github.com/plumbapi/plumb/check"
)

// FileName is the name that the file has in a project.
const FileName = "plumb.yaml"

// MaxBytes bounds the file that [Parse] reads. A file of a thousand waivers
// has a tenth of it.
const MaxBytes = 1 << 20

// Config is what one plumb.yaml says. Paths in it are as they are written:
// relative to the folder of the file. The zero Config is that of an empty
// file.
type Config struct {
	// Name is the name of the file, as it was given to [Parse].
	Name string

	APIs      []API
	Lint      Lint
	Lifecycle Lifecycle
	Parity    Parity
	Perf      Perf
	Webhooks  Webhooks
	// Integrations says how the tools of the catalog are reached.
	Integrations Integrations
	Report       Report
	// Baseline is the path of the file that holds the known findings; ""
	// where there is none.
	Baseline string
	// Waivers are ready for a [check.Policy]. Until is midnight UTC.
	Waivers []check.Waiver
}

// API is one product interface: the descriptions that belong together.
type API struct {
	Name string
	// OpenAPI and GraphQL are description arguments, as on the command line:
	// a path, a pattern (GraphQL only) or a URL; "" where there is none.
	OpenAPI string
	GraphQL string
	// Base are the earlier versions of both that they are compared with, as
	// "git:REV", a path or a URL; "" where Lifecycle.Base says it.
	Base Base
	// Payloads are files and folders with payloads of webhooks.
	Payloads []string
	// At is the place of the entry.
	At check.Location
}

// Base names earlier versions of descriptions; "" where there is none.
type Base struct{ OpenAPI, GraphQL string }

// Lint says which rules `plumb lint` runs.
type Lint struct {
	// Extends names rulesets; a later one wins. Empty means the default.
	Extends []Extend
	// Rules are settings of single rules on top, in the order of the file.
	Rules []RuleSetting
	// Ignores are ready for a [check.Policy].
	Ignores []check.Ignore
}

// Extend names a ruleset: one of plumb's, or the path of a file or of a package
// with one.
type Extend struct {
	Name string
	At   check.Location
}

// RuleSetting says what becomes of one rule.
type RuleSetting struct {
	Rule  string // ID or alias
	Level Level
	// Reason says why; it may be empty.
	Reason string
	At     check.Location
}

// Lifecycle configures the checks of package lifecycle.
type Lifecycle struct {
	// Policy names the deprecation policy, or is the path of a file with
	// one.
	Policy string
	// Releases names a release calendar, or is the path of a file with one;
	// "" for that of the policy.
	Releases string
	// Carriers is the path of a file with carriers of the project; "" where
	// there is none.
	Carriers string
	// Base is what a revision is compared with: "git:REV", the path of an
	// earlier description, or that of a folder with earlier ones.
	Base string
	// Usage says where it is logged who calls what.
	Usage Usage
	// Rules are settings of single rules, in the order of the file.
	Rules []RuleSetting
	// Ignores are ready for a [check.Policy].
	Ignores []check.Ignore
}

// Usage says where it is logged who calls what, as the flags of `plumb lifecycle
// usage` do.
type Usage struct {
	// Logs are paths and patterns; empty where there are none.
	Logs []string
	// Format is how lines are written, "" for by content.
	Format string
	// Fields are ROLE=NAME each, Consumers names of fields that tell who calls.
	Fields, Consumers []string
	// Bases are paths of the REST API, GraphQLPaths those of GraphQL.
	Bases, GraphQLPaths []string
}

// Parity configures the comparison of REST and GraphQL.
type Parity struct {
	// Map is the path of the file that corrects the matching, Lock that of
	// the earlier decisions, Usage that of a CSV with the calls of each
	// operation; "" where there is none.
	Map, Lock, Usage string
	// Direction is one of [Directions], "" where the file says none.
	Direction string
	// Min is the least share of operations that must match, 0 to 1.
	Min float64
	// Rules are settings of single rules, in the order of the file.
	Rules []RuleSetting
	// Ignores are ready for a [check.Policy].
	Ignores []check.Ignore
}

// Directions are the words for the direction in which parity is asked for,
// in the order in which they are documented.
func Directions() []string { return []string{"both", "rest-to-graphql", "graphql-to-rest"} }

// Perf configures the load runs.
type Perf struct {
	// Plan is the path of the plan with the load and the budgets.
	Plan string
	// Rules are settings of single rules, in the order of the file.
	Rules []RuleSetting
	// Ignores are ready for a [check.Policy].
	Ignores []check.Ignore
}

// Webhooks configures the commands about webhooks.
type Webhooks struct {
	// Provider is the name of a sender that package webhook knows; "" where the
	// file names none.
	Provider string
	// Rules are settings of single rules, in the order of the file.
	Rules []RuleSetting
	// Ignores are ready for a [check.Policy].
	Ignores []check.Ignore
}

// Integrations configures the tools of the catalog.
type Integrations struct {
	// Catalog is the path of a folder with a company's own manifests; "" where
	// there is none.
	Catalog string
	// Inputs are values of the inputs of tools, in the order of the file. No
	// secret is among them: those come from the environment.
	Inputs []Input
	// Rules are settings of single rules, in the order of the file.
	Rules []RuleSetting
	// Ignores are ready for a [check.Policy].
	Ignores []check.Ignore
}

// Input is the value of one input of one integration.
type Input struct {
	Integration, Name, Value string
	At                       check.Location
}

// Report says who gets the results, and what `plumb report` shows.
type Report struct {
	// Send names integrations of the catalog.
	Send []string
	// Product is what the APIs belong to; "" for the name of the folder.
	Product string
	// History is the path of a folder of snapshots, Criteria that of a file of
	// exit criteria; "" where there is none.
	History, Criteria string
	Teams             []Team
}

// Team owns what has one of its tags, or a name that one of its patterns
// matches.
type Team struct {
	Name           string
	Tags, Elements []string
}

// Names are the names that a file may refer to.
type Names struct {
	// Lint, Lifecycle, Parity, Perf, Webhooks and Integrations describe the rules
	// that the sections of these names set, Policy those about the policy itself,
	// which each may set.
	Lint, Lifecycle, Parity, Perf, Webhooks, Integrations, Policy []check.Meta
	// Tools returns the integrations that there are. It is asked where a file
	// names one; nil where there are none.
	Tools func() []Tool
	// Rulesets are the names for lint.extends.
	Rulesets []string
	// Own describes the rules that only the rulesets in files have, which the
	// section lint, ignores and waivers may name too. It is asked where a name is
	// none of the others, with what lint.extends says; nil where there are none.
	Own func([]Extend) ([]check.Meta, error)
}

func (n *Names) tools() []Tool {
	if n.Tools == nil {
		return nil
	}
	return n.Tools()
}

// Tool is an integration with its inputs.
type Tool struct {
	Name   string
	Inputs []ToolInput
}

// ToolInput is one of the inputs of an integration. A secret has no place in a
// file: Env names the environment variable that it comes from.
type ToolInput struct {
	Name, Env, Help string
	Secret          bool
}

// Rules returns the rules there are, in the order in which they are
// documented.
func (n Names) Rules() []check.Meta { return n.of(anySection) }

// of returns the rules that a section may name; waivers may name all.
func (n Names) of(s section) []check.Meta {
	switch s {
	case lintSection:
		return slices.Concat(n.Lint, n.Policy)
	case lifecycleSection:
		return slices.Concat(n.Lifecycle, n.Policy)
	case paritySection:
		return slices.Concat(n.Parity, n.Policy)
	case perfSection:
		return slices.Concat(n.Perf, n.Policy)
	case webhooksSection:
		return slices.Concat(n.Webhooks, n.Policy)
	case integrationsSection:
		return slices.Concat(n.Integrations, n.Policy)
	}
	return slices.Concat(n.Lint, n.Lifecycle, n.Parity, n.Perf, n.Webhooks, n.Integrations, n.Policy)
}
