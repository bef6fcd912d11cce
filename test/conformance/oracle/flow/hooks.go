package flow

// walkTiers takes a packet through a node's hooks: raw, mangle and filter, each endpoint asked where
// Felix's static chains ask it (felix/rules/static.go). This is our own reading of them.
func (h *host) walkTiers(way hop, p *packet, t *trace) {
	switch {
	case way.in == "":
		h.output(way, p, t)
	case way.out == "":
		already := h.prerouting(way, p, t)
		if !t.dropped {
			h.input(way, p, t, already)
		}
	default:
		already := h.prerouting(way, p, t)
		if !t.dropped {
			h.forward(way, p, t, already)
		}
	}
}

// prerouting tells whether a doNotTrack or a preDNAT policy has let the packet through already.
func (h *host) prerouting(way hop, p *packet, t *trace) bool {
	if !isWorkload(way.in) {
		if e := h.untracked(way.in); e != nil {
			raw := chain{place: "ri", ingress: true, tiers: e.UntrackedTiers}
			if h.unlessFailsafe(raw, p, t) == accepted {
				return true
			}
		}
	}
	if e := h.preDNAT(way.in); e != nil && !t.dropped {
		return h.guarded(chain{place: "mi", ingress: true, tiers: e.PreDnatTiers}, p, t) == accepted
	}
	return false
}

// guarded asks the failsafe ports first. In mangle they leave the rest to filter.
func (h *host) guarded(c chain, p *packet, t *trace) outcome {
	if h.failsafe(c.ingress, p) {
		t.add(c.place, "failsafe", allowed)
		return undecided
	}
	return h.ask(c, p, t)
}

// unlessFailsafe asks doNotTrack policies, but not about failsafe ports and replies from such: these
// go on to the other tables, and nothing is decided here.
func (h *host) unlessFailsafe(c chain, p *packet, t *trace) outcome {
	if h.failsafe(c.ingress, p) || h.failsafeReply(c.ingress, p) {
		return undecided
	}
	return h.ask(c, p, t)
}

func (h *host) input(way hop, p *packet, t *trace, already bool) {
	if isWorkload(way.in) {
		h.fromPodToHost(way, p, t)
		return
	}
	if e := h.endpoint(way.in); e != nil && !already {
		normal := chain{place: "hi", ingress: true, tiers: e.Tiers, profiles: e.ProfileIds, final: true}
		h.guarded(normal, p, t)
	}
}

func (h *host) fromPodToHost(way hop, p *packet, t *trace) {
	if p.family == 6 && p.protocol == icmpV6 && routerTypes[p.icmpType] {
		return
	}
	if h.fromPod(way.in, p, t); t.dropped {
		return
	}
	const place = "DefaultEndpointToHostAction"
	switch h.config.DefaultEndpointToHostAction {
	case "ACCEPT":
		t.add("th", place, allowed)
	case "RETURN":
		t.add("th", place, returned)
	default:
		t.add("th", place, denied)
	}
}

// routerTypes of ICMPv6 a pod always may send to its node, for it to be a router.
var routerTypes = map[int]bool{130: true, 131: true, 132: true, 133: true, 135: true, 136: true}

func (h *host) forward(way hop, p *packet, t *trace, already bool) {
	from, to := h.endpoint(way.in), h.endpoint(way.out)
	if from != nil && !already {
		h.ask(chain{place: "fi", ingress: true, tiers: from.ForwardTiers, final: true, forward: true}, p, t)
	}
	if isWorkload(way.in) && !t.dropped {
		h.fromPod(way.in, p, t)
	}
	if isWorkload(way.out) && !t.dropped {
		pod := h.pods[way.out]
		h.ask(chain{place: "i", ingress: true, tiers: pod.Tiers, profiles: pod.ProfileIds, final: true}, p, t)
	}
	if to != nil && !t.dropped {
		h.ask(chain{place: "fe", tiers: to.ForwardTiers, final: true, forward: true}, p, t)
	}
}

const (
	ipip = 4
	udp  = 17
)

// fromPod also keeps a pod from sending what only tunnels between nodes do.
func (h *host) fromPod(iface string, p *packet, t *trace) {
	vxlan := p.protocol == udp && p.dstPort == h.config.VXLANPort
	if vxlan && !h.config.AllowVXLANPacketsFromWorkloads ||
		p.protocol == ipip && !h.config.AllowIPIPPacketsFromWorkloads {
		t.add("e", "encapsulated", denied)
		return
	}
	pod := h.pods[iface]
	h.ask(chain{place: "e", tiers: pod.Tiers, profiles: pod.ProfileIds, final: true}, p, t)
}

func (h *host) output(way hop, p *packet, t *trace) {
	if e := h.untracked(way.out); e != nil {
		if h.unlessFailsafe(chain{place: "re", tiers: e.UntrackedTiers}, p, t) != undecided {
			return
		}
	}
	if e := h.endpoint(way.out); e != nil && !isWorkload(way.out) {
		h.guarded(chain{place: "he", tiers: e.Tiers, profiles: e.ProfileIds, final: true}, p, t)
	}
}
