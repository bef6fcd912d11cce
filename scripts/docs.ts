import { renderMermaidSVG } from 'beautiful-mermaid'
import {
  Application,
  type DocumentReflection,
  MarkdownEvent as Markdown,
  type MarkdownEvent,
  type ProjectReflection,
  ReflectionKind,
  RendererEvent,
} from 'typedoc'

/** Builds the site in docs/site: the guides under their titles, the entries under their names, diagrams as pictures. */
const headingOf = ({ content }: DocumentReflection): string | undefined =>
  /^# (.*)$/m.exec(content.map(({ text }) => text).join(''))?.[1]

const nameAsRead = (project: ProjectReflection): void => {
  for (const page of project.documents ?? []) page.name = headingOf(page) ?? page.name
  for (const entry of project.getChildrenByKind(ReflectionKind.Module))
    entry.name =
      entry.name === 'index' ? 'typed-calico' : `typed-calico/${entry.name.replace(/\/index$/, '')}`
}

/** A picture of this width can be read when it is made to fit a phone. */
const smallWidth = 420

/**
 * In the colours of the page, and without the web font that the library would have fetched. From left to right, labels and
 * the tips of arrows need more room than the library leaves them.
 */
const draw = (source: string): string => {
  const svg = renderMermaidSVG(source, {
    padding: 8,
    ...(source.startsWith('flowchart LR') ? { layerSpacing: 64 } : {}),
    bg: 'var(--color-background)',
    fg: 'var(--color-text)',
    muted: 'var(--color-text)',
  })
  const isSmall = Number(/ width="([\d.]+)"/.exec(svg)?.[1]) <= smallWidth
  return `<div class="diagram${isSmall ? ' small' : ''}">${svg.replace(/@import[^;]*;/, '').replace(/\n\s*\n/g, '\n')}</div>\n`
}

const app = await Application.bootstrapWithPlugins()
app.renderer.on(RendererEvent.BEGIN, ({ project }: RendererEvent) => nameAsRead(project))
app.renderer.on(
  Markdown.PARSE,
  (event: MarkdownEvent) => {
    event.parsedText = event.parsedText.replace(/^```mermaid\n([\s\S]*?)^```$/gm, (_, source) => draw(source))
  },
  100,
)
const project = await app.convert()
if (project === undefined) process.exit(1)
app.validate(project)
await app.generateOutputs(project)
if (app.logger.hasErrors() || app.logger.hasWarnings()) process.exitCode = 1
