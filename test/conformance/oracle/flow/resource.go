package flow

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	v3 "github.com/projectcalico/api/pkg/apis/projectcalico/v3"
	discovery "k8s.io/api/discovery/v1"
	networking "k8s.io/api/networking/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/projectcalico/calico/libcalico-go/lib/backend/model"
	validator "github.com/projectcalico/calico/libcalico-go/lib/validator/v3"
)

const (
	kubernetesPolicies = "networking.k8s.io/v1"
	endpointSlices     = "discovery.k8s.io/v1"
)

type header struct {
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
}

// stored is what the datastore holds of a manifest, under the name that it holds it by; nothing
// where Felix does not watch the kind.
func stored(manifest json.RawMessage) (*model.KVPair, error) {
	var h header
	if err := json.Unmarshal(manifest, &h); err != nil {
		return nil, err
	}
	switch {
	case h.APIVersion == kubernetesPolicies && h.Kind == "NetworkPolicy":
		return storedKubernetesPolicy(manifest)
	case h.APIVersion == endpointSlices && h.Kind == "EndpointSlice":
		slice := &discovery.EndpointSlice{}
		if err := decode(manifest, slice); err != nil {
			return nil, err
		}
		return converter.EndpointSliceToKVP(slice)
	case h.APIVersion != "" && h.APIVersion != v3.GroupVersionCurrent:
		return nil, fmt.Errorf("%s %s is no part of a world", h.APIVersion, h.Kind)
	case strings.HasPrefix(h.Kind, "Staged"):
		return nil, nil
	}
	return storedCalico(h.Kind, manifest)
}

func storedKubernetesPolicy(manifest json.RawMessage) (*model.KVPair, error) {
	policy := &networking.NetworkPolicy{}
	if err := decode(manifest, policy); err != nil {
		return nil, err
	}
	// As the API server fills it in: k8s.io/kubernetes/pkg/apis/networking/v1/defaults.go.
	if len(policy.Spec.PolicyTypes) == 0 {
		policy.Spec.PolicyTypes = []networking.PolicyType{networking.PolicyTypeIngress}
		if len(policy.Spec.Egress) > 0 {
			policy.Spec.PolicyTypes = append(policy.Spec.PolicyTypes, networking.PolicyTypeEgress)
		}
	}
	return converter.K8sNetworkPolicyToCalico(policy)
}

func storedCalico(kind string, manifest json.RawMessage) (*model.KVPair, error) {
	make, known := calicoKinds[kind]
	if !known {
		return nil, fmt.Errorf("%s is no part of a world", kind)
	}
	object := make()
	if err := decode(manifest, object); err != nil {
		return nil, err
	}
	switch policy := object.(type) {
	case *v3.NetworkPolicy:
		fillInTypes(&policy.Spec.Types, policy.Spec.Ingress, policy.Spec.Egress)
	case *v3.GlobalNetworkPolicy:
		fillInTypes(&policy.Spec.Types, policy.Spec.Ingress, policy.Spec.Egress)
	}
	if err := validator.Validate(object); err != nil {
		return nil, fmt.Errorf("%s %s: %w", kind, object.GetName(), err)
	}
	name := object.GetName()
	if strings.HasSuffix(kind, "NetworkPolicy") {
		name = storedName(name)
	}
	key := model.ResourceKey{Kind: kind, Namespace: object.GetNamespace(), Name: name}
	return &model.KVPair{Key: key, Value: object}, nil
}

var calicoKinds = map[string]func() meta.Object{
	v3.KindNetworkPolicy:       func() meta.Object { return v3.NewNetworkPolicy() },
	v3.KindGlobalNetworkPolicy: func() meta.Object { return v3.NewGlobalNetworkPolicy() },
	v3.KindNetworkSet:          func() meta.Object { return v3.NewNetworkSet() },
	v3.KindGlobalNetworkSet:    func() meta.Object { return v3.NewGlobalNetworkSet() },
	v3.KindHostEndpoint:        func() meta.Object { return v3.NewHostEndpoint() },
	v3.KindFelixConfiguration:  func() meta.Object { return v3.NewFelixConfiguration() },
}

// fillInTypes is what every client of Calico does on the way in, and keeps to itself:
// libcalico-go/lib/clientv3/globalnetworkpolicy.go, defaultPolicyTypesField.
func fillInTypes(types *[]v3.PolicyType, ingress, egress []v3.Rule) {
	if len(*types) > 0 {
		return
	}
	if len(ingress) > 0 || len(egress) == 0 {
		*types = append(*types, v3.PolicyTypeIngress)
	}
	if len(egress) > 0 {
		*types = append(*types, v3.PolicyTypeEgress)
	}
}

// storedName is convertPolicyNameForStorage of the same file.
func storedName(name string) string {
	if strings.HasPrefix(name, "knp.") || strings.HasPrefix(name, "ossg.") {
		return name
	}
	return "default." + name
}

func decode(manifest json.RawMessage, into any) error {
	strict := json.NewDecoder(bytes.NewReader(manifest))
	strict.DisallowUnknownFields()
	return strict.Decode(into)
}
