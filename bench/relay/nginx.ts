/** nginx doing the same: it asks the caller for a cert under our root, shows its own to the next server and compares that one’s, and keeps connections. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServicePeer } from '@machikado/testkit';

export const hasNginx = (): boolean => spawnSync('nginx', ['-v']).error === undefined;

export interface NginxPlan {
  readonly folder: string;
  readonly listenPort: number;
  readonly nextPort: number;
  readonly own: ServicePeer;
}

/** With one worker; ends with `close`. */
export function startNginx(plan: NginxPlan): { readonly pid: number; close(): Promise<void> } {
  const { folder } = plan;
  mkdirSync(join(folder, 'nginx'), { recursive: true });
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, configOf(plan));
  const program = spawn('nginx', ['-p', folder, '-c', file, '-e', join(folder, 'nginx', 'error.log')], {
    stdio: 'ignore',
  });
  return {
    pid: program.pid ?? 0,
    close: () =>
      new Promise((resolve) => {
        program.once('exit', () => resolve());
        program.kill('SIGTERM');
      }),
  };
}

function configOf({ folder, listenPort, nextPort, own: { certFile, keyFile, caFile, crlFile } }: NginxPlan): string {
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${join(folder, 'nginx', name)};`,
  );
  return `daemon off;
user root;
worker_processes 1;
pid ${join(folder, 'nginx', 'pid')};
events { worker_connections 256; }
http {
  access_log ${join(folder, 'nginx', 'access.log')};
  ${places.join('\n  ')}
  upstream next { server 127.0.0.1:${nextPort}; keepalive 8; }
  server {
    listen 127.0.0.1:${listenPort} ssl;
    ssl_certificate ${certFile};
    ssl_certificate_key ${keyFile};
    ssl_client_certificate ${caFile};
    ssl_crl ${crlFile};
    ssl_verify_client on;
    ssl_protocols TLSv1.3;
    keepalive_requests 1000000;
    location / {
      proxy_pass https://next;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_ssl_certificate ${certFile};
      proxy_ssl_certificate_key ${keyFile};
      proxy_ssl_trusted_certificate ${caFile};
      proxy_ssl_verify on;
      proxy_ssl_name localhost;
      proxy_ssl_protocols TLSv1.3;
      proxy_buffers 32 8k;
    }
  }
}
`;
}
