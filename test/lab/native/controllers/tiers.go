package main

import (
	"fmt"
	"slices"
	"strings"
)

const tierFinalizer = "projectcalico.org/tier-controller"

var tiered = []struct{ plural, kind string }{
	{"globalnetworkpolicies", "GlobalNetworkPolic"},
	{"networkpolicies", "NetworkPolic"},
	{"stagedglobalnetworkpolicies", "StagedGlobalNetworkPolic"},
	{"stagednetworkpolicies", "StagedNetworkPolic"},
}

// A tier stays while it has policies, and says how many of each kind.
func (c *cluster) reconcileTiers() error {
	tiers, err := c.list("tiers")
	if err != nil {
		return err
	}
	for i := range tiers {
		if err := c.reconcileTier(&tiers[i]); err != nil {
			return err
		}
	}
	return nil
}

func (c *cluster) reconcileTier(tier *object) error {
	path := "tiers/" + tier.Metadata.Name
	kept := slices.Contains(tier.Metadata.Finalizers, tierFinalizer)
	if tier.Metadata.DeletionTimestamp == nil {
		if kept {
			return nil
		}
		return c.setFinalizers(path, tier, append(tier.Metadata.Finalizers, tierFinalizer))
	}
	if !kept {
		return nil
	}
	left, err := c.policiesIn(tier.Metadata.Name)
	if err != nil {
		return err
	}
	if len(left) > 0 {
		message := "Waiting for policies to be removed: " + strings.Join(left, ", ")
		return c.setCondition(path, tier, condition{Type: "Ready", Status: "False", Reason: "Terminating", Message: message})
	}
	return c.setFinalizers(path, tier, without(tier.Metadata.Finalizers, tierFinalizer))
}

func (c *cluster) policiesIn(tier string) ([]string, error) {
	var told []string
	for _, of := range tiered {
		policies, err := c.list(of.plural)
		if err != nil {
			return nil, err
		}
		count := 0
		for _, policy := range policies {
			if tierOf(&policy) == tier {
				count++
			}
		}
		switch {
		case count == 1:
			told = append(told, "1 "+of.kind+"y")
		case count > 1:
			told = append(told, fmt.Sprintf("%d %sies", count, of.kind))
		}
	}
	return told, nil
}

func tierOf(policy *object) string {
	if policy.Spec.Tier == "" {
		return "default"
	}
	return policy.Spec.Tier
}

func without(all []string, one string) []string {
	return slices.DeleteFunc(slices.Clone(all), func(it string) bool { return it == one })
}
