/** Words of the verification site: English. */
import type { SiteTexts } from './catalogue.ts';

const later = 'Please try again in a while.';

export const en = {
  title: 'Certificate verification',
  skip: 'Skip to the content',
  language: 'Language',
  start: {
    heading: 'Check a certificate printed at a convenience store',
    lead: 'The pattern on the back of the certificate holds its front as it was issued. This site restores that picture. If you send the front too, the two are compared for you.',
    back: {
      title: 'Back (needed)',
      text: 'The side with the sandstorm pattern. Show all of it, with the round marks in the four corners. If both sides are in one PDF or TIFF, choose it here.',
    },
    front: { title: 'Front (to compare)', text: 'The side with the text. Show the whole sheet.' },
    second: {
      title: 'Second photo of the back',
      text: 'Take the same back once more, in good light. Both photos are read together.',
    },
    photograph: (side) => `Photograph: ${side}`,
    choose: (side) => `Choose a file: ${side}`,
    remove: (side) => `Remove: ${side}`,
    formats: 'JPEG, PNG, TIFF, WebP or PDF, up to 48 MB in all. For scans we recommend 200 dpi or more.',
    check: 'Check',
    needBack: 'Please choose a picture of the back.',
    privacy:
      'What you send and what is restored from it are erased together with the answer. Nothing is stored or logged.',
    sides: { back: 'back', front: 'front', second: 'second photo of the back' },
    chosen: (side, name) => `${side}: ${name}`,
    photo: 'photo',
  },
  camera: {
    heading: (side) => `Photograph: ${side}`,
    hints: {
      searching: 'Bring the whole back into the frame.',
      closer: 'A little closer, please.',
      still: 'Hold still.',
      light: 'Too dark. More light, please.',
      ready: 'All four corners found. Taking the photo.',
    },
    frontHint: 'Bring the whole front into the frame and press the button.',
    capture: 'Take the photo',
    cancel: 'Cancel',
    refused: 'The camera cannot be used. Allow it in your browser, or choose a file instead.',
    view: 'View of the camera',
  },
  progress: {
    title: 'Checking',
    text: 'Usually a few seconds. Photos of both sides can take up to half a minute, and longer while the site is busy.',
    cancel: 'Cancel',
  },
  findings: {
    same: { title: 'The front is the same as when it was issued', text: 'No difference in what was compared.' },
    differs: {
      title: 'The front differs from what was issued',
      text: 'Look at the marked places on the paper itself. Handwriting and stains are marked as well.',
    },
    'cannot-tell': {
      title: 'This cannot be judged automatically',
      text: 'Please compare the restored picture below with the front of the paper by eye.',
    },
    'not-compared': {
      title: 'Restored. Now compare it with the front',
      text: 'Check that the picture below and the front of the paper are the same, letter by letter.',
    },
    cancelled: {
      title: 'This certificate has been cancelled',
      text: 'It was withdrawn, for example after a printing failure. Do not accept it.',
    },
  },
  facts: {
    heading: 'What the back records',
    municipality: 'Issued by',
    issueNumber: 'Issue number',
    issuedAt: 'Time of issue',
    sheet: 'Sheet',
    sheetOf: (sheet, of) => `${sheet} of ${of}`,
    orderReference: 'Order reference',
    signature: 'Signature of the issuer',
    signatureValid: 'valid',
    cancellation: 'Cancelled?',
    cancellations: { cancelled: 'cancelled', 'not-cancelled': 'not cancelled', unknown: 'not known' },
    listOf: (time) => `by the list of ${time}`,
    checkedAt: 'Time of this check',
  },
  pictures: {
    heading: 'Restored picture and front',
    sealed: 'Restored picture (the front as issued)',
    front: 'The front that was sent',
    larger: 'Enlarge the pictures',
    smaller: 'Show the whole pictures',
    compared: (percent) => `Compared: ${percent} %`,
  },
  differences: {
    heading: (count) => `Places that differ: ${count}`,
    item: (n, kind, top, left) => `${n}. ${kind} (${top} mm from the top, ${left} mm from the left)`,
    kinds: { added: 'not in the restored picture', missing: 'missing on the front' },
    more: (count) => `and ${count} more`,
  },
  doubts: {
    NOT_ALIKE:
      'The two pictures could not be laid over each other: perhaps the back of another certificate, or too little of the page is visible.',
    TOO_PALE: 'The front is too pale or blurred. Please scan it again, or photograph it from closer in good light.',
    PARTLY_UNREADABLE: 'Too much of the front cannot be read. Please show the whole sheet, without shade or glare.',
    SLIGHT_DIFFERENCES:
      'At the marked places there are small differences that may be dirt or a change. Please look at them on the paper.',
  },
  proofs: {
    heading: 'What this check tells, and what it does not',
    proves: 'It tells',
    not: 'It does not tell',
    scramble: {
      name: 'Scrambled image (pattern on the back)',
      proves: 'that the restored picture is exactly what was printed as the municipality’s certificate.',
      not: 'that the paper in your hands is the original: a copy of the back can be restored too. It proves the content, not the original.',
    },
    copyWarning: {
      name: 'Hidden word 複写 (“copy”)',
      proves:
        'If the word 複写 stands out darkly on either side, the paper is a copy. Look at the whole sheet in good light, at arm’s length.',
      not: 'that a paper without the word is an original.',
    },
    latent: {
      name: 'Detection image (cherry blossom at the lower left of the back)',
      proves: 'Seen with an infrared camera, an original shows the letter 証. A copy does not.',
      not: 'anything to the naked eye or an ordinary camera.',
    },
  },
  myNumber: {
    title: 'If the certificate shows an Individual Number (My Number)',
    text: 'Unless a law allows it, the number may not be collected or kept. Do not hand on a picture or print that shows it. If you cover the number when you take the front, that place is marked as different.',
  },
  report: {
    heading: 'Record of this check',
    text: 'A signed record of the result, with digests of the pictures only. It does not contain the pictures.',
    download: 'Save the signed record (JWS)',
    print: 'Print the record',
    verdict: 'Comparison with the front',
    verdicts: { same: 'same', differs: 'differs', 'cannot-tell': 'cannot tell', 'not-compared': 'not compared' },
    keys: 'Key ids (encryption, signature)',
    files: 'SHA-256 of the files sent',
    picture: 'SHA-256 of the restored picture (as PBM)',
    signed: 'Signed record (JWS)',
  },
  again: 'Check another certificate',
  failed: {
    heading: 'It could not be checked',
    corners: (found) => `Round corner marks found: ${found} of 4.`,
    tap: 'Mark the corners myself',
    second: 'Add a second photo of the back',
    retry: 'Check again',
    change: 'Choose other pictures',
    offline: { title: 'The site cannot be reached.', text: 'Please check your connection and try again.' },
  },
  tapping: {
    heading: 'Mark the four corners',
    text: 'Put each mark on that corner of the sandstorm pattern; roughly is enough. Drag it, or select it and use the arrow keys. If a corner cannot be seen, put the mark where it should be.',
    corners: ['top left', 'top right', 'bottom right', 'bottom left'],
    at: (left, top) => `${left} % from the left, ${top} % from the top`,
    check: 'Check with these corners',
    cancel: 'Cancel',
    picture: 'The back that was sent',
  },
  errors: {
    NO_PICTURE: { title: 'There is no picture.', text: 'Please choose a picture of the back.' },
    TOO_MANY_PICTURES: {
      title: 'Too many pictures or pages.',
      text: 'Please send one sheet (back and front) at a time.',
    },
    MALFORMED_UPLOAD: { title: 'What was sent could not be taken.', text: 'Please open the page again and retry.' },
    TOO_LARGE: { title: 'The file is too large.', text: 'Up to 48 MB in all, please. A scan at 300 dpi is enough.' },
    TOO_MANY_PIXELS: {
      title: 'The picture has too many pixels.',
      text: '100 million at most. A scan at 300 dpi is enough.',
    },
    TYPE_NOT_SUPPORTED: {
      title: 'This kind of file cannot be read.',
      text: 'Please send JPEG, PNG, TIFF, WebP or PDF.',
    },
    HEIC_NOT_SUPPORTED: {
      title: 'HEIC photos cannot be read.',
      text: 'Please send a JPEG. On an iPhone choose Settings > Camera > Formats > Most Compatible and take it again, or use “Photograph” on this site.',
    },
    FILE_BROKEN: { title: 'The file is damaged and cannot be read.', text: 'Please take or scan it again.' },
    FILE_ENCRYPTED: {
      title: 'A PDF with a password cannot be read.',
      text: 'Please send it without the password, or as a picture.',
    },
    SEVERAL_SHEETS: {
      title: 'There is more than one sheet.',
      text: 'Please send one sheet (back and front) at a time.',
    },
    NOT_FOUND: {
      title: 'The pattern was not found.',
      text: 'Show the side with the sandstorm pattern, with all four round corner marks, straight and in good light.',
    },
    TOO_DAMAGED: {
      title: 'The pattern was found but could not be read.',
      text: 'Too much blur, shade, dirt or creases. Use a scanner, or add a second photo.',
    },
    UNKNOWN_VERSION: {
      title: 'A newer format that this site does not know.',
      text: 'Please ask the municipality that issued it.',
    },
    UNKNOWN_KEY: {
      title: 'The pattern was made with a key that this site does not have.',
      text: 'This may be a forgery. Please ask the municipality that issued it.',
    },
    SIGNATURE_INVALID: {
      title: 'The signature of the issuer is not valid.',
      text: 'This may be a forgery. Please ask the municipality that issued it.',
    },
    DIGEST_MISMATCH: {
      title: 'The pattern does not hold what was signed.',
      text: 'This may be a forgery. Please ask the municipality that issued it.',
    },
    PICTURE_BROKEN: {
      title: 'The signature is valid, but the picture cannot be restored.',
      text: 'Please ask the municipality that issued it.',
    },
    TOO_SLOW: {
      title: 'It could not be read in time.',
      text: 'The site may be busy: please try again. If it happens again, take a new picture of the whole sheet, in good light.',
    },
    BUSY: { title: 'The site is busy.', text: later },
    TOO_MANY_REQUESTS: { title: 'Too many checks in a short time.', text: 'Please wait a minute and try again.' },
    NO_SUCH_PAGE: { title: 'There is no such page.', text: 'Please begin at the first page.' },
    INTERNAL: { title: 'A fault of the site. It could not be checked.', text: later },
  },
} as const satisfies SiteTexts;
