{{- /* Helm's values, as main.js reads them. */ -}}
{{- define "karydia.calico.values" -}}
{{- $_ := required "config.calico.nodeCIDR: the addresses of the nodes, such as 10.250.0.0/16" .Values.config.calico.nodeCIDR -}}
{{- $release := dict "name" .Release.Name "namespace" .Release.Namespace "account" .Values.rbac.serviceAccount -}}
{{- dict "features" .Values.features "config" .Values.config "setup" .Values.setup "release" $release | toJson -}}
{{- end -}}

{{- /*
Whose the policies are, as src/owner.ts has it. Names and namespaces may have dashes, but no slash: it is the digest that
tells `karydia-prod` in `eu` from `karydia` in `prod-eu`, and the name that tells people.
*/ -}}
{{- define "karydia.calico.owner" -}}
{{- $name := .Release.Name | replace "." "-" | trunc 23 | trimSuffix "-" -}}
{{- $digest := printf "%s/%s" .Release.Name .Release.Namespace | sha256sum | trunc 16 -}}
{{- .Values.config.calico.owner | default (printf "%s-%s" $name $digest) -}}
{{- end -}}

{{- /* What calicoctl may do. In mode `rendered` it also deletes. */ -}}
{{- define "karydia.calico.calicoctl" -}}
- apiGroups: [crd.projectcalico.org]
  resources: [clusterinformations]
  verbs: [get]
- apiGroups: [crd.projectcalico.org]
  resources: [networkpolicies, globalnetworkpolicies, tiers]
  verbs: [create, get, list, update, delete]
{{- end -}}

{{- /* What calicoctl may do to set fields of Calico's own configuration, which the Runner puts back. */ -}}
{{- define "karydia.calico.set" -}}
- apiGroups: [crd.projectcalico.org]
  resources: [kubecontrollersconfigurations, felixconfigurations]
  resourceNames: [default]
  verbs: [get, update]
{{- end -}}

{{- define "karydia.calico.writer" -}}
{{ include "karydia.calico.calicoctl" . }}
{{ include "karydia.calico.set" . }}
{{- end -}}

{{- /* What the Runner needs in the release's namespace, where its runs are. */ -}}
{{- define "karydia.calico.run" -}}
- apiGroups: [batch]
  resources: [jobs]
  verbs: [create, get, list, delete]
- apiGroups: [coordination.k8s.io]
  resources: [leases]
  verbs: [create, get, list, delete]
- apiGroups: [""]
  resources: [configmaps]
  verbs: [create, list, delete]
- apiGroups: [""]
  resources: [pods]
  verbs: [list]
- apiGroups: [""]
  resources: [pods/log]
  verbs: [get]
{{- end -}}

{{- /* What the Runner needs in the cluster. Rights that it hands out it must have itself. */ -}}
{{- define "karydia.calico.cluster" -}}
{{ include "karydia.calico.writer" . }}
# Read to find where fields are set.
- apiGroups: [crd.projectcalico.org]
  resources: [kubecontrollersconfigurations, felixconfigurations]
  verbs: [list]
# Read to see whether a policy would cut the Runner's own pod off.
- apiGroups: [crd.projectcalico.org]
  resources: [globalnetworksets, networksets]
  verbs: [list]
- apiGroups: [""]
  resources: [namespaces]
  verbs: [get, list]
- apiGroups: [""]
  resources: [endpoints]
  resourceNames: [kubernetes]
  verbs: [get]
{{- end -}}

{{- /* What it needs beside that in mode `provision`, to make an account and roles for each run: here, and in the cluster. */ -}}
{{- define "karydia.calico.provision.run" -}}
{{ include "karydia.calico.run" . }}
- apiGroups: [""]
  resources: [serviceaccounts]
  verbs: [create, list, delete]
{{- end -}}

{{- define "karydia.calico.provision.cluster" -}}
{{ include "karydia.calico.cluster" . }}
- apiGroups: [{{ .Values.rbac.apiGroup }}]
  resources: [clusterroles, clusterrolebindings, roles, rolebindings]
  verbs: [create, list, delete]
{{- end -}}

{{- /*
A hook's account, roles, bindings and Job, as in karydia's other hooks. What comes with `mark` is the release's own for
the Runner: its cleanup removes it, should a hook that applies still run, or its helm be gone, at an uninstall.
Helm removes what was made before a Job that failed as if it had succeeded, since 3.19; other tools go by hook-failed.
*/ -}}
{{- define "karydia.calico.metadata" -}}
{{- $owner := include "karydia.calico.owner" .root -}}
metadata:
  name: {{ .name }}
  {{- if .namespaced }}
  namespace: {{ .root.Release.Namespace }}
  {{- end }}
  {{- if .mark }}
  labels:
    typed-calico.projectcalico.org/owner: {{ $owner }}
  {{- end }}
  annotations:
    {{- if .mark }}
    typed-calico.projectcalico.org/self: {{ printf "%s:%s(%s%s)" $owner .kind (ternary (printf "%s/" .root.Release.Namespace) "" .namespaced) .name | quote }}
    {{- end }}
    helm.sh/hook: {{ .event }}
    helm.sh/hook-weight: {{ .weight | quote }}
    helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded{{ if ne .kind "Job" }},hook-failed{{ end }}
{{- end -}}

{{- /* A role with these rules, and the binding of the hook's account to it: in the release's namespace, or in the cluster. */ -}}
{{- define "karydia.calico.bound" -}}
{{- $root := .root -}}
{{- $kind := ternary "Role" "ClusterRole" .namespaced -}}
{{- $rbac := printf "%s%s" $root.Values.rbac.apiGroup $root.Values.rbac.apiVersion -}}
apiVersion: {{ $rbac }}
kind: {{ $kind }}
{{ include "karydia.calico.metadata" (merge (dict "kind" $kind "weight" 2) .) }}
rules:
{{ include .rules $root }}
---
apiVersion: {{ $rbac }}
kind: {{ $kind }}Binding
{{ include "karydia.calico.metadata" (merge (dict "kind" (printf "%sBinding" $kind) "weight" 3) .) }}
roleRef:
  apiGroup: {{ $root.Values.rbac.apiGroup }}
  kind: {{ $kind }}
  name: {{ .name }}
subjects:
- kind: ServiceAccount
  name: {{ .name }}
  namespace: {{ $root.Release.Namespace }}
---
{{ end -}}

{{- /* Whether a Job brings the policies: true, or nothing where helm or a hub does. */ -}}
{{- define "karydia.calico.byJob" -}}
{{- $mode := .Values.config.calico.mode -}}
{{- $jobs := list "runner" "provision" "existing" "rendered" -}}
{{- $objects := list "storage" "manifestwork" -}}
{{- if not (has $mode (concat $jobs $objects)) }}{{ fail (printf "config.calico.mode: %s is none of %s" $mode (join ", " (concat $jobs $objects))) }}{{ end -}}
{{- if has $mode $jobs }}true{{ end -}}
{{- end -}}

{{- define "karydia.calico.hook" -}}
{{- $root := .root -}}
{{- $mode := $root.Values.config.calico.mode | replace "runner" "provision" -}}
{{- $calico := $root.Values.config.calico -}}
{{- if and (ne $mode "existing") (semverCompare "<3.19.0-0" $root.Capabilities.HelmVersion.Version) }}{{ fail (printf "config.calico.mode: %s needs Helm 3.19 or later: %s leaves the rights of a hook that fails" $mode $root.Capabilities.HelmVersion.Version) }}{{ end -}}
{{- $account := printf "%s-calico-%s" $root.Values.rbac.serviceAccount .suffix -}}
{{- $mark := eq .command "apply" -}}
{{- $job := printf "%s-calico-%s" $root.Values.metadata.name .job -}}
{{- if eq $mode "existing" }}{{ $account = printf "%s-calico" $root.Values.rbac.serviceAccount }}{{ else -}}
{{- $hook := dict "root" $root "event" .event "name" $account "mark" $mark -}}
apiVersion: v1
kind: ServiceAccount
{{ include "karydia.calico.metadata" (merge (dict "kind" "ServiceAccount" "weight" 1 "namespaced" true) $hook) }}
---
{{ if eq $mode "rendered" -}}
{{ include "karydia.calico.bound" (merge (dict "rules" "karydia.calico.calicoctl" "namespaced" false) $hook) }}
{{- else -}}
{{ include "karydia.calico.bound" (merge (dict "rules" "karydia.calico.provision.cluster" "namespaced" false) $hook) }}
{{- include "karydia.calico.bound" (merge (dict "rules" "karydia.calico.provision.run" "namespaced" true) $hook) }}
{{- end -}}
{{ end -}}
apiVersion: batch/v1
kind: Job
{{ include "karydia.calico.metadata" (dict "root" $root "event" .event "name" $job "kind" "Job" "weight" 4 "mark" $mark "namespaced" true) }}
spec:
  backoffLimit: 1
  activeDeadlineSeconds: 280
  ttlSecondsAfterFinished: 3600
  template:
    metadata:
      labels:
        karydia.gardener.cloud/calico: {{ .command }}
    spec:
      restartPolicy: Never
      serviceAccountName: {{ $account }}
      automountServiceAccountToken: true
      terminationGracePeriodSeconds: 20
      {{- if $calico.hostNetwork }}
      hostNetwork: true
      {{- end }}
      {{- with $root.Values.setup }}
      {{- with .priorityClassName }}
      priorityClassName: {{ . }}
      {{- end }}
      {{- with .tolerations }}
      tolerations: {{ toJson . }}
      {{- end }}
      {{- with .affinity }}
      affinity: {{ toJson . }}
      {{- end }}
      {{- end }}
      securityContext:
        runAsNonRoot: true
        runAsUser: 65534
        runAsGroup: 65534
        seccompProfile:
          type: RuntimeDefault
      containers:
      - name: calico
        image: {{ $calico.image }}
        imagePullPolicy: IfNotPresent
        {{- if eq $mode "rendered" }}
        args: {{ ternary (list "apply" "-f" "/manifests") (list "delete" "-f" "/manifests" "--skip-not-exists") (eq .command "apply") | toJson }}
        env:
        - name: DATASTORE_TYPE
          value: kubernetes
        volumeMounts:
        - name: manifests
          mountPath: /manifests
        {{- else }}
        args: [{{ .command }}]
        env:
        - name: KARYDIA_VALUES
          value: {{ include "karydia.calico.values" $root | quote }}
        {{- end }}
        securityContext:
          allowPrivilegeEscalation: false
          readOnlyRootFilesystem: true
          capabilities:
            drop: [ALL]
      {{- if eq $mode "rendered" }}
      volumes:
      - name: manifests
        configMap:
          name: {{ $root.Values.metadata.name }}-calico
      {{- end }}
{{- end -}}
