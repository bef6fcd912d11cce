package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/projectcalico/calico/calicoctl/calicoctl/commands"
)

// convert is `calicoctl convert -o json`, which prints: its words tell the stage that refused.
func convert(r request) answer {
	printed, err := printedBy(func() error {
		return commands.Convert([]string{"convert", "--filename", manifest(r.Doc), "--output", "json"})
	})
	if err != nil {
		return refusedConversion(err)
	}
	if len(printed) == 0 {
		return refused("input", fmt.Errorf("nothing to convert"))
	}
	return answer{"ok": true, "result": json.RawMessage(printed)}
}

func printedBy(run func() error) ([]byte, error) {
	stdout := os.Stdout
	defer func() { os.Stdout = stdout }()
	file, err := os.Create(inWorkspace("printed"))
	if err != nil {
		return nil, err
	}
	defer file.Close()
	os.Stdout = file
	if err := run(); err != nil {
		return nil, err
	}
	return os.ReadFile(file.Name())
}

func refusedConversion(err error) answer {
	const (
		parse    = "Failed to create resources from file: "
		convert  = "Failed to convert resource: failed to convert k8s resource: "
		validate = "Converted manifest resource(s) failed validation: "
		advice   = "Re-run the command with '--ignore-validation' flag to see the converted output.\n"
	)
	words := strings.TrimSuffix(err.Error(), advice)
	for prefix, stage := range map[string]string{parse: "parse", convert: "convert", validate: "validate"} {
		if rest, found := strings.CutPrefix(words, prefix); found {
			return refused(stage, fmt.Errorf("%s", rest))
		}
	}
	return refused("convert", err)
}
