package gql

import (
	"context"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

var noSecrets = &rule{
	Meta: check.Meta{
		ID:      "graphql-no-secrets",
		Summary: "A description must not hold a secret.",
		Rationale: "The schema is handed to everybody who asks, and its history keeps what was once in it. Revoke the secret " +
			"and write a placeholder. Reported are keys and tokens that can be told by their form, in descriptions, " +
			"reasons and default values.",
		Severity: check.Error, Tags: []string{"graphql", "security", "descriptions", "plumb:recommended", "plumb:gitlab"}, Since: "0.1.0",
	},
	Check: checkNoSecrets,
}

func checkNoSecrets(_ context.Context, p *pass) error {
	forms := secretsIn(p.Subject)
	if len(forms) == 0 {
		return nil
	}
	for e := range p.Subject.Elements() {
		n := e.Base()
		reportSecret(p, forms, e, graphql.DescriptionLocation(e), "description", n.Description)
		if n.Deprecated != nil {
			reportSecret(p, forms, e, deprecationLocation(e), "reason", n.Deprecated.Reason)
		}
		if v, ok := e.(*graphql.InputValue); ok && v.Default != nil && v.Default.Kind != graphql.NullValue {
			reportSecret(p, forms, e, v.DefaultLocation(), "default", v.Default.String())
		}
	}
	return nil
}

// secretsIn returns the forms of which the beginning is anywhere in the
// sources, so that most schemas are done with one look; all of them where the
// schema was not read from text.
func secretsIn(s *graphql.Schema) []secretForm {
	var forms []secretForm
	for _, form := range secretForms {
		if len(s.Sources()) == 0 || slices.ContainsFunc(s.Sources(), func(src *graphql.Source) bool {
			return src.Text() == "" || strings.Contains(src.Text(), form.prefix)
		}) {
			forms = append(forms, form)
		}
	}
	return forms
}

// reportSecret reports the first secret of a text. The message has its
// beginning only: reports are passed on.
func reportSecret(p *pass, forms []secretForm, e graphql.Element, at check.Location, what, text string) {
	for _, s := range forms {
		for from := 0; ; {
			i := strings.Index(text[from:], s.prefix)
			if i < 0 {
				break
			}
			start := from + i
			from = start + len(s.prefix)
			n := 0
			for from+n < len(text) && (isAlphanumeric(text[from+n:from+n+1]) || strings.IndexByte("-_=.", text[from+n]) >= 0) {
				n++
			}
			if n < s.length || start > 0 && isAlphanumeric(text[start-1:start]) || isPlaceholder(text[from:from+n]) {
				continue
			}
			reportKeyf(p, at, what, "the %s of %s holds %s: %q", what, called(e), s.what, s.prefix+"…")
			return
		}
	}
}

// isPlaceholder reports whether what follows the prefix of a token stands for
// one: few different characters, as in "xxxx", or words.
func isPlaceholder(text string) bool {
	seen := map[byte]bool{}
	digits := false
	for i := range len(text) {
		seen[text[i]] = true
		digits = digits || isDigit(text[i])
	}
	return len(seen) < 8 || !digits
}

// secretForm is the beginning of a kind of key or token, and how many
// characters follow it at least.
type secretForm struct {
	what, prefix string
	length       int
}

// secretForms are those that their issuers document.
var secretForms = []secretForm{
	{"an AWS access key ID", "AKIA", 16},
	{"a GitHub token", "ghp_", 36},
	{"a GitHub token", "gho_", 36},
	{"a GitHub token", "ghs_", 36},
	{"a GitHub token", "github_pat_", 60},
	{"a GitLab token", "glpat-", 20},
	{"a Slack token", "xoxb-", 20},
	{"a Slack token", "xoxp-", 20},
	{"a Stripe key", "sk_live_", 20},
	{"a Stripe key", "rk_live_", 20},
	{"a Google API key", "AIza", 35},
	{"a private key", "-----BEGIN RSA PRIVATE KEY-----", 0},
	{"a private key", "-----BEGIN PRIVATE KEY-----", 0},
	{"a JSON Web Token", "eyJhbGciOi", 60},
}
