package flow

import (
	"fmt"
	"net/netip"
	"slices"
	"strconv"
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
	if fields[0] == "-m" && fields[1] != "mark" {
		fields = fields[2:]
	} else if fields[0] == "-m" {
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

func onEnd(source bool, test func(*state, netip.Addr, int) bool) match {
	if source {
		return func(s *state) bool { return test(s, s.src, s.srcPort) }
	}
	return func(s *state) bool { return test(s, s.dst, s.dstPort) }
}

func (c *compiler) inSet(name, ends string) match {
	set, known := c.sets[name]
	if !known {
		panic("IP set " + name)
	}
	end, port, both := strings.Cut(ends, ",")
	if !both {
		return onEnd(end == "src", func(_ *state, a netip.Addr, _ int) bool { return set.has(a) })
	}
	if end != port {
		panic("IP set " + name + " by " + ends)
	}
	return onEnd(end == "src", func(s *state, a netip.Addr, port int) bool {
		return set.hasPort(a, s.protocol, port)
	})
}

func inPorts(list string) func(*state, netip.Addr, int) bool {
	var ranges [][2]int
	for _, text := range strings.Split(list, ",") {
		first, last, isRange := strings.Cut(text, ":")
		if !isRange {
			last = first
		}
		ranges = append(ranges, [2]int{number(first), number(last)})
	}
	return func(_ *state, _ netip.Addr, port int) bool {
		return slices.ContainsFunc(ranges, func(r [2]int) bool { return r[0] <= port && port <= r[1] })
	}
}

func icmpMatch(option, value string) match {
	protocol := uint8(icmp)
	if option == "--icmpv6-type" {
		protocol = icmpV6
	}
	kind, code, withCode := strings.Cut(value, "/")
	wanted := number(kind)
	if !withCode {
		return func(s *state) bool { return s.protocol == protocol && s.icmpType == wanted }
	}
	wantedCode := number(code)
	return func(s *state) bool {
		return s.protocol == protocol && s.icmpType == wanted && s.icmpCode == wantedCode
	}
}

func protocolOf(text string) uint8 {
	if protocol, named := protocolNumbers[strings.ToLower(text)]; named {
		return protocol
	}
	return uint8(number(text))
}

func netOf(text string) netip.Prefix {
	if prefix, err := netip.ParsePrefix(text); err == nil {
		return prefix
	}
	address := netip.MustParseAddr(text)
	return netip.PrefixFrom(address, address.BitLen())
}

func markOf(text string) (mark, mask uint32) {
	value, bits, _ := strings.Cut(text, "/")
	return uint32(number(value)), uint32(number(bits))
}

func isInterface(pattern, name string) bool {
	if prefix, open := strings.CutSuffix(pattern, "+"); open {
		return strings.HasPrefix(name, prefix)
	}
	return pattern == name
}

func number(text string) int {
	n, err := strconv.ParseInt(text, 0, 64)
	if err != nil {
		panic(err)
	}
	return int(n)
}
