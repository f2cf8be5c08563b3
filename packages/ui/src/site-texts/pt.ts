/** Words of the verification site: português. */
import type { SiteTexts } from './catalogue.ts';

const later = 'Tente novamente daqui a pouco.';
const ask = 'Consulte o município que o emitiu.';
const forged = `Pode ser uma falsificação. ${ask}`;

export const pt = {
  title: 'Verificação de certificados',
  skip: 'Ir para o conteúdo',
  language: 'Idioma',
  start: {
    heading: 'Conferir um certificado impresso em loja de conveniência',
    lead: 'O desenho do verso do certificado guarda a frente tal como foi emitida. Este site restaura essa imagem. Se você enviar também a frente, as duas são comparadas automaticamente.',
    back: {
      title: 'Verso (necessário)',
      text: 'O lado com o desenho parecido com uma tempestade de areia. Mostre-o inteiro, com as marcas redondas dos quatro cantos. Se os dois lados estiverem em um só PDF ou TIFF, escolha-o aqui.',
    },
    front: { title: 'Frente (para comparar)', text: 'O lado com o texto. Mostre a folha inteira.' },
    second: {
      title: 'Segunda foto do verso',
      text: 'Fotografe o mesmo verso mais uma vez, com boa luz. As duas fotos são lidas juntas.',
    },
    photograph: (side) => `Fotografar: ${side}`,
    choose: (side) => `Escolher um arquivo: ${side}`,
    remove: (side) => `Remover: ${side}`,
    formats: 'JPEG, PNG, TIFF, WebP ou PDF, até 48 MB no total. Para digitalizar, recomendamos 200 dpi ou mais.',
    check: 'Conferir',
    needBack: 'Escolha uma imagem do verso.',
    privacy: 'O que você envia e o que é restaurado são apagados junto com a resposta. Nada é guardado nem registrado.',
    sides: { back: 'verso', front: 'frente', second: 'segunda foto do verso' },
    chosen: (side, name) => `${side}: ${name}`,
    photo: 'foto',
  },
  camera: {
    heading: (side) => `Fotografar: ${side}`,
    hints: {
      searching: 'Enquadre o verso inteiro.',
      closer: 'Aproxime um pouco mais.',
      still: 'Fique parado.',
      light: 'Está escuro demais. Procure mais luz.',
      ready: 'Os quatro cantos foram encontrados. Tirando a foto.',
    },
    frontHint: 'Enquadre a frente inteira e aperte o botão.',
    capture: 'Tirar a foto',
    cancel: 'Cancelar',
    refused: 'Não é possível usar a câmera. Permita-a no navegador ou escolha um arquivo.',
    view: 'Imagem da câmera',
  },
  progress: {
    title: 'Conferindo',
    text: 'Em geral, alguns segundos. Fotos dos dois lados podem levar até meio minuto, e mais enquanto o site está ocupado.',
    cancel: 'Cancelar',
  },
  findings: {
    same: { title: 'A frente está igual a quando foi emitida', text: 'Não há diferença no que foi comparado.' },
    differs: {
      title: 'A frente não está igual a quando foi emitida',
      text: 'Olhe no papel os lugares marcados. Manchas e anotações à mão também são marcadas.',
    },
    'cannot-tell': {
      title: 'Não é possível julgar automaticamente',
      text: 'Compare a olho a imagem restaurada abaixo com a frente do papel.',
    },
    'not-compared': {
      title: 'Restaurado. Agora compare com a frente',
      text: 'Confira letra por letra se a imagem abaixo e a frente do papel são iguais.',
    },
    cancelled: {
      title: 'Este certificado foi cancelado',
      text: 'Ele foi retirado, por exemplo, por falha de impressão. Não o aceite.',
    },
  },
  facts: {
    heading: 'O que consta no verso',
    municipality: 'Emitido por',
    issueNumber: 'Número de emissão',
    issuedAt: 'Data e hora da emissão',
    sheet: 'Folha',
    sheetOf: (sheet, of) => `${sheet} de ${of}`,
    orderReference: 'Referência do pedido',
    signature: 'Assinatura do emissor',
    signatureValid: 'válida',
    cancellation: 'Cancelado?',
    cancellations: { cancelled: 'cancelado', 'not-cancelled': 'não cancelado', unknown: 'não se sabe' },
    listOf: (time) => `conforme a lista de ${time}`,
    checkedAt: 'Data e hora desta conferência',
  },
  pictures: {
    heading: 'Imagem restaurada e frente',
    sealed: 'Imagem restaurada (a frente tal como foi emitida)',
    front: 'A frente enviada',
    larger: 'Ampliar as imagens',
    smaller: 'Ver as imagens inteiras',
    compared: (percent) => `Comparado: ${percent} %`,
  },
  differences: {
    heading: (count) => `Lugares diferentes: ${count}`,
    item: (n, kind, top, left) => `${n}. ${kind} (a ${top} mm da borda superior e ${left} mm da esquerda)`,
    kinds: { added: 'não está na imagem restaurada', missing: 'falta na frente' },
    more: (count) => `e mais ${count}`,
  },
  doubts: {
    NOT_ALIKE:
      'Não foi possível sobrepor as duas imagens: talvez seja o verso de outro certificado, ou apareça muito pouco.',
    TOO_PALE: 'A frente está pálida ou desfocada demais. Digitalize de novo ou fotografe mais de perto, com boa luz.',
    PARTLY_UNREADABLE:
      'Uma parte grande demais da frente não pode ser lida. Mostre a folha inteira, sem sombra nem reflexo.',
    SLIGHT_DIFFERENCES:
      'Nos lugares marcados há pequenas diferenças que podem ser sujeira ou uma alteração. Olhe-as no papel.',
  },
  proofs: {
    heading: 'O que esta conferência mostra e o que não mostra',
    proves: 'Mostra',
    not: 'Não mostra',
    scramble: {
      name: 'Imagem embaralhada (o desenho do verso)',
      proves: 'que a imagem restaurada é exatamente o que foi impresso como certificado do município.',
      not: 'que o papel em suas mãos seja o original: uma cópia do verso também é restaurada. Prova o conteúdo, não o original.',
    },
    copyWarning: {
      name: 'Palavra oculta 複写 (“cópia”)',
      proves:
        'Se a palavra 複写 se destacar escura em qualquer dos lados, o papel é uma cópia. Olhe a folha inteira com boa luz e o braço estendido.',
      not: 'que um papel sem a palavra seja um original.',
    },
    latent: {
      name: 'Imagem de detecção (flor de cerejeira embaixo à esquerda do verso)',
      proves: 'Vista com uma câmera de infravermelho, um original mostra a letra 証. Uma cópia, não.',
      not: 'nada a olho nu ou com uma câmera comum.',
    },
  },
  myNumber: {
    title: 'Se o certificado mostrar um número individual (My Number)',
    text: 'A não ser que uma lei permita, esse número não pode ser coletado nem guardado. Não entregue a ninguém uma imagem ou impressão em que ele apareça. Se você cobrir o número ao fotografar a frente, esse lugar é marcado como diferente.',
  },
  report: {
    heading: 'Registro desta conferência',
    text: 'Um registro assinado do resultado, só com resumos (hash) das imagens. Não contém as imagens.',
    download: 'Salvar o registro assinado (JWS)',
    print: 'Imprimir o registro',
    verdict: 'Comparação com a frente',
    verdicts: {
      same: 'igual',
      differs: 'diferente',
      'cannot-tell': 'não é possível julgar',
      'not-compared': 'não comparado',
    },
    keys: 'Chaves (cifragem, assinatura)',
    files: 'SHA-256 dos arquivos enviados',
    picture: 'SHA-256 da imagem restaurada (como PBM)',
    signed: 'Registro assinado (JWS)',
  },
  again: 'Conferir outro certificado',
  failed: {
    heading: 'Não foi possível conferir',
    corners: (found) => `Marcas redondas encontradas nos cantos: ${found} de 4.`,
    tap: 'Marcar os cantos eu mesmo',
    second: 'Acrescentar outra foto do verso',
    retry: 'Conferir de novo',
    change: 'Escolher outras imagens',
    offline: { title: 'Não é possível conectar ao site.', text: 'Verifique sua conexão e tente novamente.' },
  },
  tapping: {
    heading: 'Marque os quatro cantos',
    text: 'Ponha cada marca no canto correspondente do desenho; aproximadamente já basta. Arraste-a, ou selecione-a e use as teclas de seta. Se um canto não aparecer, ponha a marca onde ele deveria estar.',
    corners: ['em cima à esquerda', 'em cima à direita', 'embaixo à direita', 'embaixo à esquerda'],
    at: (left, top) => `a ${left} % da esquerda e ${top} % de cima`,
    check: 'Conferir com estes cantos',
    cancel: 'Cancelar',
    picture: 'O verso enviado',
  },
  errors: {
    NO_PICTURE: { title: 'Não há imagem.', text: 'Escolha uma imagem do verso.' },
    TOO_MANY_PICTURES: {
      title: 'Há imagens ou páginas demais.',
      text: 'Envie uma folha (verso e frente) de cada vez.',
    },
    MALFORMED_UPLOAD: {
      title: 'Não foi possível receber o que foi enviado.',
      text: 'Abra a página outra vez e tente novamente.',
    },
    TOO_LARGE: { title: 'O arquivo é grande demais.', text: 'Até 48 MB no total. Digitalizar a 300 dpi é suficiente.' },
    TOO_MANY_PIXELS: {
      title: 'A imagem tem pixels demais.',
      text: 'No máximo 100 milhões. Digitalizar a 300 dpi é suficiente.',
    },
    TYPE_NOT_SUPPORTED: {
      title: 'Este tipo de arquivo não pode ser lido.',
      text: 'Envie JPEG, PNG, TIFF, WebP ou PDF.',
    },
    HEIC_NOT_SUPPORTED: {
      title: 'Fotos HEIC não podem ser lidas.',
      text: 'Envie um JPEG. No iPhone, escolha Ajustes > Câmera > Formatos > Mais Compatível e fotografe de novo, ou use “Fotografar” neste site.',
    },
    FILE_BROKEN: { title: 'O arquivo está danificado e não pode ser lido.', text: 'Fotografe ou digitalize de novo.' },
    FILE_ENCRYPTED: { title: 'Um PDF com senha não pode ser lido.', text: 'Envie-o sem senha, ou como imagem.' },
    SEVERAL_SHEETS: { title: 'Há mais de uma folha.', text: 'Envie uma folha (verso e frente) de cada vez.' },
    NOT_FOUND: {
      title: 'O desenho não foi encontrado.',
      text: 'Mostre o lado com a tempestade de areia, com as quatro marcas redondas dos cantos, reto e com boa luz.',
    },
    TOO_DAMAGED: {
      title: 'O desenho foi encontrado, mas não pôde ser lido.',
      text: 'Desfoque, sombra, sujeira ou dobras demais. Use um scanner ou acrescente outra foto.',
    },
    UNKNOWN_VERSION: { title: 'É um formato mais novo, que este site não conhece.', text: ask },
    UNKNOWN_KEY: { title: 'O desenho foi feito com uma chave que este site não tem.', text: forged },
    SIGNATURE_INVALID: { title: 'A assinatura do emissor não é válida.', text: forged },
    DIGEST_MISMATCH: { title: 'O desenho não contém o que foi assinado.', text: forged },
    PICTURE_BROKEN: { title: 'A assinatura é válida, mas a imagem não pode ser restaurada.', text: ask },
    TOO_SLOW: {
      title: 'Não foi possível ler a tempo.',
      text: 'O site pode estar ocupado: tente de novo. Se acontecer outra vez, fotografe de novo a folha inteira, com boa luz.',
    },
    BUSY: { title: 'O site está ocupado.', text: later },
    TOO_MANY_REQUESTS: {
      title: 'Conferências demais em pouco tempo.',
      text: 'Espere um minuto e tente novamente.',
    },
    NO_SUCH_PAGE: { title: 'Esta página não existe.', text: 'Comece pela primeira página.' },
    INTERNAL: { title: 'Não foi possível conferir por uma falha do site.', text: later },
  },
} as const satisfies SiteTexts;
