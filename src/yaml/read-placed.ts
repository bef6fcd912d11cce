import type * as E from 'fp-ts/lib/Either.js'
import { type Invalid, unlessIssues } from '../error.js'
import { type Found, type FromYamlOptions, gather } from './gather.js'
import { place } from './place.js'
import { readDocument } from './read-document.js'
import { splitDocuments } from './split.js'

/** The resources of a text with their places in it, or all issues with theirs. */
export const readPlaced = (
  text: string,
  options: FromYamlOptions,
): E.Either<Invalid, ReadonlyArray<Found>> => {
  const { chunks, problems } = splitDocuments(text)
  const documents = chunks.map((chunk) => readDocument(chunk, options.lenient === true))
  const gathered = gather(documents, options)
  return unlessIssues(place(text, problems, documents, gathered), gathered.found)
}
