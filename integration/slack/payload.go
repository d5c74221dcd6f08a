package slack

// Payload is the body of chat.postMessage, chat.update and of an incoming
// webhook, as far as it is used.
type Payload struct {
	// Channel and TS are for the Web API only; TS is for chat.update.
	Channel string `json:"channel,omitempty"`
	TS      string `json:"ts,omitempty"`
	// Text is what notifications and screen readers get.
	Text        string    `json:"text"`
	Blocks      []Block   `json:"blocks"`
	UnfurlLinks *bool     `json:"unfurl_links,omitempty"`
	UnfurlMedia *bool     `json:"unfurl_media,omitempty"`
	Metadata    *Metadata `json:"metadata,omitempty"`
}

// Block is a header, a section or a context.
type Block struct {
	Type     string   `json:"type"`
	BlockID  string   `json:"block_id,omitempty"`
	Text     *Text    `json:"text,omitempty"`
	Elements []Text   `json:"elements,omitempty"`
	Button   *Element `json:"accessory,omitempty"`
}

// Text is a text object: plain_text, or mrkdwn in which &, < and > are escaped.
type Text struct {
	Type string `json:"type"`
	Text string `json:"text"`
	// Emoji is for plain_text: whether :name: becomes a picture.
	Emoji *bool `json:"emoji,omitempty"`
	// Verbatim is for mrkdwn: whether names and addresses are left as they are.
	Verbatim bool `json:"verbatim,omitempty"`
}

// Element is a button.
type Element struct {
	Type               string   `json:"type"`
	ActionID           string   `json:"action_id"`
	Text               Text     `json:"text"`
	Value              string   `json:"value"`
	AccessibilityLabel string   `json:"accessibility_label"`
	Confirm            *Confirm `json:"confirm,omitempty"`
}

// Confirm is what is asked before a button is taken at its word.
type Confirm struct {
	Title   Text `json:"title"`
	Text    Text `json:"text"`
	Confirm Text `json:"confirm"`
	Deny    Text `json:"deny"`
}

// Metadata travels with a message unseen, so that it is found again.
// Source: https://docs.slack.dev/messaging/message-metadata/
type Metadata struct {
	EventType    string `json:"event_type"`
	EventPayload Mark   `json:"event_payload"`
}

// Mark says what a message is about.
type Mark struct {
	// Series is of the product and change, or branch; see package once.
	Series string `json:"series"`
	// Delivery is the delivery's ID, Digest that of what was said.
	Delivery string `json:"delivery"`
	Digest   string `json:"digest"`
}

// eventType is that of the metadata.
const eventType = "plumb_report"

func plain(s string) Text {
	no := false
	return Text{Type: "plain_text", Text: s, Emoji: &no}
}

func mrkdwn(s string) Text { return Text{Type: "mrkdwn", Text: s, Verbatim: true} }
