/** What others may use of the issuing server: putting it together, its settings, its migrations. */
export { readBuildId } from './build-id.ts';
export { compose, type Issuer, type Overrides } from './compose.ts';
export { IssuerConfig } from './config.ts';
export { drawSeal } from './forms/index.ts';
export { issuerMigrations, migrateIssuer } from './migrate-issuer.ts';
export type { Municipality, Ports } from './ports.ts';
export { refusalRulesPage } from './rules/refusal-rules-page.ts';
export { MunicipalitySettings } from './settings/settings.ts';
export { parseStaffLine, runStaffCommand } from './staff/run-staff-command.ts';
export { keepBooks } from './use-cases/keep-books.ts';
export { publishDirectory } from './use-cases/publish-directory.ts';
