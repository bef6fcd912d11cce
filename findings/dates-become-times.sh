#!/usr/bin/env bash
# kustomize and client-node: a date without quotes becomes a time; in kustomize a label does, and an annotation does not.
#
# Expected: `release: 2024-01-01` stays the text that it is to kubectl, whose YAML library knows no dates; what is done to
#   a label is done to an annotation.
# What happens: kustomize writes "2024-01-01T00:00:00Z" for it in labels and in what it does not know, custom resources and the data
#   of ConfigMaps, and keeps the date in annotations. `loadYaml` of client-node makes a Date, and writes midnight with three digits.
#   A time with an offset keeps its text in kustomize, and loses its offset in client-node.
# Why it matters: a colon is not allowed in a label's value, so what kubectl applies is refused after `kustomize build`; elsewhere
#   the text is another one without a word.
# sigs.k8s.io/kustomize/api v0.21.1 and sigs.k8s.io/yaml v1.6.0 (Go), @kubernetes/client-node 1.4.0, seen on 2026-11-30.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
echo '{"private":true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts @kubernetes/client-node@1.4.0
cat > config.yaml <<'END'
apiVersion: v1
kind: ConfigMap
metadata:
  name: x
  labels: {release: 2024-01-01}
  annotations: {release: 2024-01-01}
data: {release: 2024-01-01, at: 2024-01-01T10:00:00+02:00}
END
echo 'resources: [config.yaml]' > kustomization.yaml
cat > probe.mjs <<'END'
import { readFileSync } from 'node:fs'
import { loadYaml } from '@kubernetes/client-node'

const { metadata, data } = JSON.parse(JSON.stringify(loadYaml(readFileSync('config.yaml', 'utf8'))))
const { labels, annotations } = metadata
console.log('client-node: label', labels.release, 'annotation', annotations.release, 'data', data.release, data.at)
END
cat > main.go <<'END'
package main

import (
	"fmt"
	"os"

	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"
	"sigs.k8s.io/yaml"
)

func show(who string, text []byte) {
	var config struct {
		Metadata struct{ Labels, Annotations map[string]any }
		Data     map[string]any
	}
	if err := yaml.Unmarshal(text, &config); err != nil {
		panic(err)
	}
	label, annotation := config.Metadata.Labels["release"], config.Metadata.Annotations["release"]
	fmt.Println(who+": label", label, "annotation", annotation, "data", config.Data["release"], config.Data["at"])
}

func main() {
	text, err := os.ReadFile("config.yaml")
	if err != nil {
		panic(err)
	}
	show("kubectl", text)
	built, err := krusty.MakeKustomizer(krusty.MakeDefaultOptions()).Run(filesys.MakeFsOnDisk(), ".")
	if err != nil {
		panic(err)
	}
	if text, err = built.AsYaml(); err != nil {
		panic(err)
	}
	show("kustomize", text)
}
END
go mod init probe 2> log.txt
go get sigs.k8s.io/kustomize/api@v0.21.1 sigs.k8s.io/kustomize/kyaml@v0.21.1 sigs.k8s.io/yaml@v1.6.0 2>> log.txt || { cat log.txt; exit 1; }
{ go run -mod=mod . && node probe.mjs; } > seen.txt
diff - seen.txt <<'SEEN'
kubectl: label 2024-01-01 annotation 2024-01-01 data 2024-01-01 2024-01-01T10:00:00+02:00
kustomize: label 2024-01-01T00:00:00Z annotation 2024-01-01 data 2024-01-01T00:00:00Z 2024-01-01T10:00:00+02:00
client-node: label 2024-01-01T00:00:00.000Z annotation 2024-01-01T00:00:00.000Z data 2024-01-01T00:00:00.000Z 2024-01-01T08:00:00.000Z
SEEN
