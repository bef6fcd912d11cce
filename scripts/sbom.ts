import { execFileSync } from 'node:child_process'
import { bundled } from './bundled.js'

/** Prints what the package is made of and depends on, as CycloneDX: its dependencies, and what is inside of it. */
interface Component {
  readonly 'bom-ref': string
  readonly name: string
  readonly group?: string
  readonly properties?: ReadonlyArray<{ readonly name: string; readonly value: string }>
}

interface Dependency {
  readonly ref: string
  readonly dependsOn?: ReadonlyArray<string>
}

const whole: {
  readonly components: ReadonlyArray<Component>
  readonly dependencies: ReadonlyArray<Dependency>
} = JSON.parse(
  execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx'], { encoding: 'utf8', maxBuffer: 1e8 }),
)

const isOurs = ({ group, name, properties = [] }: Component): boolean =>
  bundled.includes(group === undefined ? name : `${group}/${name}`) ||
  !properties.some((property) => property.name === 'cdx:npm:package:development')

const components = whole.components.filter(isOurs)
const refs = new Set(components.map((component) => component['bom-ref']))
const dropped = new Set(
  whole.components.map((component) => component['bom-ref']).filter((ref) => !refs.has(ref)),
)
const dependencies = whole.dependencies
  .filter(({ ref }) => !dropped.has(ref))
  .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((other) => !dropped.has(other)) }))
console.log(JSON.stringify({ ...whole, components, dependencies }, null, 2))
