#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The script that latchkey replaces, as people write it: az, kubectl and helm, one cluster after the other, or some side
# by side. Reads one cluster a line from standard input: GROUP NAME.
#
#   deploy.sh PROCESSES SUBSCRIPTION VAULT_ID VAULT_URI TENANT CHART SECRET... <clusters
set -euo pipefail

if [ "$1" = one ]; then
  shift
  subscription=$1 vault=$2 uri=$3 tenant=$4 chart=$5
  read -ra secrets <<<"$6"
  group=$7 cluster=$8
  identity=id-orders-$cluster

  az aks update --subscription "$subscription" -g "$group" -n "$cluster" \
    --enable-oidc-issuer --enable-workload-identity -o none
  issuer=$(az aks show --subscription "$subscription" -g "$group" -n "$cluster" \
    --query oidcIssuerProfile.issuerUrl -o tsv)

  az identity create --subscription "$subscription" -g "$group" -n "$identity" -o none
  read -r client principal < <(az identity show --subscription "$subscription" -g "$group" -n "$identity" \
    --query '[clientId, principalId]' -o tsv | xargs)
  az identity federated-credential create --subscription "$subscription" -g "$group" --identity-name "$identity" \
    -n orders --issuer "$issuer" --subject system:serviceaccount:orders:orders \
    --audiences api://AzureADTokenExchange -o none

  for secret in "${secrets[@]}"; do
    for attempt in 1 2 3 4 5 6 7 8 9 10; do # the directory may not know the identity yet
      az role assignment create --subscription "$subscription" --role "Key Vault Secrets User" \
        --assignee-object-id "$principal" --assignee-principal-type ServicePrincipal \
        --scope "$vault/secrets/$secret" -o none && break
      [ "$attempt" -lt 10 ] || exit 1
      sleep 10
    done
  done

  kubeconfig=$(mktemp)
  trap 'rm -f "$kubeconfig" "$kubeconfig.ca"' EXIT
  az aks get-credentials --subscription "$subscription" -g "$group" -n "$cluster" \
    --file "$kubeconfig" --overwrite-existing -o none
  view() { kubectl --kubeconfig "$kubeconfig" config view --raw -o jsonpath="$1"; }
  access=(--kubeconfig "$kubeconfig")
  if [ -z "$(view '{.users[0].user.client-certificate-data}')" ]; then
    # an Entra token of az's, where people have kubelogin
    HELM_KUBETOKEN=$(az account get-access-token --resource 6dae42f8-4368-4678-94ff-3960e28e3630 \
      --query accessToken -o tsv)
    export HELM_KUBETOKEN
    view '{.clusters[0].cluster.certificate-authority-data}' | base64 -d >"$kubeconfig.ca"
    access=(--kube-apiserver "$(view '{.clusters[0].cluster.server}')" --kube-ca-file "$kubeconfig.ca")
  fi
  values=()
  for i in "${!secrets[@]}"; do
    values+=(--set "secrets[$i].name=${secrets[$i]},secrets[$i].as=${secrets[$i]}")
  done
  helm upgrade --install orders "$chart" -n orders --create-namespace \
    "${access[@]}" \
    --set serviceAccount.name=orders,identity.clientId="$client",identity.tenantId="$tenant" \
    --set identity.authorityHost="$AZURE_AUTHORITY_HOST",keyVault.uri="$uri" \
    "${values[@]}" --wait --timeout 10m >/dev/null
  exit
fi

processes=$1
shift
secrets="${*:6}"
xargs -P "$processes" -L 1 "$0" one "$1" "$2" "$3" "$4" "$5" "$secrets"
