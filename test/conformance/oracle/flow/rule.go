package flow

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/projectcalico/calico/felix/proto"
)

// matches is what a rule says of a packet.
func (f *felix) matches(r *proto.Rule, p *packet) bool {
	return ofFamilyOf(r, p) &&
		(r.Protocol == nil || isProtocol(r.Protocol, p)) &&
		(r.NotProtocol == nil || !isProtocol(r.NotProtocol, p)) &&
		matchesIcmp(r, p) &&
		f.matchesSource(r, p) &&
		f.matchesDestination(r, p)
}

// ofFamilyOf tells whether a rule says anything of this family: one whose nets are all of the other
// says nothing, even where it says which nets are meant not to match.
func ofFamilyOf(r *proto.Rule, p *packet) bool {
	if r.IpVersion != proto.IPVersion_ANY && uint8(r.IpVersion) != p.family {
		return false
	}
	foreign := func(net string) bool { return strings.Contains(net, ":") != (p.family == 6) }
	for _, nets := range [][]string{r.SrcNet, r.NotSrcNet, r.DstNet, r.NotDstNet} {
		if len(nets) > 0 && !slices.ContainsFunc(nets, func(net string) bool { return !foreign(net) }) {
			return false
		}
	}
	return true
}

func isProtocol(protocol *proto.Protocol, p *packet) bool {
	if name, is := protocol.NumberOrName.(*proto.Protocol_Name); is {
		return protocolNumbers[strings.ToLower(name.Name)] == p.protocol
	}
	return uint8(protocol.GetNumber()) == p.protocol
}

func matchesIcmp(r *proto.Rule, p *packet) bool {
	switch wanted := r.Icmp.(type) {
	case *proto.Rule_IcmpType:
		if int(wanted.IcmpType) != p.icmpType {
			return false
		}
	case *proto.Rule_IcmpTypeCode:
		if int(wanted.IcmpTypeCode.Type) != p.icmpType || int(wanted.IcmpTypeCode.Code) != p.icmpCode {
			return false
		}
	}
	switch unwanted := r.NotIcmp.(type) {
	case *proto.Rule_NotIcmpType:
		return int(unwanted.NotIcmpType) != p.icmpType
	case *proto.Rule_NotIcmpTypeCode:
		return int(unwanted.NotIcmpTypeCode.Type) != p.icmpType ||
			int(unwanted.NotIcmpTypeCode.Code) != p.icmpCode
	}
	return true
}

func (f *felix) matchesSource(r *proto.Rule, p *packet) bool {
	return f.matchesEnd(p, peer{
		address: p.src, port: p.srcPort,
		nets: r.SrcNet, notNets: r.NotSrcNet,
		sets: r.SrcIpSetIds, notSets: r.NotSrcIpSetIds,
		ports: r.SrcPorts, namedPorts: r.SrcNamedPortIpSetIds,
		notPorts: r.NotSrcPorts, notNamedPorts: r.NotSrcNamedPortIpSetIds,
	})
}

func (f *felix) matchesDestination(r *proto.Rule, p *packet) bool {
	for _, id := range r.DstIpPortSetIds {
		if !f.sets[id].hasPort(p.dst, p.protocol, p.dstPort) {
			return false
		}
	}
	return f.matchesEnd(p, peer{
		address: p.dst, port: p.dstPort,
		nets: r.DstNet, notNets: r.NotDstNet,
		sets: r.DstIpSetIds, notSets: r.NotDstIpSetIds,
		ports: r.DstPorts, namedPorts: r.DstNamedPortIpSetIds,
		notPorts: r.NotDstPorts, notNamedPorts: r.NotDstNamedPortIpSetIds,
	})
}

// peer is one end of a packet, and what a rule says of that end.
type peer struct {
	address                   netip.Addr
	port                      int
	nets, notNets             []string
	sets, notSets             []string
	ports, notPorts           []*proto.PortRange
	namedPorts, notNamedPorts []string
}

func (f *felix) matchesEnd(p *packet, e peer) bool {
	inNet := func(net string) bool { return netip.MustParsePrefix(net).Contains(e.address) }
	inSet := func(id string) bool { return f.sets[id].has(e.address) }
	isNamed := func(id string) bool { return f.sets[id].hasPort(e.address, p.protocol, e.port) }
	inRange := func(r *proto.PortRange) bool { return int(r.First) <= e.port && e.port <= int(r.Last) }
	return (len(e.nets) == 0 || slices.ContainsFunc(e.nets, inNet)) &&
		!slices.ContainsFunc(e.notNets, inNet) &&
		!slices.ContainsFunc(e.sets, func(id string) bool { return !inSet(id) }) &&
		!slices.ContainsFunc(e.notSets, inSet) &&
		(len(e.ports)+len(e.namedPorts) == 0 ||
			slices.ContainsFunc(e.ports, inRange) || slices.ContainsFunc(e.namedPorts, isNamed)) &&
		!slices.ContainsFunc(e.notPorts, inRange) &&
		!slices.ContainsFunc(e.notNamedPorts, isNamed)
}
