package phrase_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"

	"github.com/plumbapi/plumb/integration/internal/phrase"
)

// TestWhole shows that every language has every phrase, in every form that its
// grammar has of whole numbers, with the placeholders of the English one.
func TestWhole(t *testing.T) {
	t.Parallel()
	english := phrase.Of("en")
	for _, l := range phrase.Languages() {
		for _, k := range phrase.Keys() {
			want := placeholders(english.Forms(k).Other)
			f := l.Forms(k)
			if f.Other == "" {
				t.Errorf("%s: phrase %d is missing; English %q", l.Tag, k, english.Forms(k).Other)
			}
			for _, text := range f.List() {
				if diff := cmp.Diff(want, placeholders(text)); diff != "" {
					t.Errorf("%s: placeholders of %q (-English +%s):\n%s", l.Tag, text, l.Tag, diff)
				}
				if strings.TrimSpace(text) == "" && k != phrase.Join {
					t.Errorf("%s: phrase %d is blank", l.Tag, k)
				}
			}
			if counted := slices.Contains(want, "{n}"); !counted && len(f.List()) > 1 {
				t.Errorf("%s: %q is of no number and has several forms", l.Tag, f.Other)
			}
		}
	}
}

func placeholders(text string) []string {
	all := regexp.MustCompile(`\{[a-z]+\}`).FindAllString(text, -1)
	slices.Sort(all)
	return all
}

// TestTranslated shows that no phrase of another language was left in English:
// a sentence of two words or more is never the same.
func TestTranslated(t *testing.T) {
	t.Parallel()
	english := phrase.Of("en")
	for _, l := range phrase.Languages()[1:] {
		for _, k := range phrase.Keys() {
			text := english.Forms(k).Other
			words := strings.Fields(regexp.MustCompile(`\{[a-z]+\}|[^a-zA-Z ]`).ReplaceAllString(text, ""))
			if len(words) > 1 && l.Forms(k).Other == text {
				t.Errorf("%s: %q is English", l.Tag, text)
			}
		}
	}
}

// TestPlural holds the plural rules against those of golang.org/x/text. Its data
// is older than the form that French and Spanish have for millions.
func TestPlural(t *testing.T) {
	t.Parallel()
	forms := map[plural.Form]phrase.Plural{plural.Other: phrase.Other, plural.One: phrase.One, plural.Few: phrase.Few, plural.Many: phrase.Many}
	for _, l := range phrase.Languages() {
		for n := range 1200 {
			want := forms[plural.Cardinal.MatchPlural(language.MustParse(l.Tag), n, 0, 0, 0, 0)]
			if got := l.Plural(n); got != want {
				t.Errorf("%s: %d has the form %d, want %d", l.Tag, n, got, want)
			}
		}
	}
	for tag, want := range map[string]phrase.Plural{"en": phrase.Other, "fr": phrase.Many, "es": phrase.Many, "pl": phrase.Many} {
		if got := phrase.Of(tag).Plural(3_000_000); got != want {
			t.Errorf("%s: three million have the form %d, want %d", tag, got, want)
		}
	}
}

func TestCount(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		tag  string
		key  phrase.Key
		n    int
		want string
	}{
		{"en", phrase.Errors, 1, "1 error"},
		{"en", phrase.Errors, 12345, "12,345 errors"},
		{"de", phrase.Warnings, 1, "1 Warnung"},
		{"de", phrase.Warnings, 12345, "12.345 Warnungen"},
		{"fr", phrase.Notes, 0, "0 remarque"},
		{"fr", phrase.Errors, 12345, "12\u202f345 erreurs"},
		{"fr", phrase.Errors, 2_000_000, "2\u202f000\u202f000 d’erreurs"},
		{"es", phrase.Errors, 1234, "1234 errores"},
		{"es", phrase.Errors, 12345, "12.345 errores"},
		{"ja", phrase.Errors, 1, "エラー1件"},
		{"pl", phrase.Errors, 1, "1 błąd"},
		{"pl", phrase.Errors, 22, "22 błędy"},
		{"pl", phrase.Errors, 12, "12 błędów"},
		{"pl", phrase.Errors, 12345, "12\u00a0345 błędów"},
	} {
		if got := phrase.Of(test.tag).Count(test.key, test.n); got != test.want {
			t.Errorf("%s: %q, want %q", test.tag, got, test.want)
		}
	}
}

func TestOf(t *testing.T) {
	t.Parallel()
	for tag, want := range map[string]string{"": "en", "de": "de", "de-AT": "de", "DE_ch": "de", "pt": "en", "ja-Jpan-JP": "ja", "dex": "en"} {
		if got := phrase.Of(tag).Tag; got != want {
			t.Errorf("%q is %s, want %s", tag, got, want)
		}
	}
}

func TestDate(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 7, 15, 4, 0, 0, time.UTC)
	got := map[string]string{}
	for _, l := range phrase.Languages() {
		got[l.Tag] = l.Time(at)
	}
	want := map[string]string{
		"en": "7 Mar 2026 15:04 UTC", "de": "7. März 2026 15:04 UTC", "fr": "7 mars 2026 15:04 UTC",
		"es": "7 mar 2026 15:04 UTC", "ja": "2026年3月7日 15:04 UTC", "pl": "7 mar 2026 15:04 UTC",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("times (-want +got):\n%s", diff)
	}
}

// TestValues shows that a value with braces is not read as a placeholder.
func TestValues(t *testing.T) {
	t.Parallel()
	if got := phrase.Of("en").Say(phrase.Passed, "product", "{counts}", "counts", "{product}"); got != "{counts} passed: {product}" {
		t.Errorf("got %q", got)
	}
}
