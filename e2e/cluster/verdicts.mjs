/** What the server says of documents, and what the product says of the same. */

/** More than the server takes at once only wait. */
export const atOnce = 12

/**
 * Each of the documents must be taken or refused by both; and of a refused one some place of ours must be one that the server names, or lie
 * above or below it. Of a webhook's sentence no field can be read. The differences are told, each kind of them once.
 */
export async function judgedAlike(server, product, cases) {
  const wrong = new Map()
  let failed = 0
  let passed = 0
  const queue = cases.values()
  const work = async () => {
    for (const { name, object } of queue) {
      if (!product.judges(object)) continue
      const theirs = await server.ask(object)
      const ours = product.refusedIn(object)
      const odd = differs(theirs, ours)
      if (!odd) passed += 1
      else {
        failed += 1
        wrong.set(`${object.kind} ${odd.by}`, `${name}\n${odd.says}\n${JSON.stringify(object)}`)
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return { passed, failed, wrong: [...wrong.values()] }
}

function differs({ said, fields }, ours) {
  if (said === null)
    return ours.length === 0 ? null : { by: ours[0].says, says: `the server takes it, we say: ${ours[0].says} (${ours[0].field})` }
  if (ours.length === 0)
    return {
      by: fields[0] ?? said.split('configuration is invalid: ').at(-1).slice(0, 60),
      says: `the server refuses it: ${said.slice(0, 600)}`,
    }
  if (fields.length === 0 || ours.some(({ field }) => fields.some((theirs) => touches(partsOf(field), partsOf(theirs))))) return null
  return {
    by: `field ${fields[0]}`,
    says: `the server names ${fields.join(', ')}: ${said.slice(0, 300)}\nwe say ${ours.map(({ says, field }) => `${field}: ${says}`).join('\n')}`,
  }
}

/**
 * `spec.ports[0].port`, and `metadata.labels[a.b/c]`, as steps. Which entry of a list it is is left out: where
 * the server cannot read a value it does not say; and it leaves out a template's metadata.
 */
function partsOf(field) {
  const steps = [...field.matchAll(/\[([^\]]*)\]|([^.[\]]+)/g)].flatMap(([, key, step]) => (key ?? step).split('.'))
  return steps.filter((step) => !/^\d+$|^metadata$/.test(step)).map((step) => step.toLowerCase())
}

const touches = (a, b) => a.every((step, index) => index >= b.length || step === b[index])
