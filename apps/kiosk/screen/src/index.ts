/** What tests and tools need of the screen without a browser. */
export {};
