package flow

import (
	"strings"

	"github.com/projectcalico/calico/felix/proto"
)

// host is one node with its interfaces, as its Felix sees it.
type host struct {
	*felix
	name string
	// governs says which host endpoint each interface has.
	governs map[string]string
	pods    map[string]*proto.WorkloadEndpoint
	tables  map[uint8]*tables
}

func newHost(name string, f *felix, node *Node) *host {
	h := &host{
		felix: f, name: name, governs: governing(f.hosts, node),
		pods: map[string]*proto.WorkloadEndpoint{}, tables: map[uint8]*tables{},
	}
	for _, workload := range f.workloads {
		h.pods[workload.Name] = workload
	}
	return h
}

func isWorkload(iface string) bool { return strings.HasPrefix(iface, "cali") }

// endpoint is the host endpoint of an interface: its own, else the one for all interfaces.
func (h *host) endpoint(iface string) *proto.HostEndpoint {
	id, found := h.governs[iface]
	if !found {
		id, found = h.governs[allInterfaces]
	}
	if !found {
		return nil
	}
	return h.hosts[id]
}

// untracked is the host endpoint whose doNotTrack policies an interface meets: never the one for
// all interfaces.
func (h *host) untracked(iface string) *proto.HostEndpoint {
	id, found := h.governs[iface]
	if !found || len(h.hosts[id].UntrackedTiers) == 0 {
		return nil
	}
	return h.hosts[id]
}

// preDNAT is the host endpoint whose preDNAT policies an interface meets: one of its own without
// any leaves it to the one for all interfaces.
func (h *host) preDNAT(iface string) *proto.HostEndpoint {
	for _, name := range []string{iface, allInterfaces} {
		if id, found := h.governs[name]; found && len(h.hosts[id].PreDnatTiers) > 0 {
			return h.hosts[id]
		}
	}
	return nil
}
