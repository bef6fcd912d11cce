#!/usr/bin/env bash
# Calico: `notSelector` alone, in a NetworkPolicy, does not mean "everybody but".
#
# Expected: `source: {notSelector: app == 'a'}` allows everyone who is not `app == 'a'`: other namespaces, nodes, the internet. It
#   only takes away, as `notNets` and `notPorts` do.
# What happens: Calico adds the policy's own namespace as a selector to it, as to `selector`. The rule allows the other pods of the
#   namespace, and nobody outside. With `notNets` it adds nothing. In a GlobalNetworkPolicy `notSelector` is "everybody but".
# Why it matters: an analyzer or converter that reads it as a mere exception reports traffic as allowed that Calico drops, and a
#   policy that is moved from one kind to the other means something else.
# Calico 3.28.5, its own translation of rules for Felix, seen on 2026-11-29.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat > main.go <<'END'
package main

import (
	"fmt"

	api "github.com/projectcalico/api/pkg/apis/projectcalico/v3"
	"github.com/projectcalico/calico/libcalico-go/lib/backend/model"
	"github.com/projectcalico/calico/libcalico-go/lib/backend/syncersv1/updateprocessors"
	"github.com/projectcalico/calico/libcalico-go/lib/backend/watchersyncer"
)

func show(what string, processor watchersyncer.SyncerUpdateProcessor, kind, namespace string, resource any) {
	key := model.ResourceKey{Kind: kind, Name: "default.n", Namespace: namespace}
	updates, err := processor.Process(&model.KVPair{Key: key, Value: resource})
	if err != nil {
		panic(err)
	}
	rule := updates[0].Value.(*model.Policy).InboundRules[0]
	fmt.Printf("%s: selector %q, notSelector %q, notNets %v\n", what, rule.SrcSelector, rule.NotSrcSelector, rule.NotSrcNets)
}

func main() {
	butA := api.EntityRule{NotSelector: "app == 'a'"}
	butNet := api.EntityRule{NotNets: []string{"10.0.0.0/8"}}
	for _, source := range []api.EntityRule{butA, butNet} {
		rules := []api.Rule{{Action: api.Allow, Source: source}}
		local := api.NewNetworkPolicy()
		local.Name, local.Namespace, local.Spec.Ingress = "n", "shop", rules
		show("NetworkPolicy", updateprocessors.NewNetworkPolicyUpdateProcessor(), api.KindNetworkPolicy, "shop", local)
		global := api.NewGlobalNetworkPolicy()
		global.Name, global.Spec.Ingress = "n", rules
		show("GlobalNetworkPolicy", updateprocessors.NewGlobalNetworkPolicyUpdateProcessor(), api.KindGlobalNetworkPolicy, "", global)
	}
}
END
go mod init probe 2> log.txt
for name in api apiextensions-apiserver apimachinery apiserver cli-runtime client-go cloud-provider cluster-bootstrap component-base \
  component-helpers controller-manager cri-api csi-translation-lib endpointslice kube-aggregator kube-controller-manager kube-proxy \
  kube-scheduler kubectl kubelet legacy-cloud-providers metrics mount-utils pod-security-admission sample-apiserver; do
  go mod edit -replace "k8s.io/$name=k8s.io/$name@v0.29.15"
done
go mod edit -replace k8s.io/kubernetes=k8s.io/kubernetes@v1.29.15 \
  -replace github.com/projectcalico/api=github.com/projectcalico/api@v0.0.0-20240708202104-e3f70b269c2c
go get github.com/projectcalico/calico@v1.11.0-cni-plugin.0.20250813170300-a0db560f0520 2>> log.txt || { cat log.txt; exit 1; }
go run -mod=mod . > seen.txt
diff - seen.txt <<'SEEN'
NetworkPolicy: selector "projectcalico.org/namespace == 'shop'", notSelector "app == 'a'", notNets []
GlobalNetworkPolicy: selector "", notSelector "app == 'a'", notNets []
NetworkPolicy: selector "", notSelector "", notNets [10.0.0.0/8]
GlobalNetworkPolicy: selector "", notSelector "", notNets [10.0.0.0/8]
SEEN
