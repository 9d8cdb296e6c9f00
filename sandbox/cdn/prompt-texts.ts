// What the sandbox's prompts say, in which language and tier: the one table from which recordings and catalogue are made.

export type Format = 'mp3' | 'opus' | 'wav'
export type Language = 'en' | 'de' | 'es' | 'fr'
export type Tier = 'standard' | 'premium'

export interface PromptTexts {
  key: string
  title: string
  version: string
  category: string
  pinned: boolean
  formats: Format[]
  /** How the wav is coded: telephone prompts come both as 16-bit PCM and as mu-law. */
  wavCodec?: 'pcm_s16le' | 'pcm_mulaw'
  texts: Partial<Record<Tier, Partial<Record<Language, string>>>>
}

export const promptTexts: PromptTexts[] = [
  {
    key: 'welcome',
    title: 'Welcome',
    version: '2',
    category: 'Greeting',
    pinned: true,
    formats: ['mp3', 'opus', 'wav'],
    wavCodec: 'pcm_s16le',
    texts: {
      standard: {
        en: 'Welcome to Northwind Care. Thank you for calling.',
        de: 'Willkommen bei Northwind Care. Schön, dass Sie anrufen.',
        es: 'Bienvenido a Northwind Care. Muchas gracias por llamar.',
        fr: 'Bienvenue chez Northwind Care. Merci beaucoup de votre appel.',
      },
      premium: {
        en: 'Welcome to Northwind Premium. Your team is here for you.',
        de: 'Willkommen bei Northwind Premium. Ihr Team ist für Sie da.',
        es: 'Bienvenido a Northwind Premium. Su equipo está a su servicio.',
        fr: 'Bienvenue chez Northwind Premium. Votre équipe est à votre service.',
      },
    },
  },
  {
    key: 'recording-notice',
    title: 'Recording notice',
    version: '3',
    category: 'Legal',
    pinned: true,
    formats: ['mp3', 'opus', 'wav'],
    wavCodec: 'pcm_mulaw',
    texts: {
      standard: {
        en: 'This call is recorded for training. Please tell us if you do not agree.',
        de: 'Dieses Gespräch wird aufgezeichnet. Bitte sagen Sie uns, wenn Sie das nicht möchten.',
        es: 'Esta llamada se graba. Díganos por favor si no está de acuerdo.',
        fr: "Cet appel est enregistré. Dites-nous si vous n'êtes pas d'accord.",
      },
    },
  },
  {
    key: 'terms-of-sale',
    title: 'Terms of sale',
    version: '5',
    category: 'Legal',
    pinned: true,
    formats: ['mp3', 'opus'],
    texts: {
      standard: {
        en: 'By saying yes, you accept our terms of sale. You may withdraw within fourteen days.',
        de: 'Mit Ihrem Ja nehmen Sie unsere Verkaufsbedingungen an. Sie können vierzehn Tage lang widerrufen.',
        es: 'Al decir sí, acepta nuestras condiciones de venta. Puede desistir durante catorce días.',
        fr: 'En disant oui, vous acceptez nos conditions de vente. Vous pouvez vous rétracter pendant quatorze jours.',
      },
    },
  },
  {
    key: 'hold-notice',
    title: 'Hold notice',
    version: '1',
    category: 'Waiting',
    pinned: true,
    formats: ['mp3', 'opus'],
    texts: {
      standard: {
        en: 'One moment please. I am looking this up and will be right back with you.',
        de: 'Einen Moment bitte. Ich sehe das für Sie nach und bin gleich zurück.',
        es: 'Un momento, por favor. Lo consulto y vuelvo enseguida con usted.',
        fr: 'Un instant, je vous prie. Je vérifie cela et je reviens tout de suite.',
      },
      premium: {
        en: 'One moment please. I am taking care of this personally and stay on your case.',
        de: 'Einen Moment bitte. Ich kümmere mich persönlich darum und bleibe an Ihrem Anliegen.',
        es: 'Un momento, por favor. Me ocupo personalmente de su caso.',
        fr: "Un instant, je vous prie. Je m'occupe personnellement de votre demande.",
      },
    },
  },
  {
    key: 'callback-offer',
    title: 'Callback offer',
    version: '1',
    category: 'Waiting',
    pinned: false,
    formats: ['mp3', 'opus'],
    texts: {
      standard: {
        en: 'If you prefer not to wait, we will gladly call you back today at a time of your choice.',
        de: 'Wenn Sie nicht warten möchten, rufen wir Sie heute gern zur gewünschten Zeit zurück.',
        es: 'Si prefiere no esperar, con gusto le llamamos hoy a la hora que elija.',
        fr: "Si vous préférez ne pas attendre, nous vous rappelons aujourd'hui à l'heure de votre choix.",
      },
    },
  },
  {
    key: 'card-payment-notice',
    title: 'Card payment notice',
    version: '2',
    category: 'Payment',
    pinned: false,
    formats: ['mp3', 'opus'],
    texts: {
      standard: {
        en: 'For your safety, please enter your card number on the keypad. I cannot hear the digits.',
        de: 'Bitte geben Sie Ihre Kartennummer über die Tastatur ein. Ich kann die Ziffern nicht hören.',
        es: 'Por su seguridad, marque el número de su tarjeta en el teclado. Yo no oigo las cifras.',
        fr: "Pour votre sécurité, tapez votre numéro de carte sur le clavier. Je n'entends pas les chiffres.",
      },
    },
  },
  {
    key: 'opening-hours',
    title: 'Opening hours',
    version: '1',
    category: 'Service',
    pinned: false,
    formats: ['mp3', 'opus'],
    texts: {
      standard: {
        en: 'We are here for you from Monday to Friday, from eight in the morning to six in the evening.',
        de: 'Wir sind von Montag bis Freitag für Sie da, von acht bis achtzehn Uhr.',
        es: 'Le atendemos de lunes a viernes, de ocho de la mañana a seis de la tarde.',
        fr: 'Nous sommes à votre écoute du lundi au vendredi, de huit heures à dix-huit heures.',
      },
    },
  },
  {
    key: 'goodbye',
    title: 'Goodbye',
    version: '1',
    category: 'Greeting',
    pinned: false,
    formats: ['mp3', 'opus'],
    texts: {
      standard: {
        en: 'Thank you for calling Northwind Care. Have a good day, and goodbye.',
        de: 'Vielen Dank für Ihren Anruf bei Northwind Care. Auf Wiederhören.',
        es: 'Gracias por llamar a Northwind Care. Que tenga un buen día.',
        fr: 'Merci de votre appel chez Northwind Care. Bonne journée, et au revoir.',
      },
      premium: {
        en: 'Thank you for your trust in Northwind Premium. We look forward to your next call.',
        de: 'Vielen Dank für Ihr Vertrauen in Northwind Premium. Auf Wiederhören.',
        es: 'Gracias por confiar en Northwind Premium. Hasta la próxima.',
        fr: 'Merci de votre confiance en Northwind Premium. À très bientôt.',
      },
    },
  },
  {
    // Deliberately not recorded in Spanish and French: a gap that the panel must explain.
    key: 'service-disruption',
    title: 'Service disruption',
    version: '1',
    category: 'Service',
    pinned: false,
    formats: ['mp3', 'opus'],
    texts: {
      standard: {
        en: 'We know about the disruption in your area and expect to have it solved within the hour.',
        de: 'Die Störung in Ihrer Region ist bekannt. Wir rechnen mit einer Lösung in dieser Stunde.',
      },
    },
  },
]

export interface FaultyText {
  key: string
  title: string
  format: Format
  text: string
}

/** Recordings that are wrong on purpose, each in its own way (the key says how); English, standard tier only. */
export const faultyTexts: FaultyText[] = [
  {
    key: 'faulty-missing',
    title: 'Faulty: missing file',
    format: 'mp3',
    text: 'This sentence was never recorded. The file does not exist.',
  },
  {
    key: 'faulty-truncated',
    title: 'Faulty: truncated file',
    format: 'mp3',
    text: 'This recording was cut in the middle, although its header still claims the full length of the sentence.',
  },
  {
    key: 'faulty-mislabelled',
    title: 'Faulty: mislabelled file',
    format: 'mp3',
    text: 'This recording is coded as Opus, although its name says that it is an MP3 file.',
  },
  {
    key: 'faulty-html',
    title: 'Faulty: error page instead of audio',
    format: 'mp3',
    text: 'Instead of this sentence, the server delivers an error page under the name of the recording.',
  },
  {
    key: 'faulty-codec',
    title: 'Faulty: codec nobody plays',
    format: 'wav',
    text: 'This recording is a wave file in the old GSM codec, which no browser plays.',
  },
]

/** What has to be played, by queue: "Premium care" and "New contracts" of `sandbox/org/people.ts`. */
export const requiredPrompts = [
  {
    prompt: 'recording-notice',
    queues: ['c1e7d3a0-0000-4000-8000-000000000002'],
    direction: 'inbound',
    withinS: 60,
  },
  { prompt: 'terms-of-sale', queues: ['c1e7d3a0-0000-4000-8000-000000000003'], withinS: 300 },
]
