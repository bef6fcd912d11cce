package flow

import (
	"fmt"
	"net/netip"
	"strings"
)

// state is a packet on its way through tables.
type state struct {
	*packet
	in, out string
	mark    uint32
}

// match is one condition of an iptables rule.
type match func(*state) bool

// compiler reads what Felix writes for iptables.
type compiler struct {
	sets map[string]*ipSet
}

func newCompiler(f *felix, family uint8) compiler {
	names := setsV4
	if family == 6 {
		names = setsV6
	}
	c := compiler{sets: map[string]*ipSet{}}
	for id, set := range f.sets {
		c.sets[names.NameForMainIPSet(id)] = set
	}
	return c
}

func (c *compiler) match(words string) match {
	fields := strings.Fields(words)
	if fields[0] == "-m" {
		fields = fields[2:]
	}
	negated := fields[0] == "!"
	if negated {
		fields = fields[1:]
	}
	positive := c.positive(fields[0], fields[1:])
	if positive == nil {
		panic(fmt.Sprintf("iptables match %q", words))
	}
	if negated {
		return func(s *state) bool { return !positive(s) }
	}
	return positive
}

func (c *compiler) positive(option string, values []string) match {
	value := ""
	if len(values) > 0 {
		value = values[0]
	}
	switch option {
	case "-p":
		protocol := protocolOf(value)
		return func(s *state) bool { return s.protocol == protocol }
	case "--source", "--destination":
		net := netOf(value)
		return onEnd(option == "--source", func(_ *state, a netip.Addr, _ int) bool { return net.Contains(a) })
	case "--source-ports", "--destination-ports":
		return onEnd(option == "--source-ports", inPorts(value))
	case "--match-set":
		return c.inSet(value, values[1])
	case "--icmp-type", "--icmpv6-type":
		return icmpMatch(option, value)
	case "--mark":
		mark, mask := markOf(value)
		return func(s *state) bool { return s.mark&mask == mark }
	case "--in-interface":
		return func(s *state) bool { return isInterface(value, s.in) }
	case "--out-interface":
		return func(s *state) bool { return isInterface(value, s.out) }
	case "--ctstate":
		return func(*state) bool { return false } // Of RELATED, ESTABLISHED, INVALID and DNAT, a first packet is none.
	case "--invert":
		return func(*state) bool { return false } // No packet comes from where it could not have come from.
	}
	return nil
}
