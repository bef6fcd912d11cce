package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"path"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// apiServer stands in for a Kubernetes API server with no checks of its own: it keeps what is
// created, so that calicoctl's own code decides everything.
type apiServer struct{ objects map[string]map[string]any }

func (s *apiServer) reset() { s.objects = map[string]map[string]any{} }

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
		if err := json.NewDecoder(request.Body).Decode(&object); err != nil {
			return failure(http.StatusBadRequest, metav1.StatusReasonBadRequest, err.Error())
		}
		metadata, _ := object["metadata"].(map[string]any)
		key := path.Join(at, fmt.Sprint(metadata["name"]))
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
