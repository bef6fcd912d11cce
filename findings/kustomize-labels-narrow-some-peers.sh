#!/usr/bin/env bash
# kustomize: labels with selectors change whom a NetworkPolicy lets in, but not which pods it is for, when that is all of them.
#
# Expected: `includeSelectors: true` adds the labels to `spec.podSelector`, as it does for a Deployment, so that the policy is for
#   the pods of this kustomization; peers, which are mostly other applications, are left alone.
# What happens: the labels go into the podSelector of each peer that has matchLabels: the peers no longer match. They do not go
#   into selectors without matchLabels: `podSelector: {}` stays every pod of the namespace, and peers by matchExpressions stay.
# Why it matters: `labels: [{pairs: {part-of: shop}, includeSelectors: true}]`, or commonLabels, closes what a policy opens for
#   other applications, and which of them depends on how their selectors are written.
# sigs.k8s.io/kustomize/api v0.21.1, as in kustomize 5.8, seen on 2026-11-29.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat > policy.yaml <<'END'
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: db}
spec:
  podSelector: {}
  ingress:
    - from:
        - podSelector: {matchLabels: {app: other}}
        - podSelector: {matchExpressions: [{key: app, operator: In, values: [other]}]}
END
cat > kustomization.yaml <<'END'
resources: [policy.yaml]
labels: [{pairs: {part-of: shop}, includeSelectors: true}]
END
cat > main.go <<'END'
package main

import (
	"fmt"

	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"
)

func main() {
	built, err := krusty.MakeKustomizer(krusty.MakeDefaultOptions()).Run(filesys.MakeFsOnDisk(), ".")
	if err != nil {
		panic(err)
	}
	text, err := built.AsYaml()
	if err != nil {
		panic(err)
	}
	fmt.Print(string(text))
}
END
go mod init probe 2> log.txt
go get sigs.k8s.io/kustomize/api@v0.21.1 sigs.k8s.io/kustomize/kyaml@v0.21.1 2>> log.txt || { cat log.txt; exit 1; }
go run -mod=mod . | sed -n '/^spec/,$p' > seen.txt
diff - seen.txt <<'SEEN'
spec:
  ingress:
  - from:
    - podSelector:
        matchLabels:
          app: other
          part-of: shop
    - podSelector:
        matchExpressions:
        - key: app
          operator: In
          values:
          - other
  podSelector: {}
SEEN
