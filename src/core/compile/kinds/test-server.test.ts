import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readNotation } from '../../model/notation'
import { compile } from '../compile'
import { dialects } from '../dialects'
import type { Resource } from '../resource'

const nginx = 'sleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> nginx.example.com MUTUAL credentialName=client-credential'

function resourcesOf(text: string): Resource[] {
  const { design, findings } = readNotation(text)
  expect(findings).toEqual([])
  return compile(design, dialects['istio-v1'])
}
const one = (resources: readonly Resource[], kind: string) =>
  resources.filter((resource) => resource.kind === kind && resource.group !== 'networking.istio.io')
const text = (resource: Resource | undefined) => JSON.stringify(resource?.body)

describe('the test server', () => {
  const resources = resourcesOf(`${nginx}\nhost nginx.example.com testServer`)

  test('is a namespace, a configuration, a Service and a Deployment, before all that leans on them', () => {
    expect(resources.slice(0, 4).map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`)).toEqual([
      'Namespace /mesh-external',
      'ConfigMap mesh-external/nginx-configmap',
      'Service mesh-external/my-nginx',
      'Deployment mesh-external/my-nginx',
    ])
  })

  test('asks for a client certificate, and leaves nginx its variables', () => {
    expect(text(one(resources, 'ConfigMap')[0])).toContain('ssl_verify_client on;')
    expect(text(one(resources, 'ConfigMap')[0])).toContain("'$remote_addr - $remote_user")
  })

  test('takes whoever comes where some bring no certificate', () => {
    const mixed = resourcesOf(`${nginx}\nsleep HTTP:8080 -> nginx.example.com:8443 SIMPLE\nhost nginx.example.com testServer`)
    expect(text(one(mixed, 'ConfigMap')[0])).toContain('ssl_verify_client optional;')
    expect(one(mixed, 'Service')[0]?.body).toMatchObject({
      spec: {
        ports: [
          { name: 'https', port: 443 },
          { name: 'https-8443', port: 8443, targetPort: 443 },
        ],
      },
    })
  })

  test('is there once', () => {
    const two = resourcesOf(
      `${nginx}\nsleep HTTP -> other.example.com SIMPLE\nhost nginx.example.com testServer\nhost other.example.com testServer`,
    )
    expect(one(two, 'Deployment')).toHaveLength(1)
  })

  test('gets certificates by commands that work: both are signed, the server’s for its name', () => {
    const run = one(resources, 'Deployment')[0]?.needs[0]?.run ?? ''
    const folder = mkdtempSync(join(tmpdir(), 'egress-certificates-'))
    const sh = (script: string) => execFileSync('sh', ['-ec', script], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
    sh(
      run
        .split('\n')
        .filter((line) => !line.includes('kubectl'))
        .join('\n'),
    )
    expect(sh('openssl verify -CAfile ca.crt -purpose sslserver -verify_hostname nginx.example.com server.crt')).toContain('OK')
    expect(sh('openssl verify -CAfile ca.crt -purpose sslclient client.crt')).toContain('OK')
    rmSync(folder, { recursive: true })
  }, 60_000)
})
