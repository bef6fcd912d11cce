// What Flux's kustomize-controller does with manifests, by its own library: applies them in stages, waits for them, and
// deletes what it had applied before and is no longer given.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"github.com/fluxcd/cli-utils/pkg/kstatus/polling"
	"github.com/fluxcd/cli-utils/pkg/object"
	"github.com/fluxcd/pkg/ssa"
	"github.com/fluxcd/pkg/ssa/utils"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/client/apiutil"
)

const wait = 60 * time.Second

func managerFor(kubeconfig string) (*ssa.ResourceManager, error) {
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return nil, err
	}
	http, err := rest.HTTPClientFor(config)
	if err != nil {
		return nil, err
	}
	mapper, err := apiutil.NewDynamicRESTMapper(config, http)
	if err != nil {
		return nil, err
	}
	kube, err := client.New(config, client.Options{Mapper: mapper})
	if err != nil {
		return nil, err
	}
	poller := polling.NewStatusPoller(kube, mapper, polling.Options{})
	owner := ssa.Owner{Field: "kustomize-controller", Group: "kustomize.toolkit.fluxcd.io"}
	return ssa.NewResourceManager(kube, poller, owner), nil
}

func read(file string) ([]*unstructured.Unstructured, error) {
	if file == "-" {
		return nil, nil
	}
	text, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer text.Close()
	return utils.ReadObjects(text)
}

// What was applied before and is not applied any more.
func stale(before, after []*unstructured.Unstructured) []*unstructured.Unstructured {
	kept := map[object.ObjMetadata]bool{}
	for _, one := range after {
		kept[object.UnstructuredToObjMetadata(one)] = true
	}
	gone := []*unstructured.Unstructured{}
	for _, one := range before {
		if !kept[object.UnstructuredToObjMetadata(one)] {
			gone = append(gone, one)
		}
	}
	return gone
}

// run: KUBECONFIG NAME NAMESPACE FORMER NEW; a file that is `-` is empty. Prints what was done to each object.
func run(kubeconfig, name, namespace, former, wanted string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 3*wait)
	defer cancel()
	manager, err := managerFor(kubeconfig)
	if err != nil {
		return err
	}
	before, err := read(former)
	if err != nil {
		return err
	}
	after, err := read(wanted)
	if err != nil {
		return err
	}
	done := map[string]string{}
	add := func(set *ssa.ChangeSet) {
		for _, entry := range set.Entries {
			done[entry.Subject] = string(entry.Action)
		}
	}
	manager.SetOwnerLabels(after, name, namespace)
	if len(after) > 0 {
		set, err := manager.ApplyAllStaged(ctx, after, ssa.DefaultApplyOptions())
		if err != nil {
			return err
		}
		add(set)
		if err := manager.WaitForSet(set.ToObjMetadataSet(), ssa.WaitOptions{Interval: time.Second, Timeout: wait}); err != nil {
			return err
		}
	}
	options := ssa.DefaultDeleteOptions()
	options.Inclusions = manager.GetOwnerLabels(name, namespace)
	set, err := manager.DeleteAll(ctx, stale(before, after), options)
	if err != nil {
		return err
	}
	add(set)
	if err := manager.WaitForSetTermination(set, ssa.WaitOptions{Interval: time.Second, Timeout: wait}); err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(done)
}

func main() {
	if len(os.Args) != 6 {
		fmt.Fprintln(os.Stderr, "flux KUBECONFIG NAME NAMESPACE FORMER NEW")
		os.Exit(64)
	}
	if err := run(os.Args[1], os.Args[2], os.Args[3], os.Args[4], os.Args[5]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
