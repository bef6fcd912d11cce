package flow

import (
	"strconv"

	"github.com/projectcalico/calico/felix/proto"
)

// chain is what an endpoint asks of a packet at one place.
type chain struct {
	place    string
	ingress  bool
	tiers    []*proto.TierInfo
	profiles []string
	// final chains drop what no policy and no profile let through; the others leave it to later ones.
	final bool
	// forward chains let through what no policy is asked about, and have no profiles.
	forward bool
}

// outcome is what a chain means for what comes after it.
type outcome int

const (
	undecided outcome = iota
	accepted
	dropped
)

// ask goes through a chain's policies, tier by tier, and then its profiles.
func (f *felix) ask(c chain, p *packet, t *trace) outcome {
	asked := false
	for _, tier := range c.tiers {
		names := tier.EgressPolicies
		if c.ingress {
			names = tier.IngressPolicies
		}
		if len(names) == 0 {
			continue
		}
		asked = true
		switch f.askPolicies(c, names, p, t) {
		case allowed:
			return accepted
		case denied:
			return dropped
		case passed:
			continue
		}
		if c.final {
			t.add(c.place, "end", denied)
			return dropped
		}
	}
	switch {
	case c.forward && !asked:
		return accepted
	case c.forward || !c.final:
		return undecided
	}
	return f.askProfiles(c, p, t)
}

func (f *felix) askPolicies(c chain, names []string, p *packet, t *trace) byte {
	for _, name := range names {
		rules := f.policies[name].OutboundRules
		if c.ingress {
			rules = f.policies[name].InboundRules
		}
		for i, rule := range rules {
			action := actionOf(rule)
			if action == 0 || !f.matches(rule, p) {
				continue
			}
			t.add(c.place, name+":"+strconv.Itoa(i), action)
			return action
		}
	}
	return 0
}

func (f *felix) askProfiles(c chain, p *packet, t *trace) outcome {
	for _, name := range c.profiles {
		profile := f.profiles[name]
		if profile == nil {
			continue
		}
		rules := profile.OutboundRules
		if c.ingress {
			rules = profile.InboundRules
		}
		for _, rule := range rules {
			switch action := actionOf(rule); {
			case action == 0 || !f.matches(rule, p):
			case action == allowed:
				t.add(c.place, "profile", allowed)
				return accepted
			case action == denied:
				t.add(c.place, "profile", denied)
				return dropped
			}
		}
	}
	t.add(c.place, "profile", denied)
	return dropped
}

// actionOf is nothing for a rule that only logs.
func actionOf(r *proto.Rule) byte {
	switch r.Action {
	case "", "allow":
		return allowed
	case "deny":
		return denied
	case "pass", "next-tier":
		return passed
	}
	return 0
}
