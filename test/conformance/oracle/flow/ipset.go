package flow

import (
	"net/netip"
	"strconv"
	"strings"

	"github.com/projectcalico/calico/felix/proto"
)

// ipSet is one of Felix's sets: of nets, or of addresses with a protocol and a port.
type ipSet struct {
	nets  []netip.Prefix
	ports map[addressPort]bool
}

type addressPort struct {
	address  netip.Addr
	protocol uint8
	port     int
}

func newIPSet(update *proto.IPSetUpdate) *ipSet {
	s := &ipSet{ports: map[addressPort]bool{}}
	for _, member := range update.Members {
		if address, rest, found := strings.Cut(member, ","); found {
			protocol, port, _ := strings.Cut(rest, ":")
			number, err := strconv.Atoi(port)
			if err != nil {
				panic("member of a set: " + member)
			}
			s.ports[addressPort{netip.MustParseAddr(address), protocolNumbers[protocol], number}] = true
		} else {
			s.nets = append(s.nets, netip.MustParsePrefix(member))
		}
	}
	return s
}

func (s *ipSet) has(address netip.Addr) bool {
	for _, net := range s.nets {
		if net.Contains(address) {
			return true
		}
	}
	return false
}

func (s *ipSet) hasPort(address netip.Addr, protocol uint8, port int) bool {
	return s.ports[addressPort{address, protocol, port}]
}
