import { html } from '../vendor/preact.js';
import { t } from '../lib/text.js';
import { Choice, Segments, Text } from './field.js';

const fresh = { none: null, basic: { type: 'basic', username: '', password: '' }, bearer: { type: 'bearer', token: '' },
  oauth2: { type: 'oauth2', tokenUrl: '', clientId: '', clientSecret: '' } };

export function AuthFields({ auth, set, problem }) {
  const part = (name) => (value) => set({ ...auth, [name]: value });
  const wrong = (name) => problem?.at(`/auth/${name}`);
  return html`<div class="stack">
    <${Segments} name="auth" label=${t('Authentication')} value=${auth?.type ?? 'none'} set=${(type) => set(fresh[type])}
      of=${[['none', t('None')], ['basic', t('User and password')], ['bearer', t('Bearer token')], ['oauth2', 'OAuth 2']]} />
    ${auth?.type === 'basic' && html`<div class="columns">
      <${Text} id="username" label=${t('User')} value=${auth.username} set=${part('username')} error=${wrong('username')} />
      <${Text} id="password" label=${t('Password')} type="password" value=${auth.password} set=${part('password')} error=${wrong('password')} /></div>`}
    ${auth?.type === 'bearer' && html`<${Text} id="token" label=${t('Token')} type="password" value=${auth.token} set=${part('token')} error=${wrong('token')} />`}
    ${auth?.type === 'oauth2' && html`<div class="columns">
      <${Text} id="tokenUrl" label=${t('Token URL')} value=${auth.tokenUrl} set=${part('tokenUrl')} error=${wrong('tokenUrl')} placeholder="https://" />
      <${Text} id="clientId" label=${t('Client id')} value=${auth.clientId} set=${part('clientId')} error=${wrong('clientId')} />
      <${Text} id="clientSecret" label=${t('Client secret')} type="password" value=${auth.clientSecret} set=${part('clientSecret')} error=${wrong('clientSecret')} />
      <${Text} id="scope" label=${t('Scope')} optional=${t('optional')} value=${auth.scope} set=${part('scope')} error=${wrong('scope')} />
      <${Text} id="audience" label=${t('Audience')} optional=${t('optional')} value=${auth.audience} set=${part('audience')} error=${wrong('audience')} />
      <${Choice} id="clientAuth" label=${t('Client id and secret go')} value=${auth.clientAuth ?? 'basic'} set=${part('clientAuth')}
        of=${[['basic', t('in the header')], ['body', t('in the body')]]} /></div>`}
    ${problem?.errors.filter(({ pointer }) => pointer === '/auth').map(({ detail }) => html`<div class="wrong" role="alert">${detail}</div>`)}
  </div>`;
}
