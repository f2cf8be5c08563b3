/** 作業台の文言: what the workbench says, in Japanese and English. The kiosk’s own buttons are named by the kiosk’s own catalogue. */
import type { StaffLanguage } from './languages.ts';
import { catalogues } from './texts/index.ts';

/** What the guide speaks about; one sentence each, and what it adds in small letters. */
export type GuideStage =
  | 'power'
  | 'starting'
  | 'attend'
  | 'begin'
  | 'lay-card'
  | 'one-card'
  | 'reading'
  | 'town'
  | 'pin'
  | 'take-card'
  | 'choose'
  | 'wait'
  | 'pay'
  | 'pay-up'
  | 'printing'
  | 'take-paper'
  | 'say-taken'
  | 'take-coins'
  | 'tear-receipt'
  | 'stay'
  | 'ended'
  | 'done';

export interface GuideSentence {
  readonly say: string;
  readonly more?: string;
}

export interface WorkbenchTexts {
  readonly title: string;
  readonly subtitle: string;
  readonly language: string;
  readonly skip: string;
  readonly lost: string;
  readonly yen: (amount: number) => string;
  readonly guide: {
    readonly title: string;
    readonly open: string;
    readonly close: string;
    readonly go: string;
    readonly parts: readonly [string, string, string, string, string];
    readonly part: (name: string, number: number, of: number) => string;
    readonly sentences: (card: {
      readonly label: string;
      readonly pin: string;
    }) => Readonly<Record<GuideStage, GuideSentence>>;
  };
  readonly clock: {
    readonly title: string;
    readonly moved: string;
    readonly movedWhy: string;
  };
  readonly power: {
    readonly cut: string;
    readonly switchOn: string;
    readonly starting: string;
    readonly dark: string;
    readonly failed: string;
  };
  readonly screen: { readonly title: string };
  readonly cards: {
    readonly title: string;
    readonly rack: string;
    readonly place: string;
    readonly placeEmpty: string;
    readonly lay: string;
    readonly layNamed: (label: string) => string;
    readonly take: string;
    readonly takeNamed: (label: string) => string;
    readonly pin: (pin: string) => string;
    readonly noPin: string;
    readonly triesLeft: (tries: number) => string;
    readonly locked: string;
    readonly phone: string;
    readonly lamps: Readonly<Record<'off' | 'ready' | 'attention', string>>;
  };
  readonly coins: {
    readonly title: string;
    readonly insert: (yen: string) => string;
    readonly open: string;
    readonly shut: string;
    readonly inside: string;
    readonly dish: string;
    readonly dishEmpty: string;
    readonly take: string;
    readonly jammed: string;
    readonly outOfChange: string;
  };
  readonly paper: {
    readonly title: string;
    readonly tray: string;
    readonly trayEmpty: string;
    readonly printing: string;
    readonly take: string;
    readonly troubles: Readonly<Record<'jammed' | 'coverOpen' | 'noToner' | 'noPaper', string>>;
    readonly cassette: string;
    readonly levels: Readonly<Record<'full' | 'low' | 'empty', string>>;
  };
  readonly receipt: {
    readonly title: string;
    readonly slotEmpty: string;
    readonly tear: string;
    readonly paperOut: string;
  };
  readonly desk: {
    readonly title: string;
    readonly empty: string;
    readonly putAway: string;
    readonly look: (number: number) => string;
    readonly sheet: (number: number) => string;
    readonly front: string;
    readonly back: string;
    readonly blank: string;
    readonly next: string;
    readonly previous: string;
    readonly close: string;
    readonly picture: (side: string) => string;
  };
  readonly trials: {
    readonly title: string;
    readonly looks: string;
    readonly eye: string;
    readonly infrared: string;
    readonly looking: string;
    readonly notSeen: string;
    readonly copying: string;
    readonly mode: string;
    readonly modes: Readonly<
      Record<'text-600' | 'text-usm' | 'background-removal' | 'photo' | 'dpi-300' | 'colour', string>
    >;
    readonly copy: string;
    readonly copyOf: (mode: string) => string;
    readonly shooting: string;
    readonly quality: string;
    readonly qualities: Readonly<Record<'good' | 'poor', string>>;
    readonly shoot: Readonly<Record<'flatbed' | 'phone', string>>;
    readonly working: (kind: 'copy' | 'flatbed' | 'phone', done: number, of: number) => string;
    readonly finished: Readonly<Record<'copy' | 'flatbed' | 'phone', string>>;
    readonly failed: string;
    readonly shots: string;
    readonly shot: (camera: 'flatbed' | 'phone', quality: string, side: string) => string;
    readonly save: (side: string) => string;
    readonly send: string;
    readonly sendNote: string;
    readonly noSite: string;
  };
  readonly voice: { readonly title: string; readonly silent: string };
  readonly faults: {
    readonly title: string;
    readonly about: string;
    readonly active: (count: number) => string;
    readonly repair: string;
    readonly groups: Readonly<Record<'money' | 'paper' | 'printer' | 'receipt' | 'mains', string>>;
    readonly coinJam: string;
    readonly outOfChange: string;
    readonly paper: Readonly<Record<'low' | 'empty', string>>;
    readonly toner: Readonly<Record<'low' | 'empty', string>>;
    readonly cover: string;
    readonly jamNext: string;
    readonly jamSecond: string;
    readonly jammedNow: string;
    readonly receiptOut: string;
    readonly powerCut: string;
  };
}

const both = (name: 'begin' | 'next' | 'taken' | 'done' | 'stay') =>
  `“${catalogues.en.buttons[name]}” (${catalogues.ja.buttons[name]})`;
const number = (locale: string) => (amount: number) => amount.toLocaleString(locale);

export const workbenchTexts: Readonly<Record<StaffLanguage, WorkbenchTexts>> = {
  ja: {
    title: '作業台',
    subtitle: 'キオスク端末の機器を、このページで動かします。カードも人も町も、すべて架空です。',
    language: 'Language',
    skip: '機器へ進む',
    lost: '作業台のサーバーにつながりません。つながりしだい、続きを表示します。',
    yen: (amount) => `${number('ja')(amount)}円`,
    guide: {
      title: '案内',
      open: '案内を表示',
      close: '案内を閉じる',
      go: 'そこへ進む',
      parts: ['カード', '暗証番号', '証明書', '料金', '受け取り'],
      part: (name, part, of) => `${of}つのうち${part}つ目：${name}`,
      sentences: ({ label, pin }) => ({
        power: { say: '右上の電源を入れます。', more: '停電のあとは、端末が残したお金と紙の後始末から始めます。' },
        starting: { say: '端末が起動しています。そのままお待ちください。' },
        attend: { say: '機器が止まっています。係員として、「直す」を押してください。' },
        begin: {
          say: `画面の「${catalogues.ja.buttons.begin}」に触れます。`,
          more: '住民票の写しを一枚、二分ほどで取ってみましょう。',
        },
        'lay-card': { say: `「${label}」のカードを置きます。`, more: 'カードの列から「置く」を押すだけです。' },
        'one-card': { say: 'カードが二枚あります。一枚取ってください。' },
        reading: { say: '端末がカードを読んでいます。' },
        town: { say: '画面で「お住まいの市区町村の証明書」に触れます。' },
        pin: {
          say: `画面に暗証番号 ${pin} を入れます。`,
          more: '三回続けて間違えると、このカードは本当にロックされます。',
        },
        'take-card': { say: 'カードを取ります。', more: '本人確認は済みました。この後、カードは使いません。' },
        choose: {
          say: '画面で「住民票の写し」を選び、項目と部数を決めて「確定する」まで進みます。',
          more: '迷ったら「本人のみ」と1部で。',
        },
        wait: { say: '端末が働いています。そのままお待ちください。' },
        pay: {
          say: '画面の料金どおりに、硬貨か千円札を入れます。',
          more: 'お金は預かられているだけです。中止すれば、そのまま戻ります。',
        },
        'pay-up': { say: `料金がそろったら、画面の「${catalogues.ja.buttons.next}」に触れます。` },
        printing: { say: '印刷しています。', more: '一枚ごとに、確かめた内容と照らし合わせてから刷ります。' },
        'take-paper': { say: '出てきた紙を取ります。' },
        'say-taken': { say: `画面の「${catalogues.ja.buttons.taken}」に触れます。` },
        'take-coins': { say: '返却口のお金を取ります。' },
        'tear-receipt': { say: '領収書を切り取ります。' },
        stay: { say: `続けるなら、画面の「${catalogues.ja.buttons.stay}」に触れます。` },
        ended: { say: `手続きが終わりました。画面の理由を読み、「${catalogues.ja.buttons.done}」に触れます。` },
        done: {
          say: '一枚取れました。手元の紙を押すと、表も裏も大きく見られます。',
          more: 'そこで、紙をコピーしたり、赤外線で見たり、撮って問い合わせサイトへ送ったりもできます。',
        },
      }),
    },
    clock: {
      title: '業務時刻',
      moved: '業務時計を進めています',
      movedWhy: 'いまは実際のサービス提供時間外なので、次のサービス日の10:00に始まったことにしています。',
    },
    power: {
      cut: '電源を切る（停電）',
      switchOn: '電源を入れる',
      starting: '起動しています',
      dark: '電源が切れています',
      failed: '端末のプログラムがひとりでに終わりました。記録は作業台のフォルダーの kiosk.log にあります。',
    },
    screen: { title: 'キオスク端末の画面' },
    cards: {
      title: 'カード',
      rack: '架空の人のカード',
      place: 'カード置場',
      placeEmpty: 'ここにカードを置きます',
      lay: '置く',
      layNamed: (label) => `${label}のカードを置く`,
      take: '取る',
      takeNamed: (label) => `${label}のカードを取る`,
      pin: (pin) => `暗証番号 ${pin}`,
      noPin: '暗証番号なし',
      triesLeft: (tries) => `あと${tries}回`,
      locked: 'ロック',
      phone: 'スマートフォン',
      lamps: { off: '消灯', ready: '点灯', attention: '点滅' },
    },
    coins: {
      title: 'お金',
      insert: (yen) => `${yen}を入れる`,
      open: '投入口は開いています',
      shut: '投入口は閉じています',
      inside: '預かり中',
      dish: '返却口',
      dishEmpty: '空です',
      take: '取る',
      jammed: '詰まっています',
      outOfChange: 'おつり切れ',
    },
    paper: {
      title: '用紙',
      tray: '排紙口',
      trayEmpty: '紙はありません',
      printing: '印刷しています',
      take: '紙を取る',
      troubles: {
        jammed: '紙が詰まっています',
        coverOpen: 'カバーが開いています',
        noToner: 'トナーがありません',
        noPaper: '用紙がありません',
      },
      cassette: '用紙カセット',
      levels: { full: '十分', low: '残りわずか', empty: 'なし' },
    },
    receipt: {
      title: '領収書',
      slotEmpty: 'まだありません',
      tear: '切り取る',
      paperOut: '領収書の用紙がありません',
    },
    desk: {
      title: '手元',
      empty: '取った紙と領収書は、ここに並びます。',
      putAway: 'しまう',
      look: (n) => `${n}枚目を大きく見る`,
      sheet: (n) => `${n}枚目`,
      front: '表',
      back: '裏',
      blank: '裏面は白紙です',
      next: '次の紙',
      previous: '前の紙',
      close: '閉じる',
      picture: (side) => `証明書の${side}`,
    },
    trials: {
      title: 'この紙で試す',
      looks: '見る',
      eye: '目で見る',
      infrared: '赤外線で見る',
      looking: '刷られた紙を見ています…',
      notSeen: '紙を見ることができませんでした。もう一度開いてください。',
      copying: 'コピーする',
      mode: '複写機の設定',
      modes: {
        'text-600': '文字',
        'text-usm': '文字（輪郭を強調）',
        'background-removal': '地色を飛ばす',
        photo: '写真',
        'dpi-300': '古い複写機（300 dpi）',
        colour: 'カラー',
      },
      copy: 'コピーを取る',
      copyOf: (mode) => `コピー：${mode}`,
      shooting: '画像にする',
      quality: '撮り方',
      qualities: { good: 'ていねい', poor: '雑（汚れ、折り目、暗い部屋）' },
      shoot: { flatbed: 'スキャンする', phone: 'スマホで撮る' },
      working: (kind, done, of) =>
        `${{ copy: 'コピーしています', flatbed: 'スキャンしています', phone: '撮っています' }[kind]}（${of}面のうち${done}面が済みました）`,
      finished: {
        copy: 'コピーができました。手元に並べました。',
        flatbed: 'スキャンができました。',
        phone: '写真が撮れました。',
      },
      failed: 'うまくいきませんでした。もう一度お試しください。',
      shots: '撮った画像',
      shot: (camera, quality, side) => `${camera === 'flatbed' ? 'スキャン' : '写真'}、${quality}、${side}`,
      save: (side) => `${side}を保存`,
      send: '問い合わせサイトへ送る',
      sendNote: '表と裏の画像を送り、新しいタブで結果を見ます。',
      noSite: 'この町には問い合わせサイトがありません。画像は保存できます。',
    },
    voice: { title: '音声案内', silent: '静かです' },
    faults: {
      title: '故障',
      about: '機器の調子を悪くして、端末がどう伝え、お金と紙がどうなるかを見られます。',
      active: (count) => `${count}件`,
      repair: '直す',
      groups: { money: 'お金', paper: '用紙', printer: 'プリンター', receipt: '領収書', mains: '電源' },
      coinJam: '硬貨が詰まる',
      outOfChange: 'おつり切れ',
      paper: { low: '残りわずか', empty: '用紙切れ' },
      toner: { low: 'トナー残りわずか', empty: 'トナー切れ' },
      cover: 'カバーを開ける',
      jamNext: '次の紙で詰まる',
      jamSecond: '二枚目で詰まる',
      jammedNow: '紙詰まりを取り除く',
      receiptOut: '領収書の用紙切れ',
      powerCut: '停電',
    },
  },
  en: {
    title: 'Workbench',
    subtitle: 'Work the hardware of a kiosk on this page. All cards, people and towns are invented.',
    language: '言語',
    skip: 'Skip to the hardware',
    lost: 'The workbench’s server does not answer. This page goes on as soon as it does.',
    yen: (amount) => `¥${number('en')(amount)}`,
    guide: {
      title: 'Guide',
      open: 'Show the guide',
      close: 'Close the guide',
      go: 'Go there',
      parts: ['Card', 'PIN', 'Certificate', 'Fee', 'Paper'],
      part: (name, part, of) => `Part ${part} of ${of}: ${name}`,
      sentences: ({ label, pin }) => ({
        power: {
          say: 'Switch the power on, at the top right.',
          more: 'After a power cut the kiosk first settles the money and paper that it left behind.',
        },
        starting: { say: 'The kiosk is starting. One moment.' },
        attend: { say: 'A device has stopped. Play the staff, and press “Repair”.' },
        begin: {
          say: `On the screen, touch ${both('begin')}.`,
          more: 'You will hold a copy of a resident record in about two minutes. The screen has a switch for English.',
        },
        'lay-card': { say: `Lay down the card “${label}”.`, more: 'Press “Lay down” beside it in the rack.' },
        'one-card': { say: 'Two cards lie there. Take one away.' },
        reading: { say: 'The kiosk is reading the card.' },
        town: { say: 'On the screen, choose the municipality where you live (お住まいの市区町村の証明書).' },
        pin: {
          say: `Enter the PIN ${pin} on the screen.`,
          more: 'Three wrong tries in a row really lock this card.',
        },
        'take-card': { say: 'Take the card away.', more: 'You are identified. The card is not needed any more.' },
        choose: {
          say: 'On the screen, choose 住民票の写し, the items and the number of copies, and go on until you confirm.',
          more: 'When in doubt: yourself only, one copy.',
        },
        wait: { say: 'The kiosk is working. One moment.' },
        pay: {
          say: 'Put in the fee that the screen asks for, in coins or a note.',
          more: 'It lies in escrow: cancel, and the very same coins come back.',
        },
        'pay-up': { say: `When the amount is complete, touch ${both('next')} on the screen.` },
        printing: { say: 'Printing.', more: 'Each sheet is compared with what you confirmed before it is printed.' },
        'take-paper': { say: 'Take your paper.' },
        'say-taken': { say: `On the screen, touch ${both('taken')}.` },
        'take-coins': { say: 'Take the money from the dish.' },
        'tear-receipt': { say: 'Tear off the receipt.' },
        stay: { say: `To go on, touch ${both('stay')} on the screen.` },
        ended: { say: `This use has ended. Read why on the screen, then touch ${both('done')}.` },
        done: {
          say: 'You have your certificate. Press the sheet on your desk to see both sides up close.',
          more: 'There you can also copy it, look at it under infrared, or photograph it for the verification site.',
        },
      }),
    },
    clock: {
      title: 'Business time',
      moved: 'The business clock is ahead',
      movedWhy: 'Real time is outside the hours of service, so the town opened at 10:00 of the next service day.',
    },
    power: {
      cut: 'Cut the power',
      switchOn: 'Switch on',
      starting: 'Starting',
      dark: 'The power is off',
      failed: 'The kiosk’s program ended by itself. Its log is kiosk.log in the workbench’s folder.',
    },
    screen: { title: 'Screen of the kiosk' },
    cards: {
      title: 'Card',
      rack: 'Cards of invented people',
      place: 'Card place',
      placeEmpty: 'A card goes here',
      lay: 'Lay down',
      layNamed: (label) => `Lay down the card: ${label}`,
      take: 'Take away',
      takeNamed: (label) => `Take away the card: ${label}`,
      pin: (pin) => `PIN ${pin}`,
      noPin: 'no PIN',
      triesLeft: (tries) => (tries === 1 ? '1 try left' : `${tries} tries left`),
      locked: 'locked',
      phone: 'Phone',
      lamps: { off: 'off', ready: 'lit', attention: 'flashing' },
    },
    coins: {
      title: 'Money',
      insert: (yen) => `Insert ${yen}`,
      open: 'The slot is open',
      shut: 'The slot is shut',
      inside: 'In escrow',
      dish: 'Return dish',
      dishEmpty: 'empty',
      take: 'Take',
      jammed: 'jammed',
      outOfChange: 'no change',
    },
    paper: {
      title: 'Paper',
      tray: 'Output tray',
      trayEmpty: 'no paper',
      printing: 'printing',
      take: 'Take the paper',
      troubles: {
        jammed: 'Paper is jammed',
        coverOpen: 'The cover is open',
        noToner: 'No toner',
        noPaper: 'No paper in the cassette',
      },
      cassette: 'Paper cassette',
      levels: { full: 'full', low: 'nearly empty', empty: 'empty' },
    },
    receipt: {
      title: 'Receipt',
      slotEmpty: 'none yet',
      tear: 'Tear off',
      paperOut: 'No receipt paper',
    },
    desk: {
      title: 'Your desk',
      empty: 'Paper and receipts that you take are laid out here.',
      putAway: 'Put away',
      look: (n) => `Look closely at sheet ${n}`,
      sheet: (n) => `Sheet ${n}`,
      front: 'Front',
      back: 'Back',
      blank: 'The back is blank',
      next: 'Next sheet',
      previous: 'Previous sheet',
      close: 'Close',
      picture: (side) => `The certificate, ${side.toLowerCase()}`,
    },
    trials: {
      title: 'Try with this sheet',
      looks: 'Look',
      eye: 'With the eye',
      infrared: 'Under infrared',
      looking: 'Looking at the printed paper…',
      notSeen: 'The paper could not be seen. Open it once more.',
      copying: 'Copy',
      mode: 'Setting of the copier',
      modes: {
        'text-600': 'Text',
        'text-usm': 'Text, edges sharpened',
        'background-removal': 'Background removed',
        photo: 'Photo',
        'dpi-300': 'Old copier (300 dpi)',
        colour: 'Colour',
      },
      copy: 'Make a copy',
      copyOf: (mode) => `copy: ${mode}`,
      shooting: 'Take a picture',
      quality: 'How',
      qualities: { good: 'With care', poor: 'Carelessly (stains, folds, a dark room)' },
      shoot: { flatbed: 'Scan it', phone: 'Photograph it' },
      working: (kind, done, of) =>
        `${{ copy: 'Copying', flatbed: 'Scanning', phone: 'Taking photographs' }[kind]} (${done} of ${of} sides done)`,
      finished: {
        copy: 'The copy is made. It lies on your desk.',
        flatbed: 'The scan is made.',
        phone: 'The photographs are taken.',
      },
      failed: 'That did not work. Please try again.',
      shots: 'Pictures taken',
      shot: (camera, quality, side) =>
        `${camera === 'flatbed' ? 'Scan' : 'Photograph'}, ${quality.toLowerCase()}, ${side.toLowerCase()}`,
      save: (side) => `Save ${side.toLowerCase()}`,
      send: 'Send to the verification site',
      sendNote: 'Sends the pictures of both sides and shows the result in a new tab.',
      noSite: 'This town has no verification site. The pictures can be saved.',
    },
    voice: { title: 'Voice', silent: 'silent' },
    faults: {
      title: 'Faults',
      about: 'Upset the hardware, and see what the kiosk says and what becomes of money and paper.',
      active: (count) => `${count} active`,
      repair: 'Repair',
      groups: { money: 'Money', paper: 'Paper', printer: 'Printer', receipt: 'Receipt', mains: 'Mains' },
      coinJam: 'Jam the coins',
      outOfChange: 'Run out of change',
      paper: { low: 'Nearly empty', empty: 'Out of paper' },
      toner: { low: 'Toner low', empty: 'Out of toner' },
      cover: 'Open the cover',
      jamNext: 'Jam at the next sheet',
      jamSecond: 'Jam at the second sheet',
      jammedNow: 'Clear the paper jam',
      receiptOut: 'Out of receipt paper',
      powerCut: 'Power cut',
    },
  },
};
