package flow

import (
	"strings"

	"github.com/projectcalico/calico/felix/iptables"
	"github.com/projectcalico/calico/felix/rules"
)

// tables are what Felix programs into one family's iptables.
type tables struct {
	felix               *felix
	raw, mangle, filter *table
}

func newTables(f *felix, family uint8) *tables {
	made := func() *table { return &table{compiler: newCompiler(f, family), chains: map[string]*ipChain{}} }
	return &tables{felix: f, raw: made(), mangle: made(), filter: made()}
}

func (t *tables) all() []*table { return []*table{t.raw, t.mangle, t.filter} }

type table struct {
	compiler
	chains map[string]*ipChain
}

// ipChain is a chain with what it stands for.
type ipChain struct {
	label
	// place is where an endpoint is asked, if this is an endpoint's chain.
	place string
	rules []ipRule
}

// label says whose rules a chain has.
type label struct {
	kind kind
	name string
}

type kind int

const (
	ofFelix kind = iota
	ofPolicy
	ofProfile
	ofFailsafe
	ofPodToHost
)

type ipRule struct {
	matches []match
	action  iptables.Action
	comment string
	number  string
}

func (t *table) add(chains ...*iptables.Chain) { t.addAs(label{}, chains...) }

func (t *table) addAs(l label, chains ...*iptables.Chain) {
	for _, chain := range chains {
		made := &ipChain{label: l}
		switch chain.Name {
		case rules.ChainFailsafeIn, rules.ChainFailsafeOut:
			made.kind = ofFailsafe
		case rules.ChainWorkloadToHost:
			made.kind = ofPodToHost
		}
		for _, rule := range chain.Rules {
			made.rules = append(made.rules, t.compile(rule))
		}
		t.chains[chain.Name] = made
	}
}

// at notes where the chain of an endpoint is asked.
func (t *table) at(place, prefix, iface string) {
	t.chains[rules.EndpointChainName(prefix, iface)].place = place
}

func (c *compiler) compile(rule iptables.Rule) ipRule {
	made := ipRule{action: rule.Action}
	for _, words := range rule.Match {
		made.matches = append(made.matches, c.match(words))
	}
	for _, comment := range rule.Comment {
		if number, is := strings.CutPrefix(comment, ruleNumber+"="); is {
			made.number = number
		} else {
			made.comment = comment
		}
	}
	return made
}
