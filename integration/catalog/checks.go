package catalog

// Checks are all checks, in the order of the levels.
func Checks() []Check {
	var list []Check
	list = append(list, minimalChecks()...)
	list = append(list, viableChecks()...)
	list = append(list, completeChecks()...)
	return append(list, lovableChecks()...)
}

func minimalChecks() []Check {
	return []Check{
		{
			ID: "M01", Name: "manifest", Level: Minimal, Weight: critical, read: manifestWhole,
			Summary: "The manifest must say all that a manifest says.",
			Why:     "Forms, documentation, the command line and this catalog read it. The reason names the part that is missing.",
		},
		{
			ID: "M02", Name: "inputs", Level: Minimal, Weight: high, read: inputsTyped,
			Summary: "Every input must have a type and a line of help, and every secret be marked as one.",
			Why:     "What is marked as a secret is masked everywhere and comes from the environment only; what is not may be shown.",
		},
		{
			ID: "M03", Name: "test", Level: Minimal, Weight: critical, run: testCommand,
			Summary: "A test delivery must arrive with the right credentials and be refused with wrong ones.",
			Why:     "`plumb integrations test` is what somebody runs first. One that says yes to a wrong token is worse than none.",
		},
		{
			ID: "M04", Name: "page", Level: Minimal, Weight: medium, read: pageThere,
			Summary: "The documentation must have a page with the set up, every input and an example.",
			Why:     "Headings that are looked for: *Set up*; every input by its name; a block of code.",
		},
		{
			ID: "M05", Name: "payload", Level: Minimal, Weight: high, run: payloadValid,
			Summary: "What is sent must be valid by the schema of the tool's API.",
			Why:     "The schema is `schema.json` in the folder of the integration. It is written from the documentation of the API, not from the code that sends.",
		},
		{
			ID: "M06", Name: "secrets", Level: Minimal, Weight: critical, run: secretsHidden,
			Summary: "No secret may be in anything that the integration says.",
			Why:     "Errors and receipts end in logs of pipelines, which many read. Every secret is looked for in all that was said, plain and encoded.",
		},
	}
}

func viableChecks() []Check {
	return []Check{
		{
			ID: "V01", Name: "contract", Level: Viable, Weight: high, measured: contractTests,
			Summary: "At least five golden payloads must be kept, and the tests that compare them pass.",
			Why:     "A golden payload is what a reviewer reads when the message changes.",
		},
		{
			ID: "V02", Name: "faults", Level: Viable, Weight: high, run: faultsBorne,
			Summary: "A server that is busy, gone or slow must be borne: waits as asked, jitter, a bound of time, nothing twice.",
			Why:     "429 with Retry-After, 503, a lost connection, a lost answer and silence are each tried against the fake.",
		},
		{
			ID: "V03", Name: "limits", Level: Viable, Weight: high, run: limitsKept,
			Summary: "What is too long or too much for the tool must be cut and the number of what is missing told, never be refused.",
			Why:     "Lengths just below, at and above each limit of the manifest are tried, in characters of one to four bytes, and numbers of findings up to hundreds. Of 400 findings (of one group, where each group is an object) those that are shown are counted, and the number of the others is looked for.",
		},
		{
			ID: "V04", Name: "idempotent", Level: Viable, Weight: critical, run: sameTwice,
			Summary: "The same report twice must make one object.",
			Why:     "Pipelines are run again. A tracker with the same issue twice is soon switched off.",
		},
		{
			ID: "V05", Name: "errors", Level: Viable, Weight: medium, run: errorsSorted,
			Summary: "Errors must say whose fault they are (auth, config, limit, remote) and what to do.",
			Why:     "401, 403, 404, 413, 429, 500, 503, lost connections and nonsense are each answered by the fake.",
		},
		{
			ID: "V06", Name: "trouble", Level: Viable, Weight: low, read: troubleDescribed,
			Summary: "The page must say which permissions are needed and what to do when it fails.",
			Why:     "Headings that are looked for: *Permissions* and *Trouble*.",
		},
		{
			ID: "V07", Name: "coverage", Level: Viable, Weight: medium, measured: coverage,
			Summary: "Tests must run at least 80 % of the integration's statements.",
			Why:     "What no test has run has never worked. `make evidence` measures it.",
		},
	}
}

func completeChecks() []Check {
	return []Check{
		{
			ID: "C01", Name: "capabilities", Level: Complete, Weight: high, run: capabilitiesShown,
			Summary: "An integration must do all that its category is for.",
			Why:     "A tracker creates, updates, closes, reopens and links back; a chat posts what changed and links back. Each is done against the fake, and seen in what it holds.",
		},
		{
			ID: "C02", Name: "inbound", Level: Complete, Weight: high, run: inboundVerified,
			Summary: "What comes in must be verified, refused when it is old, and taken once.",
			Why:     "Whoever knows the address can send to it. An integration that takes nothing in is not asked.",
		},
		{
			ID: "C03", Name: "slo", Level: Complete, Weight: medium, measured: sloRun,
			Summary: "Under ten times the usual load the promised share must succeed, within the promised time.",
			Why:     "`make evidence` runs it for a minute or more against the fake; the evidence says how long.",
		},
		{
			ID: "C04", Name: "drift", Level: Complete, Weight: medium, run: fixturesHold,
			Summary: "Kept payloads and fresh ones must be valid by the schema of the API, and the fake refuse what the schema refuses.",
			Why:     "Fixtures, fake and schema are three statements about one API; where they disagree one is out of date.",
		},
		{
			ID: "C05", Name: "rotation", Level: Complete, Weight: medium, run: secretRotated,
			Summary: "A change of the secret must lose nothing and send nothing twice.",
			Why:     "Every secret needs a partner, NAME_next, that is used where the first is refused: whichever side changes first, the same delivery arrives once. Without the partner the old secret is refused as what it is, and the new one taken.",
		},
		{
			ID: "C06", Name: "versions", Level: Complete, Weight: medium, run: versionsRun,
			Summary: "The integration must work with two versions of the tool, its cloud and its server, or two published formats.",
			Why:     "Every choice of the input `edition` is delivered to, or of `format` where anybody's server takes what is sent; there are as many as versions in the manifest, and no two are sent the same requests. A version that the fake does not know is no evidence.",
		},
		{
			ID: "C07", Name: "docs", Level: Complete, Weight: low, measured: docsChecked,
			Summary: "The page must be accessible, and its commands work.",
			Why:     "`make evidence` looks at the page with axe-core in a browser and runs its blocks of commands.",
		},
		{
			ID: "C08", Name: "policy", Level: Complete, Weight: low, read: changesDescribed,
			Summary: "The page must say what has changed, and changes that break be announced 90 days before.",
			Why:     "A heading *Changes* is looked for in the page, and `breaking: 90d` or more in the manifest.",
		},
		{
			ID: "C09", Name: "mutation", Level: Complete, Weight: medium, measured: mutation,
			Summary: "Tests must notice at least 70 % of small faults put into the code that makes what is sent.",
			Why:     "Coverage says that code ran, this that somebody looked at the result. `make evidence` measures it in the files that render, and where those hold fewer than 20 places for a fault, in those that set fields of requests too (`api.go`, `deliver.go`); the detail names the files.",
		},
	}
}

func lovableChecks() []Check {
	return []Check{
		{
			ID: "L01", Name: "first-message", Level: Lovable, Weight: medium, measured: firstMessage,
			Summary: "From nothing to the first message must take at most three commands and two minutes.",
			Why:     "The commands are the first block of the page's *Set up*; `make evidence` runs them.",
		},
		{
			ID: "L02", Name: "preview", Level: Lovable, Weight: medium, run: previewExact,
			Summary: "A dry run must show exactly what would be sent, as text and as a page, and no secret.",
			Why:     "Somebody who tries an integration on a channel of five hundred people wants to see the message first.",
		},
		{
			ID: "L03", Name: "two-way", Level: Lovable, Weight: medium, run: statesRead,
			Summary: "What people do with an object in the tool must find its way back to the findings.",
			Why:     "An issue that was closed is news for whoever reads the report. Tools whose objects have no state are not asked.",
		},
		{
			ID: "L04", Name: "changes-only", Level: Lovable, Weight: medium, run: changesOnly,
			Summary: "A message must lead with what is new and what was mended, and be short where nothing changed.",
			Why:     "Messages that repeat themselves are muted.",
		},
		{
			ID: "L05", Name: "accessible", Level: Lovable, Weight: low, run: accessibleText,
			Summary: "A message must be readable as plain text, name every picture, and come in the reader's language.",
			Why:     "Screen readers, notifications and mail clients show the plain text only.",
		},
		{
			ID: "L06", Name: "users", Level: Lovable, Weight: medium, judged: satisfying,
			Summary: "Users must have rated their tasks with it 3.95 of 5 or better, or used it for 90 days without serious trouble.",
			Why:     "A rating is recorded as a UMUX-Lite score of five people or more. Use is what deliveries have left in `.plumb/deliveries.json`: 90 days since the first, never more than 14 without one. L01 to L05 must hold, and `.plumb/faults.yaml` say that no fault of severity 1 or 2 was open in those 90 days; without the file nobody knows.",
		},
		{
			ID: "L07", Name: "hints", Level: Lovable, Weight: low, run: hintsGiven,
			Summary: "More than nine of ten errors must say what to do.",
			Why:     "The errors are those that the other checks have met.",
		},
	}
}
