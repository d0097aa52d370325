import { describe, expect, test } from 'vitest'
import { run } from '../command-line'
import { examples } from '../examples'

const input = { read: (file: string) => ({ problem: `${file} cannot be read: no such file` }) }
const flow = '--flow=sleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> edition.cnn.com SIMPLE'

test('Markdown in the language that is asked for', () => {
  const { out, err, code } = run(['runbook', flow], input)
  expect([code, err]).toEqual([0, ''])
  expect(out).toMatch(/^# Runbook: /)
  expect(out).toContain("kubectl apply -f - <<'EOF'")
  expect(out).toContain('kubectl exec -n default deploy/sleep -c sleep -- curl -sS -o /dev/null -D - http://edition.cnn.com/')
  expect(out).toContain('HTTP/1.1 200 OK')
  expect(run(['runbook', flow, '--lang', 'zh'], input).out).toMatch(/^# 操作手册/)
})

test('a script, and the runbook as data', () => {
  expect(run(['runbook', flow, '--format', 'sh'], input).out).toMatch(/^#!\/usr\/bin\/env bash\n/)
  const { chapters } = JSON.parse(run(['runbook', flow, '--json'], input).out)
  expect(chapters.map(({ id }: { id: string }) => id)).toEqual(['prepare', 'apply', 'verify', 'logs', 'analyze', 'troubleshoot', 'cleanup'])
})

test('an example is asked what the example asks', () => {
  const { out } = run(['runbook', '--example', 'network-policy'], input)
  const { requests } = examples.find(({ id }) => id === 'network-policy') as (typeof examples)[number]
  for (const { url } of requests) expect(out).toContain(url)
  expect(out).toContain('command terminated with exit code 28')
})

test('a design in a dialect of its own', () => {
  expect(run(['runbook', flow, '--dialect', 'istio-v1alpha3'], input).out).toContain('apiVersion: networking.istio.io/v1alpha3')
})

test('a design with an error has no runbook', () => {
  const { out, err, code } = run(['runbook', '--flow=sleep HTTP -> a.example.com DISABLE', '--flow=guard default'], input)
  expect([out, code]).toEqual(['', 1])
  expect(err).toMatch(/^error: /)
})

test.each([
  [['runbook'], /Name a FILE/],
  [['runbook', flow, '--format', 'pdf'], /--format is md or sh/],
  [['runbook', flow, '--lang', 'de'], /--lang is en or zh/],
  [['runbook', flow, '--dialect', 'x'], /--dialect is/],
  [['runbook', 'none.flow'], /cannot be read/],
  [['runbook', flow, '--colour'], /--colour is unknown/],
])('bad usage: %j', (words, problem) => {
  const { err, code } = run(words, input)
  expect(code).toBe(2)
  expect(err).toMatch(problem)
})

describe('a file of YAML', () => {
  const yaml = run(['yaml', '--example', 'tls-origination-mtls'], input).out
  const files = (text: string) => ({ read: () => ({ text }) })

  test('is applied as it is, and its own mistakes are foretold', () => {
    const { out, err, code } = run(['runbook', 'mine.yaml'], files(yaml))
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(/^# Runbook: mine\n/)
    const applied = [...out.matchAll(/^kubectl apply -f - <<'EOF'\n([\s\S]*?)^EOF$/gm)].map(([, text]) => text)
    expect(applied.join('---\n')).toBe(yaml)
    expect(out).toContain('HTTP/1.1 200 OK')
    expect(run(['runbook', 'mine.yaml'], files(yaml.replace(/^ +sni: .*\n/m, ''))).out).toContain('HTTP/1.1 503 Service Unavailable')
  })

  test('what a cluster would refuse is told', () => {
    const { err, code } = run(['runbook', 'mine.yaml'], files(yaml.replace('resolution: DNS', 'resolution: SOMEHOW')))
    expect(code).toBe(0)
    expect(err).toMatch(/^warning: A cluster would refuse ServiceEntry edition-cnn-com/)
  })

  test('as a script', () => {
    expect(run(['runbook', '-', '--format', 'sh', '--lang', 'zh'], files(yaml)).out).toMatch(/^#!\/usr\/bin\/env bash\n/)
  })
})
