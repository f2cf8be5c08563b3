/** 問い合わせサイトの文言: 日本語. */
import type { SiteTexts } from './catalogue.ts';

const later = 'しばらくしてから、もう一度お試しください。';

export const ja = {
  title: '証明書 問い合わせサイト',
  skip: '本文へ移動',
  language: '言語',
  start: {
    heading: 'コンビニ交付の証明書を確認する',
    lead: '証明書のうら面に印刷されたスクランブル画像から、発行時のおもて面を復号します。おもて面の画像も送ると、自動で見比べます。',
    back: {
      title: 'うら面（必須）',
      text: '砂嵐のような模様のある面です。四隅の二重丸まで全体を写してください。両面が1つのPDF・TIFFになっているときは、ここで選んでください。',
    },
    front: { title: 'おもて面（見比べるとき）', text: '証明の内容が書かれた面です。用紙全体を写してください。' },
    second: {
      title: 'うら面の2枚目',
      text: '同じうら面をもう一度、明るい場所で撮ってください。2枚をあわせて読み取ります。',
    },
    photograph: (side) => `${side}を撮影する`,
    choose: (side) => `${side}のファイルを選ぶ`,
    remove: (side) => `${side}を取り消す`,
    formats: 'JPEG・PNG・TIFF・WebP・PDF、合計48MBまで。スキャンは200dpi以上をおすすめします。',
    check: '確認する',
    needBack: 'うら面の画像を選んでください。',
    privacy: '送られた画像と復号した画像は、回答と同時に消去します。保存も記録もしません。',
    sides: { back: 'うら面', front: 'おもて面', second: 'うら面の2枚目' },
    chosen: (side, name) => `${side}: ${name}`,
    photo: '撮影した写真',
  },
  camera: {
    heading: (side) => `${side}を撮影します`,
    hints: {
      searching: 'うら面全体が枠に入るようにしてください。',
      closer: 'もう少し近づけてください。',
      still: 'そのまま動かさないでください。',
      light: '暗すぎます。明るい場所で撮ってください。',
      ready: '四隅が見つかりました。撮影します。',
    },
    frontHint: 'おもて面全体を枠に入れて、撮影ボタンを押してください。',
    capture: '撮影する',
    cancel: 'やめる',
    refused: 'カメラを使えません。ブラウザーの設定でカメラを許可するか、ファイルを選んでください。',
    view: 'カメラの映像',
  },
  progress: {
    title: '確認しています',
    text: 'ふつうは数秒です。両面の写真では30秒ほどかかることがあり、混んでいるときはさらにお待ちいただきます。',
    cancel: 'やめる',
  },
  findings: {
    same: { title: 'おもて面は、発行時の内容と一致しました', text: '見比べた範囲に違いはありません。' },
    differs: {
      title: 'おもて面に、発行時の内容と違うところがあります',
      text: '印の付いた箇所を、お手元の証明書で確かめてください。書き込みや汚れも違いとして示されます。',
    },
    'cannot-tell': {
      title: '自動では判断できません',
      text: '下の復号画像とお手元のおもて面を、目で見比べてください。',
    },
    'not-compared': {
      title: '復号できました。おもて面と見比べてください',
      text: '下の復号画像とお手元のおもて面が、一字一句同じかどうかを確かめてください。',
    },
    cancelled: {
      title: 'この証明書は失効しています',
      text: '印刷の失敗などで取り消された証明書です。受け取らないでください。',
    },
  },
  facts: {
    heading: 'うら面に記録された内容',
    municipality: '発行した市区町村',
    issueNumber: '発行番号',
    issuedAt: '発行日時',
    sheet: '枚数',
    sheetOf: (sheet, of) => `${of}枚のうち${sheet}枚目`,
    orderReference: '申請の照会番号',
    signature: '発行元の署名',
    signatureValid: '正しい',
    cancellation: '失効の有無',
    cancellations: { cancelled: '失効しています', 'not-cancelled': '失効していません', unknown: '分かりません' },
    listOf: (time) => `${time}現在の失効一覧による`,
    checkedAt: '確認した日時',
  },
  pictures: {
    heading: '復号画像とおもて面',
    sealed: '復号画像（発行時のおもて面）',
    front: '送られたおもて面',
    larger: '画像を拡大する',
    smaller: '画像を全体表示に戻す',
    compared: (percent) => `見比べた範囲: ${percent}%`,
  },
  differences: {
    heading: (count) => `違うところ: ${count}か所`,
    item: (n, kind, top, left) => `${n}. ${kind}（上から${top}mm、左から${left}mm）`,
    kinds: { added: '復号画像にないものがある', missing: '復号画像にあるものがない' },
    more: (count) => `ほか${count}か所`,
  },
  doubts: {
    NOT_ALIKE: '2つの画像を重ね合わせられませんでした。別の証明書のうら面か、写り方が足りない可能性があります。',
    TOO_PALE: 'おもて面の写りが薄すぎるか、ぼけています。スキャンし直すか、明るい場所で近くから撮ってください。',
    PARTLY_UNREADABLE: '読み取れない部分が多すぎます。用紙全体を、影や反射が入らないように写してください。',
    SLIGHT_DIFFERENCES:
      '印の付いた箇所に、汚れとも書き換えとも言えない小さな違いがあります。お手元の証明書で確かめてください。',
  },
  proofs: {
    heading: 'この確認で分かること、分からないこと',
    proves: '分かること',
    not: '分からないこと',
    scramble: {
      name: 'スクランブル画像（うら面の模様）',
      proves: '復号画像が、発行時に市区町村の証明書として印刷された内容そのものであること。',
      not: 'お手元の紙が原本であること。うら面をコピーしたものからも復号できます。内容の確認であり、原本の確認ではありません。',
    },
    copyWarning: {
      name: 'けん制文字',
      proves:
        '両面に隠された「複写」の文字が濃く浮き出ていれば、コピーです。明るい場所で、腕を伸ばして紙全体を眺めてください。',
      not: '文字が見えないことだけでは、原本とは言えません。',
    },
    latent: {
      name: '偽造防止検出画像（うら面左下の桜）',
      proves: '赤外線カメラで見ると、原本では「証」の字が現れます。コピーでは現れません。',
      not: '肉眼やふつうのカメラでは見分けられません。',
    },
  },
  myNumber: {
    title: '個人番号（マイナンバー）が記載された証明書の場合',
    text: '法令で認められた場合を除き、個人番号の収集・保管はできません。番号の写った画像や印刷物を人に渡さないでください。番号を隠しておもて面を写すと、その箇所は違いとして示されます。',
  },
  report: {
    heading: '確認結果の記録',
    text: '結果と、画像の要約値（ハッシュ）だけの署名付き記録です。画像は含みません。',
    download: '署名付き記録を保存する（JWS）',
    print: '記録を印刷する',
    verdict: 'おもて面との比較',
    verdicts: { same: '一致', differs: '相違あり', 'cannot-tell': '判断できず', 'not-compared': '比較せず' },
    keys: '鍵の番号（暗号・署名）',
    files: '送られたファイルのSHA-256',
    picture: '復号画像のSHA-256（PBM形式）',
    signed: '署名付き記録（JWS）',
  },
  again: '別の証明書を確認する',
  failed: {
    heading: '確認できませんでした',
    corners: (found) => `四隅の二重丸: 4個のうち${found}個が見つかりました。`,
    tap: '四隅を自分で指定する',
    second: 'うら面をもう1枚追加する',
    retry: 'もう一度確認する',
    change: '画像を選び直す',
    offline: { title: 'サイトにつながりません。', text: '通信の状態を確かめて、もう一度お試しください。' },
  },
  tapping: {
    heading: '四隅を指定してください',
    text: '砂嵐の模様の四つの角に、印を合わせてください。だいたいで構いません。指やマウスで動かすか、印を選んで矢印キーで動かします。見えない角は、あるはずの位置に置いてください。',
    corners: ['左上', '右上', '右下', '左下'],
    at: (left, top) => `左から${left}%、上から${top}%`,
    check: 'この位置で確認する',
    cancel: 'やめる',
    picture: '送られたうら面',
  },
  errors: {
    NO_PICTURE: { title: '画像がありません。', text: 'うら面の画像を選んでください。' },
    TOO_MANY_PICTURES: {
      title: '画像またはページが多すぎます。',
      text: '証明書1枚分（うら面とおもて面）ずつ送ってください。',
    },
    MALFORMED_UPLOAD: {
      title: '送られた内容を受け取れませんでした。',
      text: 'ページを開き直して、もう一度お試しください。',
    },
    TOO_LARGE: { title: 'ファイルが大きすぎます。', text: '合計48MBまでにしてください。スキャンは300dpiで十分です。' },
    TOO_MANY_PIXELS: { title: '画像の画素数が多すぎます。', text: '1億画素までです。スキャンは300dpiで十分です。' },
    TYPE_NOT_SUPPORTED: {
      title: 'この種類のファイルは読めません。',
      text: 'JPEG・PNG・TIFF・WebP・PDFのいずれかで送ってください。',
    },
    HEIC_NOT_SUPPORTED: {
      title: 'HEIC形式の写真は読めません。',
      text: 'JPEGで送ってください。iPhoneでは「設定 > カメラ > フォーマット > 互換性優先」で撮り直すか、このサイトの「撮影する」を使ってください。',
    },
    FILE_BROKEN: { title: 'ファイルが壊れていて読めません。', text: '撮影またはスキャンをやり直してください。' },
    FILE_ENCRYPTED: {
      title: 'パスワード付きのPDFは読めません。',
      text: 'パスワードを外したPDFか、画像を送ってください。',
    },
    SEVERAL_SHEETS: {
      title: '2枚以上の証明書が写っています。',
      text: '証明書1枚分（うら面とおもて面）ずつ送ってください。',
    },
    NOT_FOUND: {
      title: 'スクランブル画像が見つかりません。',
      text: '砂嵐のような模様の面を、四隅の二重丸まで入れて、まっすぐ、明るく写してください。',
    },
    TOO_DAMAGED: {
      title: '模様は見つかりましたが、読み取れませんでした。',
      text: 'ぼけ、影、汚れ、折れが多すぎます。スキャナーを使うか、もう1枚撮って追加してください。',
    },
    UNKNOWN_VERSION: {
      title: 'このサイトが知らない新しい形式です。',
      text: '発行した市区町村にお問い合わせください。',
    },
    UNKNOWN_KEY: {
      title: 'このサイトにない鍵で作られた模様です。',
      text: '偽造の疑いがあります。発行した市区町村にお問い合わせください。',
    },
    SIGNATURE_INVALID: {
      title: '発行元の署名が正しくありません。',
      text: '偽造または改ざんの疑いがあります。発行した市区町村にお問い合わせください。',
    },
    DIGEST_MISMATCH: {
      title: '模様の内容が、署名されたものと違います。',
      text: '偽造または改ざんの疑いがあります。発行した市区町村にお問い合わせください。',
    },
    PICTURE_BROKEN: {
      title: '署名は正しいものの、画像に戻せませんでした。',
      text: '発行した市区町村にお問い合わせください。',
    },
    TOO_SLOW: {
      title: '時間内に読み取れませんでした。',
      text: 'サイトが混んでいることがあります。もう一度お試しください。繰り返すときは、用紙全体を明るい場所で写し直してください。',
    },
    BUSY: { title: 'ただいま混み合っています。', text: later },
    TOO_MANY_REQUESTS: {
      title: '短い時間に確認が続きすぎています。',
      text: '1分ほど待ってから、もう一度お試しください。',
    },
    NO_SUCH_PAGE: { title: 'このページはありません。', text: '最初のページからやり直してください。' },
    INTERNAL: { title: 'サイトの不具合で確認できませんでした。', text: later },
  },
} as const satisfies SiteTexts;
