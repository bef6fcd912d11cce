#!/usr/bin/env bash
# network-config-analyzer: a namespace chosen by the label that Calico gives to each one for its name is no namespace to it.
#
# Expected: `projectcalico.org/name`, by which Calico's documentation has a namespace chosen, is on every namespace, as Kubernetes'
#   `kubernetes.io/metadata.name` is. The second is there to the analyzer, so the first is too.
# What happens: it adds Kubernetes' label and not Calico's, nor what Calico gives to pods, `projectcalico.org/namespace` and
#   `projectcalico.org/orchestrator`. The rule is reported to select nobody, and the connection, which Calico allows, is missing.
# Why it matters: policies that are written by Calico's documentation, or converted by Calico from Kubernetes', are reported as
#   closed where they are open, and as void where they are for all. Labels that are written into the analyzer's input help.
# network-config-analyzer 2.1.0, seen on 2026-11-30.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv python && python/bin/pip install --quiet --disable-pip-version-check network-config-analyzer==2.1.0
pod() { printf -- '---\n{apiVersion: v1, kind: Pod, metadata: {name: %s, namespace: shop, labels: {app: %s}}, spec: {containers: []}}\n' "$1" "$1"; }
resources() { # LABELS-OF-THE-NAMESPACE
  printf '{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {%s}}}\n' "$1"
  pod a && pod b
}
policy() { # NAMESPACE-SELECTOR
  printf '{apiVersion: projectcalico.org/v3, kind: GlobalNetworkPolicy, metadata: {name: g},\n'
  printf " spec: {selector: app == 'b', types: [Ingress], ingress: [{action: Allow, source: {namespaceSelector: %s}}]}}\n" "$1"
}
reached() { # WHO-IS-ASKED
  echo "$1:"
  python/bin/nca --connectivity -r pods.yaml -r policy.yaml 2> log.txt | grep '^src_ns.*dst_ns'
}
{
  resources '' > pods.yaml
  policy "kubernetes.io/metadata.name == 'shop'" > policy.yaml && reached "Kubernetes' label"
  policy "projectcalico.org/name == 'shop'" > policy.yaml && reached "Calico's label"
  resources 'projectcalico.org/name: shop' > pods.yaml && reached "Calico's label, written down"
} > seen.txt
diff - seen.txt <<'SEEN'
Kubernetes' label:
src_ns: [shop] src_pods: [*] dst_ns: [shop] dst_pods: [*] conn: All connections
Calico's label:
src_ns: [shop] src_pods: [*] dst_ns: [shop] dst_pods: [a] conn: All connections
src_ns: [shop] src_pods: [b] dst_ns: [shop] dst_pods: [*] conn: All connections
Calico's label, written down:
src_ns: [shop] src_pods: [*] dst_ns: [shop] dst_pods: [*] conn: All connections
SEEN
