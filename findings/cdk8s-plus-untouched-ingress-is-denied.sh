#!/usr/bin/env bash
# cdk8s-plus: a NetworkPolicy that "doesn't change ingress behavior of the pods it selects" denies them all ingress.
#
# Expected: what its declaration says of `ingress` and `egress` that are left out: nothing changes. A policy without either is
#   of no effect until rules are added.
# What happens: it is rendered without `policyTypes`, and to Kubernetes that means Ingress: no rule, so nobody may come in. As
#   the selector is left out as well, that holds for every pod of the namespace.
# Why it matters: a policy to which rules are added under a condition cuts a namespace off where the condition fails.
# cdk8s-plus-33 2.5.57, cdk8s 2.70.106, seen on 2026-11-29. What absent types mean: NetworkPolicySpec.policyTypes of k8s.io/api
# v0.34.2: "Policies that contain an egress section are assumed to affect egress, and all policies (whether or not they contain
# an ingress section) are assumed to affect ingress."
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
echo '{"private":true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts cdk8s@2.70.106 cdk8s-plus-33@2.5.57 constructs@10.8.1

cat > probe.mjs <<'END'
import { Chart, App } from 'cdk8s'
import { NetworkPolicy, NetworkPolicyIpBlock } from 'cdk8s-plus-33'

const chart = new Chart(new App(), 'chart')
new NetworkPolicy(chart, 'untouched')
new NetworkPolicy(chart, 'egress').addEgressRule(NetworkPolicyIpBlock.anyIpv4(chart, 'any'))
for (const { spec } of chart.toJson()) console.log(JSON.stringify(spec.podSelector), JSON.stringify(spec.policyTypes))
END
{
  grep -o "the policy doesn't change ingress behavior.*" node_modules/cdk8s-plus-33/lib/network-policy.d.ts
  node probe.mjs
} > seen.txt
diff - seen.txt <<'SEEN'
the policy doesn't change ingress behavior of the pods it selects.
{} undefined
{} ["Egress"]
SEEN
