package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

type review struct {
	APIVersion string    `json:"apiVersion"`
	Kind       string    `json:"kind"`
	Request    *request  `json:"request,omitempty"`
	Response   *response `json:"response,omitempty"`
}

type request struct {
	UID      string `json:"uid"`
	Resource struct {
		Resource string `json:"resource"`
	} `json:"resource"`
	Operation string `json:"operation"`
	UserInfo  struct {
		Username string              `json:"username"`
		UID      string              `json:"uid"`
		Groups   []string            `json:"groups"`
		Extra    map[string][]string `json:"extra"`
	} `json:"userInfo"`
	Object    *object `json:"object"`
	OldObject *object `json:"oldObject"`
}

type response struct {
	UID     string `json:"uid"`
	Allowed bool   `json:"allowed"`
	Status  any    `json:"status,omitempty"`
}

func (c *cluster) admit(w http.ResponseWriter, r *http.Request) {
	var it review
	if err := json.NewDecoder(r.Body).Decode(&it); err != nil || it.Request == nil {
		http.Error(w, "no review", http.StatusBadRequest)
		return
	}
	answer := &response{UID: it.Request.UID, Allowed: true}
	if refusal := c.refusal(it.Request); refusal != "" {
		answer.Allowed = false
		answer.Status = map[string]string{"status": "Failure", "message": refusal, "reason": "Forbidden"}
	}
	_ = json.NewEncoder(w).Encode(review{APIVersion: it.APIVersion, Kind: it.Kind, Response: answer})
}

// Why the request is refused; empty where it is not.
func (c *cluster) refusal(r *request) string {
	policy := r.Object
	if policy == nil {
		policy = r.OldObject
	}
	tier := tierOf(policy)
	if why := c.forbidden(r, policy, tier); why != "" {
		return "Authorization failed: " + why
	}
	if r.Object == nil {
		return ""
	}
	var found object
	err := c.ask(http.MethodGet, group+"tiers/"+tier, nil, &found)
	switch {
	case err == errNotFound:
		return fmt.Sprintf("Tier %q does not exist", tier)
	case err != nil:
		return fmt.Sprintf("Failed to verify tier existence: %v", err)
	case found.Metadata.DeletionTimestamp != nil:
		return fmt.Sprintf("Tier %q is being deleted", tier)
	}
	if r.OldObject != nil && tierOf(r.OldObject) != tier {
		if why := c.forbidden(r, policy, tierOf(r.OldObject)); why != "" {
			return "Authorization failed for old tier: " + why
		}
	}
	return ""
}

// Who may get the tier, and has the verb on tier.<resource>, for the policy's own name or for <tier>.*, is let through.
func (c *cluster) forbidden(r *request, policy *object, tier string) string {
	resource, verb := r.Resource.Resource, strings.ToLower(r.Operation)
	namespace, name := policy.Metadata.Namespace, policy.Metadata.Name
	seesTier := c.may(r, "get", "tiers", "", tier)
	if seesTier && (c.may(r, verb, "tier."+resource, namespace, name) || c.may(r, verb, "tier."+resource, namespace, tier+".*")) {
		return ""
	}
	full := resource + ".projectcalico.org"
	why := fmt.Sprintf("%s %q is forbidden: User %q cannot %s %s in tier %q", full, name, r.UserInfo.Username, verb, full, tier)
	if namespace != "" {
		why += fmt.Sprintf(" and namespace %q", namespace)
	}
	if !seesTier {
		why += " (user cannot get tier)"
	}
	return why
}

func (c *cluster) may(r *request, verb, resource, namespace, name string) bool {
	asked := map[string]any{
		"apiVersion": "authorization.k8s.io/v1",
		"kind":       "SubjectAccessReview",
		"spec": map[string]any{
			"user": r.UserInfo.Username, "uid": r.UserInfo.UID, "groups": r.UserInfo.Groups, "extra": r.UserInfo.Extra,
			"resourceAttributes": map[string]string{
				"verb": verb, "group": "projectcalico.org", "version": "v3",
				"resource": resource, "namespace": namespace, "name": name,
			},
		},
	}
	var answer struct {
		Status struct {
			Allowed bool `json:"allowed"`
		} `json:"status"`
	}
	path := "/apis/authorization.k8s.io/v1/subjectaccessreviews"
	return c.ask(http.MethodPost, path, asked, &answer) == nil && answer.Status.Allowed
}
