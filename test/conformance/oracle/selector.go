package main

import "github.com/projectcalico/calico/libcalico-go/lib/selector"

func parseSelector(r request) answer {
	parsed, err := selector.Parse(r.Selector)
	if err != nil {
		return refused("parse", err)
	}
	return answer{"ok": true, "canonical": parsed.String(), "uid": parsed.UniqueID()}
}

func match(r request) answer {
	parsed, err := selector.Parse(r.Selector)
	if err != nil {
		return refused("parse", err)
	}
	return answer{"ok": true, "match": parsed.Evaluate(r.Labels)}
}
