#!/usr/bin/env bash
# netaddr: `cidr_merge` gives networks back in canonical form only where it has merged them; what stands alone keeps its host bits.
#
# Expected: a function that makes the smallest list of networks makes each of them canonical: 10.0.0.0/24 for 10.0.0.1/24.
# What happens: a network that is joined with another comes out canonical, one that is not comes out as it went in, in one and
#   the same list. `IPSet`, which is said to be made of such networks, does the same. Whether one input is clean or not hangs on
#   what else is in the list. Equality does not show it: to netaddr 10.0.0.1/24 and 10.0.0.0/24 are equal, and hash alike.
# Why it matters: Calico refuses a net with host bits. A generator of network sets that merges what people enter works until
#   an entry is alone.
# netaddr 1.3.0, seen on 2026-11-29.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv python && python/bin/pip install --quiet --disable-pip-version-check netaddr==1.3.0
cat > probe.py <<'END'
from netaddr import IPNetwork, IPSet, cidr_merge

for nets in (["10.0.0.1/24"], ["10.0.0.1/24", "10.0.0.2/24"], ["10.0.0.1/24", "192.168.7.9/24"]):
    print(nets, "->", [str(net) for net in cidr_merge(nets)], [str(net) for net in IPSet(nets).iter_cidrs()])
print("equal:", IPNetwork("10.0.0.1/24") == IPNetwork("10.0.0.0/24"))
END
python/bin/python probe.py > seen.txt
diff - seen.txt <<'SEEN'
['10.0.0.1/24'] -> ['10.0.0.1/24'] ['10.0.0.1/24']
['10.0.0.1/24', '10.0.0.2/24'] -> ['10.0.0.0/24'] ['10.0.0.0/24']
['10.0.0.1/24', '192.168.7.9/24'] -> ['10.0.0.1/24', '192.168.7.9/24'] ['10.0.0.1/24', '192.168.7.9/24']
equal: True
SEEN
