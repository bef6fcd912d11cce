package flow

import (
	"github.com/projectcalico/calico/felix/proto"
	"github.com/projectcalico/calico/felix/rules"
)

// renderHostEndpoints follows felix/dataplane/linux/endpoint_mgr.go, updateHostEndpoints.
func (h *host) renderHostEndpoints(r rules.RuleRenderer, t *tables) {
	normal, preDNAT, untracked := dispatch{}, dispatch{}, dispatch{}
	for iface, id := range h.governs {
		host := h.hosts[id]
		h.renderFilter(r, t, iface, host)
		normal[iface] = id
		if len(host.PreDnatTiers) > 0 {
			in, _ := t.groups(r, host.PreDnatTiers)
			t.mangle.add(r.HostEndpointToMangleIngressChains(iface, in)...)
			t.mangle.at("mi", rules.HostFromEndpointPfx, iface)
			preDNAT[iface] = id
		}
		if len(host.UntrackedTiers) > 0 && iface != allInterfaces {
			in, out := t.groups(r, host.UntrackedTiers)
			t.raw.add(r.HostEndpointToRawChains(iface, in, out)...)
			t.raw.at("ri", rules.HostFromEndpointPfx, iface)
			t.raw.at("re", rules.HostToEndpointPfx, iface)
			untracked[iface] = id
		}
	}
	named, all := normal.split()
	t.filter.add(r.HostDispatchChains(named, all, true)...)
	t.mangle.add(r.ToHostDispatchChains(named, all)...)
	named, all = preDNAT.split()
	t.mangle.add(r.FromHostDispatchChains(named, all)...)
	named, _ = untracked.split()
	t.raw.add(r.HostDispatchChains(named, "", false)...)
}

func (h *host) renderFilter(r rules.RuleRenderer, t *tables, iface string, host *proto.HostEndpoint) {
	in, out := t.groups(r, host.Tiers)
	forwardIn, forwardOut := t.groups(r, host.ForwardTiers)
	t.filter.add(r.HostEndpointToFilterChains(iface, nil, in, out, forwardIn, forwardOut, host.ProfileIds)...)
	t.mangle.add(r.HostEndpointToMangleEgressChains(iface, out, host.ProfileIds)...)
	t.filter.at("hi", rules.HostFromEndpointPfx, iface)
	t.filter.at("he", rules.HostToEndpointPfx, iface)
	t.filter.at("fi", rules.HostFromEndpointForwardPfx, iface)
	t.filter.at("fe", rules.HostToEndpointForwardPfx, iface)
}

// dispatch says by interface which host endpoint's chains a packet goes to.
type dispatch map[string]string

// split takes the one for all interfaces out: it is where the others end.
func (d dispatch) split() (map[string]proto.HostEndpointID, string) {
	named, all := map[string]proto.HostEndpointID{}, ""
	for iface, id := range d {
		if iface == allInterfaces {
			all = allInterfaces
		} else {
			named[iface] = proto.HostEndpointID{EndpointId: id}
		}
	}
	return named, all
}
