/** The colours, which the build makes of the sign-in pages' palette. */
declare module 'virtual:palette.css';
