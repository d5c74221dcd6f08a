package redocly

import (
	"regexp"
	"strings"
)

// singular reports whether a word is one in the singular: there is no ending of a
// plural to take off. Words that are the same in both count too.
func singular(word string) bool {
	lower := strings.ToLower(word)
	switch {
	case oddSingulars[lower]:
		return true
	case oddPlurals[lower]:
		return false
	case sameInBoth[lower]:
		return true
	}
	for _, e := range endings {
		if e.pattern.MatchString(lower) {
			return !e.plural
		}
	}
	return true
}

// endings are what words end with, in the order in which they count. What looks
// like a plural and is none comes before what it looks like.
var endings = []struct {
	plural  bool
	pattern *regexp.Regexp
}{
	{false, ending("deer", "fish", "measles", "ois", "ous", "pox", "sheep", "[^aeiou]ese", "pok[eé]mon")},
	{true, ending("men", "children", "people", "eaux", "alumnae", "algae", "vertebrae")},
	{true, ending("aphelia", "hyperbata", "perihelia", "asyndeta", "noumena", "phenomena", "criteria", "organa", "prolegomena", "hedra", "automata")},
	{true, ending("agenda", "addenda", "millennia", "data", "extrema", "bacteria", "desiderata", "strata", "candelabra", "errata", "ova", "symposia", "curricula", "quora")},
	{true, ending("alumni", "syllabi", "viri", "radii", "nuclei", "fungi", "cacti", "stimuli", "termini", "bacilli", "foci", "uteri", "loci", "strati")},
	{false, ending("testis", "(?:analy|diagno|parenthe|progno|synop|the|empha|cri|ne)sis")},
	{true, ending("movies", "twelves", "abuses", "emus", "enus")},
	{false, ending("x", "ch", "ss", "sh", "zz", "alias", "[^aou]us", "tlas", "tmas", "gas", "[aeiou]ris")},
	{true, regexp.MustCompile(`\b(?:l|m|titm)ice$`)},
	{true, ending("seraphim", "cherubim", "s")},
}

func ending(list ...string) *regexp.Regexp {
	return regexp.MustCompile("(?:" + strings.Join(list, "|") + ")$")
}

// oddSingulars and oddPlurals are words that no ending shows to be one.
var (
	oddSingulars = setOf("i me he she them myself yourself itself herself himself themself is was has this that " +
		"echo dingo volcano tornado torpedo genus viscus stigma stoma dogma lemma schema anathema ox axe die yes foot eave goose " +
		"tooth quiz human proof carve valve looey thief groove pickaxe passerby")
	oddPlurals = setOf("we us they ourselves yourselves themselves are were have these those genera viscera stigmata " +
		"stomata dogmata lemmata schemata anathemata oxen dice feet geese teeth quizzes passersby")
)

var sameInBoth = setOf("adulthood advice agenda aid aircraft alcohol ammo analytics anime athletics audio bison blood bream " +
	"buffalo butter carp cash chassis chess clothing cod commerce cooperation corps debris diabetes digestion elk energy " +
	"equipment excretion expertise firmware flounder fun gallows garbage graffiti hardware headquarters health herpes " +
	"highjinks homework housework information jeans justice kudos labour literature machinery mackerel mail manga media mews " +
	"moose music mud news only personnel pike plankton pliers police pollution premises rain research rice salmon scissors " +
	"series sewage shambles shrimp software staff swine tennis traffic transportation trout tuna wealth welfare whiting " +
	"wildebeest wildlife you deer fish sheep measles species")
