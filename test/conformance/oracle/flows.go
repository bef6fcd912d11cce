package main

import (
	"errors"

	"typed-calico.test/conformance/oracle/flow"
)

// flows says what Felix would do with the first packet of each, and which rule decides.
func flows(r request) answer {
	verdicts, err := flow.Judge(&r.World, r.Flows)
	var differ flow.Differ
	switch {
	case errors.As(err, &differ):
		return refused("differ", err)
	case err != nil:
		return refused("resource", err)
	}
	return answer{"ok": true, "expected": verdicts.Expected, "endpoints": verdicts.Endpoints}
}
