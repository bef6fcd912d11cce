#!/usr/bin/env bash
# network-config-analyzer: of Calico policies with one order, it puts first the one that it read first.
#
# Expected: what Calico does: policies of one order go by their names, so what is allowed does not depend on files.
# What happens: the order of the documents in a file decides. Here `a-allow` and `z-deny` have order 5; Calico asks `a-allow`
#   first, always. The analyzer lets a reach b only if `a-allow` is written first.
# Why it matters: to move a document, or to rename a file, changes what the analyzer reports of a cluster that stays the same;
#   and policies without an order, which are all tied, are the common case.
# network-config-analyzer 2.1.0, seen on 2026-11-29.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv python && python/bin/pip install --quiet --disable-pip-version-check network-config-analyzer==2.1.0
pod() { printf -- '---\n{apiVersion: v1, kind: Pod, metadata: {name: %s, namespace: shop, labels: {app: %s}}, spec: {containers: []}}\n' "$1" "$1"; }
policy() { # NAME ACTION
  printf -- '---\n{apiVersion: projectcalico.org/v3, kind: NetworkPolicy, metadata: {name: %s, namespace: shop},\n' "$1"
  printf " spec: {order: 5, selector: app == 'b', types: [Ingress], ingress: [{action: %s, source: {selector: app == 'a'}}]}}\n" "$2"
}
echo '{apiVersion: v1, kind: Namespace, metadata: {name: shop}}' > pods.yaml
{ pod a; pod b; } >> pods.yaml
{ policy a-allow Allow; policy z-deny Deny; } > allow-first.yaml
{ policy z-deny Deny; policy a-allow Allow; } > deny-first.yaml
for file in allow-first deny-first; do
  echo "$file:"
  python/bin/nca --connectivity -r pods.yaml -r "$file.yaml" 2> log.txt | grep '^src_ns.*dst_ns'
done > seen.txt
diff - seen.txt <<'SEEN'
allow-first:
src_ns: [shop] src_pods: [*] dst_ns: [shop] dst_pods: [*] conn: All connections
deny-first:
src_ns: [shop] src_pods: [*] dst_ns: [shop] dst_pods: [a] conn: All connections
src_ns: [shop] src_pods: [b] dst_ns: [shop] dst_pods: [*] conn: All connections
SEEN
