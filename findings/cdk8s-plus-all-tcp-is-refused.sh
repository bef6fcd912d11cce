#!/usr/bin/env bash
# cdk8s-plus: "all TCP ports" is a range that Kubernetes refuses.
#
# Expected: `NetworkPolicyPort.allTcp()` gives what Kubernetes has for it: a protocol and no port.
# What happens: it gives the ports 0 to 65535, and 0 is none that a NetworkPolicy may name. The chart is synthesized without a
#   complaint, and the API server refuses it.
# Why it matters: who copies the range to Calico, where port 0 is refused as well, or takes it for data of a test, has a policy
#   that can nowhere be applied.
# cdk8s-plus-33 2.5.57, cdk8s 2.70.106, k8s.io/apimachinery v0.34.2, whose IsValidPortNum the API server asks of each port of a
# NetworkPolicy, seen on 2026-11-29.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
echo '{"private":true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts cdk8s@2.70.106 cdk8s-plus-33@2.5.57 constructs@10.8.1

cat > probe.mjs <<'END'
import { Chart, App } from 'cdk8s'
import { NetworkPolicy, NetworkPolicyIpBlock, NetworkPolicyPort } from 'cdk8s-plus-33'

const chart = new Chart(new App(), 'chart')
const policy = new NetworkPolicy(chart, 'policy')
policy.addEgressRule(NetworkPolicyIpBlock.anyIpv4(chart, 'any'), [NetworkPolicyPort.allTcp()])
console.log(JSON.stringify(chart.toJson()[0].spec.egress[0].ports))
END
cat > main.go <<'END'
package main

import (
	"fmt"

	"k8s.io/apimachinery/pkg/util/validation"
)

func main() { fmt.Println(validation.IsValidPortNum(0)) }
END
go mod init probe 2> log.txt && go get k8s.io/apimachinery@v0.34.2 2>> log.txt || { cat log.txt; exit 1; }
{ node probe.mjs; go run -mod=mod .; } > seen.txt
diff - seen.txt <<'SEEN'
[{"endPort":65535,"port":0,"protocol":"TCP"}]
[must be between 1 and 65535, inclusive]
SEEN
