package word

// Verb is the class of a verb: what it does to the thing that it is used on.
type Verb uint8

// The classes. A verb that has none of them, such as merge or lock, is an
// Action and is told apart by its word.
const (
	NoVerb Verb = iota
	Read
	Create
	Add
	Update
	Set
	Delete
	Remove
	Action
)

// Verb returns the class of a word, NoVerb where it is none.
func (l *Lexicon) Verb(id ID) Verb { return l.verbs[l.texts[id]] }

// Undoes returns the verb that a verb undoes, by its prefix: lock for
// unlock, enable for disable. Its word must be a verb itself.
func (l *Lexicon) Undoes(id ID) (ID, bool) {
	text := l.texts[id]
	for _, prefix := range [...]string{"un", "dis", "de"} {
		if len(text) > len(prefix)+2 && text[:len(prefix)] == prefix {
			if rest := text[len(prefix):]; l.verbs[rest] != NoVerb {
				if id, ok := l.ids[rest]; ok {
					return id, true
				}
			}
		}
	}
	return 0, false
}
