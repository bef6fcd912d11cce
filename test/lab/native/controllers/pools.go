package main

import (
	"cmp"
	"net/netip"
	"slices"
)

const poolFinalizer = "projectcalico.org/ippool-finalizer"

func allocatable(status, reason, message string) condition {
	return condition{Type: "Allocatable", Status: status, Reason: reason, Message: message}
}

var (
	allocating  = allocatable("True", "OK", "IPPool is available for IP allocation.")
	disabled    = allocatable("False", "PoolDisabled", "IPPool.Spec.Disabled is true")
	terminating = allocatable("False", "Terminating", "IPPool is being deleted")
	overlapping = allocatable("False", "CIDROverlap", "CIDR overlaps another pool; disabled to prevent IP allocation conflicts.")
)

// Each pool is told whether addresses come from it, and those from which they do stay until their addresses are released:
// at once here, where nobody takes any.
func (c *cluster) reconcilePools() error {
	pools, err := c.list("ippools")
	if err != nil {
		return err
	}
	slices.SortStableFunc(pools, byAge)
	var taken []netip.Prefix
	for i := range pools {
		pool := &pools[i]
		cidr, err := netip.ParsePrefix(pool.Spec.CIDR)
		if err != nil {
			continue
		}
		state := stateOf(pool, cidr, taken)
		if state == allocating || state == terminating {
			taken = append(taken, cidr)
		}
		path := "ippools/" + pool.Metadata.Name
		if err := c.setCondition(path, pool, state); err != nil {
			return err
		}
		if err := c.finalizePool(path, pool, state); err != nil {
			return err
		}
	}
	return nil
}

// Those that allocate come first, so that a new one does not take over from them.
func byAge(a, b object) int {
	rank := func(pool object) int {
		switch {
		case pool.Metadata.DeletionTimestamp != nil:
			return 1
		case has(&pool, allocating):
			return 0
		case len(pool.Status.Conditions) > 0:
			return 2
		default:
			return 3
		}
	}
	return cmp.Or(
		cmp.Compare(rank(a), rank(b)),
		a.Metadata.CreationTimestamp.Compare(b.Metadata.CreationTimestamp),
		cmp.Compare(a.Metadata.Name, b.Metadata.Name),
	)
}

func stateOf(pool *object, cidr netip.Prefix, taken []netip.Prefix) condition {
	switch {
	case pool.Spec.Disabled:
		return disabled
	case pool.Metadata.DeletionTimestamp != nil:
		return terminating
	case slices.ContainsFunc(taken, cidr.Overlaps):
		return overlapping
	default:
		return allocating
	}
}

func (c *cluster) finalizePool(path string, pool *object, state condition) error {
	wanted := state == allocating
	if wanted == slices.Contains(pool.Metadata.Finalizers, poolFinalizer) {
		return nil
	}
	if wanted {
		return c.setFinalizers(path, pool, append(pool.Metadata.Finalizers, poolFinalizer))
	}
	return c.setFinalizers(path, pool, without(pool.Metadata.Finalizers, poolFinalizer))
}
