#!/usr/bin/env bash
# Calico: a selector is one line; a line break is no space to it, and a space is not allowed everywhere either.
#
# Expected: white space between tokens does not matter, line breaks among it, as in any expression language.
# What happens: spaces and tabs are skipped, line breaks are "unexpected characters", at the end as well; and `has (a)` is no
#   `has(a)` but the label `has` without its operator. On the other hand `in {'a',}` and `in {}` are taken, and a label may be
#   called `in`, `not` or `-`.
# Why it matters: a long selector in a YAML block (`selector: |` or `>`) ends with a line break and is refused, though it looks
#   right; `>-` is the form that works. Whoever prints selectors may not wrap them.
# Calico 3.28.5, its own parser of selectors, seen on 2026-11-29.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat > main.go <<'END'
package main

import (
	"fmt"

	"github.com/projectcalico/calico/libcalico-go/lib/selector"
	"sigs.k8s.io/yaml"
)

func main() {
	texts := []string{"a == 'b'\t&&  has(c)", "a == 'b'\n&& has(c)", "has (c)", "a in {'b',}", "a in {}", "in in {'b'}", "- == 'b'"}
	for _, style := range []string{"|", ">", ">-"} {
		var policy struct{ Selector string }
		if err := yaml.Unmarshal([]byte("selector: "+style+"\n  a == 'b' &&\n  has(c)\n"), &policy); err != nil {
			panic(err)
		}
		texts = append(texts, policy.Selector)
	}
	for _, text := range texts {
		parsed, err := selector.Parse(text)
		if err != nil {
			fmt.Printf("%q is refused\n", text)
			continue
		}
		fmt.Printf("%q is %s\n", text, parsed)
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
"a == 'b'\t&&  has(c)" is (a == "b" && has(c))
"a == 'b'\n&& has(c)" is refused
"has (c)" is refused
"a in {'b',}" is a in {"b"}
"a in {}" is a in {}
"in in {'b'}" is in in {"b"}
"- == 'b'" is - == "b"
"a == 'b' &&\nhas(c)\n" is refused
"a == 'b' && has(c)\n" is refused
"a == 'b' && has(c)" is (a == "b" && has(c))
SEEN
