package main

import (
	"bytes"
	"os"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	structuralschema "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	structuraldefaulting "k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/yaml"
)

// structurals are the schemas of CRDs, which a real API server asks before it judges: nulls that a field does not allow are dropped first.
// Istio's validator of CRDs, made for its tests, leaves that step out.
type structurals map[schema.GroupVersionKind]*structuralschema.Structural

func structuralsOf(files ...string) (structurals, error) {
	all := structurals{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		for _, part := range bytes.Split(append([]byte("\n"), text...), []byte("\n---")) {
			definition := apiextensionsv1.CustomResourceDefinition{}
			if err := yaml.Unmarshal(part, &definition); err != nil {
				return nil, err
			}
			if definition.Kind != "CustomResourceDefinition" {
				continue
			}
			if err := all.add(definition); err != nil {
				return nil, err
			}
		}
	}
	return all, nil
}

func (s structurals) add(definition apiextensionsv1.CustomResourceDefinition) error {
	for _, version := range definition.Spec.Versions {
		if version.Schema == nil {
			continue
		}
		internal := apiextensions.JSONSchemaProps{}
		if err := apiextensionsv1.Convert_v1_JSONSchemaProps_To_apiextensions_JSONSchemaProps(version.Schema.OpenAPIV3Schema, &internal, nil); err != nil {
			return err
		}
		structural, err := structuralschema.NewStructural(&internal)
		if err != nil {
			return err
		}
		s[schema.GroupVersionKind{Group: definition.Spec.Group, Version: version.Name, Kind: definition.Spec.Names.Kind}] = structural
	}
	return nil
}

// dropNulls does what the API server does to an object before anything else looks at it. Its metadata it reads by types of its own, which
// take a null as left out.
func (s structurals) dropNulls(d Document) Document {
	structural, found := s[d.Object.GroupVersionKind()]
	if !found {
		return d
	}
	object := d.Object.DeepCopy()
	structuraldefaulting.PruneNonNullableNullsWithoutDefaults(object.Object, structural)
	if metadata, ok := object.Object["metadata"].(map[string]any); ok {
		asMetadata(metadata)
	}
	return Document{Text: d.Text, Object: *object}
}

// asMetadata reads a null as Go's types do: nothing for a field, an empty text for a label or an annotation.
func asMetadata(metadata map[string]any) {
	for key, value := range metadata {
		if value == nil {
			delete(metadata, key)
		}
		if texts, ok := value.(map[string]any); ok {
			for name, text := range texts {
				if text == nil {
					texts[name] = ""
				}
			}
		}
	}
}
