package signature_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/webhook/signature"
)

// vector is a delivery whose signature somebody else has made.
type vector struct {
	name    string
	scheme  string
	secret  string
	header  map[string]string
	body    string
	id      string
	time    int64
	private string // what signs it, where the secret is a public key
}

// slackBody is the example of docs.slack.dev/authentication/verifying-requests-from-slack.
const slackBody = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V" +
	"&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=" +
	"&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN" +
	"&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"

// vectors are those that the senders publish. Stripe and Shopify publish none with a
// secret; theirs are made with Python's hmac.
var vectors = []vector{
	{
		name: "github", scheme: "github", secret: "It's a Secret to Everybody", body: "Hello, World!",
		header: map[string]string{"X-Hub-Signature-256": "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"},
	},
	{
		name: "bitbucket", scheme: "bitbucket", secret: "It's a Secret to Everybody", body: "Hello World!",
		header: map[string]string{"X-Hub-Signature": "sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9"},
	},
	{
		name: "slack", scheme: "slack", secret: "8f742231b10e8888abcd99yyyzzz85a5", body: slackBody, time: 1531420618,
		header: map[string]string{
			"X-Slack-Request-Timestamp": "1531420618",
			"X-Slack-Signature":         "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
		},
	},
	{
		name: "standard v1", scheme: "standard", secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
		body: `{"test": 2432232314}`, id: "msg_p5jXN8AQM9LWM0D4loKWxJek", time: 1614265330,
		header: map[string]string{
			"Webhook-Id": "msg_p5jXN8AQM9LWM0D4loKWxJek", "Webhook-Timestamp": "1614265330",
			"Webhook-Signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
		},
	},
	{
		name: "standard v1, second example", scheme: "svix", secret: "whsec_plJ3nmyCDGBKInavdOK15jsl",
		body: `{"event_type":"ping","data":{"success":true}}`, id: "msg_loFOjxBNrRLzqYUf", time: 1731705121,
		header: map[string]string{
			"Svix-Id": "msg_loFOjxBNrRLzqYUf", "Svix-Timestamp": "1731705121",
			"Svix-Signature": "v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=",
		},
	},
	{
		name: "standard v1a", scheme: "standard", secret: "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=",
		private: "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==",
		body:    `{"test": 2432232314}`, id: "msg_p5jXN8AQM9LWM0D4loKWxJek", time: 1614265330,
		header: map[string]string{
			"Webhook-Id": "msg_p5jXN8AQM9LWM0D4loKWxJek", "Webhook-Timestamp": "1614265330",
			"Webhook-Signature": "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==",
		},
	},
	{
		name: "gitlab, signing token", scheme: "gitlab", secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
		body: `{"test": 2432232314}`, id: "msg_p5jXN8AQM9LWM0D4loKWxJek", time: 1614265330,
		header: map[string]string{
			"Webhook-Id": "msg_p5jXN8AQM9LWM0D4loKWxJek", "Webhook-Timestamp": "1614265330",
			"Webhook-Signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
		},
	},
	{
		name: "gitlab, secret token", scheme: "gitlab", secret: "a token",
		body: `{}`, header: map[string]string{"X-Gitlab-Token": "a token"},
	},
	{
		name: "stripe", scheme: "stripe", secret: "whsec_test_secret", body: `{"id":"evt_1"}`, time: 1700000000,
		header: map[string]string{
			"Stripe-Signature": "t=1700000000,v1=248a374f50f943a28b0f6ab50faf9a7e7e29b710fa26df9fb1618b9bf8ea9c9a",
		},
	},
	{
		name: "shopify", scheme: "shopify", secret: "shop", body: `{"id":1}`,
		header: map[string]string{"X-Shopify-Hmac-Sha256": "nOzLxK2MCxG2A84fjfVf3P7RhbBeX2SPsJRXcaJ9tTk="},
	},
}

func (v *vector) delivery() (http.Header, []byte, time.Time) {
	h := http.Header{}
	for name, value := range v.header {
		h[name] = []string{value}
	}
	return h, []byte(v.body), time.Unix(v.time, 0)
}

func TestVectors(t *testing.T) {
	t.Parallel()
	for _, v := range vectors {
		t.Run(v.name, func(t *testing.T) {
			t.Parallel()
			k, err := signature.Named(v.scheme, v.secret)
			if err != nil {
				t.Fatal(err)
			}
			header, body, now := v.delivery()
			if err := k.Verify(header, body, now); err != nil {
				t.Errorf("Verify: %v", err)
			}
			if err := k.Verify(header, append(body, ' '), now); err == nil && v.header["X-Gitlab-Token"] == "" { // a token signs no body
				t.Error("another body is accepted")
			}
			if v.private != "" {
				if k, err = signature.Named(v.scheme, v.private); err != nil {
					t.Fatal(err)
				}
			}
			got := http.Header{}
			if err := k.Sign(got, v.id, body, now); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(header, got); diff != "" {
				t.Errorf("Sign (-want +got):\n%s", diff)
			}
		})
	}
}
