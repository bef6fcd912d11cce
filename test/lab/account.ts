import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { Clients } from './clients.js'

const objects = (items: ReadonlyArray<object>): string =>
  JSON.stringify({ apiVersion: 'v1', kind: 'List', items })

/** A service account `runner` of a namespace, with no rights but those of one ClusterRole. */
export interface Account {
  readonly kubeconfig: string
  readonly token: string
  /** Gives the role these rules, and binds it. */
  readonly may: (rules: ReadonlyArray<object>) => Promise<void>
}

/** Runs a test as a new account of the namespace, and takes back what that made beside the namespace. */
export const asAccount = async (
  { kubectl }: Clients,
  kubeconfig: string,
  namespace: string,
  test: (account: Account) => Promise<void>,
): Promise<void> => {
  const file = join(tmpdir(), `${namespace}.json`)
  const metadata = { name: namespace }
  const rbac = { apiVersion: 'rbac.authorization.k8s.io/v1', metadata }
  const binding = {
    ...rbac,
    kind: 'ClusterRoleBinding',
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: namespace },
    subjects: [{ kind: 'ServiceAccount', name: 'runner', namespace }],
  }
  try {
    await kubectl(['create', 'serviceaccount', 'runner', '--namespace', namespace])
    const { stdout } = await kubectl(['create', 'token', 'runner', '--namespace', namespace])
    const token = stdout.trim()
    const admin = parse(readFileSync(kubeconfig, 'utf8'))
    const users = [{ name: admin.users[0].name, user: { token } }]
    writeFileSync(file, JSON.stringify({ ...admin, users }), { mode: 0o600 })
    const may: Account['may'] = async (rules) => {
      const role = { ...rbac, kind: 'ClusterRole', rules }
      const { code, stderr } = await kubectl(['apply', '-f', '-'], objects([role, binding]))
      if (code !== 0) throw new Error(stderr)
    }
    await test({ kubeconfig: file, token, may })
  } finally {
    rmSync(file, { force: true })
    await kubectl(['delete', 'clusterrole,clusterrolebinding', namespace, '--ignore-not-found'])
  }
}
