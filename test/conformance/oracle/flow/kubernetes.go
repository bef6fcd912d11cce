package flow

import (
	"maps"

	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/projectcalico/calico/libcalico-go/lib/backend/k8s/conversion"
	"github.com/projectcalico/calico/libcalico-go/lib/backend/model"
)

var converter = conversion.NewConverter()

// uid is what every object of a cluster has; which one plays no part.
const uid = "00000000-0000-0000-0000-000000000001"

// kubernetesObjects are the world's own, as Calico's Kubernetes datastore presents them: a
// namespace or service account is a Profile, a pod a WorkloadEndpoint.
func kubernetesObjects(w *World) ([]*model.KVPair, error) {
	var all []*model.KVPair
	add := func(kvps []*model.KVPair, err error) error {
		all = append(all, kvps...)
		return err
	}
	one := func(kvp *model.KVPair, err error) error { return add([]*model.KVPair{kvp}, err) }
	for _, n := range w.Namespaces {
		// The API server gives each namespace a label with its name.
		labels := map[string]string{core.LabelMetadataName: n.Name}
		maps.Copy(labels, n.Labels)
		namespace := &core.Namespace{ObjectMeta: meta.ObjectMeta{Name: n.Name, Labels: labels, UID: uid}}
		if err := one(converter.NamespaceToProfile(namespace)); err != nil {
			return nil, err
		}
	}
	for _, s := range w.ServiceAccounts {
		account := &core.ServiceAccount{
			ObjectMeta: meta.ObjectMeta{Name: s.Name, Namespace: s.Namespace, Labels: s.Labels, UID: uid},
		}
		if err := one(converter.ServiceAccountToProfile(account)); err != nil {
			return nil, err
		}
	}
	for i := range w.Pods {
		if err := add(converter.PodToWorkloadEndpoints(asKubernetesPod(&w.Pods[i]))); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func asKubernetesPod(p *Pod) *core.Pod {
	pod := &core.Pod{
		ObjectMeta: meta.ObjectMeta{Name: p.Name, Namespace: p.Namespace, Labels: p.Labels},
		Spec:       core.PodSpec{NodeName: p.nodeName(), ServiceAccountName: p.ServiceAccount},
	}
	for _, ip := range p.IPs {
		pod.Status.PodIPs = append(pod.Status.PodIPs, core.PodIP{IP: ip})
	}
	if len(p.IPs) > 0 {
		pod.Status.PodIP = p.IPs[0]
	}
	container := core.Container{Name: "main"}
	for _, port := range p.Ports {
		container.Ports = append(container.Ports, core.ContainerPort{
			Name:          port.Name,
			ContainerPort: port.Port,
			Protocol:      core.Protocol(port.Protocol),
		})
	}
	pod.Spec.Containers = []core.Container{container}
	return pod
}

// nodeName is where the pod runs: worlds without nodes have all their pods on one.
func (p *Pod) nodeName() string {
	if p.Node == "" {
		return "node"
	}
	return p.Node
}
