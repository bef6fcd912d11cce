#!/bin/bash
# Process 1 of the lab, in mount, network, UTS and PID namespaces of its own: whatever it mounts, links
# or starts is gone when it is. From its environment: CACHE, NAME (of the lab), ID (of its link and
# cgroups), ADDRESS, GATEWAY, SERVICES, API_SERVER_FLAGS (some words), NATIVE (what stands in
# for Calico in native mode), and in PATH the lab's binaries.
set -euo pipefail

mount --make-rprivate /
mount --bind "$CACHE" /mnt
for folder in /run /tmp /opt /var/lib /var/log; do
  mount -t tmpfs -o mode=755 lab $folder
done
ln -s "/mnt/labs/$NAME" /run/lab
cd /run/lab

# sysfs shows the devices of the network namespace it was mounted in; the cgroups stay the machine's.
mkdir /run/cgroup
mount --rbind /sys/fs/cgroup /run/cgroup
mount -t sysfs sysfs /sys
mount --move /run/cgroup /sys/fs/cgroup

# kubelet sets these for the whole machine: here it finds them as it wants them, and writes to a file.
mkdir /run/sysctl
while read -r key value; do
  echo "$value" > "/run/sysctl/${key//\//.}"
  mount --bind "/run/sysctl/${key//\//.}" "/proc/sys/$key"
done <<'SYSCTL'
vm/overcommit_memory 1
vm/panic_on_oom 0
kernel/panic 10
kernel/panic_on_oops 1
kernel/keys/root_maxkeys 1000000
kernel/keys/root_maxbytes 25000000
SYSCTL

hostname lab
ip link set lo up
until ip link set eth0 up 2> /dev/null; do sleep 0.02; done
ip address add "$ADDRESS/30" dev eth0
ip route add "$SERVICES" via "$GATEWAY"
# A pod's gateway. The node answers for it by proxy ARP, and only if it has a route there itself.
ip route add 169.254.1.1 via "$GATEWAY"

mkdir -p /run/cni /var/lib/calico
ln -s /usr/lib/cni/* "$(command -v calico)" /run/cni
echo lab > /var/lib/calico/nodename

keep() { # name, command: a component that ends is started again; the end is noted for `up` and `status`
  local name=$1
  shift
  while :; do
    "$@" >> "logs/$name.log" 2>&1 < /dev/null && code=0 || code=$?
    echo "$name ended with $code" >> logs/ended.log
    sleep 0.3
  done &
}

keep etcd etcd --data-dir /var/lib/etcd --unsafe-no-fsync --log-level warn

keep kube-apiserver kube-apiserver \
  --advertise-address="$ADDRESS" --secure-port=6443 --cert-dir=/run/kubernetes \
  --etcd-servers=http://127.0.0.1:2379 --service-cluster-ip-range="$SERVICES" \
  --authorization-mode=Node,RBAC --enable-admission-plugins=NodeRestriction,PodSecurity \
  --token-auth-file=etc/tokens.csv --client-ca-file=etc/pki/ca.crt \
  --tls-cert-file=etc/pki/server.crt --tls-private-key-file=etc/pki/server.key \
  --kubelet-certificate-authority=etc/pki/ca.crt --kubelet-preferred-address-types=InternalIP \
  --kubelet-client-certificate=etc/pki/kubelet-client.crt --kubelet-client-key=etc/pki/kubelet-client.key \
  --service-account-issuer=https://kubernetes.default.svc.cluster.local \
  --service-account-key-file=etc/pki/service-account.key \
  --service-account-signing-key-file=etc/pki/service-account.key \
  --requestheader-client-ca-file=etc/pki/ca.crt --requestheader-allowed-names=front-proxy-client \
  --requestheader-username-headers=X-Remote-User --requestheader-group-headers=X-Remote-Group \
  --requestheader-extra-headers-prefix=X-Remote-Extra- \
  --proxy-client-cert-file=etc/pki/front-proxy.crt --proxy-client-key-file=etc/pki/front-proxy.key \
  --enable-aggregator-routing=true --allow-privileged=true $API_SERVER_FLAGS

keep containerd containerd --config etc/containerd.toml
until ctr version > /dev/null 2>&1; do sleep 0.05; done
ctr --namespace k8s.io images import "$IMAGES" > logs/images.log 2>&1

until kubectl --kubeconfig kubeconfig get --raw /readyz > /dev/null 2>&1; do sleep 0.1; done

keep kube-controller-manager kube-controller-manager --kubeconfig=etc/controller-manager.kubeconfig \
  --use-service-account-credentials --service-account-private-key-file=etc/pki/service-account.key \
  --root-ca-file=etc/pki/ca.crt --leader-elect=false --kube-api-qps=200 --kube-api-burst=400
keep kube-scheduler kube-scheduler --kubeconfig=etc/scheduler.kubeconfig --leader-elect=false \
  --kube-api-qps=200 --kube-api-burst=400
keep kubelet kubelet --kubeconfig=etc/kubelet.kubeconfig --config=etc/kubelet.yaml --cgroup-root="/$ID" \
  --hostname-override=lab --node-ip="$ADDRESS"
keep kube-proxy kube-proxy --kubeconfig=etc/proxy.kubeconfig --proxy-mode=nftables --hostname-override=lab \
  --conntrack-max-per-core=0

if [ -n "$NATIVE" ]; then
  keep native "$NATIVE" etc/calico.kubeconfig etc/pki/server.crt etc/pki/server.key
  wait
fi

# As in Calico's manifest, pods may reach the node. Felix ends by itself, with 129, whenever its
# configuration in the datastore changes.
export FELIX_DATASTORETYPE=kubernetes FELIX_FELIXHOSTNAME=lab FELIX_IPTABLESBACKEND=nft \
  FELIX_IPV6SUPPORT=false FELIX_USAGEREPORTINGENABLED=false FELIX_LOGFILEPATH=none \
  FELIX_DEFAULTENDPOINTTOHOSTACTION=ACCEPT \
  FELIX_HEALTHENABLED=true FELIX_HEALTHHOST=0.0.0.0 FELIX_HEALTHPORT=9099
KUBECONFIG=etc/calico.kubeconfig keep calico-felix calico-felix

wait
