/** Certificates and Secrets that the objects name: made by openssl where the test server comes along, brought along where it does not. */

import { both } from '../../base/text'
import { testServerOf } from '../../compile/kinds/test-server'
import type { Need } from '../../compile/resource'
import { needsClientCertificate } from '../../istio/tls-mode'
import type { Block, Chapter, Step, Subject } from './kind'

export const certificates: Chapter = {
  id: 'certificates',
  title: both('Certificates and Secrets', '证书与 Secret'),
  says: both(
    'Key material is in no YAML: it goes from files on your machine into Secrets. Run these commands in one folder that only you can read.',
    '密钥不写进任何 YAML：它从你机器上的文件进入 Secret。请在一个只有你能读取的目录中执行这些命令。',
  ),
  blocks(of) {
    const { needs } = of
    if (needs.length === 0) return []
    const made = hasTestServer(of)
    return [folder, ...(made ? [] : [brought(of)]), ...needs.map(blockOf), ...(made ? [signed] : [])]
  },
}

const hasTestServer = ({ design, plan, dialect }: Subject): boolean =>
  testServerOf({ design, plan, style: dialect.style(design, plan) }) !== null

const folder: Block = {
  says: both('A folder of your own.', '一个单独的目录。'),
  run: 'mkdir -p egress-certificates\nchmod 700 egress-certificates\ncd egress-certificates',
}

const blockOf = ({ says, run, again }: Need): Block => ({ says, run, script: { part: 'apply', run: again } })

/** Nobody but the host's operator can sign for it. */
function brought({ plan }: Subject): Block {
  const mutual = plan.paths.some(({ outside: { tls } }) => needsClientCertificate(tls))
  const files = mutual ? 'ca.crt client.crt client.key' : 'ca.crt'
  const script: Step = { part: 'apply', run: `for file in ${files}; do\n  [ -s "$file" ] || die "$PWD/$file ?"\ndone` }
  if (!mutual)
    return {
      says: both('Put ca.crt here: the CA that signed for the host.', '把 ca.crt 放到这里：为外部主机签发证书的 CA。'),
      run: 'openssl x509 -in ca.crt -noout -subject -enddate',
      expect: 'subject=…\nnotAfter=…',
      script,
    }
  return {
    says: both(
      'Put the files here that the host’s operator gave you: client.crt and client.key, and ca.crt with the CA of the server. Certificate and key belong together if both lines are the same.',
      '把外部主机的运营方给你的文件放到这里：client.crt 和 client.key，以及服务器的 CA 证书 ca.crt。如果下面两行输出相同，证书与密钥就是一对。',
    ),
    run: ['openssl x509 -in client.crt -noout -pubkey | openssl sha256', 'openssl pkey -in client.key -pubout | openssl sha256'].join('\n'),
    expect: '…(stdin)= …\n…(stdin)= …',
    script,
  }
}

const signed: Block = {
  says: both('Both certificates are signed by the CA.', '两张证书都由该 CA 签发。'),
  run: 'openssl verify -CAfile ca.crt server.crt client.crt',
  expect: 'server.crt: OK\nclient.crt: OK',
  script: { part: 'apply' },
}
