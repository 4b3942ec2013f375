/**
 * The products whose clients are served in their own shapes, each by its face below lib/faces/. A name is
 * the `client_id` of the sessions that its face opens; a new face has its name added here.
 *
 * @module
 */
export const PRODUCTS = ['webitel', 'appmixer', 'faveo'] as const;
export type Product = (typeof PRODUCTS)[number];
