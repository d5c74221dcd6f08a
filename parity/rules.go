package parity

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

// Rules returns the rules over a result, in the order in which they are
// documented.
func Rules() check.Set[*Result] {
	return check.Set[*Result]{
		// What is there.
		newGap,
		counterpartRemoved,
		groupGapsGrown,
		belowMinimum,
		operationMissingInGraphQL,
		operationMissingInREST,
		operationIndirect,
		operationPartial,
		typeMissingInGraphQL,
		typeMissingInREST,
		newFieldGap,
		fieldMissingInGraphQL,
		fieldMissingInREST,

		// What it is like.
		fieldRenamed,
		nameClash,
		scalarDiffers,
		dateFormDiffers,
		integerOverflow,
		nullableInRESTOnly,
		nullableInGraphQLOnly,
		enumValueMissingInGraphQL,
		enumValuesDiffer,
		enumOnOneSide,
		shapeDiffers,
		opaqueScalar,

		// What it takes.
		inputRequiredOnOneSide,
		inputMissing,
		filterMissing,
		sortingMissing,
		pagingMissing,
		defaultDiffers,
		limitDiffers,

		// What becomes of it.
		deprecatedOnOneSide,
		counterpartDeprecated,
		sunsetDiffers,
		stabilityDiffers,
		errorNotExpressible,
		permissionDiffers,

		// What was decided.
		overrideStale,
		overrideExpired,
		overrideUnknown,
		usageUnknown,
		decisionChanged,
		lockStale,
		lowConfidence,
		versionSkew,
	}
}

// Check runs the rules over a result under the policy. The report names both
// descriptions as its subjects, and the files that were read beside them. The
// error says that the run could not take place, never that there are
// findings.
func Check(ctx context.Context, res *Result, policy check.Policy) (*check.Report, error) {
	rep, err := check.Run(ctx, Rules(), res, policy)
	if err != nil {
		return nil, err
	}
	for i, s := range res.REST.Sources() {
		if i == 0 {
			rep.Subjects = append(rep.Subjects, s.Name())
			continue
		}
		rep.Files = append(rep.Files, s.Name())
	}
	for _, s := range res.GraphQL.Sources() {
		rep.Subjects = append(rep.Subjects, s.Name())
	}
	seen := map[string]bool{}
	for _, d := range res.Decisions {
		if name := d.At.File; name != "" && !seen[name] {
			seen[name] = true
			rep.Files = append(rep.Files, name)
		}
	}
	return rep, nil
}
