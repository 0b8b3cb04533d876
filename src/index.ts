import { main } from './main.js';

// Not awaited at the top level: the bundle holds what the SDK loads on demand (credential providers)
// after this line, and it has to be defined before anything is sent.
void Promise.resolve().then(() => main(process.env));
