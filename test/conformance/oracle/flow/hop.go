package flow

import (
	"fmt"
	"net/netip"
	"strings"
)

// hop is a packet's way through one node: in by an interface and out by another; from or to the
// node itself where one is empty.
type hop struct {
	node    string
	in, out string
}

// end is one end of a flow: on a node, unless it is outside.
type end struct {
	address netip.Addr
	node    string
	// iface is where it meets its node: a pod's own, or the one that the flow names for the node.
	iface string
	isPod bool
}

func (c *cluster) end(name string, f *Flow) (end, error) {
	if place, is := strings.CutPrefix(name, "node:"); is {
		node, iface, _ := strings.Cut(place, "/")
		known := c.world.node(node)
		if known == nil {
			return end{}, fmt.Errorf("%s: no such node", name)
		}
		for _, i := range append(known.Interfaces, loopback) {
			if i.Name == iface {
				address, err := ofFamily(i.IPs, f.family)
				return end{address: address, node: node, iface: iface}, err
			}
		}
		return end{}, fmt.Errorf("%s: no such interface", name)
	}
	if strings.Contains(name, "/") {
		pod := c.world.pod(name)
		if pod == nil {
			return end{}, fmt.Errorf("%s: no such pod", name)
		}
		address, err := ofFamily(pod.IPs, f.family)
		iface := converter.VethNameForWorkload(pod.Namespace, pod.Name)
		return end{address: address, node: pod.nodeName(), iface: iface, isPod: true}, err
	}
	address, err := netip.ParseAddr(name)
	return end{address: address}, err
}

func ofFamily(ips []string, family uint8) (netip.Addr, error) {
	for _, text := range ips {
		address, err := netip.ParseAddr(text)
		if err != nil {
			return address, err
		}
		if address.Is4() == (family == 4) {
			return address, nil
		}
	}
	return netip.Addr{}, fmt.Errorf("no address of IPv%d among %v", family, ips)
}

// hops are the nodes that a flow goes through. Between nodes, and from and to the outside, it uses
// the interface that an end names, else the flow's; between two addresses the node that the flow
// names, if it names one.
func hops(f *Flow, from, to end) []hop {
	fabric := func(e end) string {
		if e.isPod || e.iface == "" {
			return f.iface
		}
		return e.iface
	}
	inside := func(e end) string {
		if e.isPod {
			return e.iface
		}
		return ""
	}
	switch {
	case from.node != "" && from.node == to.node:
		if !from.isPod && !to.isPod {
			return []hop{{node: from.node, out: loopback.Name}, {node: to.node, in: loopback.Name}}
		}
		return []hop{{node: from.node, in: inside(from), out: inside(to)}}
	case from.node == "" && to.node == "" && f.through == "":
		return nil
	case from.node == "" && to.node == "":
		names := append(strings.SplitN(f.through, "/", 3), f.iface, f.iface)
		return []hop{{node: names[0], in: names[1], out: names[2]}}
	}
	var all []hop
	if from.node != "" {
		all = append(all, hop{node: from.node, in: inside(from), out: fabric(from)})
	}
	if to.node != "" {
		all = append(all, hop{node: to.node, in: fabric(to), out: inside(to)})
	}
	return all
}
