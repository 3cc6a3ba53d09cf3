{{- define "workload.name" -}}
{{- .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "workload.serviceAccountName" -}}
{{- .Values.serviceAccount.name | default (include "workload.name" .) -}}
{{- end -}}

{{- define "workload.selectorLabels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ include "workload.name" . }}
{{- end -}}

{{- define "workload.labels" -}}
{{ include "workload.selectorLabels" . }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{- define "workload.identityAnnotations" -}}
azure.workload.identity/client-id: {{ .Values.identity.clientId | quote }}
azure.workload.identity/tenant-id: {{ .Values.identity.tenantId | quote }}
{{- end -}}
