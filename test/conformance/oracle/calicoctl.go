package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"

	"k8s.io/apimachinery/pkg/runtime"

	"github.com/projectcalico/calico/calicoctl/calicoctl/commands/common"
	"github.com/projectcalico/calico/calicoctl/calicoctl/resourcemgr"
)

var (
	cluster   = &apiServer{}
	workspace string
)

const config = `apiVersion: projectcalico.org/v3
kind: CalicoAPIConfig
spec:
  datastoreType: kubernetes
  k8sAPIEndpoint: http://oracle
  k8sClientQPS: -1
`

// openWorkspace makes the folder from which calicoctl reads its configuration and the manifests,
// and puts the stand-in API server where its Kubernetes client looks for a transport.
func openWorkspace() (func(), error) {
	http.DefaultTransport = cluster
	definitions, err := loadDefinitions(os.Getenv("CALICO_DEFINITIONS"))
	if err != nil {
		return nil, err
	}
	cluster.definitions = definitions
	folder, err := os.MkdirTemp("", "oracle-")
	if err != nil {
		return nil, err
	}
	workspace = folder
	return func() { os.RemoveAll(folder) }, os.WriteFile(inWorkspace("calicoctl.cfg"), []byte(config), 0o600)
}

func inWorkspace(name string) string { return filepath.Join(workspace, name) }

func manifest(doc string) string {
	file := inWorkspace("manifest")
	if err := os.WriteFile(file, []byte(doc), 0o600); err != nil {
		panic(err)
	}
	return file
}

// create is `calicoctl create -f`, up to what the API server would be asked to keep.
func create(r request) answer {
	cluster.reset()
	results := common.ExecuteConfigCommand(map[string]any{
		"--config":                 inWorkspace("calicoctl.cfg"),
		"--allow-version-mismatch": true,
		"--filename":               manifest(r.Doc),
	}, common.ActionCreate)
	switch {
	case results.FileInvalid:
		return refused("parse", results.Err)
	case results.Err != nil:
		return refused("input", results.Err)
	case len(results.ResErrs) > 0:
		return refused("resource", errors.Join(results.ResErrs...))
	}
	verdict := accepted("canonical", results.Resources, "uid", "resourceVersion", "creationTimestamp")
	if refusal := errors.Join(cluster.refusals...); refusal != nil {
		verdict["live"], verdict["liveError"] = false, refusal.Error()
	}
	return verdict
}

// decode is how calicoctl reads a file, before any check.
func decode(r request) answer {
	resources, err := resourcemgr.CreateResourcesFromFile(manifest(r.Doc))
	if err != nil {
		return refused("parse", err)
	}
	return accepted("resources", resources, "creationTimestamp")
}

// accepted leaves out of the metadata what only a cluster can know.
func accepted(field string, resources []runtime.Object, clusterOwned ...string) answer {
	plain := make([]any, len(resources))
	for i, resource := range resources {
		object, err := asManifest(resource, clusterOwned)
		if err != nil {
			return refused("print", fmt.Errorf("cannot print: %w", err))
		}
		plain[i] = object
	}
	return answer{"ok": true, field: plain}
}

func asManifest(resource runtime.Object, without []string) (map[string]any, error) {
	text, err := json.Marshal(resource)
	if err != nil {
		return nil, err
	}
	object := map[string]any{}
	if err := json.Unmarshal(text, &object); err != nil {
		return nil, err
	}
	if metadata, ok := object["metadata"].(map[string]any); ok {
		for _, field := range without {
			delete(metadata, field)
		}
	}
	return object, nil
}
