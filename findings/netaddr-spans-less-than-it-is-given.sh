#!/usr/bin/env bash
# netaddr: `spanning_cidr` of a network and an address in it is smaller than the network; of the same network twice it is larger.
#
# Expected: the smallest network that holds everything that is given: 10.0.0.0/24 for 10.0.0.0/24 and 10.0.0.1, since one is in the
#   other.
# What happens: it spans from the first address of what sorts first to the last address of what sorts last, and that is the one
#   address: 10.0.0.0/31. The end of what comes before is not asked. 10.0.0.0/24 twice spans 10.0.0.0/23. For networks side by
#   side the span is right.
# Why it matters: a net that is computed over a list of nets, to be allowed or routed, leaves most of the list out as soon as
#   one entry repeats a part of another. The span of the lowest and the highest address is right.
# netaddr 1.3.0, seen on 2026-11-30.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv python && python/bin/pip install --quiet --disable-pip-version-check netaddr==1.3.0
cat > probe.py <<'END'
from netaddr import IPAddress, IPNetwork, spanning_cidr

for nets in (
    ["10.0.0.0/24", "10.0.0.1"],
    ["10.0.0.0/8", "10.1.0.0/16"],
    ["10.0.0.0/24", "10.0.0.0/24"],
    ["10.0.0.0/24", "10.0.3.0/24"],
    ["2001:db8::/32", "2001:db8::/48"],
):
    span = spanning_cidr(nets)
    held = all(IPNetwork(net) in span for net in nets)
    first = IPAddress(min(IPNetwork(net).first for net in nets), IPNetwork(nets[0]).version)
    last = IPAddress(max(IPNetwork(net).last for net in nets), IPNetwork(nets[0]).version)
    print(nets, "span", span, "holds them", held, "by addresses", spanning_cidr([first, last]))
END
python/bin/python probe.py > seen.txt
diff - seen.txt <<'SEEN'
['10.0.0.0/24', '10.0.0.1'] span 10.0.0.0/31 holds them False by addresses 10.0.0.0/24
['10.0.0.0/8', '10.1.0.0/16'] span 10.0.0.0/15 holds them False by addresses 10.0.0.0/8
['10.0.0.0/24', '10.0.0.0/24'] span 10.0.0.0/23 holds them True by addresses 10.0.0.0/24
['10.0.0.0/24', '10.0.3.0/24'] span 10.0.0.0/22 holds them True by addresses 10.0.0.0/22
['2001:db8::/32', '2001:db8::/48'] span 2001:db8::/47 holds them False by addresses 2001:db8::/32
SEEN
