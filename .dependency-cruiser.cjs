/** Who may import whom. The figure stands in ARCHITECTURE.md; these rules keep it true. */
const PURE = '^packages/(protocol|domain|card|pki|ui)/src/(?!.*\\.test\\.ts$)';

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'apps-never-import-apps',
      comment: 'An app is one security context. Apps talk over the wire only.',
      severity: 'error',
      from: { path: '^(apps|stand-ins)/([^/]+)/' },
      to: { path: '^(apps|stand-ins)/', pathNot: '^(apps|stand-ins)/$2/' },
    },
    {
      name: 'packages-stand-below',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^(apps|stand-ins|town|e2e)/' },
    },
    {
      name: 'pure-packages-do-no-io',
      comment: 'Time, randomness, keys and bytes come in as arguments.',
      severity: 'error',
      from: { path: PURE },
      to: { path: '^(node:)?(fs|net|http|https|tls|dns|child_process|worker_threads|timers)(/|$)', dependencyTypes: ['core'] },
    },
    {
      name: 'one-door-per-package',
      comment: 'From outside a package only its index.ts is seen, by a page only what brings no module of Node along.',
      severity: 'error',
      from: { path: '^(packages|apps|stand-ins|town|e2e)/([^/]+)/' },
      to: { path: '^packages/([^/]+)/(src|test)/', pathNot: ['^packages/$2/', '^packages/[^/]+/src/index\\.ts$', '^packages/antiforgery/src/live-guide\\.ts$'] },
    },
    {
      name: 'use-cases-know-no-adapters',
      comment: 'Imports point inward: routes → use cases → domain; adapters → ports.',
      severity: 'error',
      from: { path: '^apps/.+/src/use-cases/', pathNot: '\\.test\\.ts$' },
      to: { path: '^apps/.+/src/(adapters|routes|jobs)/' },
    },
    {
      name: 'testkit-in-tests-only',
      severity: 'error',
      from: { path: '^(packages/(?!testkit)|apps|stand-ins)', pathNot: '(\\.test\\.ts$|/test/|/testing/)' },
      to: { path: '^packages/testkit/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(\\.machikado|out|dist)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'], extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'] },
  },
};
