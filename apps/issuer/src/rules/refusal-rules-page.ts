/** docs/refusal-rules.md: the table of refusals for those who read no code. Written by `npm run gen`. */
import { certificateKinds, type ErrorCode } from '@machikado/protocol';
import { whom } from './refusal-rule.ts';
import { concerns, refusalRules } from './refusal-rules.ts';
import { termRules } from './term-rules.ts';

/** The sentences are the kiosk’s, one for each code. */
export function refusalRulesPage(sentenceOf: (code: ErrorCode) => string): string {
  const codes = [...new Set([...refusalRules, ...termRules].map(({ code }) => code))];
  return `${[
    '# What a kiosk does not issue (交付しない場合)',
    'Every row is asked of the same snapshot of the records that is printed, none is skipped because another one applied, and an order is issued only when none applies. The first row that applies gives the code. The reasons stand in the 交付記録 of the municipality and nowhere else: `npm run issuer -- show-record`.',
    '## Because of the records',
    'All reasons about a person share one code and one sentence, and the work done is the same.',
    table(
      ['id', 'kinds', 'scope', 'condition', 'code', '職員向けの理由', '根拠'],
      refusalRules.map((rule) => [
        ...[code(rule.id), kindsIn(rule), whom[rule.whom], rule.condition, code(rule.code)],
        ...[rule.staffReason, rule.source],
      ]),
    ),
    '## Because of the terms',
    'Asked before any record is read; they depend on the municipality, the role of the login and the hour alone. What staff set by command (`npm run issuer -- set`) counts at once.',
    table(
      ['id', 'kinds', 'condition', 'code', '職員向けの理由', '根拠'],
      termRules.map((rule) => [
        ...[code(rule.id), 'all', rule.condition, code(rule.code), rule.staffReason, rule.source],
      ]),
    ),
    'Before both, no answer is given without a 利用者登録 of the cert (`NOT_REGISTERED`), and none while the feed of the registry, or the book that the kind depends on, is too old or differs from the registry’s own (`REGISTRY_UNAVAILABLE`).',
    '## What the resident reads',
    table(
      ['code', 'sentence'],
      codes.map((one) => [code(one), sentenceOf(one)]),
    ),
  ].join('\n\n')}\n`;
}

function kindsIn(rule: Parameters<typeof concerns>[0]): string {
  return rule.kinds === 'all'
    ? 'all'
    : certificateKinds
        .filter((kind) => concerns(rule, kind))
        .map(code)
        .join(', ');
}

const code = (text: string) => `\`${text}\``;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
