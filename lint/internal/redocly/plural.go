package redocly

import (
	"regexp"
	"strings"
)

// singular reports whether a word is one in the singular: taking the plural's
// ending off leaves it as it is. Words that are the same in both count too.
func singular(word string) bool {
	lower := strings.ToLower(word)
	if lower == "" || uncountable(lower) {
		return true
	}
	if _, ok := irregular[lower]; ok {
		return false
	}
	for _, one := range irregular {
		if one == lower {
			return true
		}
	}
	return !pluralEnding.MatchString(lower) || singularEnding.MatchString(lower)
}

// irregular are plurals that no ending shows, with their singular.
var irregular = map[string]string{
	"people": "person", "men": "man", "women": "woman", "children": "child", "feet": "foot", "teeth": "tooth",
	"geese": "goose", "oxen": "ox", "dice": "die", "mice": "mouse", "lice": "louse", "quizzes": "quiz",
	"we": "i", "us": "me", "they": "he", "them": "him", "ourselves": "myself", "yourselves": "yourself",
	"themselves": "itself", "these": "this", "those": "that", "are": "is", "were": "was", "have": "has",
	"data": "datum", "media": "medium", "criteria": "criterion", "phenomena": "phenomenon", "indices": "index",
	"vertices": "vertex", "matrices": "matrix", "axes": "axe", "yeses": "yes", "genera": "genus",
}

// pluralEnding is what plurals end with.
var pluralEnding = regexp.MustCompile(`(?:s|[^aeiou]a|men|eaux|ae|alumni|cacti|fungi|nuclei|radii|stimuli|syllabi)$`)

// singularEnding is what words end with that look like plurals, and are none.
var singularEnding = regexp.MustCompile(`(?:ss|us|is|[^aeiou]ias|atlas|gas|alias|bias|canvas|lens|schema|china|extra|beta|delta|meta|quota|data)$`)

var sameInBoth = setOf("adulthood advice agenda aid aircraft alcohol ammo analytics anime athletics audio bison blood bream " +
	"buffalo butter carp cash chassis chess clothing cod commerce cooperation corps debris diabetes digestion elk energy " +
	"equipment excretion expertise firmware flounder fun gallows garbage graffiti hardware headquarters health herpes " +
	"highjinks homework housework information jeans justice kudos labour literature machinery mackerel mail manga mews moose " +
	"music mud news only personnel pike plankton pliers police pollution premises rain research rice salmon scissors series " +
	"sewage shambles shrimp software staff swine tennis traffic transportation trout tuna wealth welfare whiting wildebeest " +
	"wildlife you deer fish sheep measles species")

var sameEnding = regexp.MustCompile(`(?:deer|fish|measles|o[iu]s|pox|sheep|[^aeiou]ese)$`)

func uncountable(word string) bool { return sameInBoth[word] || sameEnding.MatchString(word) }
