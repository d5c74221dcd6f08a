package gql

import "strings"

// isVerb reports whether the first word of a mutation's name is a verb, in
// the imperative. Words that are nouns too count as verbs: a rule that asks
// for a verb must not complain about "issue" or "pin".
func isVerb(word string) bool {
	word = strings.ToLower(word)
	if verbs[word] {
		return true
	}
	for _, prefix := range []string{"un", "re", "de", "dis", "auto", "bulk", "batch", "force", "mass", "pre", "over"} {
		rest, ok := strings.CutPrefix(word, prefix)
		if ok && (rest == "" || verbs[rest]) {
			return true
		}
	}
	return false
}

var verbs = verbSet(`
abort accept access acknowledge activate add adjust adopt advance allocate allow amend analyze announce anonymize append apply
appoint approve archive ask assess assign associate attach audit authenticate authorize award ban begin bind block book
boost broadcast build buy calculate call cancel capture cast change charge check choose claim classify clean clear clone
close collapse collect combine comment commit compare compile complete compose compute configure confirm connect consume
contact continue convert copy correct count crawl create credit crop cut deactivate debit decline decrease decrypt
define delay delegate delete deliver demote deny deploy deprecate dequeue describe design destroy detach detect diff
disable disconnect discard dismiss dispatch display distribute do donate download draft draw drop duplicate edit elect
embed emit empty enable encrypt end enforce enqueue enroll ensure enter enter erase escalate estimate evaluate exchange
exclude execute expand expire explain export expose extend extract fail favorite fetch fill filter finalize find finish
fix flag flush follow force forgive forget fork format forward freeze fulfill generate get give go grant group halt
handle hide hold identify ignore impersonate implement import improve include increase increment index ingest init
initialize initiate insert inspect install instantiate invalidate invite invoke issue join keep kick label launch leave
lend let link list load lock log login logout look make manage map mark match measure merge migrate minimize mint modify
monitor mount move mute name notify obtain offer onboard open optimize order organize override pack park parse patch
pause pay perform persist pick pin ping place plan play poll pop populate post prepare preview print prioritize process
produce promote propose protect provide provision publish pull purchase purge push put query queue quit raise rank rate
react read rebase recalculate receive recommend reconcile record recover redeem redo reduce refer refresh refund
refuse register reject release reload relocate remind remove rename render renew reopen reorder repair repeat replace
replay reply report repost request require rerequest reschedule resend reserve reset resign resize resolve respond
restart restore restrict resume retire retract retrieve retry return reveal reverse revert review revise revoke rotate
route run sample sanction save scale scan schedule score search secure seed select sell send set settle share ship show
sign signin signout signup simulate skip snooze sort spawn split stage star start stash stop store stream strip submit
subscribe suggest summarize supersede suppress suspend swap switch sync synchronize tag take terminate test tip toggle
track train transfer transform transition translate trash treat trigger trim truncate trust turn undo unify update
upgrade upload upsert use vacate validate verify view void vote wait wake warn watch whitelist withdraw work wrap write
`)

func verbSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}
