import { create } from "zustand";

/** Dialogs that can be opened from anywhere. */
export type Dialog =
  | { readonly kind: "keys" }
  | { readonly kind: "export" }
  | { readonly kind: "import" }
  | { readonly kind: "next-round" }
  | { readonly kind: "settings"; readonly tab: "general" | "classes" | "imagery" | "splits" };

interface DialogState {
  readonly dialog: Dialog | null;
}

export const useDialog = create<DialogState>()(() => ({ dialog: null }));

export function openDialog(dialog: Dialog): void {
  useDialog.setState({ dialog });
}

export function closeDialog(): void {
  useDialog.setState({ dialog: null });
}
