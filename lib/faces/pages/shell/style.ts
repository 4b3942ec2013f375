/**
 * The one style sheet of all pages, for light and dark, phone and desk. It is inline, and the policy
 * of page.ts names it by its hash: so it holds no `style` attribute, font or image from elsewhere.
 *
 * Fields have 16 px text, since phones zoom into less.
 *
 * @module
 */
import { type Palette, variables } from './palette.ts';

export const styleSheet = (light: Palette, dark: Palette): string => `
:root{color-scheme:light dark;${variables(light)}}
@media (prefers-color-scheme:dark){:root{${variables(dark)}}}
@media (prefers-contrast:more){:root{--soft:var(--text);--line:var(--field);--field:var(--text)}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;min-height:100vh;min-height:100dvh;display:flex;flex-direction:column;align-items:center;
padding:clamp(1.25rem,11vh,7rem) 1rem 2rem;color:var(--text);
background:radial-gradient(60rem 30rem at 50% -10rem,var(--glow),transparent) var(--page);
font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;overflow-wrap:anywhere}
header{display:flex;align-items:center;gap:.55rem;margin:0 0 1.5rem;font-weight:650;letter-spacing:-.01em}
header svg{width:2rem;height:2rem}
header img{flex:none;width:auto;height:2.5rem;max-width:10rem;object-fit:contain}
header bdi{overflow-wrap:break-word}
main{width:100%;max-width:26rem;background:var(--card);border:1px solid var(--line);border-radius:1.25rem;
box-shadow:var(--shadow);padding:2rem}
h1{margin:0;font-size:1.5rem;line-height:1.25;letter-spacing:-.02em;font-weight:680;text-wrap:balance}
p{margin:.4rem 0 0;color:var(--soft);text-wrap:pretty}
p strong{color:var(--text);font-weight:600}
form{margin:1.5rem 0 0;display:grid;gap:.75rem}
label{display:block;margin:0 0 .35rem;font-size:.925rem;font-weight:560}
.fields{display:grid;gap:1.1rem;margin:0 0 .75rem}
input,textarea{display:block;width:100%;min-height:3rem;padding:.6rem .85rem;font:inherit;color:inherit;
background:transparent;border:1px solid var(--field);border-radius:.7rem}
[aria-invalid]{border-color:var(--bad)}
textarea{resize:vertical}
[hidden]{display:none!important}
.secret{position:relative}
.secret .show{position:absolute;inset:.25rem .25rem .25rem auto;width:auto;min-height:0;padding:0 .75rem;
font-size:.9rem;font-weight:560;color:var(--accent);background:var(--card);border-radius:.5rem}
.secret .show:hover{color:var(--text);background:var(--tint)}
.secret:has(.show:not([hidden])) input{padding-right:6.5rem}
.hint{font-size:.875rem;line-height:1.4}
.strength{display:flex;align-items:center;gap:.6rem;font-size:.875rem;color:var(--text)}
.strength::before{content:"";flex:none;width:6rem;height:.4rem;border-radius:.2rem;
background:linear-gradient(var(--accent) 0 0) 0/var(--share,12%) 100% no-repeat var(--line);forced-color-adjust:none}
.strength[data-score="1"]{--share:30%}
.strength[data-score="2"]{--share:55%}
.strength[data-score="3"]{--share:80%}
.strength[data-score="4"]{--share:100%}
button,.button{display:block;width:100%;min-height:3rem;padding:.65rem 1rem;font:inherit;font-weight:600;
text-align:center;text-decoration:none;color:var(--on-accent);background:var(--accent);
border:1px solid transparent;border-radius:.7rem;cursor:pointer}
button:hover,.button:hover{background:var(--accent-hover)}
.quiet{color:var(--text);background:transparent;border-color:var(--field)}
.quiet:hover{background:var(--tint)}
.slight{color:var(--soft);background:transparent;font-weight:500}
.slight:hover{color:var(--text);background:var(--tint)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.problem{display:flex;gap:.6rem;margin:1.25rem 0 0;padding:.75rem .9rem;color:var(--bad);
background:var(--bad-tint);border:1px solid var(--bad-line);border-radius:.7rem;font-size:.95rem}
.problem svg{flex:none;width:1.25rem;height:1.25rem;margin-top:.1rem}
.account{display:flex;align-items:center;gap:.75rem;margin:1.25rem 0 0;padding:.7rem .85rem;
background:var(--tint);border-radius:.9rem;color:var(--soft);font-size:.85rem;line-height:1.35}
.choice{display:flex;align-items:center;gap:.75rem;padding:.7rem .85rem;text-align:start;font-weight:400;
color:var(--text);background:transparent;border-color:var(--field);border-radius:.9rem}
.choice:hover{background:var(--tint)}
.account span,.choice span{flex:none;display:grid;place-items:center;width:2.4rem;height:2.4rem;
border-radius:50%;background:var(--accent);color:var(--on-accent);font-size:1rem;font-weight:650}
.account strong{display:block;color:var(--text);font-size:.975rem;font-weight:600}
ul{list-style:none;margin:.75rem 0 0;padding:0;border:1px solid var(--line);border-radius:.9rem}
li{display:flex;gap:.7rem;padding:.7rem .9rem}
li+li{border-top:1px solid var(--line)}
a{color:var(--accent)}
.links{margin-top:1.25rem}
.links li{padding:0}
.links a{flex:1;display:flex;justify-content:space-between;padding:.8rem .9rem;color:var(--text);font-weight:560;text-decoration:none;border-radius:.9rem}
.links a:hover{background:var(--tint)}
.links a::after{content:"\\203a";color:var(--soft)}
li svg{flex:none;width:1.2rem;height:1.2rem;margin-top:.15rem;color:var(--accent)}
.rule{margin-top:1.25rem;color:var(--text);font-weight:560}
.action{margin-top:1.5rem}
.note{margin-top:1rem;font-size:.85rem;text-align:center}
dl{margin:1.5rem 0 0;padding:1rem 0 0;border-top:1px solid var(--line);font-size:.85rem;color:var(--soft)}
dt{font-weight:560}
dd+dt{margin-top:.6rem}
dd{margin:.2rem 0 0;font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.ways{display:flex;flex-wrap:wrap;justify-content:center;gap:.4rem 1.5rem;margin-top:1.25rem;font-size:.925rem}
.ways a{display:inline-block;min-height:1.5rem}
.logo{display:block;max-width:6rem;max-height:3rem;margin:0 0 1rem}
.of-client{display:flex;flex-wrap:wrap;justify-content:center;gap:.2rem 1rem;margin-top:1rem;font-size:.85rem}
.of-client p{margin:0}
.of-client ul{display:flex;flex-wrap:wrap;gap:.2rem 1rem;margin:0;border:0}
.of-client li{padding:0;border:0}
.of-client a{display:inline-block;min-height:1.5rem;color:var(--soft)}
.word{display:inline;width:auto;min-height:1.5rem;padding:0;color:var(--soft);background:none;border:0;
border-radius:.2rem;font-weight:400;text-decoration:underline}
.word:hover{color:var(--text);background:none}
footer{display:flex;flex-wrap:wrap;justify-content:center;gap:.4rem 2rem;margin-top:1.5rem;font-size:.85rem;color:var(--soft)}
footer nav{display:flex;align-items:baseline;flex-wrap:wrap;gap:.4rem 1rem}
footer a{display:inline-block;min-height:1.5rem;color:var(--soft)}
footer a:hover{color:var(--text)}
.badge{display:grid;place-items:center;width:3rem;height:3rem;margin:0 0 1rem;border-radius:50%;
background:var(--tint);color:var(--accent)}
.badge svg{width:1.5rem;height:1.5rem}
.badge.bad{background:var(--bad-tint);color:var(--bad)}
nav{margin:0 0 .75rem;font-size:.925rem}
h2{margin:2rem 0 0;font-size:1.125rem;line-height:1.3}
select{display:block;width:100%;min-height:3rem;padding:.6rem .85rem;font:inherit;color:inherit;
background:var(--card);border:1px solid var(--field);border-radius:.7rem}
summary{min-height:2rem;cursor:pointer;font-weight:560}
details .fields{margin:1.1rem 0 0}
.hint{font-size:.85rem}
.done{display:flex;gap:.6rem;margin:1.25rem 0 0;padding:.75rem .9rem;color:var(--text);
background:var(--tint);border-radius:.7rem;font-size:.95rem}
.done svg{flex:none;width:1.25rem;height:1.25rem;margin-top:.1rem;color:var(--accent)}
.rows li{display:block;font-size:.925rem}
.rows p{margin:.15rem 0 0}
.rows em{display:inline-block;padding:0 .5rem;font-style:normal;font-size:.8rem;color:var(--text);
background:var(--tint);border-radius:.5rem}
.rows form{margin:.6rem 0 .2rem}
.rows details{margin:.4rem 0 0}
.plain{margin:.15rem 0 0;padding:0 0 0 1.1rem;list-style:disc;border:0}
.rows .plain li{display:list-item;padding:.1rem 0;border:0}
.small{min-height:2.4rem;padding:.35rem .8rem;font-size:.9rem}
.danger{color:var(--card);background:var(--bad)}
.danger:hover{background:var(--bad)}
.shown-once code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.9rem}
.shown-once{padding:.75rem .9rem;color:var(--text);background:var(--tint);border-radius:.7rem}
.text{font-family:inherit;color:var(--text);font-size:.975rem}
.away{position:absolute;width:1px;min-height:1px;height:1px;padding:0;border:0;clip-path:inset(50%)}
@media (max-width:30rem){body{padding:1.25rem .75rem}
header{margin-bottom:1rem}main{padding:1.5rem 1.25rem}}
@media (forced-colors:active){main,.account,.problem,button,.button{border:1px solid}}
`;
