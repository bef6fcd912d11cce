package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"path"
	"strings"

	"k8s.io/apimachinery/pkg/api/validation"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	kjson "k8s.io/apimachinery/pkg/util/json"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/kube-openapi/pkg/validation/validate"
)

// apiServer stands in for a Kubernetes API server that refuses nothing, so that calicoctl's own
// code decides everything. It keeps what is created, and notes what a real one would refuse.
type apiServer struct {
	objects     map[string]map[string]any
	definitions map[string]*validate.SchemaValidator
	refusals    []error
}

func (s *apiServer) reset() { s.objects, s.refusals = map[string]map[string]any{}, nil }

func (s *apiServer) RoundTrip(request *http.Request) (*http.Response, error) {
	code, body := s.answer(request)
	text, err := json.Marshal(body)
	if err != nil {
		return nil, err
	}
	return &http.Response{
		StatusCode: code,
		Status:     http.StatusText(code),
		Proto:      "HTTP/1.1",
		ProtoMajor: 1,
		ProtoMinor: 1,
		Header:     http.Header{"Content-Type": {"application/json"}},
		Body:       io.NopCloser(bytes.NewReader(text)),
		Request:    request,
	}, nil
}

func (s *apiServer) answer(request *http.Request) (int, any) {
	at := request.URL.Path
	switch request.Method {
	case http.MethodPost:
		object := map[string]any{}
		body, err := io.ReadAll(request.Body)
		if err == nil {
			err = kjson.Unmarshal(body, &object)
		}
		if err != nil {
			return failure(http.StatusBadRequest, metav1.StatusReasonBadRequest, err.Error())
		}
		created := unstructured.Unstructured{Object: object}
		s.note(path.Base(at), strings.Contains(at, "/namespaces/"), &created)
		key := path.Join(at, created.GetName())
		if _, taken := s.objects[key]; taken {
			return failure(http.StatusConflict, metav1.StatusReasonAlreadyExists, key+" already exists")
		}
		s.objects[key] = object
		return http.StatusCreated, object
	case http.MethodGet:
		if object, found := s.objects[at]; found {
			return http.StatusOK, object
		}
		if items := s.list(at); len(items) > 0 {
			return http.StatusOK, map[string]any{"items": items}
		}
	}
	return failure(http.StatusNotFound, metav1.StatusReasonNotFound, at+" not found")
}

func (s *apiServer) note(resource string, namespaced bool, created *unstructured.Unstructured) {
	at := field.NewPath("metadata")
	metadata := validation.ValidateObjectMetaAccessor(created, namespaced, validation.NameIsDNSSubdomain, at)
	if refusal := metadata.ToAggregate(); refusal != nil {
		s.refusals = append(s.refusals, refusal)
	}
	if schema := s.definitions[resource]; schema != nil {
		s.refusals = append(s.refusals, schema.Validate(created.Object).Errors...)
	}
}

func (s *apiServer) list(at string) []any {
	var items []any
	for key, object := range s.objects {
		if strings.HasPrefix(key, at+"/") {
			items = append(items, object)
		}
	}
	return items
}

func failure(code int, reason metav1.StatusReason, message string) (int, any) {
	return code, metav1.Status{
		TypeMeta: metav1.TypeMeta{Kind: "Status", APIVersion: "v1"},
		Status:   metav1.StatusFailure,
		Code:     int32(code),
		Reason:   reason,
		Message:  message,
	}
}
