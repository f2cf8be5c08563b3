/**
 * What can go wrong inside the kiosk itself. These codes never cross a wire, so they stand beside the protocol’s table, not in it.
 * `cancelReason` is what the center is told when an order has to be given up because of it.
 */
export const kioskFaults = {
  CARD_EXPIRED: { cancelReason: 'resident' },
  PIN_WRONG: { cancelReason: 'resident' },
  CARD_LOCKED: { cancelReason: 'resident' },
  CARD_NOT_RENEWED: { cancelReason: 'resident' },
  CARD_REMOVED: { cancelReason: 'resident' },
  CARD_DAMAGED: { cancelReason: 'resident' },
  CARD_FOREIGN: { cancelReason: 'resident' },
  CARDS_SEVERAL: { cancelReason: 'resident' },
  CENTER_UNREACHABLE: { cancelReason: 'timeout' },
  KIOSK_NOT_READY: { cancelReason: 'device' },
  COIN_UNIT_FAULT: { cancelReason: 'device' },
  PRINTER_FAULT: { cancelReason: 'device' },
} as const satisfies Record<string, { readonly cancelReason: 'resident' | 'timeout' | 'device' }>;

export type KioskFaultCode = keyof typeof kioskFaults;
