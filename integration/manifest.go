package integration

import "time"

// Manifest is what an integration says of itself: manifest.yaml in its folder,
// or in a company's own catalog. Nothing in it is believed: package catalog
// judges by what ran.
type Manifest struct {
	// Name is lower-case letters, digits and hyphens, and the folder's name.
	Name, Title, Description string
	Tags                     []string
	Owner                    string
	// Lifecycle is "experimental", "production" or "deprecated".
	Lifecycle string
	// Category is "chat", "tracker", "ci", "code-host", "itsm", "requirements",
	// "webhook" or "mail".
	Category string
	// Direction has "outbound", "inbound" or both.
	Direction []string
	// Capabilities are such as "report.deliver", "finding.create",
	// "finding.update", "finding.close", "finding.reopen", "link.back".
	Capabilities []string
	Inputs       []Input
	// Auth names the scheme: "none", "url-secret", "bearer", "basic",
	// "api-key", "oauth2-client", "hmac".
	Auth string
	// Limits are the tool's own, by name, such as "blocks": 50.
	Limits map[string]int
	// Idempotency says how repeating is kept from doing harm: "label",
	// "correlation-id", "marker", "request-id", "memory" (see [Memory]), "none"; Key
	// names what is used.
	Idempotency, Key string
	SLO              SLO
	// Links are pages about the tool's API, each a URL with a title.
	Links []Link
	// Versions are those of the tool that the fixtures are of. Where they need
	// different requests, the input "edition", a choice, says which is meant.
	Versions []string
	// Breaking is how long before a change that breaks its users the
	// integration says so.
	Breaking time.Duration
}

// SLO is what the integration promises.
type SLO struct {
	// Availability is in percent.
	Availability float64
	// P95 and Timeout are for one exchange.
	P95, Timeout time.Duration
}

// Link is a page with a title.
type Link struct{ URL, Title string }

// Input is one setting of an integration. A secret NAME that may be rotated has a
// partner NAME_next, the one that is to follow: it is used where the first is
// refused, and what is signed with either is accepted, so that nothing is lost
// whichever side changes first.
type Input struct {
	Name string
	// Type is "string", "url", "secret", "integer", "boolean" or "choice".
	Type string
	// Choices are the values of a choice.
	Choices  []string
	Required bool
	// Env names the environment variable that holds it; a secret comes from
	// nowhere else.
	Env string
	// Default is used where nothing is given; "" for none.
	Default string
	// Help is one line.
	Help string
	// Example is a value that the fake accepts, and no secret of anybody.
	Example string
}
