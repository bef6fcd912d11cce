#!/usr/bin/env bash
# Helm: it orders a chart's objects by bare kind, so Calico's NetworkPolicies come first and their Tier last.
#
# Expected: kinds that Helm knows, such as networking.k8s.io's NetworkPolicy, have a place in its order; custom resources come
#   after all of these, and after the definitions of their kinds.
# What happens: the API group is not looked at. Calico's NetworkPolicy goes where Kubernetes' goes: second, before any
#   CustomResourceDefinition. Other kinds of Calico's are sorted by their names at the end: GlobalNetworkPolicy before Tier.
# Why it matters: a chart with a tier and policies in it creates the policies in a tier that does not exist yet, whatever order
#   the templates have. Where admission checks the tier the install fails. A hook with a lower weight has to make the tier.
# helm.sh/helm/v3 v3.22.0, seen on 2026-11-29.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat > main.go <<'END'
package main

import (
	"fmt"

	"helm.sh/helm/v3/pkg/releaseutil"
)

func main() {
	files := map[string]string{}
	for _, kind := range []string{
		"projectcalico.org/v3 Tier", "projectcalico.org/v3 GlobalNetworkPolicy", "projectcalico.org/v3 NetworkPolicy",
		"v1 Service", "apiextensions.k8s.io/v1 CustomResourceDefinition", "v1 Namespace",
	} {
		var version, name string
		fmt.Sscan(kind, &version, &name)
		files["chart/templates/"+name+".yaml"] = "apiVersion: " + version + "\nkind: " + name + "\nmetadata: {name: any}\n"
	}
	_, manifests, err := releaseutil.SortManifests(files, nil, releaseutil.InstallOrder)
	if err != nil {
		panic(err)
	}
	for _, manifest := range manifests {
		fmt.Println(manifest.Head.Version, manifest.Head.Kind)
	}
}
END
go mod init probe 2> log.txt && go get helm.sh/helm/v3@v3.22.0 2>> log.txt || { cat log.txt; exit 1; }
go run -mod=mod . > seen.txt
diff - seen.txt <<'SEEN'
v1 Namespace
projectcalico.org/v3 NetworkPolicy
apiextensions.k8s.io/v1 CustomResourceDefinition
v1 Service
projectcalico.org/v3 GlobalNetworkPolicy
projectcalico.org/v3 Tier
SEEN
