package flow

import (
	"net/netip"
	"slices"
	"strings"
)

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
