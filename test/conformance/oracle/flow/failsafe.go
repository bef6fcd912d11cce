package flow

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/projectcalico/calico/felix/config"
)

// failsafe tells whether the node's failsafe ports let a packet in, or out.
func (f *felix) failsafe(ingress bool, p *packet) bool {
	if ingress {
		return covered(f.config.FailsafeInboundHostPorts, p.protocol, p.dstPort, p.src)
	}
	return covered(f.config.FailsafeOutboundHostPorts, p.protocol, p.dstPort, p.dst)
}

// failsafeReply tells whether a packet may answer what failsafe ports of the other direction let
// through: it comes from such a port.
func (f *felix) failsafeReply(ingress bool, p *packet) bool {
	if ingress {
		return covered(f.config.FailsafeOutboundHostPorts, p.protocol, p.srcPort, p.src)
	}
	return covered(f.config.FailsafeInboundHostPorts, p.protocol, p.srcPort, p.dst)
}

func covered(ports []config.ProtoPort, protocol uint8, port int, remote netip.Addr) bool {
	return slices.ContainsFunc(ports, func(safe config.ProtoPort) bool {
		return protocolNumbers[strings.ToLower(safe.Protocol)] == protocol &&
			int(safe.Port) == port && within(safe.Net, remote)
	})
}

func within(net string, address netip.Addr) bool {
	if net == "" {
		return true
	}
	if prefix, err := netip.ParsePrefix(net); err == nil {
		return prefix.Contains(address)
	}
	return netip.MustParseAddr(net) == address
}
