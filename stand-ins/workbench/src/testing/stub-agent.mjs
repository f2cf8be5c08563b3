/** Stands for the kiosk’s agent: writes the address of its screen and stays, or does what its config file says. */
import { readFileSync, writeFileSync } from 'node:fs';

const config = JSON.parse(readFileSync(process.argv[process.argv.indexOf('--config') + 1], 'utf8'));
if (config.ends) process.exit(7);
writeFileSync(config.screenUrlFile, `http://${config.says ?? `127.0.0.1:${config.screen.port}`}/#${process.pid}`);
process.on('disconnect', () => process.exit(0));
process.on('SIGTERM', () => {
  writeFileSync(`${config.screenUrlFile}.ended`, 'in order');
  process.exit(0);
});
setInterval(() => {}, 60_000);
