package flow

import (
	v3 "github.com/projectcalico/api/pkg/apis/projectcalico/v3"

	libv3 "github.com/projectcalico/calico/libcalico-go/lib/apis/v3"
	"github.com/projectcalico/calico/libcalico-go/lib/backend/api"
	"github.com/projectcalico/calico/libcalico-go/lib/backend/model"
	"github.com/projectcalico/calico/libcalico-go/lib/backend/syncersv1/updateprocessors"
	"github.com/projectcalico/calico/libcalico-go/lib/backend/watchersyncer"
	"github.com/projectcalico/calico/libcalico-go/lib/resources"
)

// updates is the world as Felix's syncer sends it: each object through the update processor of its
// kind (libcalico-go/lib/backend/syncersv1/felixsyncer), EndpointSlices as they are.
func updates(w *World) ([]api.Update, error) {
	objects, err := kubernetesObjects(w)
	if err != nil {
		return nil, err
	}
	objects = append(objects, resources.DefaultAllowProfile())
	for _, manifest := range w.Resources {
		object, err := stored(manifest)
		if err != nil {
			return nil, err
		}
		if object != nil {
			objects = append(objects, object)
		}
	}
	var all []api.Update
	processors := newProcessors()
	for _, object := range objects {
		processed := []*model.KVPair{object}
		if processor, found := processors[object.Key.(model.ResourceKey).Kind]; found {
			if processed, err = processor.Process(object); err != nil {
				return nil, err
			}
		}
		for _, kvp := range processed {
			all = append(all, api.Update{KVPair: *kvp, UpdateType: api.UpdateTypeKVNew})
		}
	}
	return all, nil
}

func newProcessors() map[string]watchersyncer.SyncerUpdateProcessor {
	return map[string]watchersyncer.SyncerUpdateProcessor{
		v3.KindProfile:             updateprocessors.NewProfileUpdateProcessor(),
		v3.KindNetworkPolicy:       updateprocessors.NewNetworkPolicyUpdateProcessor(),
		v3.KindGlobalNetworkPolicy: updateprocessors.NewGlobalNetworkPolicyUpdateProcessor(),
		v3.KindNetworkSet:          updateprocessors.NewNetworkSetUpdateProcessor(),
		v3.KindGlobalNetworkSet:    updateprocessors.NewGlobalNetworkSetUpdateProcessor(),
		v3.KindHostEndpoint:        updateprocessors.NewHostEndpointUpdateProcessor(),
		v3.KindFelixConfiguration:  updateprocessors.NewFelixConfigUpdateProcessor(),
		libv3.KindWorkloadEndpoint: updateprocessors.NewWorkloadEndpointUpdateProcessor(),
	}
}
