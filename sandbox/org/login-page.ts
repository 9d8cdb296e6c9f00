// The pages of the login server: choose who you are, or read why signing in cannot start.
import { organisation, people } from './people'

/** The fields travel on with the choice. */
export function loginPage(clientName: string, fields: Readonly<Record<string, string>>): string {
  const hidden = Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`)
    .join('')
  const choices = people
    .map(
      ({ id, name, title }) =>
        `<li><button name="user" value="${escape(id)}"><b>${escape(name)}</b> <span>${escape(title)}</span></button></li>`,
    )
    .join('')
  return document(
    'Sign in',
    `<h1>Sign in</h1>
    <p>${escape(clientName)} asks to work in ${escape(organisation.name ?? '')}. Who are you?</p>
    <form method="post" action="/oauth/login">${hidden}
      <ul>${choices}</ul>
      <button class="deny" name="deny" value="true">Cancel</button>
    </form>`,
  )
}

export const refusalPage = (reason: string): string =>
  document('Sign-in cannot start', `<h1>Sign-in cannot start</h1><p>${escape(reason)}</p>`)

function document(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>
body { margin: 0; padding: 16px; background: #f5f6fa; color: #2a2a2e; font: 14px/20px "Noto Sans", sans-serif }
main { max-width: 400px; margin: 0 auto; padding: 16px; background: #fff; border-radius: 4px }
h1 { margin: 0 0 8px; font-size: 20px; line-height: 28px }
ul { margin: 16px 0; padding: 0; list-style: none }
li { margin: 0 0 4px }
button { width: 100%; min-height: 32px; padding: 4px 8px; border: 1px solid #b4bccb; border-radius: 4px;
  background: #fff; color: inherit; font: inherit; text-align: left; cursor: pointer }
button:hover { background: #ebedf5 }
button:focus-visible { outline: 2px solid #5476d5; outline-offset: 1px }
button span { color: #4f5157 }
.deny { width: auto }
</style>
</head>
<body><main>
${content}
</main></body>
</html>
`
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign)
