package flow

import (
	"fmt"

	"github.com/projectcalico/calico/felix/calc"
	"github.com/projectcalico/calico/felix/config"
	"github.com/projectcalico/calico/felix/proto"
	"github.com/projectcalico/calico/libcalico-go/lib/backend/api"
)

// felix is what the calculation graph tells the dataplane of one node.
type felix struct {
	config   *config.Config
	policies map[string]*proto.Policy
	profiles map[string]*proto.Profile
	sets     map[string]*ipSet
	// workloads by namespace and name of the pod.
	workloads map[string]*proto.WorkloadEndpoint
	hosts     map[string]*proto.HostEndpoint
}

func newFelix(node string, params map[string]string, all []api.Update) (*felix, error) {
	f := &felix{
		config:    config.New(),
		policies:  map[string]*proto.Policy{},
		profiles:  map[string]*proto.Profile{},
		sets:      map[string]*ipSet{},
		workloads: map[string]*proto.WorkloadEndpoint{},
		hosts:     map[string]*proto.HostEndpoint{},
	}
	local := map[string]string{"FelixHostname": node}
	for name, value := range params {
		local[name] = value
	}
	if _, err := f.config.UpdateFrom(local, config.EnvironmentVariable); err != nil {
		return nil, fmt.Errorf("config: %w", err)
	}
	sequencer := calc.NewEventSequencer(f.config)
	sequencer.Callback = f.onEvent
	graph := calc.NewCalculationGraph(sequencer, f.config, func() {})
	filter := calc.NewValidationFilter(graph, f.config)
	filter.OnStatusUpdated(api.ResyncInProgress)
	filter.OnUpdates(all)
	filter.OnStatusUpdated(api.InSync)
	graph.Flush()
	sequencer.Flush()
	return f, nil
}

func (f *felix) onEvent(event any) {
	switch e := event.(type) {
	case *proto.ActivePolicyUpdate:
		f.policies[e.Id.Name] = e.Policy
	case *proto.ActiveProfileUpdate:
		f.profiles[e.Id.Name] = e.Profile
	case *proto.IPSetUpdate:
		f.sets[e.Id] = newIPSet(e)
	case *proto.WorkloadEndpointUpdate:
		f.workloads[e.Id.WorkloadId] = e.Endpoint
	case *proto.HostEndpointUpdate:
		f.hosts[e.Id.EndpointId] = e.Endpoint
	}
}
