// A catalogue of any size: the real prompts first, then made-up ones that sound like one of them.
import catalogue from './files/catalogue.json'

/** What organisations have many of. */
const topics = {
  en: 'Contract Invoice Delivery Refund Warranty Appointment Address Payment Password Insurance Cancellation Complaint Upgrade Outage Meter Router Damage Loyalty Pension Visa'.split(
    ' ',
  ),
  de: 'Vertrag Rechnung Lieferung Erstattung Gewährleistung Termin Anschrift Zahlung Passwort Versicherung Kündigung Beschwerde Tarifwechsel Störung Zähler Router Schaden Treue Rente Visum'.split(
    ' ',
  ),
  es: 'Contrato Factura Entrega Reembolso Garantía Cita Dirección Pago Contraseña Seguro Cancelación Queja Mejora Avería Contador Router Daño Fidelidad Pensión Visado'.split(
    ' ',
  ),
  fr: 'Contrat Facture Livraison Remboursement Garantie Rendez-vous Adresse Paiement Passe Assurance Résiliation Réclamation Option Panne Compteur Routeur Dommage Fidélité Retraite Visa'.split(
    ' ',
  ),
}
const kinds =
  'notice,terms,reminder,identity check,consent,waiting time,opening hours,next steps,documents,data protection'.split(
    ',',
  )
const parties =
  'private customers,companies,students,pensioners,new customers,dealers,members,travellers'.split(',')
const sentences = {
  en: 'This is about your {topic}, number {n}. Please have your papers at hand; a colleague is with you shortly.',
  de: 'Es geht um: {topic}, Nummer {n}. Bitte halten Sie Ihre Unterlagen bereit; gleich ist jemand für Sie da.',
  es: 'Se trata de: {topic}, número {n}. Tenga sus documentos a mano; enseguida le atenderá un compañero.',
  fr: "Il s'agit de : {topic}, numéro {n}. Gardez vos documents à portée de main ; un collègue arrive.",
}
type Told = keyof typeof sentences
type Entry = (typeof catalogue.prompts)[number]

const sounding = catalogue.prompts.filter(({ key }) => !key.startsWith('faulty'))
const pick = <T>(all: readonly T[], place: number): T => all[place % all.length] as T

/** The text of catalogue.json with this many prompts. */
export function catalogueOf(size: number): string {
  const real = catalogue.prompts.slice(0, size)
  const madeUp = Array.from({ length: size - real.length }, (_, place) => madeUpPrompt(place))
  return JSON.stringify({ ...catalogue, prompts: [...real, ...madeUp] })
}

function madeUpPrompt(place: number): Entry {
  const like = pick(sounding, place)
  const n = String(place).padStart(5, '0')
  const topic = pick(topics.en, place)
  // Each tenth has a title as long as some languages make them.
  const long = place % 10 === 7 ? ` before the ${topic.toLowerCase()} department can be reached` : ''
  return {
    ...like,
    key: `${like.key}-${n}`,
    title:
      `${topic} ${pick(kinds, Math.floor(place / 20))} for ${pick(parties, Math.floor(place / 200))}${long}`.slice(
        0,
        80,
      ),
    category: topic,
    pinned: false,
    recordings: like.recordings.map((recording) => {
      const told = recording.language as Told
      const about = sentences[told].replace('{topic}', pick(topics[told], place)).replace('{n}', n)
      return { ...recording, text: `${about} ${recording.text}` }
    }),
  }
}

/** The file that a made-up prompt sounds like: `de/standard/welcome.mp3` of `de/standard/welcome-00042.mp3`. */
export function soundsLike(file: string): string {
  return file.replace(/-\d{5}(\.\w+)$/, '$1')
}
