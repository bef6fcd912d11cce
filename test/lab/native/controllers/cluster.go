package main

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"time"
)

const group = "/apis/projectcalico.org/v3/"

var errNotFound = errors.New("not found")

type cluster struct {
	server, token string
	client        *http.Client
}

type object struct {
	Metadata struct {
		Name              string     `json:"name"`
		Namespace         string     `json:"namespace"`
		ResourceVersion   string     `json:"resourceVersion"`
		CreationTimestamp time.Time  `json:"creationTimestamp"`
		DeletionTimestamp *time.Time `json:"deletionTimestamp"`
		Finalizers        []string   `json:"finalizers"`
	} `json:"metadata"`
	Spec struct {
		Tier     string `json:"tier"`
		CIDR     string `json:"cidr"`
		Disabled bool   `json:"disabled"`
	} `json:"spec"`
	Status struct {
		Conditions []condition `json:"conditions"`
	} `json:"status"`
}

type condition struct {
	Type               string    `json:"type"`
	Status             string    `json:"status"`
	Reason             string    `json:"reason"`
	Message            string    `json:"message"`
	LastTransitionTime time.Time `json:"lastTransitionTime"`
}

func connect(kubeconfig string) (*cluster, error) {
	text, err := os.ReadFile(kubeconfig)
	if err != nil {
		return nil, err
	}
	var config struct {
		Clusters []struct {
			Cluster struct {
				Server string `json:"server"`
				CA     []byte `json:"certificate-authority-data"`
			} `json:"cluster"`
		} `json:"clusters"`
		Users []struct {
			User struct {
				Token string `json:"token"`
			} `json:"user"`
		} `json:"users"`
	}
	if err := json.Unmarshal(text, &config); err != nil {
		return nil, err
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(config.Clusters[0].Cluster.CA)
	client := &http.Client{
		Timeout:   5 * time.Second,
		Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}},
	}
	return &cluster{config.Clusters[0].Cluster.Server, config.Users[0].User.Token, client}, nil
}

func (c *cluster) ask(method, path string, body, answer any) error {
	text, err := json.Marshal(body)
	if err != nil {
		return err
	}
	request, err := http.NewRequest(method, c.server+path, bytes.NewReader(text))
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bearer "+c.token)
	request.Header.Set("Content-Type", "application/json")
	if method == http.MethodPatch {
		request.Header.Set("Content-Type", "application/merge-patch+json")
	}
	reply, err := c.client.Do(request)
	if err != nil {
		return err
	}
	defer reply.Body.Close()
	if reply.StatusCode == http.StatusNotFound {
		return errNotFound
	}
	if reply.StatusCode >= 300 {
		return fmt.Errorf("%s %s: %s", method, path, reply.Status)
	}
	return json.NewDecoder(reply.Body).Decode(answer)
}

func (c *cluster) list(plural string) ([]object, error) {
	var list struct {
		Items []object `json:"items"`
	}
	err := c.ask(http.MethodGet, group+plural, nil, &list)
	return list.Items, err
}

// Writes the fields unless somebody has changed the object since it was read, as an update does.
func (c *cluster) patch(path string, it *object, fields map[string]any) error {
	metadata, _ := fields["metadata"].(map[string]any)
	if metadata == nil {
		metadata = map[string]any{}
	}
	metadata["resourceVersion"] = it.Metadata.ResourceVersion
	fields["metadata"] = metadata
	var answer object
	if err := c.ask(http.MethodPatch, group+path, fields, &answer); err != nil {
		return err
	}
	*it = answer
	return nil
}

func (c *cluster) setFinalizers(path string, it *object, finalizers []string) error {
	return c.patch(path, it, map[string]any{"metadata": map[string]any{"finalizers": finalizers}})
}

// Whether it has the condition, but for the time.
func has(it *object, wanted condition) bool {
	for _, there := range it.Status.Conditions {
		there.LastTransitionTime = wanted.LastTransitionTime
		if there == wanted {
			return true
		}
	}
	return false
}

func (c *cluster) setCondition(path string, it *object, wanted condition) error {
	if has(it, wanted) {
		return nil
	}
	wanted.LastTransitionTime = time.Now().UTC().Truncate(time.Second)
	status := map[string]any{"conditions": []condition{wanted}}
	return c.patch(path+"/status", it, map[string]any{"status": status})
}
