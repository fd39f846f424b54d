declare module "*/plain.js" {
  export const plain: unknown;
}
