package flow

import "github.com/projectcalico/calico/felix/proto"

// Governed says which host endpoint an interface has, and which policies that asks, by name.
type Governed struct {
	HostEndpoint string       `json:"hep"`
	Normal       *[2][]string `json:"normal,omitempty"`
	Forward      *[2][]string `json:"forward,omitempty"`
	Untracked    *[2][]string `json:"untracked,omitempty"`
	PreDNAT      []string     `json:"preDNAT,omitempty"`
}

// governed is said of each node's interfaces that have a host endpoint.
func (c *cluster) governed() (map[string]map[string]Governed, error) {
	all := map[string]map[string]Governed{}
	for _, node := range c.world.Nodes {
		h, err := c.host(node.Name)
		if err != nil {
			return nil, err
		}
		all[node.Name] = map[string]Governed{}
		for iface, id := range h.governs {
			host := h.hosts[id]
			g := Governed{
				HostEndpoint: id,
				Normal:       bothWays(host.Tiers),
				Forward:      bothWays(host.ForwardTiers),
				Untracked:    bothWays(host.UntrackedTiers),
			}
			if preDNAT := bothWays(host.PreDnatTiers); preDNAT != nil {
				g.PreDNAT = preDNAT[0]
			}
			all[node.Name][iface] = g
		}
	}
	return all, nil
}

func bothWays(tiers []*proto.TierInfo) *[2][]string {
	if len(tiers) == 0 {
		return nil
	}
	both := [2][]string{{}, {}}
	for _, tier := range tiers {
		both[0] = append(both[0], tier.IngressPolicies...)
		both[1] = append(both[1], tier.EgressPolicies...)
	}
	return &both
}
