package signature_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/plumbapi/plumb/webhook/signature"
)

const (
	oldSecret   = "whsec_b2xkIG9sZCBvbGQgb2xkIG9sZCBvbGQ="
	newSecret   = "whsec_bmV3IG5ldyBuZXcgbmV3IG5ldyBuZXc="
	otherSecret = "whsec_b3RoZXIgb3RoZXIgb3RoZXIgb3RoZXI="
)

var at = time.Unix(1700000000, 0)

// signed returns the headers of a delivery of "{}" with the id "one".
func signed(t testing.TB, k *signature.Keyring, when time.Time) http.Header {
	t.Helper()
	h := http.Header{}
	if err := k.Sign(h, "one", []byte("{}"), when); err != nil {
		t.Fatal(err)
	}
	return h
}

// TestVerifyBad takes a good delivery of each scheme and breaks one thing.
func TestVerifyBad(t *testing.T) {
	t.Parallel()
	set := func(name, value string) func(http.Header) {
		return func(h http.Header) { h.Set(name, value) }
	}
	change := func(name string, f func(string) string) func(http.Header) {
		return func(h http.Header) { h.Set(name, f(h.Get(name))) }
	}
	for name, c := range map[string]struct {
		keys  *signature.Keyring
		spoil func(http.Header)
		after time.Duration
		want  error
	}{
		"github":                  {keys: signature.GitHub("s")},
		"github, spaces around":   {keys: signature.GitHub("s"), spoil: change("X-Hub-Signature-256", func(s string) string { return "\t " + s + " " })},
		"github, capital digits":  {keys: signature.GitHub("s"), spoil: change("X-Hub-Signature-256", func(s string) string { return "sha256=" + strings.ToUpper(s[7:]) })},
		"github, a space within":  {keys: signature.GitHub("s"), spoil: change("X-Hub-Signature-256", func(s string) string { return "sha256= " + s[7:] }), want: signature.ErrMalformed},
		"github, no header":       {keys: signature.GitHub("s"), spoil: func(h http.Header) { clear(h) }, want: signature.ErrMissing},
		"github, empty header":    {keys: signature.GitHub("s"), spoil: set("X-Hub-Signature-256", " "), want: signature.ErrMissing},
		"github, truncated":       {keys: signature.GitHub("s"), spoil: change("X-Hub-Signature-256", func(s string) string { return s[:len(s)-1] }), want: signature.ErrMalformed},
		"github, too long":        {keys: signature.GitHub("s"), spoil: change("X-Hub-Signature-256", func(s string) string { return s + "00" }), want: signature.ErrMalformed},
		"github, no hex":          {keys: signature.GitHub("s"), spoil: change("X-Hub-Signature-256", func(s string) string { return s[:len(s)-1] + "g" }), want: signature.ErrMalformed},
		"github, other digit":     {keys: signature.GitHub("s"), spoil: set("X-Hub-Signature-256", "sha256="+strings.Repeat("0", 64)), want: signature.ErrMismatch},
		"github, sha1":            {keys: signature.GitHub("s"), spoil: set("X-Hub-Signature-256", "sha1="+strings.Repeat("0", 40)), want: signature.ErrMalformed},
		"github, prefix only":     {keys: signature.GitHub("s"), spoil: set("X-Hub-Signature-256", "sha256="), want: signature.ErrMalformed},
		"github, twice":           {keys: signature.GitHub("s"), spoil: func(h http.Header) { h["X-Hub-Signature-256"] = append(h["X-Hub-Signature-256"], "x") }, want: signature.ErrMalformed},
		"github, huge":            {keys: signature.GitHub("s"), spoil: set("X-Hub-Signature-256", "sha256="+strings.Repeat("0", 1<<20)), want: signature.ErrMalformed},
		"github, years later":     {keys: signature.GitHub("s"), after: 100000 * time.Hour},
		"bitbucket, no header":    {keys: signature.Bitbucket("s"), spoil: func(h http.Header) { clear(h) }, want: signature.ErrMissing},
		"gitlab, other token":     {keys: signature.GitLab("s"), spoil: set("X-Gitlab-Token", "t"), want: signature.ErrMismatch},
		"gitlab, longer token":    {keys: signature.GitLab("s"), spoil: set("X-Gitlab-Token", "ss"), want: signature.ErrMismatch},
		"gitlab, no token":        {keys: signature.GitLab("s"), spoil: func(h http.Header) { clear(h) }, want: signature.ErrMissing},
		"gitlab, token and ids":   {keys: signature.GitLab("s"), spoil: func(h http.Header) { h.Set("webhook-id", "x"); h.Set("webhook-timestamp", "1") }},
		"slack, old":              {keys: signature.Slack("s"), after: 5*time.Minute + time.Second, want: signature.ErrExpired},
		"slack, at the edge":      {keys: signature.Slack("s"), after: 5 * time.Minute},
		"slack, early":            {keys: signature.Slack("s"), after: -5*time.Minute - time.Second, want: signature.ErrFuture},
		"slack, a little early":   {keys: signature.Slack("s"), after: -4 * time.Minute},
		"slack, no time":          {keys: signature.Slack("s"), spoil: func(h http.Header) { h.Del("X-Slack-Request-Timestamp") }, want: signature.ErrMissing},
		"slack, time is no time":  {keys: signature.Slack("s"), spoil: set("X-Slack-Request-Timestamp", "+1700000000"), want: signature.ErrMalformed},
		"slack, time is negative": {keys: signature.Slack("s"), spoil: set("X-Slack-Request-Timestamp", "-1"), want: signature.ErrMalformed},
		"slack, time overflows":   {keys: signature.Slack("s"), spoil: set("X-Slack-Request-Timestamp", "99999999999999999999"), want: signature.ErrMalformed},
		"slack, other time":       {keys: signature.Slack("s"), spoil: set("X-Slack-Request-Timestamp", "1700000001"), want: signature.ErrMismatch},
		"slack, any age":          {keys: signature.Slack("s").Within(-1, 0), after: 90000 * time.Hour},
		"slack, no future":        {keys: signature.Slack("s").Within(-1, 0), after: -time.Second, want: signature.ErrFuture},
		"stripe, old":             {keys: signature.Stripe("s"), after: time.Hour, want: signature.ErrExpired},
		"stripe, early":           {keys: signature.Stripe("s"), after: -time.Hour, want: signature.ErrFuture},
		"stripe, no v1":           {keys: signature.Stripe("s"), spoil: set("Stripe-Signature", "t=1700000000,v0="+strings.Repeat("0", 64)), want: signature.ErrMalformed},
		"stripe, no t":            {keys: signature.Stripe("s"), spoil: set("Stripe-Signature", "v1="+strings.Repeat("0", 64)), want: signature.ErrMalformed},
		"stripe, two t":           {keys: signature.Stripe("s"), spoil: change("Stripe-Signature", func(s string) string { return s + ",t=1700000000" }), want: signature.ErrMalformed},
		"stripe, spaces":          {keys: signature.Stripe("s"), spoil: change("Stripe-Signature", func(s string) string { return strings.ReplaceAll(s, ",", " , ") })},
		"stripe, another first":   {keys: signature.Stripe("s"), spoil: change("Stripe-Signature", func(s string) string { return "v1=" + strings.Repeat("0", 64) + "," + s + ",v0=1" })},
		"stripe, too many":        {keys: signature.Stripe("s"), spoil: change("Stripe-Signature", func(s string) string { return s + strings.Repeat(",v1="+strings.Repeat("0", 64), 17) }), want: signature.ErrMalformed},
		"standard, no id":         {keys: signature.Standard(newSecret), spoil: func(h http.Header) { h.Del("webhook-id") }, want: signature.ErrMissing},
		"standard, other id":      {keys: signature.Standard(newSecret), spoil: set("webhook-id", "two"), want: signature.ErrMismatch},
		"standard, unknown kind":  {keys: signature.Standard(newSecret), spoil: set("webhook-signature", "v9,AAAA"), want: signature.ErrMalformed},
		"standard, truncated":     {keys: signature.Standard(newSecret), spoil: change("webhook-signature", func(s string) string { return s[:len(s)-5] }), want: signature.ErrMalformed},
		"standard, no padding":    {keys: signature.Standard(newSecret), spoil: change("webhook-signature", func(s string) string { return strings.TrimRight(s, "=") })},
		"standard, among others":  {keys: signature.Standard(newSecret), spoil: change("webhook-signature", func(s string) string { return "v9,AAAA  v1,AAAA " + s + " v1a,AAAA" })},
		"standard, old":           {keys: signature.Standard(newSecret), after: time.Hour, want: signature.ErrExpired},
		"no secret":               {keys: signature.GitHub(), spoil: set("X-Hub-Signature-256", "sha256="+strings.Repeat("0", 64)), want: signature.ErrNoSecret},
		"empty secrets":           {keys: signature.Slack("", " \n"), want: signature.ErrNoSecret},
		"a secret not base64":     {keys: signature.Standard("whsec_***"), want: signature.ErrNoSecret},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := http.Header{}
			if c.keys.Err() == nil {
				h = signed(t, c.keys, at)
			}
			if c.spoil != nil {
				c.spoil(h)
			}
			err := c.keys.Verify(h, []byte("{}"), at.Add(c.after))
			if !errors.Is(err, c.want) {
				t.Errorf("Verify = %v, want %v", err, c.want)
			}
		})
	}
}

// TestVerifyWrongKey sees that no scheme accepts what another secret has signed.
func TestVerifyWrongKey(t *testing.T) {
	t.Parallel()
	secrets := map[string][2]string{
		"standard": {newSecret, otherSecret},
		"svix":     {newSecret, otherSecret},
		"discord":  {discordPrivate, strings.Repeat("ab", 32)},
	}
	for _, name := range signature.Names() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pair, ok := secrets[name]
			if !ok {
				pair = [2]string{"one", "another"}
			}
			signer, err := signature.Named(name, pair[0])
			if err != nil {
				t.Fatal(err)
			}
			other, err := signature.Named(name, pair[1])
			if err != nil {
				t.Fatal(err)
			}
			h := signed(t, signer, at)
			if err := signer.Verify(h, []byte("{}"), at); err != nil {
				t.Errorf("the same secret: %v", err)
			}
			if err := other.Verify(h, []byte("{}"), at); !errors.Is(err, signature.ErrMismatch) {
				t.Errorf("another secret: %v, want ErrMismatch", err)
			}
		})
	}
}

// discordPrivate is the first key of RFC 8032, section 7.1, with its public half.
const discordPrivate = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60" +
	"d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"

// TestRotation sees that a delivery is accepted as long as one secret of the
// sender is one of the receiver's.
func TestRotation(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ sender, receiver *signature.Keyring }{
		"the receiver is ahead":      {signature.Standard(oldSecret), signature.Standard(newSecret, oldSecret)},
		"the sender is ahead":        {signature.Standard(newSecret, oldSecret), signature.Standard(oldSecret)},
		"both have both":             {signature.Standard(newSecret, oldSecret), signature.Standard(oldSecret, newSecret)},
		"one header, receiver ahead": {signature.GitHub("old"), signature.GitHub("new", "old")},
		"stripe, sender ahead":       {signature.Stripe("new", "old"), signature.Stripe("old")},
		"an empty secret beside one": {signature.Slack("s"), signature.Slack("", "s")},
		"from HMAC to ed25519":       {signature.Standard(newSecret, "whsk_nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A="), signature.Standard("whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=")},
		"from token to signature":    {signature.GitLab(newSecret, "token"), signature.GitLab("token")},
		"token and signature":        {signature.GitLab(newSecret, "token"), signature.GitLab(newSecret)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if err := errors.Join(c.sender.Err(), c.receiver.Err()); err != nil {
				t.Fatal(err)
			}
			if err := c.receiver.Verify(signed(t, c.sender, at), []byte("{}"), at); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestGitLabSignatureDecides sees that a wrong signature is not made good by a
// token, and that a signing token is no secret token.
func TestGitLabSignatureDecides(t *testing.T) {
	t.Parallel()
	k := signature.GitLab(newSecret, "token")
	h := signed(t, k, at)
	h.Set("webhook-id", "two")
	if err := k.Verify(h, []byte("{}"), at); !errors.Is(err, signature.ErrMismatch) {
		t.Errorf("a wrong signature beside a right token: %v, want ErrMismatch", err)
	}
	h = http.Header{"X-Gitlab-Token": {newSecret}}
	if err := k.Verify(h, []byte("{}"), at); !errors.Is(err, signature.ErrMismatch) {
		t.Errorf("a signing token sent as a secret token: %v, want ErrMismatch", err)
	}
}

func TestSignBad(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		keys *signature.Keyring
		id   string
		want error
	}{
		"a public key":  {signature.Standard("whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="), "one", signature.ErrNoSecret},
		"no secret":     {signature.GitHub(), "one", signature.ErrNoSecret},
		"no id":         {signature.Standard(newSecret), "", signature.ErrMalformed},
		"a line's end":  {signature.Standard(newSecret), "a\r\nb", signature.ErrMalformed},
		"a full stop":   {signature.Standard(newSecret), "a.1", signature.ErrMalformed},
		"not signed id": {signature.GitHub("s"), "", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if err := c.keys.Sign(http.Header{}, c.id, []byte("{}"), at); !errors.Is(err, c.want) {
				t.Errorf("Sign = %v, want %v", err, c.want)
			}
		})
	}
}

// TestRejectionAllocatesNothing holds for all that is not ed25519, whose
// message has to be put together.
func TestRejectionAllocatesNothing(t *testing.T) {
	body := []byte(strings.Repeat("x", 10000))
	for name, c := range map[string]struct {
		keys   *signature.Keyring
		header http.Header
		after  time.Duration
	}{
		"github":            {keys: signature.GitHub("new", "old")},
		"bitbucket":         {keys: signature.Bitbucket("new")},
		"stripe":            {keys: signature.Stripe("new")},
		"slack":             {keys: signature.Slack("new")},
		"standard":          {keys: signature.Standard(newSecret, oldSecret)},
		"gitlab, signature": {keys: signature.GitLab(newSecret)},
		"gitlab, token":     {keys: signature.GitLab("new"), header: http.Header{"X-Gitlab-Token": {strings.Repeat("x", 100)}}},
		"expired":           {keys: signature.Slack("new"), after: time.Hour},
		"missing":           {keys: signature.Slack("new"), header: http.Header{"X": {"y"}}},
		"malformed":         {keys: signature.GitHub("new"), header: http.Header{"X-Hub-Signature-256": {"sha256=zz"}}},
		"no secret":         {keys: signature.GitHub(), header: http.Header{"X-Hub-Signature-256": {"sha256=zz"}}},
	} {
		t.Run(name, func(t *testing.T) {
			if c.header == nil {
				c.header = signed(t, c.keys, at)
			}
			var err error
			allocs := testing.AllocsPerRun(100, func() { err = c.keys.Verify(c.header, body, at.Add(c.after)) })
			if err == nil || allocs != 0 {
				t.Errorf("%v allocations, error %v", allocs, err)
			}
		})
	}
}
