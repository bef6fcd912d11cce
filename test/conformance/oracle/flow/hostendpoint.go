package flow

import (
	"slices"

	"github.com/projectcalico/calico/felix/proto"
)

const allInterfaces = "*"

// governing says which host endpoint an interface of the node has: by name or by one of its
// addresses, the first by id (felix/dataplane/linux/endpoint_mgr.go, resolveHostEndpoints). The one
// for all interfaces stands under `*`.
func governing(hosts map[string]*proto.HostEndpoint, node *Node) map[string]string {
	found := map[string]string{}
	offer := func(iface, id string) {
		if best, taken := found[iface]; !taken || id < best {
			found[iface] = id
		}
	}
	for id, host := range hosts {
		if host.Name == allInterfaces {
			offer(allInterfaces, id)
			continue
		}
		if node == nil {
			continue
		}
		for _, iface := range append(slices.Clone(node.Interfaces), loopback) {
			expects := func(ip string) bool {
				return slices.Contains(host.ExpectedIpv4Addrs, ip) || slices.Contains(host.ExpectedIpv6Addrs, ip)
			}
			if host.Name == iface.Name || host.Name == "" && slices.ContainsFunc(iface.IPs, expects) {
				offer(iface.Name, id)
			}
		}
	}
	return found
}
