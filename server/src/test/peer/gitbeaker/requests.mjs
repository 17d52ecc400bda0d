// All that GitLabDialect asks for, asked for with gitbeaker. The compiler holds it to gitbeaker's types: a name that
// GitLab doesn't have, or a value of another type, is an error.
import { MergeRequestNotes, MergeRequests, Users } from '@gitbeaker/rest'

const projectId = 'anna/notes'

/**
 * @param {{host: string, token: string}} forge
 * @returns what was read, and each answer beside the name of its type
 */
export async function ask(forge) {
  const merges = new MergeRequests(forge)
  const notes = new MergeRequestNotes(forge)
  const users = new Users(forge)
  /** @param {string} username */
  const find = async username => users.all({ username })

  const opened = await merges.create(projectId, 'drift', 'main', 'Drift', { description: 'words' })
  const { iid } = opened
  const listed = await merges.all({
    projectId,
    // @ts-expect-error GitLab documents this one too.
    state: 'all',
    orderBy: 'created_at',
    sort: 'desc',
    perPage: 100,
    sourceBranch: 'drift',
    targetBranch: 'main',
  })
  const edited = await merges.edit(projectId, iid, { title: 'Other', description: 'more' })
  const note = await notes.create(projectId, iid, 'said')
  const all = await notes.all(projectId, 1, { sort: 'desc', orderBy: 'created_at', perPage: 100 })
  const labelled = await merges.edit(projectId, iid, { addLabels: 'bug,sync' })
  const before = await merges.show(projectId, iid)
  const [ben] = await find('ben')
  const reviewed = await merges.edit(projectId, iid, { reviewerIds: [ben.id] })
  const then = await merges.show(projectId, iid)
  const [cleo] = await find('cleo')
  const assigned = await merges.edit(projectId, iid, { assigneeIds: [cleo.id] })
  const closed = await merges.edit(projectId, iid, { stateEvent: 'close' })

  /** @param {{username: string}[] | null} people */
  const names = people => people?.map(person => person.username)
  return {
    read: {
      listed: listed.map(merge => [merge.iid, merge.title, merge.state]),
      edited: [edited.title, edited.description],
      note: note.body,
      notes: all.filter(one => !one.system).map(one => one.body),
      labels: labelled.labels,
      reviewers: [names(before.reviewers), names(reviewed.reviewers)],
      assignees: [names(then.assignees), names(assigned.assignees)],
      closed: closed.state,
    },
    answers: [
      ...[opened, edited, labelled, before, reviewed, then, assigned, closed].map(one => ['ExpandedMergeRequestSchema', one]),
      ...listed.map(one => ['MergeRequestSchema', one]),
      ...[note, ...all.slice(0, 2), ...all.slice(-2)].map(one => ['MergeRequestNoteSchema', one]),
      ...[ben, cleo].map(one => ['SimpleUserSchema', one]),
    ],
  }
}
