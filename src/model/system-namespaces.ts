/** Namespaces that a cluster does not work without. Recipes leave them alone, and nothing is suggested for them. */
export const systemNamespaces = [
  'kube-system',
  'calico-system',
  'calico-apiserver',
  'tigera-operator',
] as const
