package teams

// Payload is the body of a request: a message with one card. Source:
// https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using
type Payload struct {
	Type        string       `json:"type"`
	Attachments []Attachment `json:"attachments"`
}

// Attachment holds the card.
type Attachment struct {
	ContentType string  `json:"contentType"`
	ContentURL  *string `json:"contentUrl"`
	Content     Card    `json:"content"`
}

// Card is an Adaptive Card, version 1.4, the latest that a workflow posts.
type Card struct {
	Schema  string `json:"$schema"`
	Type    string `json:"type"`
	Version string `json:"version"`
	// FallbackText is what is shown where the card cannot be, Speak what is
	// read out.
	FallbackText string    `json:"fallbackText"`
	Speak        string    `json:"speak"`
	Lang         string    `json:"lang"`
	MSTeams      Width     `json:"msteams"`
	Body         []Element `json:"body"`
	Actions      []Action  `json:"actions,omitempty"`
}

// Width lets the card have the width of the channel.
type Width struct {
	Width string `json:"width"`
}

// Element is a RichTextBlock: of the elements with text the one that never reads
// its text as Markdown, mentions or dates.
type Element struct {
	Type      string    `json:"type"`
	Spacing   string    `json:"spacing,omitempty"`
	Separator bool      `json:"separator,omitempty"`
	Inlines   []TextRun `json:"inlines"`
}

// TextRun is a piece of text in one look.
type TextRun struct {
	Type     string `json:"type"`
	Text     string `json:"text"`
	Size     string `json:"size,omitempty"`
	Weight   string `json:"weight,omitempty"`
	FontType string `json:"fontType,omitempty"`
	Color    string `json:"color,omitempty"`
	IsSubtle bool   `json:"isSubtle,omitempty"`
}

// Action opens a page.
type Action struct {
	Type  string `json:"type"`
	Title string `json:"title"`
	URL   string `json:"url"`
}

const (
	contentType = "application/vnd.microsoft.card.adaptive"
	cardSchema  = "http://adaptivecards.io/schemas/adaptive-card.json"
	cardVersion = "1.4"
)
