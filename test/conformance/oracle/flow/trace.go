package flow

import (
	"fmt"
	"strings"
)

// trace is what decided about a packet, in order.
type trace struct {
	dropped bool
	steps   []string
}

// add notes who decided at a place, and what: a rule of a policy, the end of a tier, a profile, a
// failsafe port.
func (t *trace) add(place, who string, action byte) {
	t.steps = append(t.steps, fmt.Sprintf("%s:%s:%c", place, who, action))
	if action == denied {
		t.dropped = true
	}
}

const (
	allowed  = 'a'
	denied   = 'd'
	passed   = 'p'
	returned = 'r'
)

func (t *trace) String() string {
	sign := "+"
	if t.dropped {
		sign = "-"
	}
	return strings.Join(append([]string{sign}, t.steps...), " ")
}

func (t *trace) follow(prefix string, next *trace) {
	for _, step := range next.steps {
		t.steps = append(t.steps, prefix+step)
	}
	t.dropped = next.dropped
}
