package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/projectcalico/calico/calicoctl/calicoctl/resourcemgr"
	"github.com/projectcalico/calico/libcalico-go/lib/selector"
	validator "github.com/projectcalico/calico/libcalico-go/lib/validator/v3"
)

const (
	rounds   = 5
	minRound = 100 * time.Millisecond
)

// bench times Calico's own code over the requests in a file (documents, selectors with labels),
// and prints nanoseconds per document or selector, one figure a round.
func bench(file string, out io.Writer) error {
	requests, err := readRequests(file)
	if err != nil {
		return err
	}
	var docs []string
	var selectors []request
	for _, r := range requests {
		if r.Doc != "" {
			docs = append(docs, r.Doc)
		} else {
			selectors = append(selectors, r)
		}
	}
	rows := map[string][]float64{}
	if len(docs) > 0 {
		if err := benchDocuments(docs, rows); err != nil {
			return err
		}
	}
	if len(selectors) > 0 {
		if err := benchSelectors(selectors, rows); err != nil {
			return err
		}
	}
	return json.NewEncoder(out).Encode(rows)
}

func readRequests(file string) ([]request, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var requests []request
	for lines := json.NewDecoder(bytes.NewReader(text)); ; {
		var r request
		if err := lines.Decode(&r); err == io.EOF {
			return requests, nil
		} else if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		requests = append(requests, r)
	}
}

func benchDocuments(docs []string, rows map[string][]float64) error {
	file := manifest(strings.Join(docs, "\n---\n"))
	resources, err := resourcemgr.CreateResourcesFromFile(file)
	if err != nil {
		return err
	}
	for _, resource := range resources {
		if err := validator.Validate(resource); err != nil {
			return err
		}
	}
	rows["decode"] = timed(len(resources), func() { _, _ = resourcemgr.CreateResourcesFromFile(file) })
	rows["validate"] = timed(len(resources), func() {
		for _, resource := range resources {
			_ = validator.Validate(resource)
		}
	})
	return nil
}

func benchSelectors(requests []request, rows map[string][]float64) error {
	parsed := make([]selector.Selector, len(requests))
	for i, r := range requests {
		tree, err := selector.Parse(r.Selector)
		if err != nil {
			return err
		}
		parsed[i] = tree
	}
	rows["parse"] = timed(len(requests), func() {
		for _, r := range requests {
			_, _ = selector.Parse(r.Selector)
		}
	})
	rows["match"] = timed(len(requests), func() {
		for i, r := range requests {
			_ = parsed[i].Evaluate(r.Labels)
		}
	})
	return nil
}

// timed repeats the work until a round is long enough for the clock.
func timed(count int, work func()) []float64 {
	figures := make([]float64, rounds)
	for round := range figures {
		repeats, begin := 0, time.Now()
		for time.Since(begin) < minRound {
			work()
			repeats++
		}
		figures[round] = float64(time.Since(begin).Nanoseconds()) / float64(repeats*count)
	}
	return figures
}
