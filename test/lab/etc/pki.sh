#!/bin/sh
# Makes the lab's certificates in the current folder. $1: the lab's address.
set -eu

key() { openssl ecparam -name prime256v1 -genkey -noout -out "$1.key"; }

sign() { # name, subject, usage, alternative names
  key "$1"
  printf 'extendedKeyUsage=%s\nsubjectAltName=%s\n' "$3" "$4" > "$1.ext"
  openssl req -new -key "$1.key" -subj "$2" |
    openssl x509 -req -days 30 -CA ca.crt -CAkey ca.key -CAcreateserial -extfile "$1.ext" -out "$1.crt" 2>/dev/null
}

umask 077
key ca
openssl req -x509 -new -key ca.key -days 30 -subj /CN=typed-calico-lab -out ca.crt
key service-account
sign server /CN=lab serverAuth "IP:$1,IP:127.0.0.1,IP:10.96.0.1,DNS:lab,DNS:localhost,DNS:kubernetes,\
DNS:kubernetes.default,DNS:kubernetes.default.svc,DNS:kubernetes.default.svc.cluster.local,\
DNS:calico-api.calico-apiserver.svc"
sign kubelet-client /O=system:masters/CN=kube-apiserver clientAuth DNS:kube-apiserver
sign front-proxy /CN=front-proxy-client clientAuth DNS:front-proxy-client
