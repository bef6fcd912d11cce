#!/usr/bin/env bash
# Helm: `hook-failed` removes no rights of a hook that fails; `hook-succeeded` does, though nothing succeeded.
#
# Expected: with the delete policy `hook-failed` on a hook's ServiceAccount and binding, and on its Job, all three go when the Job fails.
# What happens: the policy is for the very object that failed. The account and the binding, hooks of lower weight, had succeeded:
#   they stay, and go only with `hook-succeeded`, which Helm obeys for them, since 3.19, when a later hook fails.
# Why it matters: charts give a hook an account with wide rights. With the policy that sounds right those rights outlive each
#   failed upgrade, with nobody to see them. `hook-succeeded,hook-failed` on all but the Job leaves none.
# helm.sh/helm/v3 v3.22.0, its own install action on a cluster that is written down only, seen on 2026-11-29.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat > main.go <<'END'
package main

import (
	"errors"
	"fmt"
	"io"
	"time"

	"helm.sh/helm/v3/pkg/action"
	"helm.sh/helm/v3/pkg/chart"
	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/kube"
	fake "helm.sh/helm/v3/pkg/kube/fake"
	"helm.sh/helm/v3/pkg/storage"
	"helm.sh/helm/v3/pkg/storage/driver"
	"k8s.io/cli-runtime/pkg/resource"
	"sigs.k8s.io/yaml"
)

// A cluster on which Jobs fail.
type cluster struct{ fake.PrintingKubeClient }

func (cluster) Build(manifest io.Reader, _ bool) (kube.ResourceList, error) {
	text, err := io.ReadAll(manifest)
	var object struct{ Kind string }
	if err != nil || yaml.Unmarshal(text, &object) != nil || object.Kind == "" {
		return nil, err
	}
	return kube.ResourceList{&resource.Info{Name: object.Kind}}, nil
}

func (cluster) WatchUntilReady(objects kube.ResourceList, _ time.Duration) error {
	if objects[0].Name == "Job" {
		return errors.New("the Job failed")
	}
	return nil
}

func (cluster) Delete(objects kube.ResourceList) (*kube.Result, []error) {
	fmt.Println(" ", objects[0].Name, "is deleted")
	return &kube.Result{}, nil
}

func main() {
	for _, policy := range []string{"hook-failed", "hook-succeeded"} {
		templates := []*chart.File{}
		for weight, kind := range []string{"ServiceAccount", "ClusterRoleBinding", "Job"} {
			templates = append(templates, &chart.File{Name: "templates/" + kind + ".yaml", Data: fmt.Appendf(nil,
				"apiVersion: v1\nkind: %s\nmetadata: {name: hook, annotations: {helm.sh/hook: pre-install, helm.sh/hook-weight: '%d', helm.sh/hook-delete-policy: %s}}\n",
				kind, weight, policy)})
		}
		install := action.NewInstall(&action.Configuration{
			Releases:     storage.Init(driver.NewMemory()),
			KubeClient:   &cluster{fake.PrintingKubeClient{Out: io.Discard}},
			Capabilities: chartutil.DefaultCapabilities,
			Log:          func(string, ...any) {},
		})
		install.ReleaseName, install.Namespace = "release", "shop"
		fmt.Println(policy)
		_, err := install.Run(&chart.Chart{
			Metadata:  &chart.Metadata{APIVersion: "v2", Name: "chart", Version: "1.0.0"},
			Templates: templates,
		}, nil)
		fmt.Println(" ", err)
	}
}
END
go mod init probe 2> log.txt && go get helm.sh/helm/v3@v3.22.0 2>> log.txt || { cat log.txt; exit 1; }
go run -mod=mod . > seen.txt
diff - seen.txt <<'SEEN'
hook-failed
  Job is deleted
  failed pre-install: the Job failed
hook-succeeded
  ServiceAccount is deleted
  ClusterRoleBinding is deleted
  failed pre-install: the Job failed
SEEN
