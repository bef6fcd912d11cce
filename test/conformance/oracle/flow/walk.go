package flow

import (
	"strings"

	"github.com/projectcalico/calico/felix/iptables"
	"github.com/projectcalico/calico/felix/rules"
)

// walk is one packet's way through the tables of a node.
type walk struct {
	state
	trace *trace
	table *table
	place string
}

// walkChains takes a packet through the chains that Felix renders, in the kernel's order.
func (h *host) walkChains(way hop, p *packet, t *trace) {
	rendered, done := h.tables[p.family]
	if !done {
		rendered = h.render(p.family)
		h.tables[p.family] = rendered
	}
	w := &walk{state: state{packet: p, in: way.in, out: way.out}, trace: t}
	if way.in == "" {
		w.hook(rendered.raw, rules.ChainRawOutput)
		w.hook(rendered.filter, rules.ChainFilterOutput)
		w.hook(rendered.mangle, rules.ChainManglePostrouting)
		return
	}
	// Where it goes out is not known yet.
	w.out = ""
	w.hook(rendered.raw, rules.ChainRawPrerouting)
	w.hook(rendered.mangle, rules.ChainManglePrerouting)
	w.out = way.out
	if way.out == "" {
		w.hook(rendered.filter, rules.ChainFilterInput)
		return
	}
	w.hook(rendered.filter, rules.ChainFilterForward)
	w.hook(rendered.mangle, rules.ChainManglePostrouting)
}

func (w *walk) hook(t *table, chain string) {
	if w.trace.dropped {
		return
	}
	w.table = t
	accepted := w.chain(chain) == accepted
	// As StaticFilterForwardAppendRules says: what was forwarded is not asked again.
	if chain == rules.ChainFilterForward && !accepted {
		w.mark |= markAccept
	}
}

// chain is undecided where it returns to its caller.
func (w *walk) chain(name string) outcome {
	chain, known := w.table.chains[name]
	if !known {
		panic("no chain " + name)
	}
	if chain.place != "" {
		w.place = chain.place
	}
	for i := range chain.rules {
		rule := &chain.rules[i]
		if !w.matches(rule) {
			continue
		}
		switch action := rule.action.(type) {
		case iptables.JumpAction:
			if decided := w.chain(action.Target); decided != undecided {
				return decided
			}
		case iptables.GotoAction:
			return w.chain(action.Target)
		case iptables.ReturnAction:
			w.note(chain, rule, returned)
			return undecided
		case iptables.AcceptAction:
			w.note(chain, rule, allowed)
			return accepted
		case iptables.DropAction, iptables.RejectAction:
			w.note(chain, rule, denied)
			return dropped
		default:
			w.change(chain, rule)
		}
	}
	return undecided
}

func (w *walk) matches(rule *ipRule) bool {
	for _, match := range rule.matches {
		if !match(&w.state) {
			return false
		}
	}
	return true
}

// change is an action after which the chain goes on.
func (w *walk) change(chain *ipChain, rule *ipRule) {
	switch action := rule.action.(type) {
	case iptables.SetMarkAction:
		w.mark |= action.Mark
		switch action.Mark {
		case markAccept:
			w.note(chain, rule, allowed)
		case markPass:
			w.note(chain, rule, passed)
		}
	case iptables.ClearMarkAction:
		w.mark &^= action.Mark
	case iptables.SetMaskedMarkAction:
		w.mark = w.mark&^action.Mask | action.Mark
	case iptables.NoTrackAction, iptables.LogAction, nil:
	default:
		panic("iptables action " + action.String())
	}
}

// note adds to the trace what a policy, a profile, a failsafe port, the node or the end of a chain decides.
func (w *walk) note(chain *ipChain, rule *ipRule, action byte) {
	ends := rule.comment == "" || action == returned
	switch {
	case chain.kind == ofPodToHost && strings.HasPrefix(rule.comment, "Configured "):
		w.trace.add("th", strings.TrimPrefix(rule.comment, "Configured "), action)
	case chain.kind == ofPolicy && action != returned:
		w.trace.add(w.place, chain.name+":"+rule.number, action)
	case chain.kind == ofProfile && action != returned:
		w.trace.add(w.place, "profile", action)
	case chain.kind == ofFailsafe:
		// In raw, they decide nothing: the other tables ask again.
		if w.place != "ri" && w.place != "re" {
			w.trace.add(w.place, "failsafe", action)
		}
	case ends || action != denied:
	case strings.HasSuffix(rule.comment, "if no policies passed packet"):
		w.trace.add(w.place, "end", denied)
	case strings.HasSuffix(rule.comment, "if no profiles matched"):
		w.trace.add(w.place, "profile", denied)
	case strings.HasSuffix(rule.comment, "originating in workloads"):
		w.trace.add(w.place, "encapsulated", denied)
	default:
		w.trace.add(w.place, rule.comment, denied)
	}
}
