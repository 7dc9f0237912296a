/** The template says something that the local hub cannot keep its word on; it does not start. */
export class TemplateFault extends Error {
  override readonly name = 'TemplateFault';
}
