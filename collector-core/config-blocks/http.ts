import { defineConfigBlock } from '../schema/definition.ts'
import type { ArgumentProblem } from '../schema/definition.ts'
import { block, bool, list, secret, string } from '../schema/field.ts'

const reason = 'Weir listens on the loopback interface without TLS'
const support = { level: 'refused', reason } as const

export const http = defineConfigBlock({
  name: 'http',
  summary: 'Protects the HTTP server of the collector.',
  arguments: {
    auth: block(
      {
        basic: block(
          {
            username: string('User name to expect.', { required: true }),
            password: secret('Password to expect.', { required: true }),
          },
          'Basic authentication.',
          { presence: 'required' },
        ),
        filter: block(
          {
            paths: list(string(''), 'Path prefixes the filter names.'),
            authenticate_matching_paths: bool('Protect the named paths; false protects all others.', { default: true }),
          },
          'Which paths need authentication; without the block all do.',
        ),
      },
      'Ask for credentials.',
    ),
    tls: block(
      {
        cert_pem: string('Server certificate, as PEM text.', { support }),
        cert_file: string('File with the server certificate.', { support }),
        key_pem: secret('Server key, as PEM text.', { support }),
        key_file: string('File with the server key.', { support }),
        client_ca_pem: string('Certificate authority of clients, as PEM text.', { support }),
        client_ca_file: string('File with the certificate authority of clients.', { support }),
        client_auth_type: string('How client certificates are treated.', { support }),
        cipher_suites: list(string(''), 'Allowed cipher suites.', { support }),
        curve_preferences: list(string(''), 'Allowed curves.', { support }),
        min_version: string('Lowest TLS version.', { support }),
        max_version: string('Highest TLS version.', { support }),
      },
      'Serve TLS.',
      { support },
    ),
  },
  check({ auth }): ArgumentProblem[] {
    if (auth?.filter?.authenticate_matching_paths === true && auth.filter.paths.length === 0) {
      const message = 'this filter names no paths, so nothing is protected: add paths or remove the filter block'
      return [{ path: ['auth', 'filter'], message, severity: 'warning' }]
    }
    return []
  },
  example: `http {
	auth {
		basic {
			username = "admin"
			password = sys.env("WEIR_PASSWORD")
		}
	}
}
`,
})
