package flow

import (
	"net/netip"
	"strconv"
	"strings"
)

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
