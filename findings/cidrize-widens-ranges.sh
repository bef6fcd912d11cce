#!/usr/bin/env bash
# cidrize: a range of addresses becomes one network that holds addresses which were never in the range.
#
# Expected: a library that turns ranges as people write them into CIDRs gives the networks that make up the range, as Python's
#   own `ipaddress.summarize_address_range` does: 10.0.0.5-10.0.0.6 is two networks of one address each.
# What happens: without `strict=True` it gives the smallest single network around the range: four addresses for two, and 64 for
#   the two on both sides of a boundary. Lists of single addresses are merged the exact way, so the two forms of one set differ.
# Why it matters: address ranges from a spreadsheet or a firewall's export that become the nets of an allow list let through
#   neighbours whom nobody named.
# cidrize 3.1.0 (with netaddr 1.3.0), seen on 2026-11-29.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv python && python/bin/pip install --quiet --disable-pip-version-check cidrize==3.1.0 netaddr==1.3.0
cat > probe.py <<'END'
import ipaddress
from cidrize import cidrize

def text(nets):
    return [str(net) for net in nets]

def exact(first, last):
    return text(ipaddress.summarize_address_range(ipaddress.ip_address(first), ipaddress.ip_address(last)))

for first, last in (("10.0.0.5", "10.0.0.6"), ("10.0.0.31", "10.0.0.32")):
    told = f"{first}-{last}"
    print(told, text(cidrize(told)), "strict", text(cidrize(told, strict=True)), "ipaddress", exact(first, last))
print("listed", text(cidrize("10.0.0.5,10.0.0.6")))
END
python/bin/python probe.py > seen.txt
diff - seen.txt <<'SEEN'
10.0.0.5-10.0.0.6 ['10.0.0.4/30'] strict ['10.0.0.5/32', '10.0.0.6/32'] ipaddress ['10.0.0.5/32', '10.0.0.6/32']
10.0.0.31-10.0.0.32 ['10.0.0.0/26'] strict ['10.0.0.31/32', '10.0.0.32/32'] ipaddress ['10.0.0.31/32', '10.0.0.32/32']
listed ['10.0.0.5/32', '10.0.0.6/32']
SEEN
