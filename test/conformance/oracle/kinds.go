package main

import (
	"encoding/json"
	"reflect"
	"strings"

	"github.com/projectcalico/calico/calicoctl/calicoctl/resourcemgr"
)

// shape is one Go type as a manifest shows it, with the validator's tag on the field that holds it.
type shape struct {
	Go       string            `json:"go"`
	Validate string            `json:"validate,omitempty"`
	Fields   map[string]*shape `json:"fields,omitempty"`
	Items    *shape            `json:"items,omitempty"`
	Values   *shape            `json:"values,omitempty"`
}

// kinds tells every kind that calicoctl knows, with its fields as Calico's Go types have them.
func kinds(request) answer {
	known := map[string]any{}
	for _, kind := range resourcemgr.ValidResources() {
		resources, err := resourcemgr.GetResourcesFromArgs(map[string]any{"<KIND>": kind, "<NAME>": "name"})
		if err != nil {
			return refused("input", err)
		}
		known[kind] = map[string]any{
			"namespaced": resourcemgr.GetResourceManager(resources[0]).IsNamespaced(),
			"shape":      shapeOf(reflect.TypeOf(resources[0])),
		}
	}
	return answer{"ok": true, "kinds": known}
}

var marshaler = reflect.TypeFor[json.Marshaler]()

func shapeOf(t reflect.Type) *shape {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	s := &shape{Go: t.String()}
	if t.Implements(marshaler) || reflect.PointerTo(t).Implements(marshaler) {
		return s
	}
	switch t.Kind() {
	case reflect.Struct:
		s.Fields = map[string]*shape{}
		addFields(t, s.Fields)
	case reflect.Slice:
		s.Items = shapeOf(t.Elem())
	case reflect.Map:
		s.Values = shapeOf(t.Elem())
	}
	return s
}

func addFields(t reflect.Type, fields map[string]*shape) {
	for i := range t.NumField() {
		field := t.Field(i)
		name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		switch {
		case name == "-" || !field.IsExported():
		case name == "" && (field.Anonymous || options == "inline"):
			addFields(field.Type, fields)
		default:
			if name == "" {
				name = field.Name
			}
			fields[name] = shapeOf(field.Type)
			fields[name].Validate = field.Tag.Get("validate")
		}
	}
}
