package googlechat

// Payload is a message, as far as it is used. Source:
// https://developers.google.com/workspace/chat/api/reference/rest/v1/spaces.messages#Message
type Payload struct {
	// FallbackText is what notifications and screen readers get. It is plain
	// text: nobody can be mentioned in it.
	FallbackText string     `json:"fallbackText"`
	Cards        []CardWith `json:"cardsV2"`
	Thread       Thread     `json:"thread"`
}

// Thread names a thread by a key of the sender's own.
type Thread struct {
	ThreadKey string `json:"threadKey"`
}

// CardWith is a card with its ID.
type CardWith struct {
	CardID string `json:"cardId"`
	Card   Card   `json:"card"`
}

// Card is a header and sections.
type Card struct {
	Header   Header    `json:"header"`
	Sections []Section `json:"sections"`
}

// Header is plain text.
type Header struct {
	Title    string `json:"title"`
	Subtitle string `json:"subtitle,omitempty"`
}

// Section is a list of widgets under a header, which is read as HTML.
type Section struct {
	Header  string   `json:"header,omitempty"`
	Widgets []Widget `json:"widgets"`
}

// Widget is one of its members.
type Widget struct {
	Paragraph *Paragraph  `json:"textParagraph,omitempty"`
	Decorated *Decorated  `json:"decoratedText,omitempty"`
	Buttons   *ButtonList `json:"buttonList,omitempty"`
}

// Paragraph is text, read as HTML.
type Paragraph struct {
	Text string `json:"text"`
}

// Decorated is text with a line above and one below, all read as HTML.
type Decorated struct {
	TopLabel    string `json:"topLabel,omitempty"`
	Text        string `json:"text"`
	BottomLabel string `json:"bottomLabel,omitempty"`
	WrapText    bool   `json:"wrapText"`
}

// ButtonList is a row of buttons.
type ButtonList struct {
	Buttons []Button `json:"buttons"`
}

// Button opens a page.
type Button struct {
	Text    string `json:"text"`
	AltText string `json:"altText"`
	OnClick Click  `json:"onClick"`
}

// Click is what a button does.
type Click struct {
	OpenLink OpenLink `json:"openLink"`
}

// OpenLink opens a page.
type OpenLink struct {
	URL string `json:"url"`
}
