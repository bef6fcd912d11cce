// Package flow answers, with Calico 3.28.5's own code, what Felix does with the first packet of a
// connection: its update processors and calculation graph say which policies, profiles and IP sets
// each endpoint gets. What is left is asked twice, of a matcher over these and of the iptables
// chains that Felix renders from them; the two must say the same.
package flow

import "encoding/json"

// World is a cluster at rest.
type World struct {
	Namespaces      []Labelled        `json:"namespaces"`
	ServiceAccounts []Labelled        `json:"serviceAccounts"`
	Pods            []Pod             `json:"pods"`
	Nodes           []Node            `json:"nodes"`
	Config          map[string]string `json:"config"`
	// Resources are manifests as their author wrote them, in any order.
	Resources []json.RawMessage `json:"resources"`
}

// Labelled is a namespace or a service account.
type Labelled struct {
	Namespace string            `json:"namespace"`
	Name      string            `json:"name"`
	Labels    map[string]string `json:"labels"`
}

type Pod struct {
	Namespace      string            `json:"namespace"`
	Name           string            `json:"name"`
	Labels         map[string]string `json:"labels"`
	IPs            []string          `json:"ips"`
	ServiceAccount string            `json:"serviceAccount"`
	Node           string            `json:"node"`
	Ports          []Port            `json:"ports"`
}

type Port struct {
	Name     string `json:"name"`
	Port     int32  `json:"port"`
	Protocol string `json:"protocol"`
}

type Node struct {
	Name       string      `json:"name"`
	Interfaces []Interface `json:"interfaces"`
}

type Interface struct {
	Name string   `json:"name"`
	IPs  []string `json:"ips"`
}

// loopback is on every node, whether the world says so or not.
var loopback = Interface{Name: "lo", IPs: []string{"127.0.0.1", "::1"}}

func (w *World) node(name string) *Node {
	for i := range w.Nodes {
		if w.Nodes[i].Name == name {
			return &w.Nodes[i]
		}
	}
	return nil
}

func (w *World) pod(key string) *Pod {
	for i := range w.Pods {
		if w.Pods[i].key() == key {
			return &w.Pods[i]
		}
	}
	return nil
}

func (p *Pod) key() string { return p.Namespace + "/" + p.Name }
