export * from './town/generate-town.ts';
export * from './town/personas.ts';
