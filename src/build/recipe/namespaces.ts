import { systemNamespaces } from '../../model/system-namespaces.js'
import type { Selector } from '../../selector/ast.js'
import { and } from '../../selector/combination.js'
import { has, notIn } from '../../selector/condition.js'

/** The label that Calico gives every namespace: its name. */
export const namespaceName = 'projectcalico.org/name'

/**
 * All namespaces but the cluster's own and these, as a `namespaceSelector`; host endpoints, which are in no namespace,
 * are left out.
 *
 * @example
 * printSelector(userNamespaces('monitoring')).includes('"kube-system", "monitoring"') // => true
 */
export const userNamespaces = (...except: ReadonlyArray<string>): Selector =>
  and(has(namespaceName), notIn(namespaceName, [...systemNamespaces, ...except]))
