#!/usr/bin/env bash
# @kubernetes/client-node: of several files in KUBECONFIG the last one names the current context; to kubectl it is the first.
#
# Expected: what kubectl does with `KUBECONFIG=prod:test`: the first file that has a value wins, a name that is there
#   twice keeps its first meaning, and a file that does not exist is skipped.
# What happens: the current context is that of the last file that names one. A cluster that two files have is an error, as is a
#   file that is missing.
# Why it matters: a tool that is built on this client applies to another cluster than `kubectl config current-context` names in
#   the same shell, and says nothing. A context that is set by hand holds in both.
# @kubernetes/client-node 1.4.0, k8s.io/client-go v0.34.2, seen on 2026-11-30.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
echo '{"private":true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts @kubernetes/client-node@1.4.0
for name in prod test; do
  cat > $name.yaml <<END
apiVersion: v1
kind: Config
current-context: $name
clusters: [{name: $name, cluster: {server: 'https://$name.example'}}]
users: [{name: $name, user: {token: none}}]
contexts: [{name: $name, context: {cluster: $name, user: $name}}]
END
done

cat > probe.mjs <<'END'
import { KubeConfig } from '@kubernetes/client-node'

const config = new KubeConfig()
try {
  config.loadFromDefault()
  console.log('client-node:', config.currentContext, config.getCurrentCluster().server)
} catch (error) {
  console.log('client-node:', error.code ?? error.message)
}
END
cat > main.go <<'END'
package main

import (
	"fmt"

	"k8s.io/client-go/tools/clientcmd"
)

func main() {
	config, err := clientcmd.NewDefaultClientConfigLoadingRules().Load()
	if err != nil {
		panic(err)
	}
	name := config.CurrentContext
	fmt.Println("client-go:", name, config.Clusters[config.Contexts[name].Cluster].Server)
}
END
go mod init probe 2> log.txt && go get k8s.io/client-go@v0.34.2 2>> log.txt || { cat log.txt; exit 1; }
go build -mod=mod -o probe . 2>> log.txt || { cat log.txt; exit 1; }
for files in prod.yaml:test.yaml test.yaml:prod.yaml prod.yaml:prod.yaml none.yaml:prod.yaml; do
  echo "$files"
  KUBECONFIG=$files node probe.mjs
  KUBECONFIG=$files ./probe 2> /dev/null
done > seen.txt
diff - seen.txt <<'SEEN'
prod.yaml:test.yaml
client-node: test https://test.example
client-go: prod https://prod.example
test.yaml:prod.yaml
client-node: prod https://prod.example
client-go: test https://test.example
prod.yaml:prod.yaml
client-node: Duplicate cluster: prod
client-go: prod https://prod.example
none.yaml:prod.yaml
client-node: ENOENT
client-go: prod https://prod.example
SEEN
