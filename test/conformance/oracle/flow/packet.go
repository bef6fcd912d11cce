package flow

import (
	"encoding/json"
	"fmt"
	"net/netip"
	"strconv"
	"strings"
)

// packet is the first of a connection.
type packet struct {
	family   uint8
	src, dst netip.Addr
	protocol uint8
	// Ports are -1 where the protocol has none.
	srcPort, dstPort   int
	icmpType, icmpCode int
}

const (
	icmp   = 1
	icmpV6 = 58
)

// protocolNumbers are the names that Calico knows, as iptables takes them.
var protocolNumbers = map[string]uint8{
	"icmp": icmp, "tcp": 6, "udp": 17, "icmpv6": icmpV6, "sctp": 132, "udplite": 136,
}

func hasPorts(protocol uint8) bool {
	switch protocol {
	case 6, 17, 132, 136:
		return true
	}
	return false
}

// Flow is `[from, to, protocol, port, sourcePort, family, iface, through]`: ends are `namespace/pod`,
// an address or `node:NAME/INTERFACE`; for ICMP, port and sourcePort are type and code. Between two
// addresses it goes through a node, `NAME/IN/OUT`.
type Flow struct {
	from, to     string
	protocol     uint8
	port, source int
	family       uint8
	iface        string
	through      string
}

func (f *Flow) UnmarshalJSON(text []byte) error {
	fields := make([]any, 0, 8)
	if err := json.Unmarshal(text, &fields); err != nil {
		return err
	}
	for len(fields) < 8 {
		fields = append(fields, nil)
	}
	number := func(value any, otherwise int) int {
		if n, is := value.(float64); is {
			return int(n)
		}
		return otherwise
	}
	f.from, _ = fields[0].(string)
	f.to, _ = fields[1].(string)
	if name, is := fields[2].(string); is {
		protocol, known := protocolNumbers[strings.ToLower(name)]
		if !known {
			return fmt.Errorf("flow %s: unknown protocol", text)
		}
		f.protocol = protocol
	} else {
		f.protocol = uint8(number(fields[2], 0))
	}
	f.port, f.source = number(fields[3], -1), number(fields[4], 40000)
	f.family = uint8(number(fields[5], 4))
	f.iface = "eth0"
	if name, is := fields[6].(string); is {
		f.iface = name
	}
	f.through, _ = fields[7].(string)
	return nil
}

func (f *Flow) packet(src, dst netip.Addr) packet {
	p := packet{
		family: f.family, src: src, dst: dst, protocol: f.protocol,
		srcPort: -1, dstPort: -1, icmpType: -1, icmpCode: -1,
	}
	switch {
	case f.protocol == icmp || f.protocol == icmpV6:
		p.icmpType, p.icmpCode = f.port, max(0, f.source)
	case hasPorts(f.protocol):
		p.srcPort, p.dstPort = f.source, f.port
	}
	return p
}

func (f *Flow) String() string {
	return fmt.Sprintf("%s > %s %d %s", f.from, f.to, f.protocol, strconv.Itoa(f.port))
}
