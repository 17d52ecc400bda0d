// main.mjs ADDRESS TOKEN: asks a GitLab, and writes down what was read (read.json) and the answers (answers.ts). The
// latter is a program, which compiles if they have no field that gitbeaker doesn't know, and none of another type.
import { writeFileSync } from 'node:fs'
import { ask } from './requests.mjs'

const [host, token] = process.argv.slice(2)
const { read, answers } = await ask({ host, token })
const head = `
import type * as types from '@gitbeaker/rest'

/** The fields of a type that it names; an answer of a test need not have them all. */
type Shown<T> = T extends (infer One)[]
  ? Shown<One>[]
  : T extends object
    ? { [K in keyof T as string extends K ? never : K]?: Shown<T[K]> }
    : T
`
const lines = answers.map(([type, json]) => `;(${JSON.stringify(json)}) satisfies Shown<types.${type}>\n`)
writeFileSync('answers.ts', head + lines.join(''))
writeFileSync('read.json', JSON.stringify(read))
