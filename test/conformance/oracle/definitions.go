package main

import (
	"os"
	"path/filepath"

	"k8s.io/kube-openapi/pkg/validation/spec"
	"k8s.io/kube-openapi/pkg/validation/strfmt"
	"k8s.io/kube-openapi/pkg/validation/validate"
	"sigs.k8s.io/yaml"
)

// definition is what the oracle reads of a CustomResourceDefinition.
type definition struct {
	Spec struct {
		Names    struct{ Plural string }
		Versions []struct {
			Schema struct{ OpenAPIV3Schema spec.Schema }
		}
	}
}

// loadDefinitions reads the schemas that an API server with Calico's definitions would hold
// objects against, by the name of the resource.
func loadDefinitions(folder string) (map[string]*validate.SchemaValidator, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.yaml"))
	if err != nil {
		return nil, err
	}
	schemas := map[string]*validate.SchemaValidator{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		var crd definition
		if err := yaml.Unmarshal(text, &crd); err != nil {
			return nil, err
		}
		for _, version := range crd.Spec.Versions {
			schema := version.Schema.OpenAPIV3Schema
			schemas[crd.Spec.Names.Plural] = validate.NewSchemaValidator(&schema, nil, "", strfmt.Default)
		}
	}
	return schemas, nil
}
