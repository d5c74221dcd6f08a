package lifecycle

import (
	"strings"
	"time"

	"github.com/plumbapi/plumb/internal/form"
)

var (
	monthNames   = []string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}
	weekdayNames = []string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}
)

// PolicySchema returns the JSON Schema of a policy file, for editors.
func PolicySchema() []byte { return form.Schema("policy of plumb lifecycle", policyShape(false)) }

// CarriersSchema returns the JSON Schema of a file of carriers, for editors.
func CarriersSchema() []byte { return form.Schema("carriers of plumb lifecycle", carriersShape()) }

func policiesShape() *form.Shape {
	return &form.Shape{
		Kind: form.Mapping, Doc: "Policies and release calendars.",
		Fields: []form.Field{
			{Key: "version", Shape: &form.Shape{Kind: form.Number, Min: 1, Max: 1, Doc: "The version of this format."}},
			{Key: "calendars", Shape: list("Release calendars.", releasesShape())},
			{Key: "policies", Shape: list("The policies.", policyShape(true))},
		},
	}
}

// policyShape says what a policy may hold. One of a list must have an ID.
func policyShape(listed bool) *form.Shape {
	s := &form.Shape{
		Kind: form.Mapping, Doc: "What a product promises before it takes something away.",
		Fields: []form.Field{
			{Key: "version", Shape: &form.Shape{Kind: form.Number, Min: 1, Max: 1, Doc: "The version of this format."}},
			{Key: "id", Shape: text("The name of the policy.")},
			{Key: "extends", Shape: text("The policy that what is not said here is taken from.")},
			{Key: "title", Shape: text("Whose policy it is.")},
			{Key: "source", Shape: text("Where it is published.")},
			{Key: "surfaces", Shape: surfacesShape()},
			{Key: "stable", Shape: noticeShape("stable")},
			{Key: "beta", Shape: noticeShape("in beta")},
			{Key: "experimental", Shape: noticeShape("experimental")},
			{Key: "internal", Shape: noticeShape("internal")},
			{Key: "calendar", Shape: text("A release calendar that plumb knows, such as gitlab.")},
			{Key: "releases", Shape: releasesShape()},
			{Key: "no_deprecated_arrivals", Shape: &form.Shape{Kind: form.Bool, Doc: "Nothing may come deprecated."}},
			{Key: "replacement_as_stable", Shape: &form.Shape{Kind: form.Bool, Doc: "Nothing is deprecated in favour of what is less stable."}},
			{Key: "unless", Shape: list("The cases in which somebody may decide otherwise.", text("A case."))},
			{Key: "notes", Shape: list("What else the policy says.", text("A note."))},
			{Key: "exceptions", Shape: list("What the policy does not hold for.", exceptionShape())},
		},
	}
	if listed {
		s.Required = []string{"id", "title", "source"}
	}
	return s
}

func surfacesShape() *form.Shape {
	return &form.Shape{Kind: form.Mapping, Doc: "A policy for each surface, where there is not one for all.", Fields: []form.Field{
		{Key: "rest", Shape: text("The policy of the REST API.")},
		{Key: "graphql", Shape: text("The policy of the GraphQL API.")},
		{Key: "webhooks", Shape: text("The policy of webhooks.")},
	}}
}

func noticeShape(what string) *form.Shape {
	count := func(doc string) *form.Shape { return &form.Shape{Kind: form.Number, Max: 10_000, Doc: doc} }
	return &form.Shape{
		Kind: form.Mapping, Doc: "What holds before something " + what + " is removed.",
		Fields: []form.Field{
			{Key: "days", Shape: count("Days between deprecation and removal, at least.")},
			{Key: "releases", Shape: count("Releases between deprecation and removal, at least.")},
			{Key: "at", Shape: &form.Shape{Kind: form.Text, Words: []string{"major", "any"}, Doc: "The releases that may remove: X.0 only, or any."}},
			{Key: "never", Shape: text("Within what nothing is removed, such as: within v4.")},
			{Key: "conditions", Shape: list("What must be true besides.", text("A condition."))},
			{Key: "timebox_days", Shape: count("Days after which it must have come further, or be deprecated.")},
			{Key: "timebox_releases", Shape: count("Releases after which it must have come further, or be deprecated.")},
		},
	}
}

func exceptionShape() *form.Shape {
	return &form.Shape{
		Kind: form.Mapping, Doc: "An exception.", Required: []string{"element", "reason", "owner", "until"},
		Fields: []form.Field{
			{Key: "element", Shape: text("The elements, by name; * and ** stand for anything.")},
			{Key: "reason", Shape: text("Why.")},
			{Key: "owner", Shape: text("Who answers for it.")},
			{Key: "until", Shape: dateShape("The last day on which it holds.")},
		},
	}
}

func releasesShape() *form.Shape {
	return &form.Shape{
		Kind: form.Mapping, Doc: "When releases come: a list, a rule (first, month, days), or a list and the rule from its end on.",
		Fields: []form.Field{
			{Key: "id", Shape: text("The name of the calendar.")},
			{Key: "source", Shape: text("Where it is published.")},
			{Key: "first", Shape: releaseShape("The release that the rule starts with.")},
			{Key: "month", Shape: monthShape("Its month, such as 2020-05.")},
			{Key: "every_months", Shape: &form.Shape{Kind: form.Number, Min: 1, Max: 12, Doc: "The months between two releases; 1 where nothing is said."}},
			{Key: "major_in", Shape: &form.Shape{Kind: form.Text, Words: monthNames, Doc: "The month in which X.0 comes."}},
			{Key: "days", Shape: list("On which day of the month releases come.", dayShape())},
			{Key: "list", Shape: list("The releases, in order.", &form.Shape{
				Kind: form.Mapping, Doc: "A release.", Required: []string{"release", "date"},
				Fields: []form.Field{{Key: "release", Shape: releaseShape("Its name.")}, {Key: "date", Shape: dateShape("Its day.")}},
			})},
		},
		Demand: func(get func(string) string) string {
			if get("first") != "" && get("month") == "" {
				return "has a first release and no month"
			}
			return ""
		},
	}
}

func dayShape() *form.Shape {
	return &form.Shape{
		Kind: form.Mapping, Doc: "A day of the month: day, or week and weekday.", Some: []string{"day", "weekday"},
		Fields: []form.Field{
			{Key: "from", Shape: monthShape("The month from which it holds.")},
			{Key: "day", Shape: &form.Shape{Kind: form.Number, Min: 1, Max: 31, Doc: "The day of the month."}},
			{Key: "weekday", Shape: &form.Shape{Kind: form.Text, Words: weekdayNames, Doc: "The day of the week."}},
			{Key: "week", Shape: &form.Shape{Kind: form.Number, Min: 1, Max: 5, Doc: "Which of them: 1 is the first of the month, 5 the last."}},
		},
	}
}

func dateShape(doc string) *form.Shape {
	return &form.Shape{Kind: form.Text, Doc: doc, Pattern: `^\d{4}-\d{2}-\d{2}$`, Valid: func(s string) string {
		if _, err := time.Parse(time.DateOnly, s); err != nil {
			return "is no date such as 2026-11-27"
		}
		return ""
	}}
}

func monthShape(doc string) *form.Shape {
	return &form.Shape{Kind: form.Text, Doc: doc, Pattern: `^\d{4}-\d{2}$`, Valid: func(s string) string {
		if _, err := time.Parse("2006-01", s); err != nil {
			return "is no month such as 2026-11"
		}
		return ""
	}}
}

func releaseShape(doc string) *form.Shape {
	return &form.Shape{Kind: form.Text, Doc: doc, Valid: func(s string) string {
		if _, ok := parseRelease(s); !ok || strings.HasPrefix(s, "v") {
			return "is no release such as 15.7"
		}
		return ""
	}}
}
