package flow

import (
	"strconv"

	"github.com/projectcalico/calico/felix/ipsets"
	"github.com/projectcalico/calico/felix/iptables"
	"github.com/projectcalico/calico/felix/proto"
	"github.com/projectcalico/calico/felix/rules"
)

const (
	markAccept   = 0x10000
	markPass     = 0x20000
	markScratch0 = 0x40000
	markScratch1 = 0x80000
	markEndpoint = 0xfff00000
)

var (
	setsV4 = ipsets.NewIPVersionConfig(
		ipsets.IPFamilyV4, rules.IPSetNamePrefix, rules.AllHistoricIPSetNamePrefixes, nil)
	setsV6 = ipsets.NewIPVersionConfig(
		ipsets.IPFamilyV6, rules.IPSetNamePrefix, rules.AllHistoricIPSetNamePrefixes, nil)
)

// renderer is Felix's own, set up as its dataplane driver does (felix/dataplane/driver.go).
func (h *host) renderer() rules.RuleRenderer {
	c := h.config
	return rules.NewRenderer(rules.Config{
		WorkloadIfacePrefixes:          c.InterfacePrefixes(),
		IPSetConfigV4:                  setsV4,
		IPSetConfigV6:                  setsV6,
		IptablesMarkAccept:             markAccept,
		IptablesMarkPass:               markPass,
		IptablesMarkScratch0:           markScratch0,
		IptablesMarkScratch1:           markScratch1,
		IptablesMarkEndpoint:           markEndpoint,
		VXLANPort:                      c.VXLANPort,
		VXLANVNI:                       c.VXLANVNI,
		AllowVXLANPacketsFromWorkloads: c.AllowVXLANPacketsFromWorkloads,
		AllowIPIPPacketsFromWorkloads:  c.AllowIPIPPacketsFromWorkloads,
		IptablesLogPrefix:              c.LogPrefix,
		EndpointToHostAction:           c.DefaultEndpointToHostAction,
		IptablesFilterAllowAction:      c.IptablesFilterAllowAction,
		IptablesMangleAllowAction:      c.IptablesMangleAllowAction,
		IptablesFilterDenyAction:       c.IptablesFilterDenyAction,
		FailsafeInboundHostPorts:       c.FailsafeInboundHostPorts,
		FailsafeOutboundHostPorts:      c.FailsafeOutboundHostPorts,
		DisableConntrackInvalid:        c.DisableConntrackInvalidCheck,
	})
}

// ruleNumber is the annotation that carries a rule's index into the comments of what is rendered.
const ruleNumber = "rule"

func numbered(all []*proto.Rule) []*proto.Rule {
	copies := make([]*proto.Rule, len(all))
	for i, rule := range all {
		numbered := *rule
		numbered.Metadata = &proto.RuleMetadata{Annotations: map[string]string{ruleNumber: strconv.Itoa(i)}}
		copies[i] = &numbered
	}
	return copies
}

// render makes the tables that Felix would program for one family: static chains, one for each
// policy, profile and endpoint, and the dispatch to these (felix/dataplane/linux).
func (h *host) render(family uint8) *tables {
	r := h.renderer()
	t := newTables(h.felix, family)
	t.filter.add(r.StaticFilterTableChains(family)...)
	t.filter.add(r.BlockedCIDRsToIptablesChains(nil, family)...)
	t.mangle.add(r.StaticMangleTableChains(family)...)
	t.raw.add(r.StaticRawTableChains(family)...)
	t.raw.add(&iptables.Chain{Name: rules.ChainRpfSkip})
	h.renderPolicies(r, t, family)
	h.renderPods(r, t)
	h.renderHostEndpoints(r, t)
	return t
}

func (h *host) renderPolicies(r rules.RuleRenderer, t *tables, family uint8) {
	for name, policy := range h.policies {
		copied := &proto.Policy{
			InboundRules:  numbered(policy.InboundRules),
			OutboundRules: numbered(policy.OutboundRules),
		}
		chains := r.PolicyToIptablesChains(&proto.PolicyID{Name: name}, copied, family)
		for _, table := range t.all() {
			table.addAs(label{kind: ofPolicy, name: name}, chains...)
		}
	}
	for name, profile := range h.profiles {
		in, out := r.ProfileToIptablesChains(&proto.ProfileID{Name: name}, profile, family)
		t.filter.addAs(label{kind: ofProfile}, in, out)
		t.mangle.addAs(label{kind: ofProfile}, in, out)
	}
}

func (h *host) renderPods(r rules.RuleRenderer, t *tables) {
	dispatched := map[proto.WorkloadEndpointID]*proto.WorkloadEndpoint{}
	for id, pod := range h.workloads {
		dispatched[proto.WorkloadEndpointID{WorkloadId: id}] = pod
		in, out := t.groups(r, pod.Tiers)
		t.filter.add(r.WorkloadEndpointToIptablesChains(pod.Name, nil, true, in, out, pod.ProfileIds)...)
		t.filter.at("e", rules.WorkloadFromEndpointPfx, pod.Name)
		t.filter.at("i", rules.WorkloadToEndpointPfx, pod.Name)
	}
	t.filter.add(r.WorkloadDispatchChains(dispatched)...)
}

// groups are the policies of the first tier, as Felix has but one, by equal selector.
func (t *tables) groups(r rules.RuleRenderer, tiers []*proto.TierInfo) (in, out []*rules.PolicyGroup) {
	if len(tiers) == 0 {
		return nil, nil
	}
	in = t.grouped(tiers[0].IngressPolicies, rules.PolicyDirectionInbound)
	out = t.grouped(tiers[0].EgressPolicies, rules.PolicyDirectionOutbound)
	for _, group := range append(append([]*rules.PolicyGroup{}, in...), out...) {
		if group.ShouldBeInlined() {
			continue
		}
		for _, table := range t.all() {
			table.add(r.(*rules.DefaultRuleRenderer).PolicyGroupToIptablesChains(group)...)
		}
	}
	return in, out
}

func (t *tables) grouped(names []string, direction rules.PolicyDirection) []*rules.PolicyGroup {
	var groups []*rules.PolicyGroup
	for _, name := range names {
		selector := t.felix.policies[name].OriginalSelector
		if len(groups) == 0 || groups[len(groups)-1].Selector != selector {
			groups = append(groups, &rules.PolicyGroup{Tier: "default", Direction: direction, Selector: selector})
		}
		last := groups[len(groups)-1]
		last.PolicyNames = append(last.PolicyNames, name)
	}
	return groups
}
