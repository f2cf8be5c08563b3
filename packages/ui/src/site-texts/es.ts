/** Words of the verification site: español. */
import type { SiteTexts } from './catalogue.ts';

const later = 'Inténtelo de nuevo dentro de un rato.';
const ask = 'Consulte con el municipio que lo expidió.';
const forged = `Puede ser una falsificación. ${ask}`;

export const es = {
  title: 'Verificación de certificados',
  skip: 'Ir al contenido',
  language: 'Idioma',
  start: {
    heading: 'Comprobar un certificado impreso en una tienda de conveniencia',
    lead: 'El dibujo del reverso del certificado guarda su anverso tal como se expidió. Este sitio restaura esa imagen. Si envía también el anverso, se comparan los dos automáticamente.',
    back: {
      title: 'Reverso (necesario)',
      text: 'La cara con el dibujo parecido a una tormenta de arena. Muéstrela entera, con las marcas redondas de las cuatro esquinas. Si las dos caras están en un mismo PDF o TIFF, elíjalo aquí.',
    },
    front: { title: 'Anverso (para comparar)', text: 'La cara con el texto. Muestre la hoja entera.' },
    second: {
      title: 'Segunda foto del reverso',
      text: 'Fotografíe el mismo reverso otra vez, con buena luz. Las dos fotos se leen juntas.',
    },
    photograph: (side) => `Fotografiar: ${side}`,
    choose: (side) => `Elegir un archivo: ${side}`,
    remove: (side) => `Quitar: ${side}`,
    formats: 'JPEG, PNG, TIFF, WebP o PDF, hasta 48 MB en total. Para escanear recomendamos 200 dpi o más.',
    check: 'Comprobar',
    needBack: 'Elija una imagen del reverso.',
    privacy: 'Lo que envía y lo que se restaura se borran junto con la respuesta. No se guarda ni se registra nada.',
    sides: { back: 'reverso', front: 'anverso', second: 'segunda foto del reverso' },
    chosen: (side, name) => `${side}: ${name}`,
    photo: 'foto',
  },
  camera: {
    heading: (side) => `Fotografiar: ${side}`,
    hints: {
      searching: 'Encuadre el reverso entero.',
      closer: 'Acérquese un poco más.',
      still: 'No se mueva.',
      light: 'Está demasiado oscuro. Busque más luz.',
      ready: 'Se ven las cuatro esquinas. Se toma la foto.',
    },
    frontHint: 'Encuadre el anverso entero y pulse el botón.',
    capture: 'Tomar la foto',
    cancel: 'Cancelar',
    refused: 'No se puede usar la cámara. Permítala en su navegador o elija un archivo.',
    view: 'Imagen de la cámara',
  },
  progress: {
    title: 'Comprobando',
    text: 'Normalmente unos segundos. Las fotos de las dos caras pueden tardar hasta medio minuto, y más si el sitio está ocupado.',
    cancel: 'Cancelar',
  },
  findings: {
    same: { title: 'El anverso es igual que cuando se expidió', text: 'No hay diferencias en lo comparado.' },
    differs: {
      title: 'El anverso no es igual que cuando se expidió',
      text: 'Mire en el papel los lugares marcados. También se marcan las manchas y lo escrito a mano.',
    },
    'cannot-tell': {
      title: 'No se puede juzgar automáticamente',
      text: 'Compare a simple vista la imagen restaurada de abajo con el anverso del papel.',
    },
    'not-compared': {
      title: 'Restaurado. Compárelo ahora con el anverso',
      text: 'Compruebe letra por letra que la imagen de abajo y el anverso del papel son iguales.',
    },
    cancelled: {
      title: 'Este certificado está anulado',
      text: 'Se retiró, por ejemplo por un fallo de impresión. No lo acepte.',
    },
  },
  facts: {
    heading: 'Lo que consta en el reverso',
    municipality: 'Expedido por',
    issueNumber: 'Número de expedición',
    issuedAt: 'Fecha y hora de expedición',
    sheet: 'Hoja',
    sheetOf: (sheet, of) => `${sheet} de ${of}`,
    orderReference: 'Referencia de la solicitud',
    signature: 'Firma del expedidor',
    signatureValid: 'válida',
    cancellation: '¿Anulado?',
    cancellations: { cancelled: 'anulado', 'not-cancelled': 'no anulado', unknown: 'no se sabe' },
    listOf: (time) => `según la lista del ${time}`,
    checkedAt: 'Fecha y hora de esta comprobación',
  },
  pictures: {
    heading: 'Imagen restaurada y anverso',
    sealed: 'Imagen restaurada (el anverso tal como se expidió)',
    front: 'El anverso enviado',
    larger: 'Ampliar las imágenes',
    smaller: 'Ver las imágenes enteras',
    compared: (percent) => `Comparado: ${percent} %`,
  },
  differences: {
    heading: (count) => `Lugares que difieren: ${count}`,
    item: (n, kind, top, left) => `${n}. ${kind} (a ${top} mm del borde superior y ${left} mm del izquierdo)`,
    kinds: { added: 'no está en la imagen restaurada', missing: 'falta en el anverso' },
    more: (count) => `y ${count} más`,
  },
  doubts: {
    NOT_ALIKE:
      'No se pudieron superponer las dos imágenes: quizá es el reverso de otro certificado, o se ve demasiado poco.',
    TOO_PALE:
      'El anverso se ve demasiado pálido o borroso. Escanéelo otra vez o fotografíelo desde más cerca, con buena luz.',
    PARTLY_UNREADABLE:
      'Hay demasiado del anverso que no se puede leer. Muestre la hoja entera, sin sombras ni reflejos.',
    SLIGHT_DIFFERENCES:
      'En los lugares marcados hay pequeñas diferencias que pueden ser suciedad o un cambio. Mírelas en el papel.',
  },
  proofs: {
    heading: 'Lo que indica esta comprobación y lo que no',
    proves: 'Indica',
    not: 'No indica',
    scramble: {
      name: 'Imagen cifrada (el dibujo del reverso)',
      proves: 'que la imagen restaurada es exactamente lo que se imprimió como certificado del municipio.',
      not: 'que el papel que tiene en las manos sea el original: también se restaura una copia del reverso. Prueba el contenido, no el original.',
    },
    copyWarning: {
      name: 'Palabra oculta 複写 («copia»)',
      proves:
        'Si la palabra 複写 destaca oscura en alguna de las caras, el papel es una copia. Mire la hoja entera con buena luz y el brazo extendido.',
      not: 'que un papel sin esa palabra sea un original.',
    },
    latent: {
      name: 'Imagen de detección (flor de cerezo abajo a la izquierda del reverso)',
      proves: 'Con una cámara de infrarrojos, un original muestra la letra 証. Una copia, no.',
      not: 'nada a simple vista ni con una cámara normal.',
    },
  },
  myNumber: {
    title: 'Si el certificado muestra un número individual (My Number)',
    text: 'Salvo que una ley lo permita, ese número no se puede recoger ni conservar. No entregue a nadie una imagen o impresión en la que se vea. Si tapa el número al fotografiar el anverso, ese lugar se marca como diferente.',
  },
  report: {
    heading: 'Constancia de esta comprobación',
    text: 'Una constancia firmada del resultado, solo con resúmenes (hash) de las imágenes. No contiene las imágenes.',
    download: 'Guardar la constancia firmada (JWS)',
    print: 'Imprimir la constancia',
    verdict: 'Comparación con el anverso',
    verdicts: {
      same: 'igual',
      differs: 'difiere',
      'cannot-tell': 'no se puede juzgar',
      'not-compared': 'sin comparar',
    },
    keys: 'Claves (cifrado, firma)',
    files: 'SHA-256 de los archivos enviados',
    picture: 'SHA-256 de la imagen restaurada (como PBM)',
    signed: 'Constancia firmada (JWS)',
  },
  again: 'Comprobar otro certificado',
  failed: {
    heading: 'No se pudo comprobar',
    corners: (found) => `Marcas redondas encontradas en las esquinas: ${found} de 4.`,
    tap: 'Marcar yo las esquinas',
    second: 'Añadir otra foto del reverso',
    retry: 'Comprobar de nuevo',
    change: 'Elegir otras imágenes',
    offline: { title: 'No se puede conectar con el sitio.', text: 'Compruebe su conexión e inténtelo de nuevo.' },
  },
  tapping: {
    heading: 'Marque las cuatro esquinas',
    text: 'Ponga cada marca en esa esquina del dibujo; basta aproximadamente. Arrástrela, o selecciónela y use las teclas de flecha. Si una esquina no se ve, ponga la marca donde debería estar.',
    corners: ['arriba a la izquierda', 'arriba a la derecha', 'abajo a la derecha', 'abajo a la izquierda'],
    at: (left, top) => `a ${left} % desde la izquierda y ${top} % desde arriba`,
    check: 'Comprobar con estas esquinas',
    cancel: 'Cancelar',
    picture: 'El reverso enviado',
  },
  errors: {
    NO_PICTURE: { title: 'No hay ninguna imagen.', text: 'Elija una imagen del reverso.' },
    TOO_MANY_PICTURES: {
      title: 'Hay demasiadas imágenes o páginas.',
      text: 'Envíe una hoja (reverso y anverso) cada vez.',
    },
    MALFORMED_UPLOAD: {
      title: 'No se pudo recibir lo enviado.',
      text: 'Abra la página otra vez e inténtelo de nuevo.',
    },
    TOO_LARGE: { title: 'El archivo es demasiado grande.', text: 'Hasta 48 MB en total. Basta escanear a 300 dpi.' },
    TOO_MANY_PIXELS: {
      title: 'La imagen tiene demasiados píxeles.',
      text: 'Como máximo 100 millones. Basta escanear a 300 dpi.',
    },
    TYPE_NOT_SUPPORTED: { title: 'Este tipo de archivo no se puede leer.', text: 'Envíe JPEG, PNG, TIFF, WebP o PDF.' },
    HEIC_NOT_SUPPORTED: {
      title: 'Las fotos HEIC no se pueden leer.',
      text: 'Envíe un JPEG. En un iPhone elija Ajustes > Cámara > Formatos > El más compatible y tómela otra vez, o use «Fotografiar» en este sitio.',
    },
    FILE_BROKEN: { title: 'El archivo está dañado y no se puede leer.', text: 'Fotografíelo o escanéelo otra vez.' },
    FILE_ENCRYPTED: {
      title: 'Un PDF con contraseña no se puede leer.',
      text: 'Envíelo sin contraseña, o como imagen.',
    },
    SEVERAL_SHEETS: { title: 'Hay más de una hoja.', text: 'Envíe una hoja (reverso y anverso) cada vez.' },
    NOT_FOUND: {
      title: 'No se encontró el dibujo.',
      text: 'Muestre la cara con la tormenta de arena, con las cuatro marcas redondas de las esquinas, derecha y con buena luz.',
    },
    TOO_DAMAGED: {
      title: 'Se encontró el dibujo, pero no se pudo leer.',
      text: 'Demasiado desenfoque, sombra, suciedad o pliegues. Use un escáner o añada otra foto.',
    },
    UNKNOWN_VERSION: { title: 'Es un formato más nuevo que este sitio no conoce.', text: ask },
    UNKNOWN_KEY: { title: 'El dibujo se hizo con una clave que este sitio no tiene.', text: forged },
    SIGNATURE_INVALID: { title: 'La firma del expedidor no es válida.', text: forged },
    DIGEST_MISMATCH: { title: 'El dibujo no contiene lo que se firmó.', text: forged },
    PICTURE_BROKEN: { title: 'La firma es válida, pero la imagen no se puede restaurar.', text: ask },
    TOO_SLOW: {
      title: 'No se pudo leer a tiempo.',
      text: 'El sitio puede estar ocupado: inténtelo otra vez. Si se repite, vuelva a fotografiar la hoja entera, con buena luz.',
    },
    BUSY: { title: 'El sitio está muy ocupado.', text: later },
    TOO_MANY_REQUESTS: {
      title: 'Demasiadas comprobaciones en poco tiempo.',
      text: 'Espere un minuto e inténtelo de nuevo.',
    },
    NO_SUCH_PAGE: { title: 'Esta página no existe.', text: 'Empiece por la primera página.' },
    INTERNAL: { title: 'No se pudo comprobar por un fallo del sitio.', text: later },
  },
} as const satisfies SiteTexts;
