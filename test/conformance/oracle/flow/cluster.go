package flow

import "fmt"

// cluster is a world with the Felix of each node, made when it is first asked.
type cluster struct {
	world *World
	hosts map[string]*host
	start func(node string) (*host, error)
}

func newCluster(w *World) (*cluster, error) {
	all, err := updates(w)
	if err != nil {
		return nil, err
	}
	c := &cluster{world: w, hosts: map[string]*host{}}
	c.start = func(node string) (*host, error) {
		f, err := newFelix(node, w.Config, all)
		if err != nil {
			return nil, err
		}
		return newHost(node, f, w.node(node)), nil
	}
	return c, nil
}

func (c *cluster) host(node string) (*host, error) {
	if h, running := c.hosts[node]; running {
		return h, nil
	}
	h, err := c.start(node)
	if err == nil {
		c.hosts[node] = h
	}
	return h, err
}

// Verdicts are what becomes of each flow, as `+` or `-` and what decided, in order.
type Verdicts struct {
	Expected []string `json:"expected"`
	// Endpoints are the nodes' host endpoints, by node and interface.
	Endpoints map[string]map[string]Governed `json:"endpoints"`
}

// Judge fails where a world is refused, and where the two opinions differ.
func Judge(w *World, flows []Flow) (*Verdicts, error) {
	c, err := newCluster(w)
	if err != nil {
		return nil, err
	}
	v := &Verdicts{Expected: make([]string, len(flows))}
	for i := range flows {
		if v.Expected[i], err = c.judge(&flows[i]); err != nil {
			return nil, fmt.Errorf("flow %d: %w", i, err)
		}
	}
	v.Endpoints, err = c.governed()
	return v, err
}

func (c *cluster) judge(f *Flow) (string, error) {
	from, err := c.end(f.from, f)
	if err != nil {
		return "", err
	}
	to, err := c.end(f.to, f)
	if err != nil {
		return "", err
	}
	p := f.packet(from.address, to.address)
	whole := &trace{}
	for _, way := range hops(f, from, to) {
		h, err := c.host(way.node)
		if err != nil {
			return "", err
		}
		tiers, chains := &trace{}, &trace{}
		h.walkTiers(way, &p, tiers)
		h.walkChains(way, &p, chains)
		if tiers.String() != chains.String() {
			return "", Differ{fmt.Sprintf("%s: tiers say %s, chains say %s", f, tiers, chains)}
		}
		if whole.follow(c.prefix(way.node), tiers); whole.dropped {
			break
		}
	}
	return whole.String(), nil
}

// prefix names the node before each step, where the world has nodes.
func (c *cluster) prefix(node string) string {
	if len(c.world.Nodes) == 0 {
		return ""
	}
	return node + "."
}

// Differ says that our reading and Felix's own chains do not agree.
type Differ struct{ words string }

func (d Differ) Error() string { return d.words }
